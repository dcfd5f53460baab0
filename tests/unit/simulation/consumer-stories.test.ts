import { describe, expect, test } from 'vitest';
import type { Options } from '../../../src/trace/scenario.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import {
  activate,
  all,
  applied,
  deactivate,
  fail,
  handled,
  ofBilling,
  play,
  settle,
  statuses,
  tableOf,
} from '../../support/story.ts';

const dies = (point: string) => fail({ type: 'crash', process: 'consumer:billing', point, restartAfter: 800 });
const slow = (by: number, at = 0, process = 'consumer:billing') => fail({ type: 'slow', process, by }, at);

/** What billing wrote into its inbox. */
const inbox = (trace: Trace) => tableOf(trace, 'inbox').filter(({ subscription }) => subscription === 'billing');

describe.each(['queue', 'log', 'pubsub'] as const)('on a %s', (bus) => {
  test.each(['none', 'sameTransaction', 'before', 'after', 'version'] as const)(
    'nothing goes wrong, and each effect happens once: %s',
    (inboxKind) => {
      const trace = play({ bus, inbox: inboxKind }, activate(), deactivate(100), settle());
      expect([applied(trace), applied(trace, 'adServing')]).toEqual(['AD', 'AD']);
      expect(statuses(trace)).toMatchObject({ delivered: 'holds', effectAtMostOnce: 'holds', effectOrder: 'holds' });
      const recorded = inboxKind === 'none' || inboxKind === 'version' ? 0 : 2;
      expect(ofBilling(all(trace, 'inbox.recorded')).length).toBe(recorded);
      expect(inbox(trace).length).toBe(recorded);
    },
  );
});

describe('the inbox in a transaction of its own', () => {
  test('before the effect: dying between the two loses the effect for good (F49a)', () => {
    const trace = play({ inbox: 'before' }, dies('before:apply'), activate(), settle());
    expect(handled(trace)).toBe('AA');
    expect(ofBilling(all(trace, 'inbox.duplicateIgnored')).length).toBe(1);
    expect(applied(trace)).toBe('');
    expect(ofBilling(all(trace, 'bus.acknowledged')).length).toBe(1);
    expect(all(trace, 'transaction.aborted').map(({ reason }) => reason)).toContain('duplicate');
  });

  test('so does a handler that fails there, with nobody dying', () => {
    const fails = fail({ type: 'consumerFails', subscription: 'billing', times: 1 });
    expect(applied(play({ inbox: 'before' }, fails, activate(), settle()))).toBe('');
  });

  test('after the effect: dying between the two makes it happen twice (F49b)', () => {
    const trace = play({ inbox: 'after' }, dies('before:recordInbox'), activate(), settle());
    expect(applied(trace)).toBe('AA');
    expect(ofBilling(all(trace, 'inbox.checked')).map(({ known }) => known)).toEqual([false, false]);
    expect(statuses(trace)).toMatchObject({ effectAtMostOnce: 'broken' });
  });

  test('after the effect: dying later is ignored as it should be', () => {
    const trace = play({ inbox: 'after' }, dies('before:acknowledge'), activate(), settle());
    expect(applied(trace)).toBe('A');
    expect(ofBilling(all(trace, 'inbox.checked')).map(({ known }) => known)).toEqual([false, true]);
    expect(ofBilling(all(trace, 'inbox.duplicateIgnored')).length).toBe(1);
  });

  test('of two at the same time both look before either has recorded', () => {
    const inputs = [slow(1500), activate(), settle(60_000)];
    const options: Partial<Options> = { inbox: 'after', consumers: 'competing' };
    const both = play(
      options,
      slow(1500, 0, 'consumer:billing-2'),
      fail({ type: 'redeliver', subscription: 'billing' }),
      ...inputs,
    );
    expect(ofBilling(all(both, 'inbox.checked')).map(({ known }) => known)).toEqual([false, false]);
    expect(applied(both)).toBe('AA');
    // the second to record finds the id, which is too late to ignore anything
    expect(ofBilling(all(both, 'inbox.recorded')).length).toBe(1);
    expect(ofBilling(all(both, 'inbox.duplicateIgnored'))).toEqual([]);
    // together with the effect, the unique key decides
    const cured = play(
      { ...options, inbox: 'sameTransaction' },
      fail({ type: 'redeliver', subscription: 'billing' }),
      ...inputs,
    );
    expect(applied(cured)).toBe('A');
  });
});

test('ids forgotten too soon do not help against a late redelivery (F50)', () => {
  const away = fail({ type: 'crash', process: 'consumer:billing', point: 'before:acknowledge', restartAfter: 6000 });
  expect(applied(play({ inbox: 'sameTransaction' }, away, activate(), settle()))).toBe('A');
  const trace = play({ inbox: 'sameTransaction', dedupWindow: 'short' }, away, activate(), settle());
  const { eventId } = all(trace, 'bus.accepted')[0]!;
  expect(ofBilling(all(trace, 'inbox.forgotten'))).toMatchObject([{ eventIds: [eventId] }]);
  expect(applied(trace)).toBe('AA');
  expect(inbox(trace).length).toBe(1);
});

describe('the version-aware consumer', () => {
  const racing = (): Parameters<typeof play> => [
    { inbox: 'version', consumers: 'competing' },
    slow(2500),
    activate(),
    deactivate(100),
    settle(),
  ];

  test('ignores what was overtaken, and never does it', () => {
    const trace = play(...racing());
    expect(applied(trace)).toBe('D');
    expect(ofBilling(all(trace, 'inbox.staleIgnored'))).toMatchObject([{ seen: 3 }]);
    expect(all(trace, 'transaction.aborted').map(({ reason }) => reason)).toContain('stale');
    expect(statuses(trace)).toMatchObject({ effectOrder: 'holds', effectAtMostOnce: 'holds' });
  });

  test('a second delivery is not newer, so nothing is doubled', () => {
    const trace = play({ inbox: 'version' }, dies('after:apply'), activate(), settle());
    expect(handled(trace)).toBe('AA');
    expect(applied(trace)).toBe('A');
  });
});
