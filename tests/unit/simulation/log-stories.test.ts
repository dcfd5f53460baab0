import { describe, expect, test } from 'vitest';
import type { Failure, Input, Options } from '../../../src/trace/scenario.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import {
  activate,
  all,
  applied,
  deactivate,
  fail,
  handled,
  ofBilling,
  play as playOn,
  settle,
  statuses,
  stepIn,
} from '../../support/story.ts';

const play = (options: Partial<Options>, ...inputs: Input[]): Trace => playOn({ bus: 'log', ...options }, ...inputs);
const slow = (by: number, at = 0, process = 'consumer:billing') => fail({ type: 'slow', process, by }, at);
const rebalance = (at = 0) => fail({ type: 'rebalance', subscription: 'billing' }, at);
const replay = (offset: number, at: number) => stepIn({ type: 'replay', subscription: 'billing', offset }, at);

/** Where each handler of billing read from: partition, offset, attempt. */
const places = (trace: Trace): string[] =>
  trace.records.flatMap((record) =>
    (record.kind === 'bus.delivered' || record.kind === 'bus.redelivered') && record.subscription === 'billing'
      ? [`${record.partition}/${record.offset} ${record.attempt}`]
      : [],
  );

describe('partitions and offsets', () => {
  test('an aggregate has its partition, and each record in it the next offset', () => {
    const trace = play({}, activate(), activate(100, '124'), deactivate(200), settle());
    const appended = all(trace, 'bus.accepted').map(({ aggregateId, partition, offset }) => [
      aggregateId,
      partition,
      offset,
    ]);
    expect(appended.sort()).toEqual([
      ['123', 0, 0],
      ['123', 0, 1],
      ['124', 1, 0],
    ]);
    expect(
      ofBilling(all(trace, 'bus.acknowledged'))
        .map(({ partition, offset }) => `${partition}/${offset}`)
        .sort(),
    ).toEqual(['0/0', '0/1', '1/0']);
    expect(ofBilling(all(trace, 'bus.dispatched'))[0]).toMatchObject({ partition: 0, offset: 0 });
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', firstOrder: 'holds', noDuplicateDelivery: 'holds' });
  });

  test('alone, a consumer reads both; of two, each has its own', () => {
    const inputs = () => [activate(), activate(100, '124'), settle()];
    const owners = (trace: Trace) =>
      ofBilling(all(trace, 'bus.delivered'))
        .map(({ process, partition }) => `${process} ${partition}`)
        .sort();
    expect(owners(play({}, ...inputs()))).toEqual(['consumer:billing 0', 'consumer:billing 1']);
    const pair = play({ consumers: 'competing' }, ...inputs());
    expect(owners(pair)).toEqual(['consumer:billing 0', 'consumer:billing-2 1']);
    expect(
      ofBilling(all(pair, 'bus.dispatched'))
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['consumer:billing-2', undefined]);
  });

  test('competing does not reorder one aggregate, however slow', () => {
    const trace = play({ consumers: 'competing' }, slow(2500), activate(), deactivate(100), settle());
    expect(applied(trace)).toBe('AD');
  });
});

describe('a record that fails', () => {
  test('blocks its partition and no other, without end; nothing is left out', () => {
    const poison = fail({ type: 'consumerFails', subscription: 'billing', times: 7 });
    const trace = play({}, slow(1000), poison, activate(), deactivate(100), activate(9000, '124'), settle(40_000));
    const read = places(trace);
    expect(read.filter((place) => place.startsWith('0/0')).length).toBeGreaterThanOrEqual(6);
    expect(read.indexOf('1/0 1')).toBeLessThan(read.indexOf('0/1 1'));
    expect(ofBilling(all(trace, 'bus.requeued'))[0]).toMatchObject({ reason: 'failure' });
    expect(all(trace, 'bus.deadLettered')).toEqual([]);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', effectAtMostOnce: 'holds', effectOrder: 'holds' });
  });
});

