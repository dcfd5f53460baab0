import { describe, expect, test } from 'vitest';
import type { Options } from '../../../src/trace/scenario.ts';
import { broken, judge } from './judged.ts';
import { Run } from './run.ts';
import { event } from './script.ts';

const e2 = event(2);
const e3 = event(3, '123', 'CampaignDeactivated');
const both = { adServing: 'm1', billing: 'm2' };
const later = { adServing: 'm3', billing: 'm4' };
const holds = { status: 'holds' };

/** An event is committed, published and, by ad serving, handled; billing has yet to come to it. */
function underWay(options: Partial<Options> = {}, raised = e2, messages: Record<string, string> = both): Run {
  return goOn(new Run(options), raised, messages);
}

function goOn(run: Run, raised: typeof e2, messages: Record<string, string>): Run {
  const task = `service-${raised.aggregateVersion}`;
  run.begin(raised, { task });
  run.commit(raised, { row: raised.aggregateVersion, task });
  run.publish(raised, messages, { row: raised.aggregateVersion });
  run.remove(raised, raised.aggregateVersion);
  if (messages['adServing']) run.handle(raised, 'adServing', messages['adServing']);
  return run;
}

describe('effectAtLeastOnce', () => {
  test('is broken where the inbox was first and the handler died before the effect', () => {
    const run = underWay({ inbox: 'before' });
    run.deliver(e2, 'billing', 'm2');
    run.note(e2, 'billing');
    const at = run.crash('consumer:billing', 'consumer:billing-m2-1');
    run.requeue(e2, 'billing', 'm2', 'crash');
    run.deliver(e2, 'billing', 'm2', 2);
    run.ignore(e2, 'billing', 'm2');
    run.acknowledge(e2, 'billing', 'm2');
    run.settle();
    expect(broken(run, 'effectAtLeastOnce', at)).toBe(
      "Billing's handler noted CampaignActivated of 123 in its inbox and never came to the effect: whenever the event comes again, it is taken for done.",
    );
    expect(judge(run, 'delivered')).toEqual(holds);
    expect(judge(run, 'convergence')).toMatchObject({ status: 'broken', at, reason: { code: 'knownWithoutEffect' } });
  });

  test('is broken where a later version was seen first', () => {
    const run = underWay({ inbox: 'version' }, e2, { adServing: 'm1', billing: 'm2' });
    goOn(run, e3, later);
    run.handle(e3, 'billing', 'm4');
    run.deliver(e2, 'billing', 'm2');
    const at = run.ignore(e2, 'billing', 'm2', 3);
    run.acknowledge(e2, 'billing', 'm2');
    expect(broken(run.settle(), 'effectAtLeastOnce', at)).toBe(
      'Billing had seen version 3 before CampaignActivated of 123 (version 2) came, and ignored that: the effect is missing.',
    );
  });

  test.each([
    ['died', (run: Run) => run.crash('consumer:billing', 'consumer:billing-m2-1')],
    [
      'failed',
      (run: Run) =>
        run.add({
          kind: 'consumer.failed',
          process: 'consumer:billing',
          task: 'consumer:billing-m2-1',
          subscription: 'billing',
          message: 'm2',
          eventId: e2.eventId,
          reason: 'consumerFailed',
        }),
    ],
  ])('is broken where a handler %s and nobody delivers the message again', (what, falls) => {
    const run = underWay({ bus: 'pubsub' });
    run.deliver(e2, 'billing', 'm2');
    const at = falls(run);
    run.finish('billing', 'm2', 1, 'failed');
    expect(broken(run.settle(), 'effectAtLeastOnce', at)).toBe(
      `Billing's handler ${what} while it handled CampaignActivated of 123, and the message did not come again: the effect is missing.`,
    );
    expect(judge(run, 'queueDrains')).toEqual(holds);
  });

  test('is broken where the handler just did nothing, and where the message was dropped after a first try', () => {
    const idle = underWay();
    const at = idle.deliver(e2, 'billing', 'm2');
    idle.acknowledge(e2, 'billing', 'm2');
    expect(broken(idle.settle(), 'effectAtLeastOnce', at)).toBe(
      "Billing's handler took CampaignActivated of 123 and never applied it.",
    );
    const dropped = underWay();
    dropped.deliver(e2, 'billing', 'm2');
    dropped.requeue(e2, 'billing', 'm2', 'timeout');
    const drop = dropped.drop(e2, 'billing', 'm2');
    expect(judge(dropped.settle(), 'effectAtLeastOnce')).toMatchObject({ at: drop, reason: { code: 'droppedByBus' } });
  });

  test('says of what never arrived what delivered says', () => {
    const run = new Run();
    run.begin(e2);
    const at = run.commit(e2, { row: 2 }) + 1;
    run.settle();
    expect(judge(run, 'effectAtLeastOnce')).toEqual(judge(run, 'delivered'));
    expect(judge(run, 'effectAtLeastOnce')).toMatchObject({ status: 'broken', at, reason: { code: 'leftInOutbox' } });
  });

  test('is parked by a dead letter, until that is put back and handled', () => {
    const run = underWay();
    run.deliver(e2, 'billing', 'm2');
    const at = run.deadLetter(e2, 'billing', 'm2');
    expect(judge(run.settle(), 'effectAtLeastOnce')).toMatchObject({ status: 'parked', at });
    expect(judge(run, 'convergence')).toMatchObject({ status: 'parked', at });
    run.redrive(e2, 'billing', 'm2');
    run.handle(e2, 'billing', 'm2', 6);
    for (const id of ['effectAtLeastOnce', 'delivered', 'convergence', 'queueDrains']) {
      expect(judge(run.settle(), id), id).toEqual(holds);
    }
  });
});

