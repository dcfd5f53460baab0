/** The bus as a log: what its partitions hold, and how far each subscription is in them. */
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import type { GroupView, LogView, MessageView, PartitionView } from './bus-view.ts';
import { findMessage, newMessage, placeOf } from './messages.ts';
import type { View } from './view.ts';

type Log = View['log'];

/** How many records of a partition a view keeps. */
export const keptEntries = 200;

const emptyLog: LogView = { partitions: [], groups: {} };
const unread: GroupView = { position: 0, committed: 0, owner: null };

/** What a subscription reads from a position on, as if for the first time; as far as the view has it. */
export function messagesFrom(
  log: Log,
  { subscription, partition, position }: { subscription: string; partition: number; position: number },
): readonly MessageView[] {
  const entries = log?.partitions.find((other) => other.partition === partition)?.entries ?? [];
  return entries
    .filter(({ offset }) => offset >= position)
    .flatMap((entry) => {
      const { at: since, copy, offset, messages } = entry;
      return messages
        .filter((one) => one.subscription === subscription)
        .map(({ message }) => newMessage(entry, { message, subscription, since, copy, place: { partition, offset } }));
    });
}

function changePartition(
  partitions: LogView['partitions'],
  number: number,
  to: (partition: PartitionView) => PartitionView,
): LogView['partitions'] {
  const index = partitions.findIndex(({ partition }) => partition >= number);
  const known = index < 0 ? undefined : partitions[index];
  if (known?.partition === number) return partitions.with(index, to(known));
  const fresh = to({ partition: number, entries: [], end: 0 });
  return partitions.toSpliced(index < 0 ? partitions.length : index, 0, fresh);
}

function changeGroup(
  log: Log,
  { subscription, partition }: { subscription: string; partition: number },
  to: Partial<GroupView>,
): LogView {
  const { partitions, groups } = log ?? emptyLog;
  const group = own(groups, subscription) ?? {};
  const at = { ...(group[partition] ?? unread), ...to };
  return { partitions, groups: { ...groups, [subscription]: { ...group, [partition]: at } } };
}

function append(log: Log, record: RecordOf<'bus.accepted'>, { events }: View): Log {
  const place = placeOf(record);
  if (!place) return log;
  const { partition, offset } = place;
  const { eventId, eventType, aggregateId, aggregateVersion, transactionId, messages, at } = record;
  const copy = (events.get(eventId)?.accepted ?? 0) + 1;
  const entry = { eventId, eventType, aggregateId, aggregateVersion, transactionId, offset, at, copy, messages };
  const { partitions, groups } = log ?? emptyLog;
  let next: LogView = {
    groups,
    partitions: changePartition(partitions, partition, ({ entries, end }) => ({
      partition,
      entries: [...entries.slice(1 - keptEntries), entry],
      end: Math.max(end, offset + 1),
    })),
  };
  for (const { subscription } of messages) {
    if (own(groups, subscription)?.[partition] === undefined) next = changeGroup(next, { subscription, partition }, {});
  }
  return next;
}

function deliver(log: Log, record: RecordOf<'bus.delivered'> | RecordOf<'bus.redelivered'>): Log {
  const place = placeOf(record);
  if (!place) return log;
  const { partition, offset } = place;
  const owner = own(log?.groups ?? {}, record.subscription)?.[partition]?.owner ?? record.process;
  return changeGroup(log, { subscription: record.subscription, partition }, { position: offset + 1, owner });
}

export const logChanges: Changes<Log, View> = {
  'bus.accepted': append,
  'bus.delivered': deliver,
  'bus.redelivered': deliver,
  'bus.acknowledged': (log, record) => {
    const place = placeOf(record);
    return place ? changeGroup(log, { ...record, ...place }, { committed: place.offset + 1 }) : log;
  },
  'bus.requeued': (log, { subscription, message }, { queues }) => {
    const queue = own(queues, subscription);
    const place = queue && findMessage(queue, message)?.place;
    return place ? changeGroup(log, { subscription, ...place }, { position: place.offset }) : log;
  },
  'bus.assigned': (log, record) =>
    changeGroup(log, record, { owner: record.to, position: record.position, committed: record.position }),
  'bus.rewound': (log, record) => changeGroup(log, record, { position: record.position }),
};
