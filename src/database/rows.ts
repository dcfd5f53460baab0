/** What both drivers agree on: the tables there are, what a request may ask of them, and the rows it makes. */
import { assert } from '../base/assert.ts';
import type { Envelope, Payload } from '../messaging/envelope.ts';
import type { RowWrite } from '../trace/record.ts';
import type { ChangeRow, DatabaseRequest, OutboxRow, Schema, TableShape, TablesImage, Write } from './port.ts';

/** The tables of every database. */
const standardTables: Schema = {
  outbox: { key: 'position' },
  inbox: { key: 'pair', fields: ['subscription', 'eventId'] },
  changes: { key: 'number' },
};

/** The schema with the tables that are always there. */
export function allTables(schema: Schema): Schema {
  return { ...schema, ...standardTables };
}

/** Whether the database itself gives the keys, as running numbers; `key` of the shape then names the field. */
export function isNumbered(shape: TableShape): shape is { key: 'number' } | { key: 'position' } {
  return shape.key === 'number' || shape.key === 'position';
}

/** @throws Error for a table that is not there, or has another kind of key than the operation needs */
export function checkTable(schema: Schema, table: string, operation: string, key?: TableShape['key']): void {
  const shape = Object.hasOwn(schema, table) ? schema[table] : undefined;
  if (!shape) throw new Error(`${operation}: there is no table '${table}', only ${Object.keys(schema).join(', ')}`);
  if (key && shape.key !== key)
    throw new Error(`${operation}: table '${table}' has the key '${shape.key}', not '${key}'`);
}

/** @throws Error for a request that no database of this schema can perform */
export function checkRequest(schema: Schema, request: DatabaseRequest): void {
  switch (request.type) {
    case 'read': {
      checkTable(schema, request.table, 'read');
      nativeKey(schema, request.table, request.key);
      return;
    }
    case 'readUnpublished':
      return assert(Number.isInteger(request.limit) && request.limit > 0, 'readUnpublished: the limit is at least 1');
    case 'transaction':
      for (const write of request.writes) checkWrite(schema, write);
  }
}

function checkWrite(schema: Schema, write: Write): void {
  switch (write.op) {
    case 'save':
    case 'put':
      checkTable(schema, write.table, write.op, 'id');
      return;
    case 'append':
      checkTable(schema, write.table, write.op, 'number');
      return assert(!('number' in write.row), 'append: the number is the database’s to give');
    case 'recordInbox':
      return assert(!write.subscription.includes('/'), 'recordInbox: no slash in the name of a subscription');
    case 'appendOutbox':
    case 'markOutbox':
  }
}

/** @throws Error for an image with a table that is not there */
export function checkImage(schema: Schema, image: TablesImage): void {
  for (const table of [...Object.keys(image.rows), ...Object.keys(image.lastNumbers)]) {
    checkTable(schema, table, 'replaceAll');
  }
}

/** The table that a write goes to. */
export function tableOf(write: Write): string {
  if ('table' in write) return write.table;
  return write.op === 'recordInbox' ? 'inbox' : 'outbox';
}

/** The key of a stored row; of a pair: `first/second`. */
export function keyOf(shape: TableShape, row: Payload): string | number {
  if (shape.key !== 'pair') return row[shape.key] as string | number;
  const [first, second] = shape.fields;
  return `${row[first] as string}/${row[second] as string}`;
}

/** The two fields in a pair's key: they part at the first slash. */
function pairOf(key: string | number): [string, string] {
  const slash = String(key).indexOf('/');
  assert(typeof key === 'string' && slash >= 0, 'the key of a pair is written first/second');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** The key of a row as IndexedDB has it, from how RowWrite names it. @throws Error for a key that is none of a pair */
export function nativeKey(schema: Schema, table: string, key: string | number): string | number | [string, string] {
  return schema[table]!.key === 'pair' ? pairOf(key) : key;
}

/** What a commit tells about a row that it put into a table. */
export function writtenTo(schema: Schema, table: string, row: Payload): RowWrite {
  return { table, op: 'put', key: keyOf(schema[table]!, row), row };
}

/** The stored version of an aggregate: 0 where there is none. */
export function versionOf(row: Payload | undefined): unknown {
  return row ? row.version : 0;
}

/** The running number after which an image's table goes on; 0 for tables that are not numbered. */
export function lastNumberOf(table: string, shape: TableShape, image: TablesImage): number {
  if (!isNumbered(shape)) return 0;
  const numbers = (image.rows[table] ?? []).map((row) => row[shape.key] as number);
  return numbers.reduce((last, number) => Math.max(last, number), image.lastNumbers[table] ?? 0);
}

/** Orders rows by their keys as IndexedDB does: numbers by value, strings by UTF-16 unit, pairs by the first field, then the second. */
export function compareRows(shape: TableShape, a: Payload, b: Payload): number {
  for (const field of shape.key === 'pair' ? shape.fields : [shape.key]) {
    const left = a[field] as string | number;
    const right = b[field] as string | number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** The outbox row of an event, before it has its position. */
export function newOutboxRow(event: Envelope): Omit<OutboxRow, 'position'> & Payload {
  return { published: 0, event };
}

/** The outbox row once its event is published; `at` in virtual ms. */
export function publishedRow(row: OutboxRow, at: number): OutboxRow {
  return { ...row, published: 1, publishedAt: at };
}

/** The inbox row which says that this subscription has handled the event. */
export function inboxRow({ subscription, eventId, at }: Extract<Write, { op: 'recordInbox' }>): Payload {
  return { subscription, eventId, at };
}

/** The change log's row of a transaction, before it has its number. */
export function newChangeRow(transactionId: string, writes: readonly RowWrite[]): Omit<ChangeRow, 'number'> & Payload {
  return { transactionId, writes: writes.map(({ table, op, key }) => ({ table, op, key })) };
}
