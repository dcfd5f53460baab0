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
} from '../../support/story.ts';

const play = (options: Partial<Options>, ...inputs: Input[]): Trace => playOn({ bus: 'pubsub', ...options }, ...inputs);
const down = (restartAfter?: number, at = 0) =>
  fail({ type: 'crash', process: 'consumer:billing', ...(restartAfter !== undefined && { restartAfter }) }, at);
const slow = (by: number) => fail({ type: 'slow', process: 'consumer:billing', by });

/** So many commands on campaigns of their own, one after the other. */
const commands = (count: number): Input[] =>
  Array.from({ length: count }, (_, index) => activate(index * 100, `${200 + index}`));

describe('at most once', () => {
  test('nothing goes wrong: both are handled, in order, and nobody acknowledges', () => {
    const trace = play({}, activate(), deactivate(100), settle());
    expect(handled(trace)).toBe('AD');
    expect(all(trace, 'bus.acknowledged')).toEqual([]);
    expect(all(trace, 'effect.begun').map(({ effect }) => effect)).not.toContain('acknowledge');
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', effectAtMostOnce: 'holds', outboxDrains: 'holds' });
  });

  test('who is away misses it, the others do not, and the publisher sees success (F41)', () => {
    const trace = play({}, down(), activate(), settle());
    expect(all(trace, 'bus.dropped')).toMatchObject([{ subscription: 'billing', reason: 'offline' }]);
    expect(all(trace, 'relay.published').length).toBe(1);
    expect(all(trace, 'outbox.marked').length).toBe(1);
    expect([handled(trace), handled(trace, 'adServing')]).toEqual(['', 'A']);
    expect(statuses(trace)).toMatchObject({ delivered: 'broken' });
  });

  test('a handler that fails, or dies, has had it', () => {
    const failing = play({}, fail({ type: 'consumerFails', subscription: 'billing', times: 1 }), activate(), settle());
    expect(all(failing, 'consumer.failed').length).toBe(1);
    const dying = play(
      {},
      fail({ type: 'crash', process: 'consumer:billing', point: 'before:apply', restartAfter: 500 }),
      activate(),
      settle(),
    );
    for (const trace of [failing, dying]) {
      expect(handled(trace)).toBe('A');
      expect(applied(trace)).toBe('');
      expect(all(trace, 'bus.requeued')).toEqual([]);
    }
  });

  test('the bus that goes down loses what travels', () => {
    const sent = all(play({}, activate()), 'bus.dispatched')[0]!;
    const trace = play({}, activate(), fail({ type: 'busDown', for: 500 }, sent.at + 100), settle());
    expect(all(trace, 'bus.dropped').map(({ subscription }) => subscription)).toEqual(['adServing', 'billing']);
    expect(all(trace, 'bus.delivered')).toEqual([]);
  });

  test('a publisher notices neither a bus that is down nor a refusal', () => {
    for (const failure of [{ type: 'busDown', for: 6000 }, { type: 'refusePublish' }] as Failure[]) {
      const trace = play({ publish: 'afterCommit' }, fail(failure), activate(), settle());
      expect(all(trace, 'bus.refused')).toMatchObject([{ unnoticed: true }]);
      expect(all(trace, 'command.handled').length).toBe(1);
      expect(statuses(trace)).toMatchObject({ delivered: 'broken' });
    }
  });
});

