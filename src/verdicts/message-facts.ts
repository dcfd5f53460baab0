/** What the bus has: each message, why there is one more, why it came back, and what it is not done with yet. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { RecordOf } from '../trace/record.ts';
import { pairKey, type Facts, type MessageFacts, type OpenMessage, type PartitionFacts, type Return } from './facts.ts';
import type { Cause } from './event-history.ts';
import type { Changes } from './fold.ts';
import { arrivingAttempt, whyArrivedAgain } from './publishing.ts';

type Messages = Facts['messages'];

function alter(messages: Messages, message: string, to: Partial<MessageFacts>): Messages {
  const known = messages.get(message);
  return known ? messages.set(message, { ...known, ...to }) : messages;
}

const newMessage = { returned: null, delayed: false, promoted: false };

/** Why the messages that this makes are further copies; null where the bus has the event for the first time. */
function copyOf(record: RecordOf<'bus.accepted'>, before: Facts): Cause | null {
  const event = before.events.get(record.eventId);
  if (event === undefined || event.accepted === null) return null;
  return whyArrivedAgain(event, arrivingAttempt(event, record), before);
}

const returned = (seq: number, why: Return['why'], toTail = false): Partial<MessageFacts> => ({
  returned: { seq, why, toTail },
});

export const messageChanges: Changes<Messages, Facts> = {
  'bus.accepted': (messages, record, before) => {
    const copy = copyOf(record, before);
    const { seq: since, partition, offset } = record;
    const made = { ...newMessage, since, copy, partition, offset };
    return record.messages.reduce((all, { message }) => all.set(message, made), messages);
  },
  'bus.duplicated': (messages, { message, copy, seq, process }) => {
    const original = messages.get(message);
    const since = original?.since ?? seq;
    const { partition, offset } = original ?? {};
    const cause = { cause: 'duplicatedByBus', process };
    return messages.set(copy, { ...newMessage, since, copy: cause, partition, offset });
  },
  'bus.requeued': (messages, { message, reason, seq, to }, { busUp }) =>
    alter(messages, message, returned(seq, reason === 'timeout' && !busUp ? 'busDown' : reason, to === 'tail')),
  'bus.redriven': (messages, { message, seq }) => alter(messages, message, returned(seq, 'redriven', true)),
  'bus.delayed': (messages, { message }) => alter(messages, message, { delayed: true }),
  'bus.promoted': (messages, { message }) => alter(messages, message, { promoted: true }),
};

type Open = PersistentMap<string, OpenMessage>;

const close = (open: Open, { message }: { message: string }): Open => open.delete(message);

const openOnQueue: Changes<Open, Facts> = {
  'bus.accepted': (open, { messages, eventId, seq }) =>
    messages.reduce((all, { message, subscription }) => all.set(message, { subscription, eventId, seq }), open),
  'bus.duplicated': (open, { copy, subscription, eventId, seq }) => open.set(copy, { subscription, eventId, seq }),
  'bus.redriven': (open, { message, subscription, eventId, seq }) => open.set(message, { subscription, eventId, seq }),
  'bus.acknowledged': close,
  'bus.dropped': close,
  'bus.deadLettered': close,
};

const closeHandled = (open: Open, tasks: readonly string[], { handling }: Facts): Open =>
  tasks.reduce((rest, task) => {
    const handled = handling.get(task);
    return handled === undefined ? rest : rest.delete(handled.message);
  }, open);

/** Messages the bus is not done with. On pub/sub one is gone when its handler has ended, however it did. */
export const openChanges = (bus: 'queue' | 'pubsub'): Changes<Open, Facts> =>
  bus === 'queue'
    ? openOnQueue
    : {
        ...openOnQueue,
        'task.ended': (open, { task }, before) => closeHandled(open, [task], before),
        'process.crashed': (open, { tasks }, before) => closeHandled(open, tasks, before),
      };

type Partitions = PersistentMap<string, PartitionFacts>;

const unread: PartitionFacts = { end: null, committed: -1, reset: null };

function turn(
  partitions: Partitions,
  subscription: string,
  partition: number,
  to: (was: PartitionFacts) => Partial<PartitionFacts>,
): Partitions {
  const key = pairKey(subscription, partition);
  const was = partitions.get(key) ?? unread;
  return partitions.set(key, { ...was, ...to(was) });
}

/** A message that is gone without having been handled: nothing waits for it. */
function passOver(
  partitions: Partitions,
  { subscription, message }: { subscription: string; message: string },
  { messages }: Facts,
): Partitions {
  const { partition, offset } = messages.get(message) ?? {};
  if (partition === undefined || offset === undefined) return partitions;
  return turn(partitions, subscription, partition, ({ committed }) => ({ committed: Math.max(committed, offset) }));
}

/** How far each subscription is with the log. */
export const partitionChanges: Changes<Partitions, Facts> = {
  'bus.accepted': (partitions, { partition, offset, messages, eventId, seq }) =>
    partition === undefined || offset === undefined
      ? partitions
      : messages.reduce(
          (all, { subscription }) =>
            turn(all, subscription, partition, ({ end }) =>
              end !== null && end.offset >= offset ? {} : { end: { subscription, eventId, seq, offset } },
            ),
          partitions,
        ),
  'bus.acknowledged': (partitions, { subscription, partition, offset }) =>
    partition === undefined || offset === undefined
      ? partitions
      : turn(partitions, subscription, partition, () => ({ committed: offset })),
  'bus.dropped': passOver,
  'bus.deadLettered': passOver,
  'bus.rewound': (partitions, { subscription, partition, position, seq }) =>
    turn(partitions, subscription, partition, () => ({
      committed: position - 1,
      reset: { seq, cause: 'replayed', position },
    })),
  'bus.assigned': (partitions, { subscription, partition, position, seq }) =>
    turn(partitions, subscription, partition, () => ({ reset: { seq, cause: 'rebalanced', position } })),
};
