/**
 * The promises recomputed from the raw records by another way: sets and pairs, quadratic and worse, straight from the
 * definitions. It shares no code with src/verdicts, so that the two can be held against each other.
 */
import type { EventRef, RecordKind, RecordOf, TraceRecord } from '../../src/trace/record.ts';

export type Status = 'holds' | 'broken' | 'pending' | 'parked' | 'unknown';

/** The status of each promise after these records. `subscriptions`: whom every committed event must reach. */
export function oracle(records: readonly TraceRecord[], subscriptions: readonly string[]): Record<string, Status> {
  const rest = atRest(records);
  const unbroken: Status = rest === null ? 'pending' : rest.quiet ? 'holds' : 'unknown';
  const safety = (violated: boolean): Status => (violated ? 'broken' : unbroken);
  const quietRests = records
    .filter((record) => record.kind === 'run.settled' && record.quiet)
    .map(({ seq }) => prefix(records, seq));
  const liveness = (judge: (records: readonly TraceRecord[]) => Status): Status => {
    if (quietRests.some((part) => judge(part) === 'broken')) return 'broken';
    return rest?.quiet ? judge(records) : unbroken;
  };
  return {
    noPhantom: safety(phantoms(records)),
    noEarlyDelivery: safety(earlyDeliveries(records)),
    delivered: liveness((part) => delivered(part, subscriptions)),
    noDuplicateDelivery: safety(repeats(handlerStarts(records))),
    effectAtMostOnce: safety(repeats(only(records, 'consumer.effectApplied'))),
    firstOrder: safety(disordered(firsts(handlerStarts(records)))),
    effectOrder: safety(disordered(only(records, 'consumer.effectApplied'))),
    outboxDrains: liveness((part) => (pendingRows(part).length > 0 ? 'broken' : 'holds')),
  };
}

type Handled = EventRef & { seq: number; subscription: string };

const only = <K extends RecordKind>(records: readonly TraceRecord[], kind: K): RecordOf<K>[] =>
  records.filter((record): record is RecordOf<K> => record.kind === kind);

const prefix = (records: readonly TraceRecord[], seq: number): TraceRecord[] =>
  records.filter((record) => record.seq <= seq);

const handlerStarts = (records: readonly TraceRecord[]): Handled[] =>
  [...only(records, 'bus.delivered'), ...only(records, 'bus.redelivered')].sort((a, b) => a.seq - b.seq);

/** The record of the run's rest, if nothing has happened since. */
function atRest(records: readonly TraceRecord[]): RecordOf<'run.settled'> | null {
  const last = records.at(-1);
  return last?.kind === 'run.settled' ? last : null;
}

/** S1 is violated: a handler started for an event whose transaction rolls back, before or after. */
const phantoms = (records: readonly TraceRecord[]): boolean =>
  handlerStarts(records).some((start) =>
    only(records, 'transaction.aborted').some(({ transactionId }) => transactionId === start.transactionId),
  );

/** S2 is violated: a handler started with no commit of its event's transaction before it. */
const earlyDeliveries = (records: readonly TraceRecord[]): boolean =>
  handlerStarts(records).some(
    (start) =>
      !only(records, 'transaction.committed').some(
        ({ transactionId, seq }) => transactionId === start.transactionId && seq < start.seq,
      ),
  );

const sameEvent = (
  a: { subscription: string; eventId: string },
  b: { subscription: string; eventId: string },
): boolean => a.subscription === b.subscription && a.eventId === b.eventId;

const repeats = (list: readonly Handled[]): boolean =>
  list.some((a) => list.some((b) => a.seq < b.seq && sameEvent(a, b)));

const firsts = (list: readonly Handled[]): Handled[] =>
  list.filter((b) => !list.some((a) => a.seq < b.seq && sameEvent(a, b)));

/** Somewhere a later version comes before an earlier one. */
const disordered = (list: readonly Handled[]): boolean =>
  list.some((a) =>
    list.some(
      (b) =>
        a.seq < b.seq &&
        a.subscription === b.subscription &&
        a.aggregateId === b.aggregateId &&
        a.aggregateVersion > b.aggregateVersion,
    ),
  );

/**
 * L1 over a trace at rest. Among the dead letters of a subscription, and never finished there, means parked; otherwise
 * one start of a handler is enough.
 */
function delivered(records: readonly TraceRecord[], subscriptions: readonly string[]): Status {
  const committed = only(records, 'transaction.committed').flatMap(({ events }) => events);
  const pairs = committed.flatMap(({ eventId }) => subscriptions.map((subscription) => ({ subscription, eventId })));
  const fates = pairs.map((pair): Status => {
    const dead = only(records, 'bus.deadLettered').some((record) => sameEvent(record, pair));
    const finished = [
      ...only(records, 'consumer.effectApplied'),
      ...only(records, 'inbox.duplicateIgnored'),
      ...only(records, 'bus.acknowledged'),
      ...only(records, 'bus.acknowledgementIgnored'),
    ].some((record) => sameEvent(record, pair));
    if (dead && !finished) return 'parked';
    return handlerStarts(records).some((start) => sameEvent(start, pair)) ? 'holds' : 'broken';
  });
  return fates.includes('broken') ? 'broken' : fates.includes('parked') ? 'parked' : 'holds';
}

/** Rows of the outbox as the transactions left them that are there and not published. */
function pendingRows(records: readonly TraceRecord[]): unknown[] {
  const writes = only(records, 'transaction.committed').flatMap((record) =>
    record.writes.filter(({ table }) => table === 'outbox'),
  );
  return writes.filter((write, index) => {
    const last = !writes.slice(index + 1).some(({ key }) => key === write.key);
    return last && write.op === 'put' && write.row?.['published'] !== 1;
  });
}
