/** The aggregates: what they keep true whatever they are told, in whatever order, and how often. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/base/refusal.ts';
import { Campaign } from '../../../src/domain/campaign/campaign.ts';
import type { SagaSettings } from '../../../src/messaging/saga.ts';
import type { Aggregate } from '../../../src/messaging/aggregate.ts';
import type { Effect } from '../../../src/messaging/effects.ts';
import type { CommandEnvelope, Payload } from '../../../src/messaging/envelope.ts';
import { boundaryCommand } from '../../../src/patterns/aggregate-boundary.ts';

const unitOfWork = { transactionId: 'tx', eventId: 'e', correlationId: 'c', causationId: 'c' };
const command = (name: string, payload: Payload = {}, aggregateId = 'A'): CommandEnvelope => ({
  id: 'c',
  name,
  aggregateId,
  correlationId: 'c',
  payload,
});
/** What a command comes to, or the code by which it is refused. */
const refusedBy = (aggregate: Aggregate, told: CommandEnvelope): string | null => {
  try {
    aggregate.execute(told);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('a campaign that is tracked', () => {
  const active = (more: Payload = {}, numbered = true) =>
    Campaign.from(
      'C1',
      { id: 'C1', version: 3, state: 'ACTIVE', locations: ['a'], ...(numbered && { activation: 2 }), ...more },
      unitOfWork,
    );
  const confirmation = command('TrackPublishingConfirmation', { activation: 2, key: 'C1:2', listing: 'L1' });
  const rejection = command('TrackPublishingRejection', { activation: 2, key: 'C1:2', reason: 'no room' });
  const timeout = command('TrackPublishingTimeout', { activation: 2, key: 'C1:2' });

  test.each([
    [confirmation, { status: 'CONFIRMED', key: 'C1:2', listing: 'L1' }],
    [rejection, { status: 'REJECTED', key: 'C1:2', reason: 'no room' }],
    [timeout, { status: 'TIMED_OUT', key: 'C1:2' }],
  ])('$name is kept, and no event tells of it', (told, publishing) => {
    const campaign = active();
    campaign.execute(told);
    expect(campaign.toRow()).toMatchObject({ version: 4, publishing });
    expect(campaign.takeEvents()).toEqual([]);
  });

  test('twice is once, and the last of two that contradict each other wins', () => {
    const campaign = active();
    campaign.execute(confirmation);
    campaign.execute(confirmation);
    expect(campaign.version).toBe(4);
    campaign.execute(rejection);
    expect(campaign.toRow()).toMatchObject({ version: 5, publishing: { status: 'REJECTED' } });
  });

  test.each([confirmation, rejection, timeout])(
    '$name is ignored after the end, and where it is about an earlier one',
    (told) => {
      for (const other of [active({ state: 'DEACTIVATED' }), active({ activation: 3 })]) {
        const before = other.toRow();
        other.execute(told);
        expect(other.toRow()).toEqual(before);
      }
    },
  );

  test('an activation is counted only where somebody needs the number', () => {
    const row = { id: 'C1', version: 1, state: 'DRAFT', locations: ['a'] };
    const counting = Campaign.from('C1', row, { ...unitOfWork, numbered: true });
    counting.activate();
    counting.deactivate('done');
    counting.activate();
    expect(counting.takeEvents().map(({ payload }) => payload['activation'])).toEqual([1, 1, 2]);
    expect(counting.toRow()).toMatchObject({ activation: 2, version: 4 });
    const plain = Campaign.from('C1', row, unitOfWork);
    plain.activate();
    expect(plain.toRow()).toEqual({ id: 'C1', version: 2, state: 'ACTIVE', locations: ['a'] });
    expect(plain.takeEvents()[0]!.payload).toEqual({ locations: ['a'] });
  });
});

/** Rows by table and id, and the events of all commits. */
type Store = { rows: Map<string, Payload>; events: { type: string; payload: Payload }[] };

/** Runs a command against the rows; a refusal leaves them as they are. */
function serve(store: Store, boundary: SagaSettings['boundary'], told: CommandEnvelope): string | null {
  const handler = boundaryCommand({ ...told, boundary });
  let next = handler.next();
  try {
    while (!next.done) next = handler.next(answered(store, next.value));
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return null;
}
function answered({ rows, events }: Store, effect: Effect): unknown {
  if (effect.effect === 'load') return { row: rows.get(`${effect.table}/${effect.id}`), unitOfWork };
  if (effect.effect !== 'commit') throw new Error(`a command does not ask for ${effect.effect}`);
  expect(effect.outbox).toEqual(effect.events);
  rows.set(`${effect.table}/${effect.row.id}`, effect.row);
  events.push(...effect.outbox);
  return undefined;
}
const storeOf = (boundary: SagaSettings['boundary']): Store => {
  const limit = 100;
  const kept = boundary === 'together' ? { commitments: {} } : { reserved: {} };
  const rows: [string, Payload][] =
    boundary === 'tooLarge'
      ? [['accounts/account', { id: 'account', version: 1, limit, commitments: {}, views: {} }]]
      : [
          ['budgets/budget', { id: 'budget', version: 1, limit, ...kept }],
          ['publishers/publisher', { id: 'publisher', version: 1, views: {} }],
        ];
  return { rows: new Map(rows), events: [] };
};
const sum = (amounts: unknown) => Object.values(amounts as Record<string, number>).reduce((all, one) => all + one, 0);

const anyCommand = (...names: string[]) =>
  fc
    .record({
      name: fc.constantFrom(...names),
      campaign: fc.constantFrom('A', 'B', 'constructor', '__proto__'),
      activation: fc.integer({ min: 1, max: 3 }),
      amount: fc.constantFrom(0, 30, 60, 90, 140),
      views: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ name, campaign, ...payload }) => command(name, { campaign, ...payload }, campaign));

describe.each(['together', 'tooLarge'] as const)('the boundary drawn %s', (boundary) => {
  const place = boundary === 'together' ? 'budgets/budget' : 'accounts/account';

  test('whatever is asked, the active campaigns never exceed the budget', () => {
    const commands = anyCommand('ActivateCampaign', 'DeactivateCampaign', 'ChangeBudget', 'RecordViews');
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 20 }), (all) => {
        const store = storeOf(boundary);
        for (const one of all) {
          serve(store, boundary, one);
          const { limit, commitments } = store.rows.get(place)!;
          expect(sum(commitments)).toBeLessThanOrEqual(limit as number);
        }
      }),
    );
  });

  test('what would exceed it is refused, and what is there or gone already', () => {
    const store = storeOf(boundary);
    const told = (name: string, payload: Payload) => serve(store, boundary, command(name, payload));
    expect(told('ActivateCampaign', { campaign: 'A', amount: 60 })).toBeNull();
    expect(told('ActivateCampaign', { campaign: 'A', amount: 10 })).toBe('alreadyActive');
    expect(told('ActivateCampaign', { campaign: 'B', amount: 41 })).toBe('overBudget');
    expect(told('ChangeBudget', { amount: 59 })).toBe('overBudget');
    expect(told('DeactivateCampaign', { campaign: 'B' })).toBe('alreadyDeactivated');
    expect(told('ActivateCampaign', { campaign: 'B', amount: 40 })).toBeNull();
    expect(told('DeactivateCampaign', { campaign: 'A' })).toBeNull();
    expect(told('ChangeBudget', { amount: 40 })).toBeNull();
    expect(told('Unknown', {})).toBe('unknownCommand');
    expect(store.rows.get(place)).toMatchObject({ limit: 40, commitments: { B: 40 } });
    expect(store.events.map(({ type }) => type)).toEqual([
      ...['CampaignActivated', 'CampaignActivated', 'CampaignDeactivated', 'BudgetChanged'],
    ]);
  });

  test('views are counted where the boundary says', () => {
    const store = storeOf(boundary);
    serve(store, boundary, command('RecordViews', { campaign: 'A', views: 3 }));
    serve(store, boundary, command('RecordViews', { campaign: 'A' }));
    const counted = boundary === 'together' ? 'publishers/publisher' : 'accounts/account';
    expect(store.rows.get(counted)).toMatchObject({ version: 3, views: { A: 4 } });
    if (boundary === 'together') expect(store.rows.get(place)).toMatchObject({ version: 1 });
  });
});