describe('owners', () => {
  const dies = (point: string, restartAfter?: number) =>
    fail({ type: 'crash', process: 'consumer:billing', point, ...(restartAfter !== undefined && { restartAfter }) });

  test('alone, a consumer that dies begins at the committed offset again', () => {
    const trace = play({}, dies('before:acknowledge', 800), activate(), settle());
    expect(places(trace)).toEqual(['0/0 1', '0/0 2']);
    const restarted = all(trace, 'process.restarted')[0]!;
    const assigned = ofBilling(all(trace, 'bus.assigned'));
    expect(assigned.map(({ partition, to, position }) => [partition, to, position])).toEqual([
      [0, 'consumer:billing', 0],
      [1, 'consumer:billing', 0],
    ]);
    expect(assigned[0]).toMatchObject({ cause: restarted.seq });
    expect(assigned[0]).not.toHaveProperty('from');
  });

  test('of two, the other takes over at once, and gives back what it does not work on', () => {
    const trace = play({ consumers: 'competing' }, dies('before:acknowledge', 6000), activate(), settle());
    const crash = all(trace, 'process.crashed')[0]!;
    const [taken, given] = ofBilling(all(trace, 'bus.assigned'));
    expect(taken).toMatchObject({
      partition: 0,
      from: 'consumer:billing',
      to: 'consumer:billing-2',
      position: 0,
      at: crash.at,
    });
    expect(given).toMatchObject({ partition: 0, from: 'consumer:billing-2', to: 'consumer:billing', position: 1 });
    expect(places(trace)).toEqual(['0/0 1', '0/0 2']);
  });

  test('what the other works on when one comes back it keeps', () => {
    const trace = play(
      { consumers: 'competing' },
      slow(2000, 0, 'consumer:billing-2'),
      dies('before:acknowledge', 1500),
      activate(),
      settle(),
    );
    expect(ofBilling(all(trace, 'bus.assigned')).map(({ to }) => to)).toEqual(['consumer:billing-2']);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds' });
  });

  test('with nobody there partitions wait for the first who comes', () => {
    const trace = play(
      { consumers: 'competing' },
      fail({ type: 'crash', process: 'consumer:billing' }),
      fail({ type: 'crash', process: 'consumer:billing-2', restartAfter: 5000 }, 10),
      activate(),
      settle(12_000),
    );
    expect(ofBilling(all(trace, 'bus.delivered'))).toMatchObject([{ process: 'consumer:billing-2' }]);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds' });
  });
});

describe('rebalance', () => {
  test('the old owner is a zombie: its effect comes after the new one has gone on, its commit is ignored (F48)', () => {
    const trace = play({ consumers: 'competing' }, slow(5000), rebalance(), activate(), deactivate(100), settle());
    const [assigned] = ofBilling(all(trace, 'bus.assigned'));
    expect(assigned).toMatchObject({
      partition: 0,
      from: 'consumer:billing',
      to: 'consumer:billing-2',
      position: 0,
      cause: all(trace, 'failure.struck').at(-1)!.seq,
    });
    expect(applied(trace)).toBe('ADA');
    const [zombie] = ofBilling(all(trace, 'bus.delivered'));
    expect(ofBilling(all(trace, 'bus.acknowledgementIgnored'))).toMatchObject([{ task: zombie!.task }]);
    expect(ofBilling(all(trace, 'bus.acknowledged')).map(({ offset }) => offset)).toEqual([0, 1]);
    expect(statuses(trace)).toMatchObject({ effectAtMostOnce: 'broken', effectOrder: 'broken' });
  });

  test('alone, a new member in the same process handles it beside the old one', () => {
    const trace = play({}, slow(3000), slow(0, 5000), rebalance(), activate(), settle());
    expect(ofBilling(all(trace, 'bus.assigned'))).toMatchObject([{ from: 'consumer:billing', to: 'consumer:billing' }]);
    const [first] = ofBilling(all(trace, 'bus.delivered'));
    const [again] = ofBilling(all(trace, 'bus.redelivered'));
    const ended = all(trace, 'task.ended').find(({ task }) => task === first!.task);
    expect(again!.at).toBeLessThan(ended!.at);
    expect(applied(trace)).toBe('AA');
  });

  test('strikes a handler that runs', () => {
    const first = ofBilling(all(play({}, activate()), 'bus.delivered'))[0]!;
    const trace = play({}, activate(), rebalance(first.at + 100), settle());
    expect(all(trace, 'failure.armed')).toEqual([]);
    expect(places(trace)).toEqual(['0/0 1', '0/0 2']);
  });
});