describe('gapFree', () => {
  const why = (hinders: (run: Run) => unknown): string | undefined => {
    const run = underWay();
    hinders(run);
    goOn(run, e3, { billing: 'm4' });
    const at = run.deliver(e3, 'billing', 'm4');
    expect(judge(run.settle(), 'firstOrder')).toEqual(holds);
    return broken(run, 'gapFree', at);
  };
  const rest = ': billing handles CampaignDeactivated of 123 (version 3) without CampaignActivated (version 2).';

  test('is broken by a later event, and says what has become of the earlier one', () => {
    expect(why((run) => run.deadLetter(e2, 'billing', 'm2'))).toBe(`Version 2 lies among the dead letters${rest}`);
    expect(why((run) => run.drop(e2, 'billing', 'm2'))).toBe(`The bus has dropped version 2${rest}`);
    expect(why(() => 0)).toBe(`Version 2 is still on its way${rest}`);
  });

  test('says so where the earlier one is parked, or has not been published', () => {
    for (const [parks, because] of [
      [true, 'The relay has parked version 2'],
      [false, 'Version 2 has not been published'],
    ] as const) {
      const run = new Run();
      run.begin(e2);
      run.commit(e2, { row: 2 });
      if (parks) run.park(e2, 2);
      goOn(run, e3, { billing: 'm4' });
      const at = run.deliver(e3, 'billing', 'm4');
      expect(broken(run, 'gapFree', at)).toBe(`${because}${rest}`);
    }
  });

  test('asks only for what is committed, of this aggregate, and at the first handling', () => {
    const run = new Run();
    goOn(run, event(2, '456'), {});
    goOn(run, e3, both);
    run.handle(e3, 'billing', 'm2');
    run.begin(e2, { task: 'service-2' });
    run.commit(e2, { row: 2, task: 'service-2' });
    run.deliver(e3, 'billing', 'm2', 2);
    expect(judge(run.settle(), 'gapFree')).toEqual(holds);
  });

  test('holds in order, however the versions were committed and handled', () => {
    const run = new Run();
    for (const version of [5, 3, 9, 2]) {
      const task = `service-${version}`;
      run.begin(event(version), { task });
      run.commit(event(version), { row: version, task });
    }
    for (const version of [2, 3, 5, 9]) run.deliver(event(version), 'billing', `m${version}`);
    expect(judge(run.settle(), 'gapFree')).toEqual(holds);
    const at = run.deliver(event(9), 'adServing', 'm99');
    expect(judge(run, 'gapFree')).toMatchObject({ at, reason: { earlierVersion: 2 } });
  });
});

