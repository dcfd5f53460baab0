import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/playback/fold.ts';
import type { NewRecord, RecordKind } from '../../../src/trace/record.ts';
import type { Script } from '../verdicts/script.ts';
import { busKinds } from './bus-kinds.ts';
import {
  after,
  armed,
  around,
  bus,
  command,
  delivery,
  e2,
  type Kinds,
  parts,
  received,
  running,
  start,
  task,
  write,
} from './folding.ts';
import { outboxKinds } from './outbox-kinds.ts';
import { sagaKinds } from './saga-kinds.ts';

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
  expect(start.queues['billing']).toMatchObject({ waiting: [], inFlight: [], expired: [], buffered: [], dead: [] });
  expect(start.log).toBeNull();
  expect(start.outbox).toMatchObject({ stored: 0, pending: 0, parked: 0, read: null, position: null });
});

/** What each kind of record does to the view; the type sees to it that no kind is forgotten. */
const kinds: Kinds<RecordKind> = {
  ...outboxKinds,
  ...busKinds,
  ...sagaKinds,
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
    expect(view.events.get(e2.eventId)).toEqual({ ...e2, transaction: 'open', accepted: 0, unnoticed: false, seq: 1 });
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
  'inbox.checked': () => {
    const view = after((s) => {
      const { subscription, eventId } = bus;
      s.add({ kind: 'inbox.checked', subscription, eventId, task: 'consumer:billing-1', known: true });
      s.add({ kind: 'inbox.duplicateIgnored', ...bus, task: 'consumer:billing-1' });
    });
    expect(view.subscribers['billing']?.ignored).toBe(1);
  },
  'inbox.forgotten': () => {
    const { before, now } = around((s) => {
      write(s, { table: 'inbox', op: 'put', key: 'billing/e', row: {} });
      write(s, { table: 'inbox', op: 'delete', key: 'billing/e' });
      s.add({ kind: 'inbox.forgotten', subscription: 'billing', task, eventIds: ['e'] });
    });
    expect(now.tables['inbox']?.rows.size).toBe(0);
    expect(now.subscribers).toBe(before.subscribers);
  },
  'inbox.staleIgnored': () => {
    const view = after((s) => s.add({ kind: 'inbox.staleIgnored', ...bus, task: 'consumer:billing-1', seen: 3 }));
    expect(view.subscribers['billing']).toMatchObject({ ignored: 1, stale: 1, applied: 0 });
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
  'intervention.done': () => {
    const redrive = { type: 'redrive', subscription: 'billing' } as const;
    const view = after((s) => s.add({ kind: 'intervention.done', process: 'user', input: 1, intervention: redrive }));
    expect(view).toEqual({ ...start, length: 1, last: view.last });
  },
  'intervention.refused': () => {
    const refused = { input: 1, intervention: { type: 'unpark' }, reason: 'nothingParked' } as const;
    const view = after((s) => s.add({ kind: 'intervention.refused', process: 'user', ...refused }));
    expect(view).toEqual({ ...start, length: 1, last: view.last });
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
