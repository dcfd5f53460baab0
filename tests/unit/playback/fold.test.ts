import { describe, expect, test } from 'vitest';
import { emptyView, fold } from '../../../src/playback/fold.ts';
import type { View } from '../../../src/playback/view.ts';
import type { NewRecord, RecordKind } from '../../../src/trace/record.ts';
import { event, Script } from '../verdicts/script.ts';

const parts = {
  processes: ['user', 'service', 'relay', 'bus', 'consumer:adServing', 'consumer:billing'],
  subscriptions: ['adServing', 'billing'],
  tables: {
    campaigns: [{ key: '123', row: { id: '123', state: 'DRAFT' } }],
    outbox: [],
    invoices: [{ key: 4, row: { number: 4 } }],
  },
};
const start = emptyView(parts);
const e2 = event(2);
const task = 'service-1';

/** The view after what the function writes. */
function after(write: (script: Script) => void): View {
  const script = new Script();
  write(script);
  return script.records.reduce(fold, start);
}

/** The view before the last record that the function writes, and after it. */
function around(write: (script: Script) => void): { before: View; now: View } {
  const script = new Script();
  write(script);
  const before = script.records.slice(0, -1).reduce(fold, start);
  return { before, now: fold(before, script.records.at(-1)!) };
}

const accepted = (script: Script): void => void script.publish(e2, { adServing: 'm1', billing: 'm2' });
const bus = { process: 'bus', subscription: 'billing', message: 'm2', eventId: e2.eventId } as const;
const delivery = (script: Script): void => {
  accepted(script);
  script.deliver(e2, 'billing', 'm2');
};
const running = (script: Script): void => void script.add({ kind: 'task.started', task, handler: 'outboxTable' });
const received = (script: Script): void => {
  script.send('c1');
  script.add({ kind: 'command.received', commandId: 'c1', name: 'ActivateCampaign', task });
};
const command = { commandId: 'c1', name: 'ActivateCampaign' };
const armed = (script: Script): void =>
  void script.add({ kind: 'failure.armed', process: 'kernel', input: 3, failure: { type: 'refusePublish' } });
const ids = (list: readonly { message: string }[]): string[] => list.map(({ message }) => message);

test('before the first record', () => {
  expect(start).toMatchObject({
    length: 0,
    at: 0,
    last: null,
    flights: [],
    fallen: [],
    commands: [],
    armed: [],
    settled: false,
    bus: { up: true },
  });
  expect(Object.keys(start.processes)).toEqual(parts.processes);
  expect(start.processes['relay']).toMatchObject({ up: true, task: null, crashes: 0 });
  expect(start.tables['campaigns']?.rows.get('123')).toEqual({
    key: '123',
    row: { id: '123', state: 'DRAFT' },
    writtenBy: -1,
  });
  expect(start.tables['invoices']?.lastNumber).toBe(4);
  expect(start.queues['billing']).toMatchObject({ waiting: [], inFlight: null, dead: [] });
});

