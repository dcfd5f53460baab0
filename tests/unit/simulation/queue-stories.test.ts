import { describe, expect, test } from 'vitest';
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
  stepIn,
  tooLong,
} from '../../support/story.ts';

const poison = (times: number) => fail({ type: 'consumerFails', subscription: 'billing', times });
const slow = (by: number, at = 0, process = 'consumer:billing') => fail({ type: 'slow', process, by }, at);

describe('competing consumers', () => {
  test('take messages at the same time, the first one first', () => {
    const trace = play({ consumers: 'competing' }, slow(1000), activate(), deactivate(100), settle());
    const dispatched = ofBilling(all(trace, 'bus.dispatched'));
    expect(dispatched.map(({ to }) => to)).toEqual([undefined, 'consumer:billing-2']);
    expect(ofBilling(all(trace, 'bus.delivered')).map(({ process }) => process)).toEqual([
      'consumer:billing',
      'consumer:billing-2',
    ]);
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', noDuplicateDelivery: 'holds' });
  });

  test('reorder without any failure but slowness (F44)', () => {
    const trace = play({ consumers: 'competing' }, slow(2500), activate(), deactivate(100), settle());
    expect(handled(trace)).toBe('AD');
    expect(applied(trace)).toBe('DA');
    expect(statuses(trace)).toMatchObject({ firstOrder: 'holds', effectOrder: 'broken' });
  });

  test('what the one that dies had is handled by the other', () => {
    const dies = fail({ type: 'crash', process: 'consumer:billing', point: 'before:apply' });
    const trace = play({ consumers: 'competing' }, dies, activate(), settle());
    expect(ofBilling(all(trace, 'bus.requeued'))).toMatchObject([{ reason: 'crash' }]);
    expect(ofBilling(all(trace, 'bus.redelivered'))).toMatchObject([{ process: 'consumer:billing-2', attempt: 2 }]);
  });

  test('one that is down gets nothing, and has its turn when it is back', () => {
    const down = fail({ type: 'crash', process: 'consumer:billing', restartAfter: 5000 });
    const trace = play({ consumers: 'competing' }, down, activate(), activate(9000, '124'), settle());
    expect(ofBilling(all(trace, 'bus.delivered')).map(({ process }) => process)).toEqual([
      'consumer:billing-2',
      'consumer:billing',
    ]);
  });
});

