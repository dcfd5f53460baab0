/** The oracle on what the bus still has: L4. */
import { handlerStarts, type Reading } from './oracle-reading.ts';

/** Messages that the bus is not done with; on a log, partitions that a subscription has not read to their end. */
export const openMessages = (all: Reading): unknown[] =>
  all.judged.options.bus === 'log' ? unreadPartitions(all) : unfinished(all);

/** Messages that were made, or put back by a person, and that nothing has ended since. */
function unfinished(all: Reading): unknown[] {
  const made = [
    ...all.of('bus.accepted').flatMap(({ seq, messages }) => messages.map(({ message }) => ({ seq, message }))),
    ...all.of('bus.duplicated').map(({ seq, copy }) => ({ seq, message: copy })),
    ...all.of('bus.redriven').map(({ seq, message }) => ({ seq, message })),
  ];
  const gone = [
    ...all.of('bus.acknowledged'),
    ...all.of('bus.dropped'),
    ...all.of('bus.deadLettered'),
    ...(all.judged.options.bus === 'pubsub' ? endedHandlers(all) : []),
  ];
  return made.filter(({ seq, message }) => !gone.some((one) => one.message === message && one.seq > seq));
}

/** When the handler of a message came to an end, however it did. */
function endedHandlers(all: Reading): { seq: number; message: string }[] {
  const ends = [
    ...all.of('task.ended').map(({ seq, task }) => ({ seq, task })),
    ...all.of('process.crashed').flatMap(({ seq, tasks }) => tasks.map((task) => ({ seq, task }))),
  ];
  return ends.flatMap(({ seq, task }) => {
    const start = handlerStarts(all)
      .filter((one) => one.task === task && one.seq < seq)
      .at(-1);
    const endedBefore = ends.some((other) => start && other.task === task && other.seq > start.seq && other.seq < seq);
    return start && !endedBefore ? [{ seq, message: start.message }] : [];
  });
}

function unreadPartitions(all: Reading): unknown[] {
  const { subscriptions } = all.judged;
  const partitions = [...new Set(all.of('bus.accepted').flatMap(({ partition }) => partition ?? []))];
  return partitions.flatMap((partition) =>
    subscriptions.filter((subscription) => {
      const offsets = all
        .of('bus.accepted')
        .flatMap(({ messages, ...taken }) =>
          taken.partition === partition && messages.some((one) => one.subscription === subscription)
            ? (taken.offset ?? [])
            : [],
        );
      return committed(all, subscription, partition) < Math.max(-1, ...offsets);
    }),
  );
}

/** The offset a subscription has committed, step by step: set by an acknowledgement, moved on by what is gone, set back by a replay. */
function committed(all: Reading, subscription: string, partition: number): number {
  let offset = -1;
  for (const record of all.records) {
    if (!('subscription' in record) || record.subscription !== subscription) continue;
    if (record.kind === 'bus.acknowledged' && record.partition === partition) offset = record.offset ?? offset;
    if (record.kind === 'bus.rewound' && record.partition === partition) offset = record.position - 1;
    if (record.kind !== 'bus.dropped' && record.kind !== 'bus.deadLettered') continue;
    const place = placeOf(all, record.message, record.seq);
    if (place?.partition === partition) offset = Math.max(offset, place.offset!);
  }
  return offset;
}

/** Where a message is in the log: of a copy, where its original is. */
function placeOf(all: Reading, message: string, before: number): { partition?: number; offset?: number } | undefined {
  const made = [
    ...all.of('bus.accepted').filter(({ messages }) => messages.some((one) => one.message === message)),
    ...all.of('bus.duplicated').filter(({ copy }) => copy === message),
  ]
    .filter(({ seq }) => seq < before)
    .sort((a, b) => a.seq - b.seq)
    .at(-1);
  return made?.kind === 'bus.duplicated' ? placeOf(all, made.message, made.seq) : made;
}