describe('the memory of a consumer', () => {
  test('what arrives while it is busy waits, and is handled in order', () => {
    const trace = play({}, slow(3000), activate(), deactivate(100), settle());
    const [buffered] = ofBilling(all(trace, 'bus.buffered'));
    expect(buffered).toMatchObject({ process: 'consumer:billing' });
    const [first, second] = ofBilling(all(trace, 'bus.delivered'));
    expect(second).toMatchObject({ message: buffered!.message, cause: buffered!.seq });
    const [ended] = all(trace, 'task.ended').filter(({ task }) => task === first!.task);
    expect(second!.at).toBe(ended!.at);
    expect(applied(trace)).toBe('AD');
  });

  test('is limited: a slow consumer loses what comes beyond', () => {
    const trace = play({ publish: 'afterCommit' }, slow(9000), ...commands(12), settle());
    expect(ofBilling(all(trace, 'bus.buffered')).length).toBeGreaterThanOrEqual(8);
    const lost = ofBilling(all(trace, 'bus.dropped'));
    expect(lost.length).toBeGreaterThan(0);
    expect(new Set(lost.map(({ reason }) => reason))).toEqual(new Set(['overflow']));
    expect(handled(trace).length).toBe(12 - lost.length);
  });

  test('dies with it, and so does what travels to it', () => {
    const inputs = [slow(9000), ...commands(4)];
    const seen = play({ publish: 'afterCommit' }, ...inputs);
    const [, third] = ofBilling(all(seen, 'bus.buffered'));
    const trace = play({ publish: 'afterCommit' }, ...inputs, down(100, third!.at - 1), settle());
    const lost = ofBilling(all(trace, 'bus.dropped'));
    expect(lost.map(({ process }) => process)).toContain('consumer:billing');
    expect(lost.map(({ process }) => process)).toContain('bus');
    expect(lost.every(({ reason }) => reason === 'offline')).toBe(true);
    const crash = all(trace, 'process.crashed')[0]!;
    expect(lost.filter(({ at }) => at === crash.at).every(({ cause }) => cause === crash.seq)).toBe(true);
    expect(handled(trace).length + lost.length).toBe(4);
  });
});

describe('competing', () => {
  const to = (trace: Trace) => ofBilling(all(trace, 'bus.dispatched')).map((record) => record.to ?? 'first');

  test('each message goes to one of them, in turn', () => {
    const trace = play({ consumers: 'competing', publish: 'afterCommit' }, ...commands(4), settle());
    expect(to(trace)).toEqual(['first', 'consumer:billing-2', 'first', 'consumer:billing-2']);
    expect(handled(trace).length).toBe(4);
  });

  test('who is there has all of them', () => {
    const trace = play({ consumers: 'competing', publish: 'afterCommit' }, down(), ...commands(3), settle());
    expect(to(trace)).toEqual(['consumer:billing-2', 'consumer:billing-2', 'consumer:billing-2']);
    expect(all(trace, 'bus.dropped')).toEqual([]);
  });
});

test('messages arrive in the order they were sent, whatever is chosen to come next', () => {
  for (let seed = 0; seed < 60; seed++) {
    const trace = play({ publish: 'afterCommit', writes: seed % 2 ? 'serialised' : 'optimistic' }, ...commands(8));
    const messages = (kind: 'bus.dispatched' | 'bus.delivered') =>
      ofBilling(all(trace, kind)).map(({ message }) => message);
    expect(messages('bus.delivered')).toEqual(messages('bus.dispatched'));
  }
});

describe('messages lost by a failure', () => {
  test('one that travels', () => {
    const sent = ofBilling(all(play({}, activate()), 'bus.dispatched'))[0]!;
    const trace = play({}, activate(), fail({ type: 'drop', subscription: 'billing' }, sent.at + 10), settle());
    expect(all(trace, 'failure.armed')).toEqual([]);
    expect(all(trace, 'bus.dropped')).toMatchObject([{ message: sent.message, cause: sent.seq }]);
    expect(all(trace, 'bus.dropped')[0]).not.toHaveProperty('reason');
    expect(handled(trace)).toBe('');
  });

  test('the next one, where none travels', () => {
    const trace = play({}, fail({ type: 'drop', subscription: 'billing' }), activate(), deactivate(100), settle());
    expect(all(trace, 'failure.armed').length).toBe(1);
    expect(handled(trace)).toBe('D');
    expect(handled(trace, 'adServing')).toBe('AD');
  });

  test.each<Failure>([
    { type: 'duplicate' },
    { type: 'delay' },
    { type: 'deliverNow' },
    { type: 'redeliver', subscription: 'billing' },
    { type: 'rebalance', subscription: 'billing' },
  ])('%j is not on this bus', (failure) => {
    expect(all(play({}, fail(failure)), 'failure.refused')).toMatchObject([{ reason: 'notOnThisBus' }]);
  });
});
