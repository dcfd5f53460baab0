import { describe, expect, test } from 'vitest';
import { progressOf } from '../../../src/playback/flights.ts';
import { emptyView, fold } from '../../../src/playback/fold.ts';
import type { View } from '../../../src/playback/view.ts';
import type { RecordOf } from '../../../src/trace/record.ts';
import { event, Script } from '../verdicts/script.ts';
import { partsWith } from './folding.ts';

const start = emptyView(partsWith({ processes: ['service', 'relay', 'bus'], subscriptions: ['billing'] }));
const e2 = event(2);

function after(write: (script: Script) => void): View {
  const script = new Script();
  write(script);
  return script.records.reduce(fold, start);
}

const begin = (script: Script, effect: string, process: string, task: string, until = 100) =>
  script.add({
    kind: 'effect.begun',
    process,
    task,
    handler: 'handler',
    effect,
    until,
    subscription: 'billing',
    eventId: e2.eventId,
    message: 'm1',
  });

const task = 'service-1';
/** What ends the flight of service-1. */
const endings: Record<string, (script: Script) => unknown> = {
  'task.ended': (s) => s.end('done'),
  'effect.begun': (s) => begin(s, 'think', 'service', task),
  'aggregate.loaded': (s) =>
    s.add({ kind: 'aggregate.loaded', task, aggregateId: '123', version: 1, state: 'DRAFT', transactionId: 't' }),
  'transaction.committed': (s) => s.commit(e2),
  'transaction.aborted': (s) => s.abort(e2),
  'outbox.reserved': (s) => s.add({ kind: 'outbox.reserved', task, position: 7, transactionId: 't' }),
  'relay.fetched': (s) => s.add({ kind: 'relay.fetched', task, positions: [] }),
  'relay.advanced': (s) => s.add({ kind: 'relay.advanced', task, position: 7 }),
  'relay.historyLost': (s) => s.add({ kind: 'relay.historyLost', task, position: 3, first: 7 }),
  'inbox.checked': (s) => s.add({ kind: 'inbox.checked', subscription: 'billing', eventId: 'e', task, known: false }),
};

const dispatch = (script: Script, message: string, more: Partial<RecordOf<'bus.dispatched'>> = {}) =>
  script.add({
    kind: 'bus.dispatched',
    process: 'bus',
    ...e2,
    subscription: 'billing',
    message,
    until: (script.records.length + 40) * 10,
    ...more,
  });
const named = (message: string) => ({ process: 'bus', subscription: 'billing', message, eventId: e2.eventId });
const names = ({ flights }: View) => flights.map(({ message }) => message);