describe('the wait for an acknowledgement', () => {
  test('a handler that takes too long is joined by a second one: double effect, and nobody crashed (F42)', () => {
    const trace = play({ consumers: 'competing' }, slow(8000), activate(), settle());
    const [first] = ofBilling(all(trace, 'bus.delivered'));
    const [back] = ofBilling(all(trace, 'bus.requeued'));
    expect(back).toMatchObject({ reason: 'timeout', at: first!.at + 8000 });
    const [again] = ofBilling(all(trace, 'bus.redelivered'));
    expect(again).toMatchObject({ process: 'consumer:billing-2', attempt: 2 });
    expect(ofBilling(all(trace, 'bus.acknowledgementIgnored'))).toMatchObject([{ task: first!.task }]);
    expect(ofBilling(all(trace, 'bus.acknowledged'))).toMatchObject([{ task: again!.task }]);
    expect(applied(trace)).toBe('AA');
    expect(statuses(trace)).toMatchObject({ effectAtMostOnce: 'broken' });
  });

  test('alone, it has the message again when it is free', () => {
    const trace = play({}, slow(8000), slow(0, 12_000), activate(), settle());
    const [ended] = all(trace, 'task.ended').filter(({ process }) => process === 'consumer:billing');
    const [again] = ofBilling(all(trace, 'bus.redelivered'));
    expect(again!.at).toBeGreaterThan(ended!.at);
    expect(all(trace, 'bus.acknowledged').length).toBe(2);
  });

  test('one that is always too slow makes a dead letter in the end', () => {
    const trace = play({}, slow(8000), activate(), settle(150_000));
    expect(applied(trace)).toBe('AAAAA');
    expect(ofBilling(all(trace, 'bus.deadLettered'))).toMatchObject([{ attempts: 5 }]);
    expect(trace.records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
  });

  test('a handler in time is not waited for: nothing happens after it', () => {
    const trace = play({}, activate());
    expect(trace.records.at(-1)!.at).toBeLessThan(5000);
    expect(trace.records.at(-1)).toMatchObject({ kind: 'task.ended' });
  });
});

describe('coming back', () => {
  test('to the head, order is kept; to the tail, one retry breaks it (F45)', () => {
    const inputs = () => [slow(1500), poison(1), activate(), deactivate(100), settle()];
    expect(handled(play({}, ...inputs()))).toBe('AAD');
    const trace = play({ requeue: 'tail' }, ...inputs());
    expect(handled(trace)).toBe('ADA');
    expect(applied(trace)).toBe('DA');
    expect(ofBilling(all(trace, 'bus.requeued'))).toMatchObject([{ reason: 'failure', to: 'tail' }]);
    expect(statuses(trace)).toMatchObject({ firstOrder: 'holds', effectOrder: 'broken' });
  });

  test('the bus goes down: what two consumers had is back in its order', () => {
    const down = fail({ type: 'busDown', for: 1000 }, 5000);
    const trace = play(
      { consumers: 'competing' },
      slow(2000),
      slow(2000, 0, 'consumer:billing-2'),
      down,
      activate(),
      deactivate(100),
      settle(),
    );
    expect(ofBilling(all(trace, 'bus.requeued')).map(({ reason }) => reason)).toEqual(['timeout', 'timeout']);
    expect(handled(trace)).toBe('ADAD');
  });
});

describe('dead letters', () => {
  const dead = [poison(5), activate(), deactivate(100)];

  test('the rest flows, with a hole; sent again by a person, the old one comes last (F46)', () => {
    const hole = play({}, ...dead, settle());
    expect(handled(hole)).toBe('AAAAAD');
    expect(statuses(hole)).toMatchObject({ delivered: 'parked' });
    const trace = play({}, ...dead, stepIn({ type: 'redrive', subscription: 'billing' }, 20_000), settle());
    expect(handled(trace)).toBe('AAAAADA');
    expect(applied(trace)).toBe('DA');
    expect(all(trace, 'bus.redriven')).toMatchObject([
      { subscription: 'billing', cause: all(trace, 'intervention.done')[0]!.seq },
    ]);
    expect(ofBilling(all(trace, 'bus.delivered')).at(-1)).toMatchObject({ attempt: 1 });
    expect(statuses(trace)).toMatchObject({ delivered: 'holds', effectOrder: 'broken' });
  });

  test('only the one that is named', () => {
    const inputs = [poison(10), activate(), activate(12_000, '124')];
    const letters = all(play({}, ...inputs, settle(40_000)), 'bus.deadLettered').map(({ message }) => message);
    expect(letters.length).toBe(2);
    const redrive = stepIn({ type: 'redrive', subscription: 'billing', message: letters[1]! }, 30_000);
    expect(all(play({}, ...inputs, redrive, settle(40_000)), 'bus.redriven')).toMatchObject([{ message: letters[1] }]);
  });

  test.each([
    [{}, 'billing', 'noDeadLetters'],
    [{}, 'nobody', 'unknownSubscription'],
    [{ bus: 'log' }, 'billing', 'notOnThisBus'],
    [{ bus: 'pubsub' }, 'billing', 'notOnThisBus'],
  ] as const)('%j, %s: refused as %s', (options, subscription, reason) => {
    const trace = play(options, stepIn({ type: 'redrive', subscription }));
    expect(all(trace, 'intervention.refused')).toMatchObject([{ reason }]);
    expect(all(trace, 'intervention.done')).toEqual([]);
  });

  test('nobody reaches a bus that is down', () => {
    const trace = play(
      {},
      fail({ type: 'busDown', for: 900 }),
      stepIn({ type: 'redrive', subscription: 'billing' }, 10),
    );
    expect(all(trace, 'intervention.refused')).toMatchObject([{ reason: 'down' }]);
  });
});

describe('publishing', () => {
  test('without confirmation a refusal goes unnoticed, and the event is lost (F10)', () => {
    const trace = play({ confirm: 'none' }, fail({ type: 'refusePublish' }), activate(), settle());
    expect(all(trace, 'bus.refused')).toMatchObject([{ reason: 'failure', unnoticed: true }]);
    expect(all(trace, 'outbox.marked').length).toBe(1);
    expect(all(trace, 'relay.published')).toEqual([]);
    expect(statuses(trace)).toMatchObject({ delivered: 'broken' });
  });

  test('nor is a bus noticed that is down', () => {
    const trace = play({ confirm: 'none' }, fail({ type: 'busDown', for: 5000 }), activate(), settle());
    expect(all(trace, 'bus.refused')).toMatchObject([{ reason: 'down', unnoticed: true }]);
    expect(all(trace, 'bus.accepted')).toEqual([]);
  });

  test('a message that is too large is refused each time (F18)', () => {
    const trace = play({ publish: 'afterCommit' }, deactivate(0, '123', tooLong), settle());
    expect(all(trace, 'bus.refused')).toMatchObject([{ reason: 'tooLarge' }]);
    expect(all(trace, 'bus.refused')[0]).not.toHaveProperty('unnoticed');
    expect(all(trace, 'command.rejected')).toMatchObject([{ reason: 'messageTooLarge' }]);
    const unnoticed = play({ publish: 'afterCommit', confirm: 'none' }, deactivate(0, '123', tooLong), settle());
    expect(all(unnoticed, 'bus.refused')).toMatchObject([{ reason: 'tooLarge', unnoticed: true }]);
    expect(all(unnoticed, 'command.handled').length).toBe(1);
  });

  test.each([{ confirm: 'none' }, { bus: 'pubsub' }, { bus: 'log', confirm: 'none' }] as const)(
    'no confirmation, none to lose: %j',
    (options) => {
      const trace = play(options, fail({ type: 'loseConfirmation' }));
      expect(all(trace, 'failure.refused')).toMatchObject([{ reason: 'nothingToLose' }]);
    },
  );
});
