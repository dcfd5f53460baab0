/** Reading from IndexedDB through Dexie: by an index wherever there is one, in the order of the keys. */
import type { Collection, Dexie, IndexableType, Table, Transaction as DexieTransaction } from 'dexie';
import type { Payload } from '../messaging/envelope.ts';
import { Abort, abortedBy } from './failures.ts';
import type { ChangeRow, DatabaseAnswer, OutboxRow, ReadRequest, Schema } from './port.ts';
import * as rules from './rows.ts';

/** The database as it is now, or as a transaction sees it. */
interface Source {
  table<Row>(name: string): Table<Row, IndexableType>;
}

/** The answer to a request that changes nothing. */
export async function answerRead(db: Dexie, schema: Schema, request: ReadRequest): Promise<DatabaseAnswer> {
  switch (request.type) {
    case 'read': {
      const key = rules.nativeKey(schema, request.table, request.key);
      return { type: 'row', row: await db.table<Payload>(request.table).get(key) };
    }
    case 'readUnpublished':
      return { type: 'rows', rows: await unpublishedRows(db, request.limit) };
    case 'scanUnpublished':
      return scan(db, request.limit);
    case 'readOutboxAfter':
      return { type: 'rows', rows: await outboxAfter(db, request) };
    case 'readPublished': {
      const old = rowsOf(db, 1).filter(({ publishedAt }) => rules.isBefore(publishedAt, request.before));
      return { type: 'rows', rows: await old.limit(request.limit).toArray() };
    }
    case 'readParked':
      return { type: 'rows', rows: await rowsOf(db, 2).limit(request.limit).toArray() };
    case 'readPending': {
      const documents = await pendingDocuments(db, schema, request.table);
      return { type: 'documents', rows: documents.slice(0, request.limit) };
    }
    case 'readWhere': {
      const { table, field, value, limit } = request;
      const rows = db.table<Payload>(table).where(`[${field}+number]`).between([value, 0], [value, Infinity]);
      return { type: 'documents', rows: await rows.limit(limit).toArray() };
    }
    case 'readChanges':
      return readChanges(db, request.after, request.limit);
  }
}

/** The oldest unpublished outbox rows; all of them without a limit. */
export function unpublishedRows(source: Source, limit = Infinity): PromiseLike<OutboxRow[]> {
  return rowsOf(source, 0).limit(limit).toArray();
}

/** All documents of a table with unpublished entries, in the order of their ids; the index has them by how many entries. */
export function pendingDocuments(source: Source, schema: Schema, name: string): PromiseLike<Payload[]> {
  const pending = source.table<Payload>(name).where('pending').between(0, Infinity, false, true);
  return pending.toArray().then((rows) => rows.sort((a, b) => rules.compareRows(schema[name]!, a, b)));
}

/** Outbox rows that are published or not, oldest first. */
function rowsOf(source: Source, published: OutboxRow['published']): Collection<OutboxRow> {
  const rows = source.table<OutboxRow>('outbox').where('[published+position]');
  return rows.between([published, 0], [published, Infinity]);
}

/** A cursor over the whole table, from its first row on. */
async function scan(db: Dexie, limit: number): Promise<DatabaseAnswer> {
  const rows: OutboxRow[] = [];
  let read = 0;
  const isEnough = (row: OutboxRow) => {
    read += 1;
    if (row.published === 0) rows.push(row);
    return rows.length === limit;
  };
  await db
    .table<OutboxRow>('outbox')
    .toCollection()
    .until(isEnough)
    .each(() => undefined);
  return { type: 'rows', rows, read };
}

function outboxAfter(
  db: Dexie,
  { position, limit, below = Infinity }: Extract<ReadRequest, { type: 'readOutboxAfter' }>,
): PromiseLike<OutboxRow[]> | OutboxRow[] {
  if (below <= position) return []; // which is no range to IndexedDB
  return db.table<OutboxRow>('outbox').where('position').between(position, below, false, false).limit(limit).toArray();
}

/**
 * The change log after a number. Where it is empty, only its key generator knows where it goes on: that tells it to a row
 * which never comes to be.
 */
async function readChanges(db: Dexie, after: number, limit: number): Promise<DatabaseAnswer> {
  const found = await db.transaction('r', 'changes', (tx) => changesAfter(tx, after, limit));
  if (found) return found;
  const answers: DatabaseAnswer[] = [];
  const probe = db.transaction('rw', 'changes', (tx) =>
    changesAfter(tx, after, limit).then((meanwhile) => {
      if (meanwhile) return void answers.push(meanwhile);
      return (tx.table('changes').add({}) as PromiseLike<number>).then((first) => {
        answers.push({ type: 'changes', rows: [], first });
        throw new Abort('failure');
      });
    }),
  );
  await probe.catch((error: unknown) => {
    if (!abortedBy(error)) throw error;
  });
  return answers[0]!;
}

/** Undefined where the log is empty. */
function changesAfter(tx: DexieTransaction, after: number, limit: number): PromiseLike<DatabaseAnswer | undefined> {
  const log = tx.table<ChangeRow, number>('changes');
  return log
    .limit(1)
    .primaryKeys()
    .then(([first]) => {
      if (first === undefined) return undefined;
      const later = log.where('number').above(after).limit(limit).toArray();
      return later.then((rows) => ({ type: 'changes', rows, first }));
    });
}
