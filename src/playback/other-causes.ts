/** What a record has to do with besides its own chain of causes: why something was ignored, set aside or lost. */
import type { RecordKind, RecordOf, TraceRecord } from '../trace/record.ts';

type Sought<R> = (record: R) => (other: TraceRecord) => boolean;

/** The record before it that these are owed to as well. */
const sought: { readonly [K in RecordKind]?: Sought<RecordOf<K>> } = {
  'inbox.duplicateIgnored': (record) => (other) =>
    other.kind === 'inbox.recorded' && other.subscription === record.subscription && other.eventId === record.eventId,
  'inbox.staleIgnored': (record) => {
    // its own delivery says whose version it is
    let aggregateId: string | null = null;
    return (other) => {
      if ((other.kind === 'bus.delivered' || other.kind === 'bus.redelivered') && other.message === record.message)
        aggregateId ??= other.aggregateId;
      return (
        other.kind === 'consumer.effectApplied' &&
        other.subscription === record.subscription &&
        other.aggregateVersion === record.seen &&
        other.aggregateId === aggregateId
      );
    };
  },
  'bus.acknowledgementIgnored': (record) => (other) =>
    (other.kind === 'bus.requeued' && other.message === record.message) ||
    (other.kind === 'bus.assigned' && other.subscription === record.subscription),
  'bus.deadLettered': (record) => (other) => other.kind === 'consumer.failed' && other.message === record.message,
  'bus.dropped': (record) => (other) =>
    record.reason === 'offline' && other.kind === 'process.crashed' && servesIt(other, record.subscription),
  'outbox.parked': (record) => (other) => other.kind === 'bus.refused' && other.eventId === record.eventId,
  'relay.historyLost': (record) => (other) => other.kind === 'process.crashed' && other.process === record.process,
};

const servesIt = ({ process }: TraceRecord, subscription: string): boolean =>
  process === `consumer:${subscription}` || process.startsWith(`consumer:${subscription}-`);

/** So many records back is looked at most: a cause is near, and a trace may be long. */
const reach = 5000;

/** The nearest record before this one, outside of its chain, that it is owed to as well; null where there is none near. */
export function otherCauseOf(record: TraceRecord, records: readonly TraceRecord[]): TraceRecord | null {
  const isSought = (sought[record.kind] as Sought<TraceRecord> | undefined)?.(record);
  if (!isSought) return null;
  const end = Math.max(0, record.seq - reach);
  for (let seq = record.seq - 1; seq >= end; seq--) if (isSought(records[seq]!)) return records[seq]!;
  return null;
}
