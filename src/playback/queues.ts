/** The queues of the bus. A message lies in one place: waiting, in flight, or among the dead letters. */
import type { EventRef } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import { receptionOf } from './subscribers.ts';
import type { MessageView, QueueView, View } from './view.ts';

type Queues = View['queues'];

/** A queue with nothing in it. */
export const emptyQueue = (subscription: string): QueueView => ({
  subscription,
  waiting: [],
  inFlight: null,
  dead: [],
  acknowledged: 0,
});

function change(queues: Queues, subscription: string, to: (queue: QueueView) => Partial<QueueView>): Queues {
  const queue = own(queues, subscription) ?? emptyQueue(subscription);
  return { ...queues, [subscription]: { ...queue, ...to(queue) } };
}

/** The message, wherever it lies. */
function find({ waiting, inFlight, dead }: QueueView, message: string): MessageView | undefined {
  if (inFlight?.message === message) return inFlight;
  return waiting.find((other) => other.message === message) ?? dead.find((other) => other.message === message);
}

/** The queue's places without the message. */
function without(
  { waiting, inFlight, dead }: QueueView,
  message: string,
): Pick<QueueView, 'waiting' | 'inFlight' | 'dead'> {
  const others = (list: readonly MessageView[]): readonly MessageView[] =>
    list.some((other) => other.message === message) ? list.filter((other) => other.message !== message) : list;
  return { waiting: others(waiting), inFlight: inFlight?.message === message ? null : inFlight, dead: others(dead) };
}

/** Takes the message out of its place and puts it into another; one that is nowhere changes nothing. */
function move(
  queues: Queues,
  { subscription, message }: { subscription: string; message: string },
  to: (rest: QueueView, moved: MessageView) => Partial<QueueView>,
): Queues {
  const queue = own(queues, subscription);
  const moved = queue && find(queue, message);
  if (!moved) return queues;
  return change(queues, subscription, () => {
    const rest = { ...queue, ...without(queue, message) };
    return { ...rest, ...to(rest, moved) };
  });
}

function alter(queues: Queues, subscription: string, message: string, to: Partial<MessageView>): Queues {
  return change(queues, subscription, ({ waiting }) => ({
    waiting: waiting.map((other) => (other.message === message ? { ...other, ...to } : other)),
  }));
}

function newMessage(ref: EventRef, subscription: string, message: string, since: number, before: View): MessageView {
  const { eventId, eventType, aggregateId, aggregateVersion, transactionId } = ref;
  const copy = receptionOf(before.subscribers, subscription, eventId).queued + 1;
  return {
    eventId,
    eventType,
    aggregateId,
    aggregateVersion,
    transactionId,
    message,
    subscription,
    since,
    attempts: 0,
    delayedUntil: null,
    copy,
  };
}

type Delivery = EventRef & { subscription: string; message: string; attempt: number; at: number };

function deliver(queues: Queues, record: Delivery, before: View): Queues {
  const { subscription, message, attempt: attempts, at } = record;
  return change(queues, subscription, (queue) => {
    const delivered = find(queue, message) ?? newMessage(record, subscription, message, at, before);
    return { ...without(queue, message), inFlight: { ...delivered, attempts, delayedUntil: null } };
  });
}

export const queueChanges: Changes<Queues, View> = {
  'bus.accepted': (queues, record, before) =>
    record.messages.reduce((all, { message, subscription }) => {
      const accepted = newMessage(record, subscription, message, record.at, before);
      return change(all, subscription, ({ waiting }) => ({ waiting: [...waiting, accepted] }));
    }, queues),
  'bus.delivered': deliver,
  'bus.redelivered': deliver,
  'bus.acknowledged': (queues, { subscription, message }) =>
    change(queues, subscription, (queue) => ({ ...without(queue, message), acknowledged: queue.acknowledged + 1 })),
  // to the head, where it came from
  'bus.requeued': (queues, record) => move(queues, record, ({ waiting }, moved) => ({ waiting: [moved, ...waiting] })),
  'bus.deadLettered': (queues, record) => move(queues, record, ({ dead }, moved) => ({ dead: [...dead, moved] })),
  'bus.dropped': (queues, record) => move(queues, record, () => ({})),
  'bus.delayed': (queues, { subscription, message, until }) =>
    alter(queues, subscription, message, { delayedUntil: until }),
  'bus.promoted': (queues, record) =>
    move(queues, record, ({ waiting }, moved) => ({ waiting: [{ ...moved, delayedUntil: null }, ...waiting] })),
  // right behind the message it copies
  'bus.duplicated': (queues, { subscription, message, copy, at }, before) => {
    const queue = own(queues, subscription);
    const original = queue && find(queue, message);
    if (!original) return queues;
    const twin = newMessage(original, subscription, copy, at, before);
    return change(queues, subscription, ({ waiting }) => {
      const index = waiting.indexOf(original);
      return { waiting: waiting.toSpliced(index + 1, 0, twin) };
    });
  },
};