/** What each kind of record does to the view; the type sees to it that no kind is forgotten. */
const kinds: Record<RecordKind, () => void> = {
  'command.sent': () =>
    expect(after((s) => s.send('c1')).commands).toMatchObject([{ commandId: 'c1', status: 'sent', at: 0, task: null }]),
  'command.received': () => expect(after(received).commands).toMatchObject([{ status: 'received', task }]),
  'command.refused': () => {
    const view = after((s) => {
      s.send('c1');
      s.add({ kind: 'command.refused', ...command, reason: 'serviceDown' });
    });
    expect(view.commands).toMatchObject([{ status: 'refused', reason: 'serviceDown' }]);
  },
  'command.handled': () => {
    const view = after((s) => {
      received(s);
      s.add({ kind: 'command.handled', ...command, task });
    });
    expect(view.commands).toMatchObject([{ status: 'handled', reason: null }]);
  },
  'command.rejected': () => {
    const view = after((s) => {
      received(s);
      s.add({ kind: 'command.rejected', ...command, task, reason: 'alreadyActive' });
    });
    expect(view.commands).toMatchObject([{ status: 'rejected', reason: 'alreadyActive' }]);
  },
  'task.started': () =>
    expect(after(running).processes['service']?.task).toEqual({
      task,
      handler: 'outboxTable',
      effect: null,
      until: null,
      waiting: false,
    }),
  'effect.begun': () => {
    const view = after((s) => {
      running(s);
      s.attempt(e2);
    });
    expect(view.processes['service']?.task).toMatchObject({ task, effect: 'publish', until: 20, waiting: false });
    expect(view.events.get(e2.eventId)).toEqual({ ...e2, transaction: 'open', accepted: 0, seq: 1 });
  },
  'effect.waited': () => {
    const view = after((s) => {
      running(s);
      s.add({ kind: 'effect.waited', task, effect: 'load', aggregateId: '123' });
    });
    expect(view.processes['service']?.task).toMatchObject({ effect: 'load', until: null, waiting: true });
  },
  'task.ended': () => {
    const view = after((s) => {
      running(s);
      s.add({ kind: 'task.started', task: 'service-2', handler: 'outboxTable' });
      s.end('done', { task: 'service-2' });
    });
    expect(view.processes['service']?.task?.task).toBe(task);
    expect(view.processes['service']?.tasks).toHaveLength(1);
  },
  'transaction.begun': () => {
    const view = after((s) => s.add({ kind: 'transaction.begun', task, transactionId: 't1' }));
    expect(view.transactions['service']).toMatchObject({
      transactionId: 't1',
      status: 'open',
      since: 0,
      endedAt: null,
    });
  },
  'aggregate.loaded': () => {
    const { before, now } = around((s) =>
      s.add({ kind: 'aggregate.loaded', task, aggregateId: '123', version: 1, state: 'DRAFT', transactionId: 't1' }),
    );
    expect(now).toEqual({ ...before, length: 1, last: now.last });
  },
  'transaction.committed': () => {
    const view = after((s) => {
      s.add({ kind: 'transaction.begun', task, transactionId: e2.transactionId });
      s.commit(e2, { row: 7 });
    });
    expect(view.transactions['service']).toMatchObject({
      status: 'committed',
      tables: ['outbox'],
      rows: ['outbox/7'],
      since: 0,
      endedAt: 10,
    });
    expect(view.tables['outbox']).toMatchObject({ lastNumber: 7 });
    expect(view.tables['outbox']?.rows.get(7)).toEqual({ key: 7, row: { position: 7, published: 0 }, writtenBy: 1 });
    expect(view.events.get(e2.eventId)?.transaction).toBe('committed');
  },
  'transaction.aborted': () => {
    const view = after((s) => {
      s.publish(e2, {});
      s.abort(e2, 'conflict');
    });
    expect(view.transactions['service']).toMatchObject({ status: 'aborted', reason: 'conflict', rows: [] });
    expect(view.events.get(e2.eventId)?.transaction).toBe('aborted');
  },
  'outbox.appended': () => {
    const { before, now } = around((s) => s.commit(e2, { row: 7 }));
    expect(before.carried).toEqual([{ eventId: e2.eventId, task }]);
    expect(now.carried).toEqual([]);
  },
  'outbox.marked': () => {
    const markedFirst = after((s) => {
      s.commit(e2, { row: 7 });
      s.mark(e2, 7);
    });
    expect(markedFirst.carried).toEqual([{ eventId: e2.eventId, task: 'relay-1' }]);
    const published = after((s) => {
      s.commit(e2, { row: 7 });
      s.publish(e2, {}, { row: 7 });
      s.mark(e2, 7);
    });
    expect(published.carried).toEqual([]);
    expect(published.tables['outbox']?.rows.get(7)?.row).toEqual({ position: 7, published: 1 });
  },
  'relay.fetched': () => {
    const { before, now } = around((s) => {
      s.add({
        kind: 'effect.begun',
        process: 'relay',
        task: 'relay-1',
        handler: 'pollingPublisher',
        effect: 'fetchUnpublished',
        until: 30,
      });
      s.add({ kind: 'relay.fetched', process: 'relay', task: 'relay-1', positions: [1] });
    });
    expect(before.flights).toMatchObject([
      { kind: 'fetch', from: 'database', to: 'relay', label: 'fetchUnpublished', at: 0, until: 30 },
    ]);
    expect(now.flights).toEqual([]);
  },
  'relay.published': () =>
    expect(after((s) => s.add({ kind: 'relay.published', ...e2, task: 'relay-1', position: 1 })).flights).toEqual([]),
  'service.published': () =>
    expect(after((s) => s.add({ kind: 'service.published', ...e2, task })).flights).toEqual([]),
  'bus.accepted': () => {
    const view = after((s) => {
      accepted(s);
      s.accept(e2, { billing: 'm3' });
    });
    expect(view.queues['billing']?.waiting).toMatchObject([
      { message: 'm2', copy: 1, attempts: 0, since: 10 },
      { message: 'm3', copy: 2 },
    ]);
    expect(view.queues['adServing']?.waiting).toMatchObject([{ message: 'm1', ...e2 }]);
    expect(view.events.get(e2.eventId)?.accepted).toBe(2);
    expect(view.subscribers['billing']?.events.get(e2.eventId)).toEqual({ queued: 2, sent: 0, applied: 0 });
  },
  'bus.refused': () => {
    const view = after((s) => {
      s.attempt(e2);
      s.refuse(e2, { reason: 'down' });
    });
    expect(view.flights).toEqual([]);
    expect(view.fallen).toMatchObject([
      { kind: 'event', label: e2.eventType, from: 'service', to: 'bus', progress: 1, reason: 'refused', seq: 1 },
    ]);
  },
  'bus.confirmationLost': () => {
    const { before, now } = around((s) => {
      accepted(s);
      s.add({ kind: 'bus.confirmationLost', ...e2, task });
    });
    expect(now.queues).toBe(before.queues);
  },
  'bus.wentDown': () => {
    const view = after((s) => {
      accepted(s);
      s.add({ kind: 'bus.dispatched', ...bus, ...e2, until: 90 });
      s.add({ kind: 'bus.wentDown', process: 'bus', until: 500 });
    });
    expect(view.bus).toEqual({ up: false, downUntil: 500 });
    expect(view.processes['bus']).toMatchObject({ up: false, downSince: 30, restartAt: 500 });
    expect(view.flights).toEqual([]);
    expect(view.fallen).toEqual([]);
    expect(ids(view.queues['billing']!.waiting)).toEqual(['m2']);
  },
  'bus.cameUp': () => {
    const view = after((s) => {
      s.add({ kind: 'bus.wentDown', process: 'bus', until: 500 });
      s.add({ kind: 'bus.cameUp', process: 'bus' });
    });
    expect(view.bus).toEqual({ up: true, downUntil: null });
    expect(view.processes['bus']).toMatchObject({ up: true, downSince: null });
  },
  'bus.dispatched': () => {
    const view = after((s) => {
      accepted(s);
      s.add({ kind: 'bus.dispatched', ...bus, ...e2, until: 90 });
    });
    expect(view.flights).toMatchObject([
      {
        kind: 'event',
        from: 'bus',
        to: 'consumer:billing',
        message: 'm2',
        label: e2.eventType,
        at: 20,
        until: 90,
        copy: 1,
      },
    ]);
    expect(ids(view.queues['billing']!.waiting)).toEqual(['m2']);
  },
  'bus.delivered': () => {
    const view = after(delivery);
    expect(view.queues['billing']).toMatchObject({ waiting: [], inFlight: { message: 'm2', attempts: 1 } });
    expect(view.subscribers['billing']).toMatchObject({ handled: 1, applied: 0 });
  },
  'bus.redelivered': () => {
    const view = after((s) => {
      delivery(s);
      s.requeue(e2, 'billing', 'm2', 'crash');
      s.deliver(e2, 'billing', 'm2', 2);
    });
    expect(view.queues['billing']).toMatchObject({ waiting: [], inFlight: { message: 'm2', attempts: 2 } });
    expect(view.subscribers['billing']?.handled).toBe(2);
  },
  'bus.acknowledged': () => {
    const view = after((s) => {
      delivery(s);
      s.acknowledge(e2, 'billing', 'm2');
    });
    expect(view.queues['billing']).toMatchObject({ waiting: [], inFlight: null, acknowledged: 1 });
  },
  'bus.acknowledgementIgnored': () => {
    const { before, now } = around((s) => {
      delivery(s);
      s.requeue(e2, 'billing', 'm2', 'timeout');
      s.add({ kind: 'bus.acknowledgementIgnored', ...bus, task: 'consumer:billing-1' });
    });
    expect(now.queues).toBe(before.queues);
    expect(ids(now.queues['billing']!.waiting)).toEqual(['m2']);
  },
  'bus.requeued': () => {
    const view = after((s) => {
      delivery(s);
      s.accept(event(3), { billing: 'm3' });
      s.requeue(e2, 'billing', 'm2', 'failure');
    });
    expect(view.queues['billing']?.inFlight).toBeNull();
    expect(ids(view.queues['billing']!.waiting)).toEqual(['m2', 'm3']);
  },
  'bus.deadLettered': () => {
    const view = after((s) => {
      delivery(s);
      s.deadLetter(e2, 'billing', 'm2');
    });
    expect(view.queues['billing']?.inFlight).toBeNull();
    expect(ids(view.queues['billing']!.dead)).toEqual(['m2']);
  },
  'bus.dropped': () => {
    const view = after((s) => {
      accepted(s);
      s.drop(e2, 'billing', 'm2');
    });
    expect(view.queues['billing']?.waiting).toEqual([]);
    expect(view.fallen).toMatchObject([{ from: 'bus', to: 'consumer:billing', progress: 0, reason: 'dropped' }]);
  },
  'bus.duplicated': () => {
    const view = after((s) => {
      accepted(s);
      s.accept(event(3), { billing: 'm3' });
      s.add({ kind: 'bus.duplicated', ...bus, copy: 'm4' });
    });
    expect(ids(view.queues['billing']!.waiting)).toEqual(['m2', 'm4', 'm3']);
    expect(view.queues['billing']?.waiting[1]).toMatchObject({ ...e2, copy: 2, attempts: 0 });
  },
  'bus.delayed': () => {
    const view = after((s) => {
      accepted(s);
      s.add({ kind: 'bus.delayed', ...bus, until: 900 });
    });
    expect(view.queues['billing']?.waiting).toMatchObject([{ message: 'm2', delayedUntil: 900 }]);
  },
  'bus.promoted': () => {
    const view = after((s) => {
      s.accept(event(3), { billing: 'm3' });
      accepted(s);
      s.add({ kind: 'bus.delayed', ...bus, until: 900 });
      s.add({ kind: 'bus.promoted', ...bus });
    });
    expect(view.queues['billing']?.waiting).toMatchObject([{ message: 'm2', delayedUntil: null }, { message: 'm3' }]);
  },
  'consumer.effectApplied': () => {
    const view = after((s) => {
      s.apply(e2, 'billing', 'm2');
      s.apply(e2, 'billing', 'm3');
      s.apply(e2, 'billing', 'm4');
    });
    expect(view.subscribers['billing']).toMatchObject({
      applied: 3,
      doubled: [e2.eventId],
      lastSummary: 'billed',
      lastAt: 20,
    });
  },
  'consumer.failed': () => {
    const { before, now } = around((s) => {
      delivery(s);
      s.add({ kind: 'consumer.failed', ...bus, task: 'consumer:billing-1', reason: 'consumerFailed' });
    });
    expect(now).toEqual({ ...before, length: before.length + 1, at: now.at, last: now.last });
  },
  'inbox.recorded': () => {
    const { before, now } = around((s) =>
      s.add({ kind: 'inbox.recorded', subscription: 'billing', eventId: 'e', task }),
    );
    expect(now.subscribers).toBe(before.subscribers);
  },
  'inbox.duplicateIgnored': () => {
    const view = after((s) => s.add({ kind: 'inbox.duplicateIgnored', ...bus, task: 'consumer:billing-1' }));
    expect(view.subscribers['billing']).toMatchObject({ ignored: 1, applied: 0 });
  },
  'process.crashed': () => {
    const view = after((s) => {
      received(s);
      running(s);
      s.add({ kind: 'process.crashed', tasks: [task], restartAt: 900 });
    });
    expect(view.processes['service']).toMatchObject({
      up: false,
      downSince: 30,
      restartAt: 900,
      task: null,
      tasks: [],
      crashes: 1,
    });
    expect(view.commands).toMatchObject([{ status: 'killed' }]);
  },
  'process.restarted': () => {
    const view = after((s) => {
      s.crash('relay');
      s.add({ kind: 'process.restarted', process: 'relay' });
    });
    expect(view.processes['relay']).toMatchObject({ up: true, downSince: null, restartAt: null, crashes: 1 });
  },
  'process.slowed': () =>
    expect(after((s) => s.add({ kind: 'process.slowed', process: 'relay', by: 300 })).processes['relay']?.slowBy).toBe(
      300,
    ),
  'failure.armed': () =>
    expect(after(armed).armed).toEqual([{ input: 3, failure: { type: 'refusePublish' }, since: 0 }]),
  'failure.struck': () => {
    const failure = { type: 'consumerFails', subscription: 'billing', times: 2 } as const;
    const struck = (times: number) =>
      after((s) => {
        armed(s);
        s.add({ kind: 'failure.armed', input: 4, failure });
        s.add({ kind: 'failure.struck', input: 3, failure: { type: 'refusePublish' } });
        for (let i = 0; i < times; i++)
          s.add({ kind: 'failure.struck', input: 4, failure: { ...failure, times: 2 - i } });
      }).armed;
    expect(struck(0)).toMatchObject([{ input: 4, failure: { times: 2 } }]);
    expect(struck(1)).toMatchObject([{ input: 4, failure: { times: 1 } }]);
    expect(struck(2)).toEqual([]);
  },
  'failure.disarmed': () => {
    const view = after((s) => {
      armed(s);
      s.add({ kind: 'failure.disarmed', process: 'kernel', input: 3, reason: 'takenBack' });
    });
    expect(view.armed).toEqual([]);
  },
  'failure.refused': () => {
    const refused = (s: Script): void =>
      void s.add({ kind: 'failure.refused', input: 1, failure: { type: 'refusePublish' }, reason: 'notInThisFlow' });
    expect(after(refused).armed).toEqual([]);
  },
  'run.settling': () =>
    expect(after((s) => s.add({ kind: 'run.settling' }))).toMatchObject({ settling: true, settled: false }),
  'run.settled': () => {
    expect(after((s) => s.settle())).toMatchObject({ settling: false, settled: true });
    const on = after((s) => s.settle().send('c1'));
    expect(on).toMatchObject({ settling: false, settled: false });
  },
};

