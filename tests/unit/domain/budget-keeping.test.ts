/** The saga that patches a wrong boundary: every state, every event. */
import { describe, expect, test } from 'vitest';
import { budgetKeeping as saga } from '../../../src/domain/budget/budget-keeping.saga.ts';
import type { Envelope } from '../../../src/messaging/envelope.ts';
import type { Decision, Incoming, SagaSettings } from '../../../src/messaging/saga.ts';
import { guarded, played, told } from './playing.ts';

const heard = (type: string): Incoming => {
  const payload = { campaign: 'A', activation: 2, amount: 60 };
  return saga.correlate({ ...({ id: `e-${type}`, aggregateId: 'A' } as Envelope), type, payload })!.incoming;
};
const events = {
  activated: heard('CampaignActivated'),
  reserved: heard('BudgetReserved'),
  refused: heard('BudgetRefused'),
  deactivated: heard('CampaignDeactivated'),
};
const { activated, reserved, refused, deactivated } = events;

const ways: Record<string, Incoming[]> = {
  '(none)': [],
  Reserving: [activated],
  Reserved: [activated, reserved],
  Compensating: [activated, refused],
  Compensated: [activated, refused, deactivated],
  Released: [activated, deactivated],
};
const late = { activated: 'late', reserved: 'late', refused: 'late', deactivated: 'late' };
const table: Record<string, Record<keyof typeof events, string>> = {
  '(none)': {
    activated: 'Reserving; ReserveBudget(A:2)',
    reserved: 'unexpected',
    refused: 'unexpected',
    deactivated: 'Released',
  },
  Reserving: {
    activated: 'unexpected',
    reserved: 'Reserved',
    refused: 'Compensating; DeactivateCampaign(A:2)',
    deactivated: 'Released; ReleaseBudget(A:2)',
  },
  Reserved: { ...late, deactivated: 'Released; late ReleaseBudget(A:2)' },
  Compensating: { activated: 'unexpected', reserved: 'unexpected', refused: 'unexpected', deactivated: 'Compensated' },
  Compensated: late,
  Released: late,
};
const outcome = (settings: SagaSettings, state: string, event: Incoming) =>
  told(saga.decide(settings, played(saga, settings, ...ways[state]!), event));

describe('budget keeping', () => {
  test.each(
    Object.entries(table).flatMap(([state, row]) =>
      Object.entries(row).map(([event, expected]) => [state, event as keyof typeof events, expected] as const),
    ),
  )('%s, %s: %s', (state, event, expected) => {
    expect(outcome(guarded, state, events[event])).toBe(expected);
  });

  test('its commands name the aggregate, the campaign and the activation', () => {
    const { commands, waitsFor } = saga.decide(guarded, null, activated) as Decision;
    expect(waitsFor).toBe('service');
    expect(commands[0]).toMatchObject({
      to: 'service',
      payload: { id: 'budget', campaign: 'A', activation: 2, amount: 60 },
    });
    const back = saga.decide(guarded, played(saga, guarded, activated), refused) as Decision;
    expect(back.commands[0]!.payload).toEqual({ id: 'A', campaign: 'A', activation: 2 });
  });

  test('a deactivation that comes first is remembered', () => {
    const row = played(saga, guarded, deactivated);
    expect(row!.context).toMatchObject({ campaign: 'A', activation: 2, key: 'A:2' });
    expect(told(saga.decide(guarded, row, activated))).toBe('late');
  });

  test('without compensation what was refused stays active', () => {
    const off: SagaSettings = { ...guarded, compensation: 'off' };
    expect(outcome(off, 'Reserving', refused)).toBe('Refused');
    expect(told(saga.decide(off, played(saga, off, activated, refused), deactivated))).toBe('Released');
    expect(Object.keys(saga.config(off)['states'] as object)).toEqual([
      ...['New', 'Reserving', 'Reserved', 'Refused', 'Released'],
    ]);
    expect(Object.keys(saga.config(guarded)['states'] as object)).not.toContain('Refused');
  });

  test('an answer can make an instance', () => {
    const create: SagaSettings = { ...guarded, notFound: 'create' };
    expect(outcome(create, '(none)', reserved)).toBe('Reserved');
    expect(outcome(create, '(none)', refused)).toBe('Compensating; DeactivateCampaign(A:2)');
  });

  test('what names no activation concerns no instance', () => {
    const envelope = (type: string, payload: Record<string, unknown>) =>
      saga.correlate({ ...({ id: 'e', aggregateId: 'budget' } as Envelope), type, payload });
    expect(envelope('CampaignActivated', { campaign: 'A' })).toBeNull();
    expect(envelope('BudgetChanged', { limit: 50 })).toBeNull();
    expect(envelope('BudgetReserved', { campaign: 'A:B', activation: 3 })?.instance).toBe('A:B:3');
  });
});
