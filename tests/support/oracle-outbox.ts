/** The oracle on the outbox: what is in it, what may leave it, what the relay passes by, who writes over whom. */
import type { RecordOf, RowWrite, TraceRecord } from '../../src/trace/record.ts';
import type { Reading } from './oracle-reading.ts';

/** Tables whose rows are aggregates. */
export const aggregates = ['campaigns', 'budgets', 'publishers', 'accounts'];

type State = 'pending' | 'published' | 'parked';
interface Stored {
  id: string;
  state: State;
}

/** The outbox entries that a single write stores. */
function entriesOf(write: RowWrite): Stored[] {
  if (write.op === 'delete' || !write.row) return [];
  if (write.table === 'outbox') {
    const { published, event } = write.row as { published: 0 | 1 | 2; event: { id: string } };
    return [{ id: event.id, state: (['pending', 'published', 'parked'] as const)[published] }];
  }
  if (write.table !== 'campaigns') return [];
  const { outbox = [] } = write.row as { outbox?: { published: boolean; event: { id: string } }[] };
  return outbox.map(({ published, event }) => ({ id: event.id, state: published ? 'published' : 'pending' }));
}

/** Every entry as the last writes have left it. */
function storedAt(all: Reading): Stored[] {
  const writes = all.of('transaction.committed').flatMap((commit) => commit.writes);
  return writes
    .filter(
      (write, index) =>
        !writes.slice(index + 1).some((later) => later.table === write.table && later.key === write.key),
    )
    .flatMap(entriesOf);
}

/** Ids of the events whose entries are there in this state. */
export const pendingRows = (all: Reading, state: State): string[] =>
  storedAt(all).flatMap((stored) => (stored.state === state ? [stored.id] : []));

/** S28 at rest: what was published and is still there. */
export const publishedRows = (all: Reading): string[] => pendingRows(all, 'published');

/** L8 is violated at rest: one is too large for the bus, and one of an aggregate that has none such is left waiting. */
export function foreignBlocks(all: Reading): boolean {
  const waiting = pendingRows(all, 'pending').flatMap((id) => {
    const entry = all.of('outbox.appended').find(({ eventId }) => eventId === id);
    const taken = all.of('bus.accepted').some(({ eventId }) => eventId === id);
    const refusal = all
      .of('bus.refused')
      .filter(({ eventId }) => eventId === id)
      .at(-1);
    return entry ? [{ aggregate: entry.aggregateId, taken, tooLarge: refusal?.reason === 'tooLarge' }] : [];
  });
  const failing = waiting.filter(({ tooLarge }) => tooLarge).map(({ aggregate }) => aggregate);
  return failing.length > 0 && waiting.some(({ aggregate, taken }) => !taken && !failing.includes(aggregate));
}

/** S3 is violated. */
export const notCaptured = (all: Reading): boolean =>
  all
    .of('transaction.committed')
    .some(({ events, writes }) =>
      events.some(({ eventId }) => !writes.flatMap(entriesOf).some(({ id }) => id === eventId)),
    ) ||
  all
    .of('outbox.appended')
    .some(
      (appended) =>
        !all
          .of('transaction.committed')
          .some(({ transactionId, seq }) => transactionId === appended.transactionId && seq < appended.seq),
    );

/** The bus had it before this record, or its publisher could not know that it had not. */
const handedOver = (all: Reading, id: string, before: { seq: number }): boolean =>
  all.of('bus.accepted').some(({ eventId, seq }) => eventId === id && seq < before.seq) ||
  all.of('bus.refused').some(({ eventId, seq, unnoticed }) => eventId === id && unnoticed && seq < before.seq);

/** S4 is violated by a mark or a deletion. */
export const finishedEarly = (all: Reading): boolean =>
  [...all.of('outbox.marked'), ...all.of('outbox.deleted')].some(
    (finished) => !handedOver(all, finished.eventId, finished),
  );

/** Where an appended entry is for a relay that keeps a place: its position, or the number of the change it came with. */
function placeOf(all: Reading, appended: RecordOf<'outbox.appended'>): number | null {
  const { relay } = all.judged.options;
  if (relay === 'cursorPolling') return appended.document === undefined ? appended.position : null;
  const commit = all.records[appended.cause ?? -1];
  if (relay !== 'logTailing' || commit?.kind !== 'transaction.committed') return null;
  const change = commit.writes.find(({ table, op }) => table === 'changes' && op === 'put');
  return change ? Number(change.key) : null;
}

