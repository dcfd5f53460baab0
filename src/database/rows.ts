/** What both drivers agree on: the tables there are, how their rows are keyed and ordered, and what the change log says. */
import { assert } from '../base/assert.ts';
import type { Payload } from '../messaging/envelope.ts';
import type { RowWrite } from '../trace/record.ts';
import type {
  ChangeRow,
  ClaimRequest,
  LogDetail,
  Schema,
  TableShape,
  TablesImage,
  TransactionRequest,
  Write,
} from './port.ts';

/** The tables of every database. */
const standardTables: Schema = {
  outbox: { key: 'position' },
  inbox: { key: 'pair', fields: ['subscription', 'eventId'] },
  changes: { key: 'number' },
  leases: { key: 'id' },
  positions: { key: 'id' },
  sequences: { key: 'id' },
  versions: { key: 'pair', fields: ['subscription', 'aggregateId'] },
};

/** The schema with the tables that are always there. */
export function allTables(schema: Schema): Schema {
  return { ...schema, ...standardTables };
}

/** Whether the database itself gives the keys, as running numbers; `key` of the shape then names the field. */
export function isNumbered(shape: TableShape): shape is { key: 'number' } | { key: 'position' } {
  return shape.key === 'number' || shape.key === 'position';
}

/** The fields that a row's key is made of. */
export function keyFields(shape: TableShape): readonly string[] {
  return shape.key === 'pair' ? shape.fields : [shape.key];
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

/** What a commit tells about a row that it removed from a table. */
export function removedFrom(schema: Schema, table: string, row: Payload): RowWrite {
  return { table, op: 'delete', key: keyOf(schema[table]!, row) };
}

/** The table that a write goes to. */
export function tableOf(write: Write): string {
  if ('table' in write) return write.table;
  if (write.op === 'recordVersion') return 'versions';
  return write.op === 'recordInbox' || write.op === 'forgetInbox' ? 'inbox' : 'outbox';
}

/** The tables that a transaction goes over, each once. */
export function scopeOf(request: TransactionRequest | ClaimRequest): string[] {
  const own = () => {
    if (request.type === 'transaction') return request.writes.map(tableOf);
    if (request.type === 'claimPending') return [request.table, 'leases'];
    return request.by === 'row' ? ['outbox'] : ['outbox', 'leases'];
  };
  return [...new Set([...own(), 'changes'])];
}

/** The running number after which an image's table goes on; 0 for tables that are not numbered. */
export function lastNumberOf(table: string, shape: TableShape, image: TablesImage): number {
  if (!isNumbered(shape)) return 0;
  const numbers = (image.rows[table] ?? []).map((row) => row[shape.key] as number);
  return numbers.reduce((last, number) => Math.max(last, number), image.lastNumbers[table] ?? 0);
}

/** Orders rows by their keys as IndexedDB does: numbers by value, strings by UTF-16 unit, pairs by the first field, then the second. */
export function compareRows(shape: TableShape, a: Payload, b: Payload): number {
  for (const field of keyFields(shape)) {
    const left = a[field] as string | number;
    const right = b[field] as string | number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Whether a time that a row may have (virtual ms) lies before another. A row without one is never old. */
export function isBefore(time: unknown, before: number): boolean {
  return typeof time === 'number' && time < before;
}

/** Whether a document has entries that are not published: whether it is in the index on `pending`, above 0. */
export function isPending(document: Payload): boolean {
  return typeof document['pending'] === 'number' && document['pending'] > 0;
}

/** The change log's row of a transaction, before it has its number. What is to be read by someone also has the rows, and a time. */
export function newChangeRow(
  transactionId: string,
  writes: readonly RowWrite[],
  log?: LogDetail,
): Omit<ChangeRow, 'number'> & Payload {
  if (!log) return { transactionId, writes: writes.map(({ table, op, key }) => ({ table, op, key })) };
  const logged = writes.map(({ table, op, key, row }) => ({ table, op, key, ...(row && { row }) }));
  return { transactionId, writes: logged, at: log.at };
}