describe('monotone', () => {
  test('is broken by a late copy, which firstOrder does not mind', () => {
    const run = underWay();
    run.handle(e2, 'billing', 'm2');
    goOn(run, e3, later);
    run.handle(e3, 'billing', 'm4');
    run.add({
      kind: 'bus.duplicated',
      process: 'bus',
      subscription: 'billing',
      message: 'm2',
      copy: 'm5',
      eventId: e2.eventId,
    });
    const at = run.deliver(e2, 'billing', 'm5');
    expect(broken(run, 'monotone', at)).toBe(
      'The bus made a second copy of the message: billing handles CampaignActivated of 123 (version 2) after CampaignDeactivated (version 3).',
    );
    expect(judge(run.settle(), 'firstOrder')).toEqual(holds);
  });

  test('is broken by a first handling too late; not by the same version once more', () => {
    const run = underWay();
    run.deliver(e2, 'billing', 'm2');
    run.deliver(e2, 'billing', 'm2', 2);
    goOn(run, e3, later);
    run.deliver(e3, 'billing', 'm4');
    expect(judge(run, 'monotone')).toEqual({ status: 'pending' });
    const late = underWay({}, e3, later);
    late.deliver(e3, 'billing', 'm4');
    goOn(late, e2, { billing: 'm2' });
    const at = late.deliver(e2, 'billing', 'm2');
    expect(judge(late, 'monotone')?.reason).toEqual(judge(late, 'firstOrder')?.reason);
    expect(judge(late, 'firstOrder')).toMatchObject({ at });
  });
});

describe('queueDrains', () => {
  test('is broken by a message that nobody acknowledges', () => {
    const run = underWay();
    const at = run.records.findIndex(({ kind }) => kind === 'bus.accepted');
    run.deliver(e2, 'billing', 'm2');
    run.apply(e2, 'billing', 'm2');
    expect(broken(run.settle(), 'queueDrains', at)).toBe(
      'The bus still holds CampaignActivated of 123 for billing, and nobody finishes it.',
    );
  });

  test.each<[string, (run: Run) => unknown]>([
    ['acknowledged', (run) => run.handle(e2, 'billing', 'm2')],
    ['dead-lettered', (run) => run.deadLetter(e2, 'billing', 'm2')],
    ['dropped', (run) => run.drop(e2, 'billing', 'm2')],
  ])('holds where it is %s', (_, ends) => {
    const run = underWay();
    ends(run);
    expect(judge(run.settle(), 'queueDrains')).toEqual(holds);
  });

  test('is broken by a copy, and by a dead letter that was put back', () => {
    const copied = underWay();
    copied.handle(e2, 'billing', 'm2');
    const about = { process: 'bus', subscription: 'billing', eventId: e2.eventId };
    const copy = copied.add({ kind: 'bus.duplicated', ...about, message: 'm2', copy: 'm5' });
    expect(judge(copied.settle(), 'queueDrains')).toMatchObject({ status: 'broken', at: copy });
    const risen = underWay();
    risen.deadLetter(e2, 'billing', 'm2');
    const redriven = risen.redrive(e2, 'billing', 'm2');
    expect(judge(risen.settle(), 'queueDrains')).toMatchObject({ status: 'broken', at: redriven });
  });

  test('on a log, holds where each subscription has committed the last offset of each partition', () => {
    const run = underWay({ bus: 'log' });
    goOn(run, e3, later);
    goOn(run, event(2, '456'), { adServing: 'm5', billing: 'm6' });
    run.handle(e2, 'billing', 'm2');
    run.handle(event(2, '456'), 'billing', 'm6');
    const behind = run.records.findIndex((record) => record.kind === 'bus.accepted' && record.eventId === e3.eventId);
    run.handle(e3, 'billing', 'm4');
    expect(judge(run.settle(), 'queueDrains')).toEqual(holds);
    run.add({ kind: 'bus.rewound', process: 'bus', subscription: 'billing', partition: 0, position: 0 });
    run.handle(e2, 'billing', 'm2', 2);
    expect(broken(run.settle(), 'queueDrains', behind)).toBe(
      'Billing has not committed its offset up to the end of the log, where CampaignDeactivated of 123 is.',
    );
  });

  test('on a log, a record that was given up is passed over', () => {
    const run = underWay({ bus: 'log' });
    run.deadLetter(e2, 'billing', 'm2');
    expect(judge(run.settle(), 'queueDrains')).toEqual(holds);
  });
});