describe('each kind of record', () => {
  test.each(Object.entries(kinds))('%s', (_, check) => check());

  test('one of an unknown kind counts as a step and changes nothing else', () => {
    const before = after(delivery);
    const strange = { seq: before.length, at: 999, kind: 'moon.rose', process: 'moon' } as unknown as NewRecord;
    const now = fold(before, strange as never);
    expect(now).toEqual({ ...before, length: before.length + 1, at: 999, last: strange });
    for (const field of ['processes', 'tables', 'queues', 'flights', 'events', 'subscribers'] as const)
      expect(now[field]).toBe(before[field]);
  });
});

test.each(['constructor', '__proto__', 'toString'])('a part named %s is a part like any other', (name) => {
  const view = after((s) => {
    s.add({ kind: 'task.started', process: name, task: 't', handler: 'handler' });
    s.add({ kind: 'effect.begun', process: name, task: 't', handler: 'handler', effect: name, until: 90 });
    s.accept(e2, { [name]: 'm1' });
    s.deliver(e2, name, 'm1');
    s.apply(e2, name, 'm1');
    const writes = [{ table: name, op: 'put' as const, key: 1, row: { number: 1 } }];
    s.add({ kind: 'transaction.committed', process: name, task: 't', transactionId: 't1', writes, events: [] });
    s.crash(name, 't');
  });
  expect(Object.getPrototypeOf(view.tables)).toBe(Object.prototype);
  for (const field of ['processes', 'queues', 'subscribers', 'tables', 'transactions'] as const) {
    expect(Object.hasOwn(view[field], name)).toBe(true);
  }
});

test('commands are kept up to twenty, the newest last', () => {
  const view = after((s) => {
    for (let i = 0; i < 25; i++) s.send(`c${i}`);
  });
  expect(view.commands).toHaveLength(20);
  expect(view.commands.at(-1)?.commandId).toBe('c24');
});
