/** The queues of the bus. A message lies in one place: waiting, with a consumer, or among the dead letters. */
import type { EventRef, RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import type { HeldMessage, MessageView, PlaceView, QueueView } from './bus-view.ts';
import { consumerOf, deliveryOf } from './flights.ts';
import { messagesFrom } from './log.ts';
import { findMessage, letGo, newMessage, placeOf, withoutMessage } from './messages.ts';
import { emptyQueue } from './start.ts';
import { receptionOf } from './subscribers.ts';
import type { View } from './view.ts';

type Queues = View['queues'];
type Named = { readonly subscription: string; readonly message: string };

function change(queues: Queues, subscription: string, to: (queue: QueueView) => QueueView): Queues {
  return { ...queues, [subscription]: to(own(queues, subscription) ?? emptyQueue(subscription)) };
}

/** Takes the message out of its place and puts it into another; one that is nowhere changes nothing. */
function move(
  queues: Queues,
  { subscription, message }: Named,
  to: (rest: QueueView, moved: MessageView, before: MessageView | HeldMessage) => QueueView,
): Queues {
  const queue = own(queues, subscription);
  const found = queue && findMessage(queue, message);
  if (!found) return queues;
  return { ...queues, [subscription]: to(withoutMessage(queue, message), letGo(found), found) };
}

function alter(queues: Queues, subscription: string, message: string, to: Partial<MessageView>): Queues {
  return change(queues, subscription, (queue) => ({
    ...queue,
    waiting: queue.waiting.map((other) => (other.message === message ? { ...other, ...to } : other)),
  }));
}

/** The next copy of an event for a subscription, which the bus has just made. */
function makeMessage(
  ref: EventRef & Partial<PlaceView>,
  { subscription, message, at: since }: Named & { readonly at: number },
  { subscribers }: View,
): MessageView {
  const copy = receptionOf(subscribers, subscription, ref.eventId).queued + 1;
  return newMessage(ref, { message, subscription, since, copy, place: placeOf(ref) });
}

type Delivery = RecordOf<'bus.delivered'> | RecordOf<'bus.redelivered'>;

function deliver(queues: Queues, record: Delivery, before: View): Queues {
  const { subscription, message, process: consumer, task, attempt: attempts, at } = record;
  return change(queues, subscription, (queue) => {
    const found = findMessage(queue, message) ?? makeMessage(record, { subscription, message, at }, before);
    const buffered = queue.buffered.some((other) => other.message === message);
    const place = placeOf(record) ?? found.place;
    const rest = withoutMessage(queue, message);
    // had anybody wanted back what this consumer failed to handle, it would be there by now
    const isAnother = (other: HeldMessage): boolean => other.consumer !== consumer;
    const released = rest.released.every(isAnother) ? rest.released : rest.released.filter(isAnother);
    const held = { ...found, attempts, delayedUntil: null, place, consumer, task, buffered };
    return { ...rest, inFlight: [...rest.inFlight, held], released };
  });
}

/** It goes back to where it waited; a handler that was only too slow runs on. */
function requeue(queues: Queues, record: RecordOf<'bus.requeued'>): Queues {
  return move(queues, record, (rest, moved, before) => {
    const { waiting, expired } = rest;
    const runsOn = record.reason === 'timeout' && 'consumer' in before && before.task !== null;
    return {
      ...rest,
      waiting: record.to === 'tail' ? [...waiting, moved] : [moved, ...waiting],
      expired: runsOn ? [...expired, before] : expired,
    };
  });
}

/** Handlers have ended. What one has not acknowledged is the bus's to put somewhere, unless it was done and need not. */
function putDown(queues: Queues, tasks: readonly string[], done: boolean): Queues {
  const ended = ({ task }: HeldMessage): boolean => task !== null && tasks.includes(task);
  let next = queues;
  for (const queue of Object.values(queues)) {
    const { subscription, inFlight, expired, released } = queue;
    if (!inFlight.some(ended) && !expired.some(ended)) continue;
    next = change(next, subscription, () => ({
      ...queue,
      inFlight: inFlight.filter((held) => !ended(held)),
      expired: expired.filter((held) => !ended(held)),
      released: done ? released : [...released, ...inFlight.filter((held) => ended(held) && !held.buffered)],
    }));
  }
  return next;
}

/** The memory of a consumer is gone, and what waited there with it. */
function forget(queues: Queues, process: string): Queues {
  const gone = ({ consumer }: HeldMessage): boolean => consumer === process;
  let next = queues;
  for (const queue of Object.values(queues)) {
    const { subscription, buffered } = queue;
    if (!buffered.some(gone)) continue;
    next = change(next, subscription, () => ({ ...queue, buffered: buffered.filter((held) => !gone(held)) }));
  }
  return next;
}

/** A partition is read from another place on: all that comes behind it waits, and is taken from whoever has it. */
function readFrom(queues: Queues, record: RecordOf<'bus.assigned'> | RecordOf<'bus.rewound'>, { log }: View): Queues {
  const { subscription, partition, position } = record;
  const behind = ({ place }: MessageView): boolean => place?.partition === partition && place.offset >= position;
  return change(queues, subscription, (queue) => {
    const { waiting, inFlight, released, buffered, dead, expired } = queue;
    const here = [...waiting, ...inFlight, ...released].filter(behind).map(letGo);
    const known = new Set([...waiting, ...inFlight, ...released, ...buffered, ...dead].map(({ message }) => message));
    const done = messagesFrom(log, record).filter(({ message }) => !known.has(message));
    return {
      ...queue,
      waiting: [
        ...[...here, ...done].sort((a, b) => a.place!.offset - b.place!.offset),
        ...waiting.filter(({ place }) => place?.partition !== partition),
      ],
      inFlight: inFlight.filter((message) => !behind(message)),
      released: released.filter((message) => !behind(message)),
      // the handlers run on, and do not know
      expired: [...expired, ...inFlight.filter(behind)],
    };
  });
}

export const queueChanges: Changes<Queues, View> = {
  'bus.accepted': (queues, record, before) =>
    record.messages.reduce((all, { message, subscription }) => {
      const accepted = makeMessage(record, { subscription, message, at: record.at }, before);
      return change(all, subscription, (queue) => ({ ...queue, waiting: [...queue.waiting, accepted] }));
    }, queues),
  'bus.buffered': (queues, record, { flights }) => {
    const consumer = flights.find(deliveryOf(record))?.to ?? consumerOf(record.subscription);
    return move(queues, record, (rest, moved) => ({
      ...rest,
      buffered: [...rest.buffered, { ...moved, consumer, task: null, buffered: true }],
    }));
  },
  'bus.delivered': deliver,
  'bus.redelivered': deliver,
  'bus.acknowledged': (queues, { subscription, message }) =>
    change(queues, subscription, (queue) => ({
      ...withoutMessage(queue, message),
      acknowledged: queue.acknowledged + 1,
    })),
  'bus.requeued': requeue,
  'bus.deadLettered': (queues, record) =>
    move(queues, record, (rest, moved) => ({ ...rest, dead: [...rest.dead, moved] })),
  'bus.redriven': (queues, record) =>
    move(queues, record, (rest, moved) => ({ ...rest, waiting: [...rest.waiting, moved] })),
  'bus.dropped': (queues, record) => move(queues, record, (rest) => rest),
  'bus.delayed': (queues, { subscription, message, until }) =>
    alter(queues, subscription, message, { delayedUntil: until }),
  'bus.promoted': (queues, record) =>
    move(queues, record, (rest, moved) => ({ ...rest, waiting: [{ ...moved, delayedUntil: null }, ...rest.waiting] })),
  // right behind the message it copies
  'bus.duplicated': (queues, { subscription, message, copy, at }, before) => {
    const queue = own(queues, subscription);
    const original = queue && findMessage(queue, message);
    if (!original) return queues;
    const twin = makeMessage(original, { subscription, message: copy, at }, before);
    const index = queue.waiting.findIndex((other) => other === original);
    return { ...queues, [subscription]: { ...queue, waiting: queue.waiting.toSpliced(index + 1, 0, twin) } };
  },
  'bus.assigned': readFrom,
  'bus.rewound': readFrom,
  'task.ended': (queues, { task, outcome }) => putDown(queues, [task], outcome === 'done'),
  'process.crashed': (queues, { process, tasks }) => forget(putDown(queues, tasks, false), process),
};
