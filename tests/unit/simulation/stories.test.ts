import { expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { RecordKind, RecordOf } from '../../../src/trace/record.ts';
import type { Failure, Input, Options } from '../../../src/trace/scenario.ts';
import type { Trace } from '../../../src/trace/trace.ts';

const activate = (at = 0): Input => ({ at, kind: 'command', name: 'ActivateCampaign' });
const deactivate = (at = 0): Input => ({
  at,
  kind: 'command',
  name: 'DeactivateCampaign',
  payload: { reason: 'sold out' },
});
const fail = (failure: Failure, at = 0): Input => ({ at, kind: 'failure', failure });
const settle = (at = 20_000): Input => ({ at, kind: 'settle' });

const play = (options: Partial<Options>, ...inputs: Input[]): Trace =>
  simulate({ format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 3, options, inputs });

const all = <K extends RecordKind>(trace: Trace, kind: K): RecordOf<K>[] =>
  trace.records.filter((record): record is RecordOf<K> => record.kind === kind);

const statuses = (trace: Trace): Record<string, string> =>
  Object.fromEntries(Object.entries(trace.verdicts).map(([id, { status }]) => [id, status]));

/** The promises that do not hold. Marked rows stay for good, so a settled run with an outbox breaks one by design. */
const notHolding = (trace: Trace): string[] =>
  Object.keys(trace.verdicts)
    .filter((id) => trace.verdicts[id]!.status !== 'holds' && id !== 'boundedOutbox')
    .sort();

test.each(['outbox', 'afterCommit', 'insideAggregate'] as const)(
  'without failures every promise but early delivery can hold: %s',
  (publish) => {
    const trace = play({ publish }, activate(), settle());
    const early = publish === 'insideAggregate' ? ['noEarlyDelivery'] : [];
    expect(early).toEqual(expect.arrayContaining(notHolding(trace)));
    expect(trace.verdicts['boundedOutbox']?.status).toBe(publish === 'outbox' ? 'broken' : undefined);
    expect(
      all(trace, 'consumer.effectApplied')
        .map((record) => record.summary)
        .sort(),
    ).toEqual(['activationBilled', 'adsServed']);
  },
);

test('until the run has settled nothing is called kept', () => {
  expect(new Set(Object.values(statuses(play({}, activate()))))).toEqual(new Set(['pending']));
});

test('after commit: the service dies between commit and publish, and the event is lost', () => {
  const trace = play(
    { publish: 'afterCommit' },
    activate(),
    fail({ type: 'crash', process: 'service', point: 'after:commit', restartAfter: 1500 }, 9000),
    deactivate(9000),
    settle(),
  );
  expect(notHolding(trace)).toEqual(['convergence', 'delivered', 'effectAtLeastOnce']);
  const crash = all(trace, 'process.crashed')[0]!;
  expect(trace.verdicts['delivered']).toMatchObject({
    at: crash.seq,
    because: expect.stringMatching(/CampaignDeactivated/) as string,
  });
});

test('inside the aggregate: the transaction is rolled back after the event left, a ghost message', () => {
  const trace = play({ publish: 'insideAggregate' }, fail({ type: 'abortTransaction' }), activate(), settle());
  expect(statuses(trace)).toMatchObject({ noPhantom: 'broken', delivered: 'holds' });
  expect(all(trace, 'transaction.aborted')[0]).toMatchObject({ process: 'service', reason: 'failure' });
  expect(all(trace, 'bus.delivered').length).toBe(2);
});

test('outbox: the relay dies between publish and mark, and the customer is billed twice; the inbox cures it', () => {
  const inputs = [
    fail({ type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 1500 }),
    activate(),
    settle(),
  ];
  const broken = play({}, ...inputs);
  expect(notHolding(broken)).toEqual(['convergence', 'effectAtMostOnce', 'noDuplicateDelivery']);
  expect(all(broken, 'consumer.effectApplied').filter((record) => record.subscription === 'billing').length).toBe(2);
  const cured = play({ inbox: 'sameTransaction' }, ...inputs);
  expect(notHolding(cured)).toEqual(['noDuplicateDelivery']);
  expect(all(cured, 'inbox.duplicateIgnored').length).toBe(2);
});

test('a dead letter parks the event', () => {
  const trace = play({}, fail({ type: 'consumerFails', subscription: 'billing', times: 9 }), activate(), {
    at: 30_000,
    kind: 'settle',
  });
  expect(trace.verdicts['delivered']?.status).toBe('parked');
  expect(all(trace, 'bus.deadLettered')[0]).toMatchObject({ subscription: 'billing', attempts: 5 });
});

test('settling disarms what is armed and restarts what is down', () => {
  const trace = play({}, fail({ type: 'crash', process: 'relay' }), fail({ type: 'abortTransaction' }), activate(100), {
    at: 200,
    kind: 'settle',
  });
  expect(all(trace, 'failure.disarmed')).toMatchObject([{ input: 1, reason: 'settled' }]);
  expect(notHolding(trace)).toEqual([]);
});

test('a failure taken back does not strike', () => {
  const trace = play({}, fail({ type: 'refusePublish' }), { at: 0, kind: 'disarm', input: 0 }, activate(), settle());
  expect(all(trace, 'failure.struck')).toEqual([]);
});

test('a command to a service that is down is refused, and nothing is lost by it', () => {
  const trace = play({}, fail({ type: 'crash', process: 'service' }), activate(), settle());
  expect(all(trace, 'command.refused')).toMatchObject([{ name: 'ActivateCampaign', reason: 'serviceDown' }]);
  expect(trace.verdicts['delivered']?.status).toBe('holds');
});

test('a rule of the domain refuses, and its transaction is rolled back', () => {
  const trace = play({}, activate(), activate(8000), settle());
  expect(all(trace, 'command.rejected')).toMatchObject([{ reason: 'alreadyActive' }]);
  expect(all(trace, 'transaction.aborted')).toMatchObject([{ reason: 'exception' }]);
});

test('two commands on one aggregate: serialised they wait for each other, optimistic one is tried again', () => {
  const waiting = play({}, activate(), deactivate(), settle());
  expect(all(waiting, 'effect.waited').length).toBe(1);
  const racing = play({ writes: 'optimistic' }, activate(), deactivate(), settle());
  expect(all(racing, 'transaction.aborted')).toMatchObject([{ reason: 'conflict' }]);
  for (const trace of [waiting, racing]) {
    expect(trace.verdicts['delivered']?.status).toBe('holds');
    expect(all(trace, 'outbox.appended').map((record) => record.aggregateVersion)).toEqual([2, 3]);
  }
});

test('after commit, two publishers of one aggregate can overtake each other without any failure', () => {
  const orders = Array.from(
    { length: 200 },
    (_, seed) =>
      simulate({
        format: 'sagascope/scenario',
        version: 1,
        flow: 'campaign',
        seed,
        options: { publish: 'afterCommit' },
        inputs: [activate(), deactivate(), settle()],
        choices: Array.from({ length: 12 }, (__, i) => (seed >> i) & 1),
      }).verdicts['firstOrder']?.status,
  );
  expect(new Set(orders)).toEqual(new Set(['holds', 'broken']));
});

test('the service dies while it loads: the aggregate is free again afterwards', () => {
  const crash = fail({ type: 'crash', process: 'service', restartAfter: 300 }, 500);
  const trace = play({}, activate(), crash, deactivate(5000), settle());
  expect(all(trace, 'effect.waited')).toEqual([]);
  expect(all(trace, 'command.handled')).toMatchObject([{ name: 'DeactivateCampaign' }]);
});

test.each(['constructor', '__proto__', 'toString'])('an aggregate may be called %s', (id) => {
  const trace = play({}, { at: 0, kind: 'command', name: 'ActivateCampaign', payload: { id } }, settle());
  expect(all(trace, 'command.handled').length).toBe(1);
  expect(notHolding(trace)).toEqual([]);
});

test('a message doubled on arrival keeps the name it was accepted under', () => {
  const trace = play({}, fail({ type: 'duplicate', subscription: 'adServing' }), activate(), settle());
  const accepted = all(trace, 'bus.accepted')[0]!.messages;
  const delivered = all(trace, 'bus.delivered').map(({ subscription, message }) => `${subscription} ${message}`);
  expect(delivered.sort()).toEqual(
    [...accepted.map((one) => `${one.subscription} ${one.message}`), 'adServing m3'].sort(),
  );
});

test('the bus goes down: what was unacknowledged comes back, what could not be published is tried again', () => {
  const trace = play({}, activate(), fail({ type: 'busDown', for: 4000 }, 3000), deactivate(3000), settle());
  expect(all(trace, 'bus.wentDown').length).toBe(1);
  expect(all(trace, 'bus.requeued').map((record) => record.reason)).toContain('timeout');
  expect(all(trace, 'bus.refused').length).toBeGreaterThan(0);
  expect(statuses(trace)).toMatchObject({ delivered: 'holds', outboxDrains: 'holds' });
});

test.each<Failure>([
  { type: 'crash', process: 'nobody' },
  { type: 'crash', process: 'constructor' },
  { type: 'crash', process: 'relay', point: 'before:load' },
  { type: 'restart', process: 'relay' },
  { type: 'deliverNow', subscription: 'billing' },
  { type: 'silence', service: 'publishing' },
  { type: 'rebalance', subscription: 'billing' },
])('what makes no sense now is refused with a reason: %j', (failure) => {
  expect(all(play({}, fail(failure)), 'failure.refused')[0]?.reason).toBeTruthy();
});