describe('flights', () => {
  test.each([
    ['load', 'service', 'load', 'database', 'service'],
    ['commit', 'service', 'commit', 'service', 'database'],
    ['publish', 'relay', 'event', 'relay', 'bus'],
    ['reservePosition', 'service', 'fetch', 'database', 'service'],
    ['fetchUnpublished', 'relay-2', 'fetch', 'database', 'relay-2'],
    ['claimUnpublished', 'relay-2', 'fetch', 'database', 'relay-2'],
    ['fetchPending', 'relay', 'fetch', 'database', 'relay'],
    ['claimPending', 'relay', 'fetch', 'database', 'relay'],
    ['reloadDocument', 'relay', 'fetch', 'database', 'relay'],
    ['readPosition', 'relay', 'fetch', 'database', 'relay'],
    ['fetchAfter', 'relay', 'fetch', 'database', 'relay'],
    ['fetchChanges', 'relay', 'fetch', 'database', 'relay'],
    ['fetchPublished', 'cleaner', 'fetch', 'database', 'cleaner'],
    ['fetchParked', 'relay', 'fetch', 'database', 'relay'],
    ['markPublished', 'relay', 'mark', 'relay', 'database'],
    ['deletePublished', 'relay', 'mark', 'relay', 'database'],
    ['storePosition', 'relay', 'mark', 'relay', 'database'],
    ['countAttempt', 'relay', 'mark', 'relay', 'database'],
    ['releaseLeases', 'relay', 'mark', 'relay', 'database'],
    ['removePublished', 'cleaner', 'mark', 'cleaner', 'database'],
    ['unpark', 'relay', 'mark', 'relay', 'database'],
    ['checkInbox', 'consumer:billing', 'fetch', 'database', 'consumer:billing'],
    ['recordInbox', 'consumer:billing-2', 'apply', 'consumer:billing-2', 'database'],
    ['apply', 'consumer:billing', 'apply', 'consumer:billing', 'database'],
    ['acknowledge', 'consumer:billing', 'acknowledge', 'consumer:billing', 'bus'],
  ])('%s goes its way', (effect, process, kind, from, to) => {
    const { flights } = after((s) => begin(s, effect, process, 'task-1'));
    expect(flights).toMatchObject([
      { id: 'effect 0', kind, from, to, at: 0, until: 100, task: 'task-1', label: effect },
    ]);
  });

  test('an effect that goes nowhere is not drawn', () => {
    expect(after((s) => begin(s, 'think', 'service', 'task-1')).flights).toEqual([]);
  });

  test('a command travels to the service until it is received', () => {
    const sent = after((s) => s.send('c1'));
    expect(sent.flights).toMatchObject([
      { kind: 'command', from: 'user', to: 'service', label: 'ActivateCampaign', at: 0, until: 50 },
    ]);
    const received = after((s) => {
      s.send('c1');
      s.send('c2');
      s.add({ kind: 'command.received', commandId: 'c1', name: 'ActivateCampaign', task: 't' });
    });
    expect(received.flights).toHaveLength(1);
  });

  test.each(Object.entries(endings))('the flight of a task ends with %s', (_, end) => {
    const { flights } = after((s) => {
      begin(s, 'commit', 'service', 'service-1');
      begin(s, 'commit', 'service', 'service-2');
      end(s);
    });
    expect(flights.map(({ task }) => task)).toEqual(['service-2']);
  });

  test('of two relays with the same event, the one due first is answered first', () => {
    const { flights } = after((s) => {
      begin(s, 'publish', 'relay', 'relay-1', 300);
      begin(s, 'publish', 'relay-2', 'relay-2-1', 200);
      s.accept(e2, {});
    });
    expect(flights).toMatchObject([{ from: 'relay' }]);
  });

  test('what goes the same way again says which copy it is', () => {
    const dispatch = (s: Script, message: string) =>
      s.add({ kind: 'bus.dispatched', process: 'bus', ...e2, subscription: 'billing', message, until: 500 });
    const { flights } = after((s) => {
      s.publish(e2, { billing: 'm1' });
      s.attempt(e2, { row: 7 });
      dispatch(s, 'm1');
      s.deliver(e2, 'billing', 'm1');
      s.apply(e2, 'billing', 'm1');
      dispatch(s, 'm2');
      begin(s, 'apply', 'consumer:billing', 'consumer:billing-2');
    });
    expect(flights.map(({ label, copy }) => [label, copy])).toEqual([
      [e2.eventType, 2],
      [e2.eventType, 2],
      ['apply', 2],
    ]);
  });

  test('a message sent on its way again replaces the one that was recalled', () => {
    const { flights } = after((s) => {
      dispatch(s, 'm1');
      dispatch(s, 'm1', { until: 600 });
    });
    expect(flights).toMatchObject([{ id: 'delivery 1', message: 'm1', until: 600 }]);
  });

  test('several messages travel to a subscription at once, each to its consumer, and end one by one', () => {
    const write = (s: Script) => {
      dispatch(s, 'm1');
      dispatch(s, 'm2', { to: 'consumer:billing-2' });
      dispatch(s, 'm2', { subscription: 'adServing' });
      s.deliver(e2, 'billing', 'm1');
    };
    expect(after(write).flights).toMatchObject([
      { message: 'm2', subscription: 'billing', to: 'consumer:billing-2' },
      { message: 'm2', subscription: 'adServing', to: 'consumer:adServing' },
    ]);
    const crashed = after((s) => {
      write(s);
      s.crash('consumer:billing-2');
    });
    expect(crashed.flights).toMatchObject([{ subscription: 'adServing' }]);
  });

  test('nothing that travels stays under way when another is moved to the head', () => {
    const view = after((s) => {
      dispatch(s, 'm1');
      dispatch(s, 'm1', { subscription: 'adServing' });
      s.add({ kind: 'bus.promoted', ...named('m2') });
    });
    expect(view.flights).toMatchObject([{ subscription: 'adServing' }]);
  });

  test.each(['bus.assigned', 'bus.rewound'] as const)('%s recalls what travels from its partition', (kind) => {
    const view = after((s) => {
      dispatch(s, 'm1', { partition: 0, offset: 4 });
      dispatch(s, 'm2', { partition: 1, offset: 7 });
      const moved = { process: 'bus', subscription: 'billing', partition: 0, position: 4 };
      s.add(kind === 'bus.assigned' ? { kind, ...moved, to: 'consumer:billing-2' } : { kind, ...moved });
    });
    expect(view.flights).toMatchObject([{ message: 'm2', partition: 1 }]);
  });

  test('a message that is dropped, late or in the consumer’s memory travels no more', () => {
    const travelling = after((s) => {
      for (const message of ['m1', 'm2', 'm3', 'm4']) dispatch(s, message);
      s.drop(e2, 'billing', 'm1');
      s.add({ kind: 'bus.delayed', ...named('m2'), until: 900 });
      s.add({ kind: 'bus.buffered', ...named('m3') });
    });
    expect(names(travelling)).toEqual(['m4']);
  });

  test.each([
    [0, 100, 25, 0.25],
    [50, 100, 25, 0],
    [0, 100, 125, 1],
    [70, 70, 70, 1],
  ])('from %i to %i, at %i it has come %d of the way', (at, until, time, progress) => {
    expect(progressOf({ at, until }, time)).toBe(progress);
  });
});