test('the bus goes down: what was handled is handled again when it is back', () => {
  const first = ofBilling(all(play({}, activate()), 'bus.delivered'))[0]!;
  const trace = play({}, activate(), fail({ type: 'busDown', for: 3000 }, first.at + 100), settle());
  expect(ofBilling(all(trace, 'bus.requeued'))).toMatchObject([{ reason: 'timeout' }]);
  expect(ofBilling(all(trace, 'bus.acknowledgementIgnored')).length).toBe(1);
  expect(places(trace)).toEqual(['0/0 1', '0/0 2']);
});

describe('replay', () => {
  const done = [activate(), deactivate(100), activate(200, '124')];

  test('reads everything again, each partition from there', () => {
    const trace = play({}, ...done, replay(0, 15_000), settle());
    expect(ofBilling(all(trace, 'bus.rewound')).map(({ partition, position }) => [partition, position])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(places(trace).slice(3).sort()).toEqual(['0/0 2', '0/1 2', '1/0 2']);
    expect(handled(trace, 'adServing').length).toBe(3);
    const later = play({}, ...done, replay(1, 15_000), settle());
    expect(places(later).slice(3)).toEqual(['0/1 2']);
  });

  test('calls back what travels; who handles one is a zombie and moves nothing', () => {
    const sent = ofBilling(all(play({}, ...done), 'bus.dispatched'))[1]!;
    const recalled = play({}, ...done, replay(0, sent.at + 100), settle());
    expect(recalled.records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
    expect(places(recalled).filter((place) => place.startsWith('0/0'))).toEqual(['0/0 1', '0/0 2']);
    const handling = ofBilling(all(play({}, ...done), 'bus.delivered'))[1]!;
    const zombie = play({}, ...done, replay(0, handling.at + 100), settle());
    expect(ofBilling(all(zombie, 'bus.acknowledgementIgnored'))).toMatchObject([{ task: handling.task }]);
    const commits = ofBilling(all(zombie, 'bus.acknowledged')).map(({ partition, offset }) => `${partition}/${offset}`);
    expect(commits.filter((place) => place === '0/0').length).toBe(2);
  });

  test('never reads on ahead: what was not handled is not left out', () => {
    const trace = play({}, slow(4000), slow(0, 9000), ...done, replay(2, 6000), settle());
    expect(all(trace, 'bus.rewound')).toEqual([]);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds' });
  });

  test.each([
    [{ bus: 'log' }, 'billing', 1, 'offsetBeyondEnd'],
    [{ bus: 'log' }, 'nobody', 0, 'unknownSubscription'],
    [{ bus: 'queue' }, 'billing', 0, 'notOnThisBus'],
    [{ bus: 'pubsub' }, 'billing', 0, 'notOnThisBus'],
  ] as const)('%j %s %i: refused as %s', (options, subscription, offset, reason) => {
    const trace = playOn(options, stepIn({ type: 'replay', subscription, offset }));
    expect(all(trace, 'intervention.refused')).toMatchObject([{ reason }]);
  });
});

test.each<Failure>([
  { type: 'redeliver', subscription: 'billing' },
  { type: 'drop', subscription: 'billing' },
  { type: 'duplicate' },
  { type: 'delay' },
  { type: 'deliverNow' },
])('%j is not on this bus', (failure) => {
  expect(all(play({}, fail(failure)), 'failure.refused')).toMatchObject([{ reason: 'notOnThisBus' }]);
});