describe('the boundary drawn apart', () => {
  const apart = (store: Store, name: string, payload: Payload, id = 'A') =>
    serve(store, 'apart', command(name, payload, id));

  test('campaigns are activated without a look at the budget', () => {
    const store = storeOf('apart');
    expect(apart(store, 'ActivateCampaign', { amount: 60 }, 'A')).toBeNull();
    expect(apart(store, 'ActivateCampaign', { amount: 60 }, 'B')).toBeNull();
    expect(apart(store, 'ActivateCampaign', { amount: 60 }, 'B')).toBe('alreadyActive');
    expect(store.rows.get('campaigns/B')).toEqual({ id: 'B', version: 1, state: 'ACTIVE', amount: 60, activation: 1 });
    expect(store.events.at(-1)!.payload).toEqual({ campaign: 'B', amount: 60, activation: 1 });
    expect(store.rows.get('budgets/budget')).toMatchObject({ version: 1 });
  });

  test('the reader is told that nothing is active; a compensation has nothing to do', () => {
    const store = storeOf('apart');
    expect(apart(store, 'DeactivateCampaign', {})).toBe('alreadyDeactivated');
    apart(store, 'ActivateCampaign', { amount: 60 });
    expect(apart(store, 'DeactivateCampaign', { activation: 1 })).toBeNull();
    expect(apart(store, 'DeactivateCampaign', { activation: 1 })).toBeNull();
    apart(store, 'ActivateCampaign', { amount: 60 });
    expect(apart(store, 'DeactivateCampaign', { activation: 1 })).toBeNull();
    expect(store.rows.get('campaigns/A')).toMatchObject({ state: 'ACTIVE', activation: 2 });
    expect(store.events.map(({ payload }) => payload['activation'])).toEqual([1, 1, 2]);
    expect(apart(store, 'Unknown', {})).toBe('unknownCommand');
  });

  test('the budget answers each activation once', () => {
    const store = storeOf('apart');
    const ask = (name: string, campaign: string, activation: number, amount = 60) =>
      apart(store, name, { campaign, activation, amount }, 'budget');
    ask('ReserveBudget', 'A', 1);
    ask('ReserveBudget', 'A', 1);
    ask('ReserveBudget', 'B', 1);
    expect(store.events.map(({ type }) => type)).toEqual(['BudgetReserved', 'BudgetRefused']);
    expect(store.events[1]!.payload).toEqual({ campaign: 'B', activation: 1, amount: 60 });
    expect(apart(store, 'ChangeBudget', { amount: 59 }, 'A')).toBe('overBudget');
    ask('ReleaseBudget', 'A', 1);
    expect(store.rows.get('budgets/budget')).toMatchObject({ reserved: {}, heard: { A: 1, B: 1 } });
    expect(apart(store, 'ChangeBudget', { amount: 59 }, 'A')).toBeNull();
  });

  test('a release that comes first prevents the reservation', () => {
    const store = storeOf('apart');
    apart(store, 'ReleaseBudget', { campaign: 'A', activation: 1 }, 'budget');
    apart(store, 'ReserveBudget', { campaign: 'A', activation: 1, amount: 60 }, 'budget');
    expect(store.events).toEqual([]);
    expect(store.rows.get('budgets/budget')).toMatchObject({ reserved: {} });
  });

  test('in whatever order and how often, reservations are within the budget, and only for the newest activation', () => {
    const commands = anyCommand('ReserveBudget', 'ReleaseBudget', 'ChangeBudget');
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 20 }), (all) => {
        const store = storeOf('apart');
        const answers = new Set<string>();
        for (const one of all) {
          serve(store, 'apart', { ...one, aggregateId: 'budget' });
          const { limit, reserved } = store.rows.get('budgets/budget')!;
          expect(sum(reserved)).toBeLessThanOrEqual(limit as number);
        }
        for (const { type, payload } of store.events.filter(({ type }) => type !== 'BudgetChanged')) {
          const answered = `${String(payload['campaign'])}:${String(payload['activation'])}`;
          expect([type, answers.has(answered)]).toEqual([type, false]);
          answers.add(answered);
        }
      }),
    );
  });

  test('what is not said has a usual value', () => {
    const store = storeOf('apart');
    apart(store, 'ActivateCampaign', { amount: -1 });
    expect(store.rows.get('campaigns/A')).toMatchObject({ amount: 60 });
    apart(store, 'RecordViews', { campaign: '' });
    expect(store.rows.get('publishers/publisher')).toMatchObject({ views: { A: 1 } });
  });
});

test('an unknown command is refused by every aggregate', () => {
  for (const boundary of ['together', 'apart', 'tooLarge'] as const) {
    expect(serve(storeOf(boundary), boundary, command('Unknown'))).toBe('unknownCommand');
  }
  expect(refusedBy(Campaign.from('C1', undefined, unitOfWork), command('Unknown'))).toBe('unknownCommand');
  expect(refusedBy(Campaign.from('C1', undefined, unitOfWork), command('constructor'))).toBe('unknownCommand');
});