describe('fallen', () => {
  test('a crash brings down what its tasks had under way, where it was', () => {
    const { flights, fallen } = after((s) => {
      begin(s, 'commit', 'service', 'service-1', 40);
      begin(s, 'publish', 'relay', 'relay-1');
      s.crash('service', 'service-1');
    });
    expect(flights).toHaveLength(1);
    expect(fallen).toEqual([
      {
        id: 'effect 0',
        kind: 'commit',
        label: 'commit',
        from: 'service',
        to: 'database',
        progress: 0.5,
        at: 20,
        seq: 2,
        reason: 'crash',
      },
    ]);
  });

  test('and the events that only they knew of, inside the part', () => {
    const lost = after((s) => {
      s.commit(e2);
      s.crash('service', 'service-1');
    });
    expect(lost.fallen).toMatchObject([
      { kind: 'event', label: e2.eventType, from: 'service', to: 'service', progress: 0, reason: 'crash' },
    ]);
    expect(lost.carried).toEqual([]);
  });

  test('each once: an event on its way falls on its way', () => {
    const { fallen } = after((s) => {
      s.commit(e2);
      s.attempt(e2);
      s.crash('service', 'service-1');
    });
    expect(fallen).toMatchObject([{ from: 'service', to: 'bus', label: e2.eventType }]);
  });

  test('a row of the outbox is not lost with the relay that publishes it', () => {
    const { fallen, carried } = after((s) => {
      s.commit(e2, { row: 7 });
      s.crash('relay', 'relay-1');
    });
    expect(fallen).toEqual([]);
    expect(carried).toEqual([]);
  });

  test('an event whose task ends is nobody’s any more', () => {
    expect(
      after((s) => {
        s.commit(e2);
        s.end('failed');
      }).carried,
    ).toEqual([]);
  });

  test('a message under way to a consumer that dies goes back and does not fall', () => {
    const { flights, fallen } = after((s) => {
      s.add({ kind: 'bus.dispatched', process: 'bus', ...e2, subscription: 'billing', message: 'm1', until: 500 });
      s.crash('consumer:billing');
    });
    expect(flights).toEqual([]);
    expect(fallen).toEqual([]);
  });

  test('a message dropped under way falls there', () => {
    const { flights, fallen } = after((s) => {
      s.add({ kind: 'bus.dispatched', process: 'bus', ...e2, subscription: 'billing', message: 'm1', until: 40 });
      s.drop(e2, 'billing', 'm1');
    });
    expect(flights).toEqual([]);
    expect(fallen).toMatchObject([{ from: 'bus', to: 'consumer:billing', progress: 0.25, reason: 'dropped' }]);
  });

  test('what the full memory of a consumer turns away falls where it arrives, or inside', () => {
    const { fallen } = after((s) => {
      for (const message of ['m1', 'm2']) {
        s.accept(e2, { billing: message });
        dispatch(s, message, { until: s.records.length * 10 + 10, to: 'consumer:billing-2' });
        if (message === 'm1') s.add({ kind: 'bus.buffered', ...named(message) });
        s.add({ kind: 'bus.dropped', ...named(message), ...e2, reason: 'overflow' });
      }
    });
    expect(fallen).toMatchObject([
      { from: 'consumer:billing-2', to: 'consumer:billing-2', reason: 'overflow' },
      { from: 'bus', to: 'consumer:billing-2', progress: 1, reason: 'overflow' },
    ]);
  });

  test('with the memory of a crashed consumer falls what waited there, and what it had in hand', () => {
    const view = after((s) => {
      for (const message of ['m1', 'm2', 'm3']) {
        s.accept(e2, { billing: message });
        dispatch(s, message, message === 'm3' ? { to: 'consumer:billing-2' } : {});
        s.add({ kind: 'bus.buffered', ...named(message) });
      }
      s.deliver(e2, 'billing', 'm1');
      s.crash('consumer:billing', 'consumer:billing-m1-1');
    });
    const lost = { from: 'consumer:billing', to: 'consumer:billing', label: e2.eventType, reason: 'crash' };
    expect(view.fallen).toMatchObject([lost, lost]);
    expect(view.queues['billing']).toMatchObject({ inFlight: [], released: [], buffered: [{ message: 'm3' }] });
  });

  test('what nobody noticed is lost once: marking it afterwards changes nothing', () => {
    const { fallen, carried } = after((s) => {
      s.commit(e2, { row: 7 });
      s.attempt(e2, { row: 7 });
      s.add({ kind: 'bus.refused', process: 'relay', task: 'relay-1', ...e2, reason: 'failure', unnoticed: true });
      s.mark(e2, 7);
      s.crash('relay', 'relay-1');
    });
    expect(fallen).toMatchObject([{ from: 'relay', to: 'bus', reason: 'refused' }]);
    expect(carried).toEqual([]);
  });

  test('a command finds the service down', () => {
    const { flights, fallen } = after((s) => {
      s.send('c1');
      s.add({ kind: 'command.refused', commandId: 'c1', name: 'ActivateCampaign', reason: 'serviceDown' });
    });
    expect(flights).toEqual([]);
    expect(fallen).toMatchObject([{ kind: 'command', from: 'user', to: 'service', reason: 'serviceDown' }]);
  });

  test('at most eight lie about, the newest last', () => {
    const { fallen } = after((s) => {
      for (let i = 0; i < 11; i++) s.drop(e2, 'billing', `m${i}`);
    });
    expect(fallen).toHaveLength(8);
    expect(fallen.at(-1)?.seq).toBe(10);
  });
});