describe('inboxAtomic', () => {
  test('is broken by an inbox that comes before the effect', () => {
    const run = underWay({ inbox: 'before' }, e2, { billing: 'm2' });
    run.deliver(e2, 'billing', 'm2');
    const at = run.note(e2, 'billing');
    run.apply(e2, 'billing', 'm2');
    expect(broken(run, 'inboxAtomic', at)).toBe(
      "Billing's handler notes CampaignActivated of 123 in its inbox by a transaction of its own: if it dies before the effect, the effect is never made up for.",
    );
  });

  test('is broken by an effect that comes before the inbox', () => {
    const run = underWay({ inbox: 'after' }, e2, { billing: 'm2' });
    run.deliver(e2, 'billing', 'm2');
    const at = run.apply(e2, 'billing', 'm2');
    run.note(e2, 'billing');
    expect(broken(run, 'inboxAtomic', at)).toBe(
      "Billing's handler applies CampaignActivated of 123 and has yet to note it in its inbox: if it dies in between, the effect comes twice.",
    );
  });

  test('holds where both are in one transaction, and does not mind what was forgotten', () => {
    const run = underWay({ inbox: 'sameTransaction', dedupWindow: 'short' });
    run.handle(e2, 'billing', 'm2');
    run.forget('billing', e2.eventId);
    run.handle(e2, 'billing', 'm2', 2);
    expect(judge(run.settle(), 'inboxAtomic')).toEqual(holds);
  });

  test('is judged where there is an inbox of ids', () => {
    expect(judge(new Run({ inbox: 'none' }), 'inboxAtomic')).toBeUndefined();
    expect(judge(new Run({ inbox: 'version' }), 'inboxAtomic')).toBeUndefined();
  });
});

describe('retention', () => {
  test('is broken by an effect that comes again after its id was forgotten', () => {
    const run = underWay({ inbox: 'sameTransaction', dedupWindow: 'short' });
    run.handle(e2, 'billing', 'm2');
    run.forget('billing', e2.eventId);
    run.deliver(e2, 'billing', 'm2', 2);
    const at = run.apply(e2, 'billing', 'm2');
    expect(broken(run, 'retention', at)).toBe(
      'The inbox of billing had forgotten CampaignActivated of 123 when that came again, and the effect is applied twice.',
    );
  });

  test('holds where what was forgotten does not come again', () => {
    const run = underWay({ inbox: 'sameTransaction', dedupWindow: 'short' });
    run.handle(e2, 'billing', 'm2');
    run.forget('billing', e2.eventId);
    run.forget('adServing', 'another');
    expect(judge(run.settle(), 'retention')).toEqual(holds);
  });
});

