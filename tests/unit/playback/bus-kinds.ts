/** What each kind of record of the bus does to the view. */
import { expect } from 'vitest';
import type { RecordKind } from '../../../src/trace/record.ts';
import { event } from '../verdicts/script.ts';
import { accepted, after, around, bus, delivery, e2, ids, type Kinds, logged, task } from './folding.ts';

export const busKinds: Kinds<Extract<RecordKind, `bus.${string}`>> = {
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
    const unnoticed = after((s) => {
      s.commit(e2);
      s.attempt(e2);
      s.add({ kind: 'bus.refused', ...e2, task, reason: 'tooLarge', unnoticed: true });
    });
    expect(unnoticed.fallen).toMatchObject([{ label: e2.eventType, to: 'bus', reason: 'refused' }]);
    expect(unnoticed.events.get(e2.eventId)).toMatchObject({ accepted: 0, unnoticed: true });
    expect(unnoticed.carried).toEqual([]);
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
    expect(view.queues['billing']).toMatchObject({
      waiting: [],
      inFlight: [{ message: 'm2', attempts: 1, consumer: 'consumer:billing', task: 'consumer:billing-m2-1' }],
    });
    expect(view.subscribers['billing']).toMatchObject({ handled: 1, applied: 0 });
  },
  'bus.redelivered': () => {
    const view = after((s) => {
      delivery(s);
      s.requeue(e2, 'billing', 'm2', 'crash');
      s.deliver(e2, 'billing', 'm2', 2);
    });
    expect(view.queues['billing']).toMatchObject({ waiting: [], inFlight: [{ message: 'm2', attempts: 2 }] });
    expect(view.subscribers['billing']?.handled).toBe(2);
  },
  'bus.acknowledged': () => {
    const view = after((s) => {
      delivery(s);
      s.acknowledge(e2, 'billing', 'm2');
    });
    expect(view.queues['billing']).toMatchObject({ waiting: [], inFlight: [], acknowledged: 1 });
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
    expect(view.queues['billing']?.inFlight).toEqual([]);
    expect(ids(view.queues['billing']!.waiting)).toEqual(['m2', 'm3']);
    expect(view.queues['billing']?.waiting[0]).not.toHaveProperty('consumer');
    const atTail = after((s) => {
      delivery(s);
      s.accept(event(3), { billing: 'm3' });
      s.add({ kind: 'bus.requeued', ...bus, reason: 'failure', to: 'tail' });
    });
    expect(ids(atTail.queues['billing']!.waiting)).toEqual(['m3', 'm2']);
    const rereads = after((s) => {
      logged(s, 4);
      s.add({ kind: 'bus.requeued', ...bus, message: 'm2', reason: 'failure' });
    });
    expect(rereads.log?.groups['billing']?.[0]).toMatchObject({ position: 4, committed: 0 });
  },
  'bus.deadLettered': () => {
    const view = after((s) => {
      delivery(s);
      s.deadLetter(e2, 'billing', 'm2');
    });
    expect(view.queues['billing']?.inFlight).toEqual([]);
    expect(ids(view.queues['billing']!.dead)).toEqual(['m2']);
  },
  'bus.dropped': () => {
    const view = after((s) => {
      accepted(s);
      s.drop(e2, 'billing', 'm2');
    });
    expect(view.queues['billing']?.waiting).toEqual([]);
    expect(view.fallen).toMatchObject([{ from: 'bus', to: 'consumer:billing', progress: 0, reason: 'dropped' }]);
    const offline = after((s) => {
      accepted(s);
      s.add({ kind: 'bus.dropped', ...bus, ...e2, reason: 'offline' });
    });
    expect(offline.fallen).toMatchObject([{ from: 'bus', to: 'consumer:billing', progress: 1, reason: 'offline' }]);
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
  'bus.buffered': () => {
    const view = after((s) => {
      accepted(s);
      s.add({ kind: 'bus.dispatched', ...bus, ...e2, until: 90, to: 'consumer:billing-2' });
      s.add({ kind: 'bus.buffered', ...bus });
    });
    expect(view.flights).toEqual([]);
    expect(view.queues['billing']).toMatchObject({
      waiting: [],
      inFlight: [],
      buffered: [{ ...e2, message: 'm2', consumer: 'consumer:billing-2', task: null }],
    });
  },
  'bus.redriven': () => {
    const view = after((s) => {
      delivery(s);
      s.deadLetter(e2, 'billing', 'm2');
      s.accept(event(3), { billing: 'm3' });
      s.add({ kind: 'bus.redriven', ...bus });
    });
    expect(view.queues['billing']?.dead).toEqual([]);
    expect(ids(view.queues['billing']!.waiting)).toEqual(['m3', 'm2']);
  },
  'bus.assigned': () => {
    const view = after((s) => {
      logged(s, 4);
      s.add({
        kind: 'bus.assigned',
        process: 'bus',
        subscription: 'billing',
        partition: 0,
        to: 'consumer:billing-2',
        from: 'consumer:billing',
        position: 4,
      });
    });
    expect(view.log?.groups['billing']?.[0]).toEqual({ position: 4, committed: 4, owner: 'consumer:billing-2' });
    expect(ids(view.queues['billing']!.waiting)).toEqual(['m2']);
    expect(view.queues['billing']).toMatchObject({ inFlight: [], expired: [{ consumer: 'consumer:billing' }] });
  },
  'bus.rewound': () => {
    const view = after((s) => {
      logged(s, 4);
      s.add({ kind: 'bus.acknowledged', ...bus, partition: 0, offset: 4, task: 'consumer:billing-m2-1' });
      s.add({ kind: 'bus.rewound', process: 'bus', subscription: 'billing', partition: 0, position: 3 });
    });
    expect(view.log?.groups['billing']?.[0]).toEqual({ position: 3, committed: 5, owner: 'consumer:billing' });
    expect(view.queues['billing']).toMatchObject({ waiting: [{ ...e2, message: 'm2', place: { offset: 4 } }] });
  },
};