/** S5 is violated: by a place that is stored, by a log that was cut, by an entry that came too late. */
export function skips(all: Reading): { passed: boolean; cut: boolean; behind: boolean } {
  const { publish, relay } = all.judged.options;
  if (publish !== 'outbox' || relay === 'polling') return { passed: false, cut: false, behind: false };
  const rolledBack = (id: string, before: { seq: number }): boolean =>
    all.of('transaction.aborted').some(({ transactionId, seq }) => transactionId === id && seq < before.seq);
  const entries = all.of('outbox.appended').map((appended) => ({ appended, place: placeOf(all, appended) }));
  const leftBehind = (after: number, upTo: number, record: TraceRecord): boolean =>
    entries.some(
      ({ appended, place }) =>
        place !== null &&
        appended.seq < record.seq &&
        place > after &&
        place <= upTo &&
        !handedOver(all, appended.eventId, record) &&
        !rolledBack(appended.transactionId, record),
    );
  const advances = all.of('relay.advanced');
  const stored = (before: { seq: number }): number | null =>
    advances.filter(({ seq }) => seq < before.seq).at(-1)?.position ?? null;
  return {
    passed: advances.some((advanced) => leftBehind(stored(advanced) ?? 0, advanced.position, advanced)),
    cut: all.of('relay.historyLost').some((lost) => leftBehind(lost.position, lost.first - 1, lost)),
    behind: entries.some(({ appended, place }) => {
      const cursor = stored(appended);
      return (
        place !== null &&
        cursor !== null &&
        place <= cursor &&
        !handedOver(all, appended.eventId, appended) &&
        !rolledBack(appended.transactionId, appended)
      );
    }),
  };
}

/** S15 is violated: a row written over by a task that had read it before somebody else's write. */
export function overwrites(all: Reading): boolean {
  const commits = all.of('transaction.committed');
  const writes = (commit: RecordOf<'transaction.committed'>, id: string): boolean =>
    commit.writes.some(({ table, key }) => aggregates.includes(table) && key === id);
  return commits.some((commit) => {
    if (commit.targeted) return false;
    const { task, seq } = commit;
    const forgot = Math.max(
      -1,
      ...all.of('task.ended').flatMap((ended) => (ended.task === task && ended.seq < seq ? [ended.seq] : [])),
      ...all.of('process.crashed').flatMap((died) => (died.tasks.includes(task) && died.seq < seq ? [died.seq] : [])),
    );
    const ids = commit.writes.flatMap(({ table, key }) => (aggregates.includes(table) ? [String(key)] : []));
    return ids.some((id) => {
      const reads = [
        ...all.of('aggregate.loaded').filter((loaded) => loaded.task === task && loaded.aggregateId === id),
        ...all.of('relay.fetched').filter((fetched) => fetched.task === task && fetched.documents?.includes(id)),
      ].flatMap((read) => (read.seq > forgot && read.seq < seq ? [read.seq] : []));
      const own = commits.flatMap((one) =>
        reads.length > 0 && one.task === task && writes(one, id) && one.seq < seq && one.seq > Math.min(...reads)
          ? [one.seq]
          : [],
      );
      if (reads.length === 0) return false;
      const knew = Math.max(...reads, ...own);
      return commits.some((other) => other.seq > knew && other.seq < seq && writes(other, id));
    });
  });
}

/** S16 is violated: stored as pending after it had been in the outbox and been marked or deleted. */
export const resurrections = (all: Reading): boolean =>
  [...all.of('outbox.marked'), ...all.of('outbox.deleted')].some(
    (finished) =>
      all.of('outbox.appended').some(({ eventId, seq }) => eventId === finished.eventId && seq < finished.seq) &&
      all
        .of('transaction.committed')
        .some(
          ({ seq, writes }) =>
            seq > finished.seq &&
            writes.flatMap(entriesOf).some(({ id, state }) => id === finished.eventId && state === 'pending'),
        ),
  );
