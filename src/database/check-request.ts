/** What may be asked of a database: refused before a driver has begun anything. */
import { assert } from '../base/assert.ts';
import type {
  Changes,
  ClaimRequest,
  DatabaseRequest,
  ReadRequest,
  Schema,
  TableShape,
  TablesImage,
  Write,
} from './port.ts';
import { isNumbered, keyFields, nativeKey } from './rows.ts';

/** @throws Error for a request that no database of this schema can perform */
export function checkRequest(schema: Schema, request: DatabaseRequest): void {
  if ('log' in request) checkNumber(request.log?.forgetBefore ?? 0, 'log: forgetBefore');
  switch (request.type) {
    case 'transaction':
      for (const write of request.writes) checkWrite(schema, write);
      return;
    case 'claim':
    case 'claimPending':
      return checkClaim(schema, request);
    default:
      checkRead(schema, request);
  }
}

/** @throws Error for an image with a table that is not there */
export function checkImage(schema: Schema, image: TablesImage): void {
  for (const table of [...Object.keys(image.rows), ...Object.keys(image.lastNumbers)]) {
    checkTable(schema, table, 'replaceAll');
  }
}

function checkRead(schema: Schema, request: ReadRequest): void {
  if (request.type === 'read') return checkKey(schema, request.table, request.key, 'read');
  checkLimit(request);
  switch (request.type) {
    case 'readPending':
      return checkDocuments(schema, request.table, 'readPending');
    case 'readOutboxAfter':
      checkNumber(request.position, 'readOutboxAfter: the position');
      return checkNumber(request.below ?? 0, 'readOutboxAfter: below');
    case 'readChanges':
      return checkNumber(request.after, 'readChanges: after');
    case 'readPublished':
      return checkNumber(request.before, 'readPublished: before');
    case 'readWhere':
      return checkIndexed(schema, request);
    case 'readUnpublished':
    case 'scanUnpublished':
    case 'readParked':
  }
}

function checkClaim(schema: Schema, request: ClaimRequest): void {
  checkLimit(request);
  checkNumber(request.at, `${request.type}: at`);
  checkNumber(request.until, `${request.type}: until`);
  if (request.type === 'claimPending') checkDocuments(schema, request.table, 'claimPending');
}

function checkWrite(schema: Schema, write: Write): void {
  switch (write.op) {
    case 'save':
    case 'put':
      return checkTable(schema, write.table, write.op, 'id');
    case 'append':
      checkTable(schema, write.table, write.op, 'number');
      return assert(!('number' in write.row), 'append: the number is the database’s to give');
    case 'appendOutbox': {
      const { position = 1 } = write;
      return assert(Number.isSafeInteger(position) && position > 0, 'appendOutbox: a position is an integer from 1');
    }
    case 'update':
      checkKey(schema, write.table, write.key, 'update');
      return checkFields(schema[write.table]!, write.set, write.where ?? {});
    case 'delete':
      return checkKey(schema, write.table, write.key, 'delete');
    case 'finishEntry':
      return checkDocuments(schema, write.table, 'finishEntry');
    case 'increment':
      checkTable(schema, write.table, 'increment', 'id');
      return assert(write.field !== 'id', 'increment: the key of a row never changes');
    case 'recordInbox':
    case 'recordVersion':
      return assert(!write.subscription.includes('/'), `${write.op}: no slash in the name of a subscription`);
    case 'forgetInbox':
      return checkNumber(write.before, 'forgetInbox: before');
    case 'markOutbox':
  }
}

function checkFields(shape: TableShape, set: Changes, where: Changes): void {
  const isKey = (field: string) => keyFields(shape).includes(field);
  assert(!Object.keys(set).some(isKey), 'update: the key of a row never changes');
  // rows that were read back are never the same objects
  const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
  assert(Object.values(where).every(isPlain), 'update: only plain values can be compared');
}

function checkTable(schema: Schema, table: string, operation: string, key?: TableShape['key']): void {
  const shape = Object.hasOwn(schema, table) ? schema[table] : undefined;
  if (!shape) throw new Error(`${operation}: there is no table '${table}', only ${Object.keys(schema).join(', ')}`);
  if (key && shape.key !== key)
    throw new Error(`${operation}: table '${table}' has the key '${shape.key}', not '${key}'`);
}

function checkDocuments(schema: Schema, table: string, operation: string): void {
  checkTable(schema, table, operation, 'id');
  assert('documents' in schema[table]!, `${operation}: the rows of table '${table}' are no documents`);
}

function checkIndexed(schema: Schema, { table, field, value }: Extract<ReadRequest, { type: 'readWhere' }>): void {
  checkTable(schema, table, 'readWhere', 'number');
  const shape = schema[table]!;
  const indexed = 'indexes' in shape && shape.indexes?.includes(field);
  assert(indexed, `readWhere: table '${table}' has no index on '${field}'`);
  assert(typeof value === 'string' || Number.isFinite(value), 'readWhere: the value is a text or a number');
}

function checkKey(schema: Schema, table: string, key: string | number, operation: string): void {
  checkTable(schema, table, operation);
  nativeKey(schema, table, key);
  const fits = isNumbered(schema[table]!) ? Number.isFinite(key) : typeof key === 'string';
  assert(fits, `${operation}: '${key}' is no key of table '${table}'`);
}

function checkLimit({ type, limit }: { type: string; limit: number }): void {
  assert(Number.isInteger(limit) && limit > 0, `${type}: the limit is at least 1`);
}

function checkNumber(value: number, name: string): void {
  assert(typeof value === 'number' && !Number.isNaN(value), `${name} is a number`);
}
