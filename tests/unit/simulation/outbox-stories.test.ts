import { describe, expect, test } from 'vitest';
import type { Options } from '../../../src/trace/scenario.ts';
import {
  activate,
  all,
  deactivate,
  fail,
  handled,
  play,
  settle,
  statuses,
  stepIn,
  tableOf,
  tooLong,
} from '../../support/story.ts';

const relayDies = fail({ type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 1500 });

describe('every way to the bus delivers both events in order, and comes to rest', () => {
  const ways: Partial<Options>[] = [
    { relay: 'polling' },
    { relay: 'polling', polling: 'scan' },
    { relay: 'cursorPolling' },
    { relay: 'cursorPolling', fence: 'on' },
    { relay: 'logTailing' },
    { outbox: 'document' },
    { outbox: 'document', relay: 'logTailing' },
    { relays: 2, claim: 'aggregate' },
    { outbox: 'document', relays: 2, claim: 'aggregate' },
    { marking: 'batch' },
    { relay: 'cursorPolling', marking: 'batch' },
    { outbox: 'document', marking: 'batch' },
    { failingRow: 'park' },
    { cleanup: 'on' },
  ];
  const cases = ways.flatMap((way) =>
    (['mark', 'delete', 'markFirst'] as const).map((afterPublish) => ({ ...way, afterPublish })),
  );
  const sensible = cases.filter(
    ({ marking, cleanup, afterPublish }) =>
      !(marking === 'batch' && afterPublish === 'markFirst') && !(cleanup === 'on' && afterPublish === 'delete'),
  );
  test.each(sensible)('%j', (options) => {
    const trace = play(options, activate(), deactivate(6000), settle());
    expect(handled(trace)).toBe('AD');
    expect(handled(trace, 'adServing')).toBe('AD');
    expect(trace.records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', outboxDrains: 'holds', firstOrder: 'holds' });
  });
});

test('what is deleted is gone, what is marked stays, and the clean-up takes it away', () => {
  const rows = (options: Partial<Options>) => tableOf(play(options, activate(), settle()), 'outbox');
  expect(rows({ afterPublish: 'delete' })).toEqual([]);
  expect(rows({})).toMatchObject([{ position: 1, published: 1 }]);
  expect(rows({ cleanup: 'on' })).toEqual([]);
});

test('marked first, a row is lost when the relay dies before it publishes', () => {
  const dies = fail({ type: 'crash', process: 'relay', point: 'before:publish', restartAfter: 900 });
  expect(handled(play({ afterPublish: 'markFirst' }, dies, activate(), settle()))).toBe('');
  expect(handled(play({ afterPublish: 'mark' }, dies, activate(), settle()))).toBe('A');
});

test('without an index a poll goes through every row there is', () => {
  const inputs = [1, 2, 3].flatMap((i) => [activate(i * 8000), deactivate(i * 8000 + 4000)]);
  const trace = play({ polling: 'scan' }, ...inputs, settle(60_000));
  expect(all(trace, 'relay.fetched').map(({ read }) => read)).toEqual([1, 2, 3, 4, 5, 6]);
  const indexed = play({}, ...inputs, settle(60_000));
  expect(all(indexed, 'relay.fetched').every(({ read }) => read === undefined)).toBe(true);
});

describe('the document', () => {
  test('holds its own outbox, and nothing is in the table', () => {
    const trace = play({ outbox: 'document' }, activate(), settle());
    expect(tableOf(trace, 'outbox')).toEqual([]);
    expect(tableOf(trace, 'campaigns')).toMatchObject([
      { id: '123', state: 'ACTIVE', pending: 0, outbox: [{ position: 2, published: true, event: { id: 'e1' } }] },
    ]);
    const deleted = play({ outbox: 'document', afterPublish: 'delete' }, activate(), settle());
    expect(tableOf(deleted, 'campaigns')).toMatchObject([{ pending: 0, outbox: [] }]);
  });

  test('business and relay write at the same time: under a version check one of them does it again', () => {
    const trace = play({ outbox: 'document' }, activate(), deactivate(1620), settle());
    expect(all(trace, 'transaction.aborted').some(({ reason }) => reason === 'conflict')).toBe(true);
    expect(handled(trace)).toBe('AD');
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', noLostUpdate: 'holds', noResurrection: 'holds' });
  });

  test('the relay does not raise the version: the business brings a marked entry back (F30)', () => {
    const trace = play({ outbox: 'document', relayWrites: 'notRaised' }, activate(), deactivate(1680), settle());
    expect(statuses(trace)).toMatchObject({ noResurrection: 'broken', noDuplicateDelivery: 'broken' });
    expect(handled(trace)).toBe('AAD');
  });

  test('the relay does not check the version: a business write and its event vanish (F31)', () => {
    const trace = play({ outbox: 'document', relayWrites: 'unchecked' }, activate(), deactivate(1300), settle());
    expect(statuses(trace)).toMatchObject({ noLostUpdate: 'broken', delivered: 'broken' });
    expect(tableOf(trace, 'campaigns')).toMatchObject([{ state: 'ACTIVE' }]);
    expect(handled(trace)).toBe('A');
  });
});

describe('the cursor', () => {
  // 123 takes position 1 and is slow to commit; 456 takes 2 and commits before it
  const slowCommit = [
    activate(0, '123'),
    fail({ type: 'slow', process: 'service', by: 2500 }, 880),
    fail({ type: 'slow', process: 'service', by: 0 }, 1000),
    activate(1100, '456'),
  ];

  test('passes a position that commits later, for ever (F14)', () => {
    const trace = play({ relay: 'cursorPolling' }, ...slowCommit, settle());
    expect(all(trace, 'outbox.appended').map(({ position }) => position)).toEqual([2, 1]);
    expect(statuses(trace)).toMatchObject({ delivered: 'broken', noSkip: 'broken', outboxDrains: 'broken' });
  });

  test('waits at the fence until the lower position has committed', () => {
    const trace = play({ relay: 'cursorPolling', fence: 'on' }, ...slowCommit, settle());
    expect(all(trace, 'relay.fetched').some(({ fence }) => fence === 1)).toBe(true);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', noSkip: 'holds' });
  });

  test('is not stopped by a transaction that was rolled back', () => {
    const dies = fail({ type: 'crash', process: 'service', point: 'before:commit', restartAfter: 500 });
    const trace = play({ relay: 'cursorPolling', fence: 'on' }, dies, activate(), activate(3000), settle());
    expect(all(trace, 'outbox.appended').map(({ position }) => position)).toEqual([2]);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', outboxDrains: 'holds' });
  });

  test('flag polling finds the late row', () => {
    const trace = play({ relay: 'polling' }, ...slowCommit, settle());
    expect(statuses(trace)).toMatchObject({ delivered: 'holds' });
  });
});

describe('the log', () => {
  const longDown = [
    fail({ type: 'crash', process: 'relay', restartAfter: 14_000 }),
    activate(200),
    activate(9000, '456'),
  ];

  test('forgets what the relay was too long away for (F36)', () => {
    const trace = play({ relay: 'logTailing', retention: 'short' }, ...longDown, settle());
    expect(all(trace, 'relay.historyLost').length).toBe(1);
    expect(statuses(trace)).toMatchObject({ delivered: 'broken', noSkip: 'broken' });
  });

  test('kept, is read from where the relay was', () => {
    const trace = play({ relay: 'logTailing' }, ...longDown, settle());
    expect(all(trace, 'relay.historyLost')).toEqual([]);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', noSkip: 'holds' });
  });

  test('the change stream of documents does not publish the relay’s own writes again', () => {
    const trace = play({ relay: 'logTailing', outbox: 'document' }, activate(), deactivate(6000), settle());
    expect(all(trace, 'relay.published').length).toBe(2);
  });
});

describe('two relays', () => {
  test('without an agreement publish the same row twice, and nothing has failed (F11)', () => {
    const trace = play({ relays: 2 }, activate(), settle());
    expect(handled(trace)).toBe('AA');
    expect(
      all(trace, 'relay.published')
        .map(({ process }) => process)
        .sort(),
    ).toEqual(['relay', 'relay-2']);
    expect(statuses(trace)).toMatchObject({ effectAtMostOnce: 'broken', delivered: 'holds' });
  });

  test('that claim rows publish nothing twice, and the second event before the first (F12)', () => {
    const trace = play(
      { relays: 2, claim: 'row' },
      activate(0),
      fail({ type: 'slow', process: 'relay-2', by: 2000 }, 1300),
      deactivate(700),
      fail({ type: 'slow', process: 'relay-2', by: 0 }, 6000),
      settle(),
    );
    expect(handled(trace)).toBe('DA');
    expect(statuses(trace)).toMatchObject({ firstOrder: 'broken', effectAtMostOnce: 'holds' });
  });

  test('that claim aggregates keep the order', () => {
    const trace = play(
      { relays: 2, claim: 'aggregate' },
      activate(0),
      fail({ type: 'slow', process: 'relay-2', by: 2000 }, 1300),
      deactivate(700),
      fail({ type: 'slow', process: 'relay-2', by: 0 }, 6000),
      settle(),
    );
    expect(handled(trace)).toBe('AD');
    expect(statuses(trace)).toMatchObject({ firstOrder: 'holds', effectAtMostOnce: 'holds', singleClaim: 'holds' });
  });

  test('a lease ends under a slow holder, who wakes up and publishes an old event again (F13)', () => {
    const trace = play(
      { relays: 2, claim: 'row' },
      fail({ type: 'slow', process: 'relay-2', by: 9000 }, 1300),
      activate(0),
      settle(60_000),
    );
    expect(handled(trace)).toBe('AA');
    expect(statuses(trace)).toMatchObject({ singleClaim: 'broken', effectAtMostOnce: 'broken' });
  });

  test('a lease that ends by a failure does the same', () => {
    const trace = play(
      { relays: 2, claim: 'row' },
      fail({ type: 'expireLease', process: 'relay-2' }),
      activate(0),
      settle(),
    );
    expect(all(trace, 'outbox.leaseExpired')).toMatchObject([{ process: 'relay-2', positions: [1] }]);
    expect(handled(trace)).toBe('AA');
  });

  test('what a dead relay had claimed is taken over when the lease ends', () => {
    const trace = play(
      { relays: 2, claim: 'row' },
      fail({ type: 'crash', process: 'relay-2', point: 'before:publish' }),
      activate(0),
      settle(),
    );
    expect(handled(trace)).toBe('A');
    expect(all(trace, 'outbox.claimed').at(-1)).toMatchObject({ process: 'relay', from: 'relay-2' });
  });

  test('an expiry is refused where nothing is claimed', () => {
    const trace = play({}, fail({ type: 'expireLease', process: 'relay' }), settle());
    expect(all(trace, 'failure.refused')).toMatchObject([{ reason: 'nothingIsClaimed' }]);
  });
});

describe('a batch', () => {
  test('marked as a whole comes again as a whole, the old event after the new one (F21)', () => {
    const both = [activate(0), fail({ type: 'busDown', for: 3500 }, 0), deactivate(900)];
    const batch = play({ marking: 'batch' }, relayDies, ...both, settle());
    expect(handled(batch)).toBe('ADAD');
    expect(statuses(batch)).toMatchObject({ monotone: 'broken' });
    const each = play({ marking: 'each' }, relayDies, ...both, settle());
    expect(handled(each)).toBe('AAD');
    expect(statuses(each)).toMatchObject({ monotone: 'holds' });
  });
});

describe('a row that the bus never takes', () => {
  const poison = [activate(0), deactivate(3000, '123', tooLong), activate(9000, '456')];

  test('stops everything behind it (F18)', () => {
    const trace = play({ failingRow: 'block' }, ...poison, settle());
    expect(handled(trace)).toBe('A');
    expect(statuses(trace)).toMatchObject({ outboxDrains: 'broken', delivered: 'broken' });
    expect(trace.records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
  });

  test('does not keep two relays busy for ever that hand their claims to each other', () => {
    const trace = play({ relays: 2, claim: 'aggregate' }, ...poison, settle());
    expect(trace.records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
    expect(all(trace, 'bus.refused').length).toBeLessThan(20);
  });

  test('stops only its own aggregate', () => {
    const trace = play({ failingRow: 'blockAggregate' }, ...poison, activate(12_000, '123'), settle());
    expect(handled(trace)).toBe('AA');
  });

  test('is parked after some attempts, and published again when a person says so', () => {
    const trace = play({ failingRow: 'park' }, ...poison, settle());
    expect(handled(trace)).toBe('AA');
    expect(all(trace, 'outbox.attemptFailed').map(({ attempts }) => attempts)).toEqual([1, 2]);
    expect(all(trace, 'outbox.parked')).toMatchObject([{ position: 2, attempts: 3 }]);
    expect(statuses(trace)).toMatchObject({ outboxDrains: 'parked', delivered: 'parked' });
    const again = play({ failingRow: 'park' }, ...poison, stepIn({ type: 'unpark' }, 20_000), settle(40_000));
    expect(all(again, 'outbox.unparked')).toMatchObject([{ position: 2 }]);
    expect(all(again, 'outbox.parked').length).toBe(2);
  });

  test('skipped, lets the next one overtake it (F19)', () => {
    const refused = [fail({ type: 'refusePublish' }), activate(0), fail({ type: 'slow', process: 'relay', by: 0 }, 0)];
    const down = [fail({ type: 'crash', process: 'relay', restartAfter: 3500 }), ...refused, deactivate(900)];
    expect(handled(play({ failingRow: 'skip' }, ...down, settle()))).toBe('DA');
    expect(handled(play({ failingRow: 'block' }, ...down, settle()))).toBe('AD');
    expect(handled(play({ failingRow: 'blockAggregate' }, ...down, settle()))).toBe('AD');
  });

  test('can’t be published again where nothing is parked', () => {
    const trace = play({}, stepIn({ type: 'unpark' }), settle());
    expect(all(trace, 'intervention.refused')).toMatchObject([{ reason: 'nothingIsParked' }]);
  });
});