describe('convergence', () => {
  test('is broken by a row that is appended twice', () => {
    const run = underWay();
    run.handle(e2, 'billing', 'm2');
    const at = run.apply(e2, 'billing', 'm2');
    expect(broken(run.settle(), 'convergence', at)).toBe(
      'Billing has written a second row for CampaignActivated of 123: its table says more than happened.',
    );
  });

  test('does not mind a row that is put twice', () => {
    const run = underWay();
    run.handle(e2, 'billing', 'm2');
    run.apply(e2, 'adServing', 'm1');
    expect(judge(run.settle(), 'convergence')).toEqual(holds);
  });

  test('is broken by the older event that has the last word', () => {
    const run = underWay();
    run.handle(e2, 'billing', 'm2');
    goOn(run, e3, later);
    run.handle(e3, 'billing', 'm4');
    expect(judge(run.settle(), 'convergence')).toEqual(holds);
    const at = run.apply(e2, 'adServing', 'm1');
    expect(broken(run.settle(), 'convergence', at)).toBe(
      'Row 123/front page of ads was last written by CampaignActivated of 123 (version 2) after CampaignDeactivated (version 3): the older one has had the last word.',
    );
  });

  test('is broken by what was written about what never happened', () => {
    for (const [subscription, because] of [
      ['billing', 'Billing has written a row for CampaignActivated of 123, which was never committed.'],
      [
        'adServing',
        'Row 123/front page of ads was last written by CampaignActivated of 123 (version 2), which was never committed.',
      ],
    ] as const) {
      const run = new Run({ publish: 'insideAggregate' });
      run.begin(e2);
      run.publish(e2, { [subscription]: 'm1' });
      run.deliver(e2, subscription, 'm1');
      const at = run.apply(e2, subscription, 'm1');
      run.acknowledge(e2, subscription, 'm1');
      run.abort(e2);
      expect(broken(run.settle(), 'convergence', at)).toBe(because);
    }
  });

  test('holds where what never happened has been written over, and where the commit came late', () => {
    const run = new Run({ publish: 'insideAggregate' });
    const ghost = { ...event(9), eventId: 'ghost', transactionId: 'tx-ghost' };
    run.begin(ghost);
    run.publish(ghost, { adServing: 'm9' });
    run.handle(ghost, 'adServing', 'm9');
    run.abort(ghost);
    run.begin(e2);
    run.publish(e2, both);
    run.handle(e2, 'adServing', 'm1');
    run.handle(e2, 'billing', 'm2');
    run.commit(e2);
    expect(judge(run.settle(), 'convergence')).toEqual(holds);
  });

  test('does not miss the effect that a later one has made up for, where nothing is appended', () => {
    const run = new Run();
    const whom = ['adServing'];
    goOn(run, e2, {});
    goOn(run, e3, { adServing: 'm3' });
    run.settle();
    expect(judge(run, 'effectAtLeastOnce', whom)?.status).toBe('broken');
    expect(judge(run, 'convergence', whom)).toEqual(holds);
  });

  test('misses it where something is', () => {
    const run = new Run();
    goOn(run, e2, { adServing: 'm1' });
    goOn(run, e3, later);
    run.handle(e3, 'billing', 'm4');
    expect(judge(run.settle(), 'convergence')).toMatchObject({ status: 'broken', reason: { code: 'notRouted' } });
  });
});

describe('stableIdentity', () => {
  test.each([
    ['aggregateVersion', 3, 'version 3', '2'],
    ['eventType', 'CampaignDeactivated', 'type CampaignDeactivated', 'CampaignActivated'],
    ['aggregateId', '456', 'aggregate 456', '123'],
    ['transactionId', 'tx-9', 'transaction tx-9', 'tx-123.2'],
  ] as const)('is broken by a copy with another %s', (field, value, is, was) => {
    const run = underWay();
    const at = run.deliver({ ...e2, [field]: value }, 'billing', 'm2');
    expect(broken(run, 'stableIdentity', at)).toBe(`A copy of event 123.2 has the ${is}, and the first had ${was}.`);
  });

  test('is broken by a second commit under the same id', () => {
    const run = underWay();
    const at = run.commit({ ...e3, eventId: e2.eventId }, { row: 8, task: 'service-9' });
    expect(judge(run, 'stableIdentity')).toMatchObject({ at, reason: { field: 'eventType' } });
  });

  test('holds however many copies there are', () => {
    const run = underWay();
    run.publish(e2, later, { row: 2 });
    run.handle(e2, 'billing', 'm4');
    expect(judge(run.settle(), 'stableIdentity')).toEqual(holds);
  });
});

describe('causality', () => {
  test('is broken by an event nobody asked for', () => {
    const run = new Run();
    run.commit(e2, { row: 2 });
    const at = run.publish(e2, both, { row: 2 });
    expect(broken(run, 'causality', at)).toBe(
      'The bus takes in CampaignActivated of 123, and no command that leads to it has been received.',
    );
  });

  test('is broken by a handler that starts before the bus has the event', () => {
    const run = new Run();
    run.begin(e2);
    const at = run.deliver(e2, 'billing', 'm2');
    expect(broken(run, 'causality', at)).toBe(
      'Billing handles CampaignActivated of 123 before the bus has taken it in.',
    );
  });

  test('holds from the command to the handler', () => {
    const run = underWay();
    run.handle(e2, 'billing', 'm2');
    expect(judge(run.settle(), 'causality')).toEqual(holds);
  });
});
