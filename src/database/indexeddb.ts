/** The database in the browser: IndexedDB through Dexie. Works in a worker and on the page alike. */
import { Dexie } from 'dexie';
import type { PromiseExtended, Transaction as DexieTransaction } from 'dexie';
import type { Payload } from '../messaging/envelope.ts';
import type { RowWrite } from '../trace/record.ts';
import type {
  ChangeRow,
  Database,
  DatabaseAnswer,
  DatabaseRequest,
  OutboxRow,
  Schema,
  TablesImage,
  Write,
} from './port.ts';
import { StorageLost } from './port.ts';
import * as rules from './rows.ts';
import { failureOf, isFull, isLost, namesOf } from './failures.ts';
import { platform } from './platform.ts';

export { deleteDatabase, listDatabases } from './platform.ts';

type Transaction = Extract<DatabaseRequest, { type: 'transaction' }>;

/** Thrown inside a transaction to abort it: after `tx.abort()` Dexie would say PrematureCommitError instead. */
class Abort extends Error {
  readonly reason: 'failure' | 'conflict';
  constructor(reason: 'failure' | 'conflict') {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Opens the database of this name, with the tables of the schema and those that are always there; makes it where there
 * is none, else keeps its rows. Rejects with StorageLost ('missing') where the browser has no IndexedDB or refuses it,
 * as in some private windows, ('full') where there is no room.
 * There is no time limit: no one else holds a database of our name for long. Our own older connections give way when
 * asked, and a terminated worker's are cut by the browser within milliseconds.
 */
export async function openIndexedDb(name: string, schema: Schema): Promise<Database> {
  const tables = rules.allTables(schema);
  const db = connection(name);
  db.version(1).stores(storesOf(tables));
  try {
    return new IndexedDbDatabase(await db.open(), tables);
  } catch (error) {
    throw new StorageLost(isFull(error) ? 'full' : 'missing', error);
  }
}

class IndexedDbDatabase implements Database {
  readonly kind = 'indexeddb';
  readonly #schema: Schema;
  /** The open connection or the one being opened: another promise each time it is opened. */
  #connection: Promise<Dexie>;
  /** Closed by us, or taken away by someone who deletes or upgrades the database. */
  #closed = false;

  constructor(db: Dexie, schema: Schema) {
    this.#schema = schema;
    this.#connection = Promise.resolve(this.#adopt(db));
  }

  /** One Dexie transaction for each request. Rejects as the port says. */
  async perform(request: DatabaseRequest): Promise<DatabaseAnswer> {
    rules.checkRequest(this.#schema, request);
    return this.#withStorage(async (db, again) => {
      switch (request.type) {
        case 'read':
          return { type: 'row', row: await readRow(db, this.#schema, request.table, request.key) };
        case 'readUnpublished':
          return { type: 'rows', rows: await readUnpublished(db, request.limit) };
        case 'transaction':
          return this.#transact(db, request, again);
      }
    });
  }

  /** The rows of all tables in key order, read in one transaction. */
  readAll(): Promise<Record<string, Payload[]>> {
    const names = Object.keys(this.#schema);
    return this.#withStorage(async (db) => {
      const tables = await db.transaction('r', names, (tx) =>
        Dexie.Promise.all(names.map((name) => tx.table<Payload>(name).toArray())),
      );
      return Object.fromEntries(names.map((name, i) => [name, tables[i]!]));
    });
  }

  /** Makes all tables anew from the image; calls made in the meantime wait. */
  async replaceAll(image: TablesImage): Promise<void> {
    rules.checkImage(this.#schema, image);
    return this.#withStorage(async (db) => {
      const replaced = recreate(db, this.#schema, image);
      // if it fails, the old tables are all there still
      this.#connection = replaced.then(
        (next) => this.#adopt(next),
        () => db.open(),
      );
      await this.#connection;
      await replaced;
    });
  }

  /** Closes the connection; every later call rejects. */
  close(): void {
    this.#closed = true;
    this.#connection.then(
      (db) => db.close(),
      () => undefined,
    );
  }

  /** Makes a connection ours: it gives way to others, and what was deleted does not come back empty. */
  #adopt(db: Dexie): Dexie {
    db.on('versionchange', () => {
      this.#closed = true;
      db.close();
      return false; // not to Dexie's own subscriber, which would open it again
    });
    db.on('populate', () => {
      throw new StorageLost('lost');
    });
    return db;
  }

  /**
   * Does the work; where the connection turns out to be dead (Safari cuts it now and then), opens it again and retries
   * once. A failed transaction has left nothing behind, so it may be done again. It may also have committed and only its
   * answer was lost: `again` tells the work to look for it in the change log first.
   */
  async #withStorage<T>(work: (db: Dexie, again: boolean) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StorageLost('lost');
    const connection = this.#connection;
    try {
      return await work(await connection, false);
    } catch (error) {
      if (this.#closed || !isLost(error)) throw failureOf(error);
    }
    try {
      // else another call has opened it again by now
      if (this.#connection === connection) this.#connection = connection.then((db) => (db.close(), db.open()));
      return await work(await this.#connection, true);
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #transact(db: Dexie, request: Transaction, again: boolean): Promise<DatabaseAnswer> {
    const committed = again && (await findCommitted(db, this.#schema, request.id));
    if (committed) return committed;
    const tables = new Set(request.writes.map(rules.tableOf)).add('changes');
    try {
      const writes = await db.transaction('rw', [...tables], (tx) => writeAll(tx, this.#schema, request));
      return { type: 'committed', writes };
    } catch (error) {
      if (error instanceof Abort) return { type: 'aborted', reason: error.reason };
      // only an `add` under a key of ours can say so: the inbox has this row already
      if (namesOf(error).has('ConstraintError')) return { type: 'aborted', reason: 'duplicate' };
      throw error;
    }
  }
}

/**
 * All writes of a transaction, started at once: IndexedDB performs them in this order. Inside a transaction nothing but
 * Dexie may be waited for, so this stays with Dexie's promises and awaits nothing.
 */
function writeAll(tx: DexieTransaction, schema: Schema, request: Transaction): PromiseLike<RowWrite[]> {
  return Dexie.Promise.all(request.writes.map((write) => writeOne(tx, write))).then((rows) => {
    const written = rows.map((row, i) => writtenTo(schema, rules.tableOf(request.writes[i]!), row));
    return append(tx, 'changes', rules.newChangeRow(request.id, written)).then((change) => {
      if (request.abort) throw new Abort('failure');
      return [...written, writtenTo(schema, 'changes', change)];
    });
  });
}

function writtenTo(schema: Schema, table: string, row: Payload): RowWrite {
  return { table, op: 'put', key: rules.keyOf(schema[table]!, row), row };
}

/** One write; gives the row as it is stored now. */
function writeOne(tx: DexieTransaction, write: Write): PromiseLike<Payload> {
  switch (write.op) {
    case 'save': {
      const table = tx.table<Payload>(write.table);
      // the row is put before its version is known to be right: that saves a round trip, and a conflict undoes it
      const checked = table.get(write.row.id).then((stored) => {
        if (rules.versionOf(stored) !== write.expectedVersion) throw new Abort('conflict');
      });
      return Dexie.Promise.all([checked, table.put(write.row)]).then(() => write.row);
    }
    case 'appendOutbox':
      return append(tx, 'outbox', rules.newOutboxRow(write.event));
    case 'markOutbox': {
      const outbox = tx.table<OutboxRow>('outbox');
      return outbox.get(write.position).then((stored) => {
        if (!stored) throw new Abort('conflict');
        const row = rules.publishedRow(stored, write.at);
        return outbox.put(row).then(() => row);
      });
    }
    case 'recordInbox': {
      const row = rules.inboxRow(write);
      return tx
        .table<Payload>('inbox')
        .add(row)
        .then(() => row);
    }
    case 'put':
      return tx
        .table<Payload>(write.table)
        .put(write.row)
        .then(() => write.row);
    case 'append':
      return append(tx, write.table, write.row);
  }
}

/** Adds a row to a numbered table. Dexie writes the key that the database gave into the object it is handed. */
function append(tx: DexieTransaction, table: string, row: Payload): PromiseExtended<Payload> {
  const own = { ...row };
  return tx
    .table<Payload>(table)
    .add(own)
    .then(() => own);
}

function readRow(db: Dexie, schema: Schema, table: string, key: string | number): PromiseLike<Payload | undefined> {
  return db.table<Payload>(table).get(rules.nativeKey(schema, table, key));
}

function readUnpublished(db: Dexie, limit: number): PromiseLike<OutboxRow[]> {
  const range = db.table<OutboxRow>('outbox').where('[published+position]').between([0, 0], [0, Infinity]);
  return range.limit(limit).toArray();
}

/**
 * What a transaction answered that the change log says has committed. The rows are read as they are now, which is as it
 * wrote them: its caller has been waiting for the answer ever since.
 */
async function findCommitted(db: Dexie, schema: Schema, id: string): Promise<DatabaseAnswer | undefined> {
  const change = await db
    .table<ChangeRow>('changes')
    .filter(({ transactionId }) => transactionId === id)
    .first();
  if (!change) return undefined;
  const writes = change.writes.map(async ({ table, op, key }): Promise<RowWrite> => {
    const row = await readRow(db, schema, table, key);
    return { table, op, key, ...(row && { row }) };
  });
  return { type: 'committed', writes: [...(await Promise.all(writes)), writtenTo(schema, 'changes', change)] };
}

/**
 * Makes all tables anew with the content of the image, in one upgrade transaction: all or nothing. Clearing them would
 * not do, because IndexedDB's running numbers never go back, and going back is what this is for.
 */
async function recreate(db: Dexie, schema: Schema, image: TablesImage): Promise<Dexie> {
  if (!db.isOpen()) throw new Dexie.DatabaseClosedError();
  const version = Math.ceil(db.backendDB().version / 10); // Dexie counts in tens
  db.close();
  const next = connection(db.name);
  next.version(version + 1).stores({});
  next
    .version(version + 2)
    .stores(storesOf(schema))
    .upgrade((tx) => Dexie.Promise.all(Object.keys(schema).map((table) => fill(tx, schema, table, image))));
  return next.open();
}

function fill(tx: DexieTransaction, schema: Schema, name: string, image: TablesImage): PromiseLike<unknown> {
  const table = tx.table<Payload>(name);
  const shape = schema[name]!;
  const last = rules.lastNumberOf(name, shape, image);
  const add = () => table.bulkAdd(image.rows[name] ?? []);
  if (last === 0) return add();
  // a row that comes and goes is how a key generator is told where to go on
  return table
    .put({ [shape.key]: last })
    .then(() => table.delete(last))
    .then(add);
}

/** A connection that is not open yet. */
function connection(name: string): Dexie {
  const db = new Dexie(name, {
    ...platform(),
    autoOpen: false, // Dexie would open, and make anew, what someone else has deleted
    cache: 'disabled', // serves live queries only
    chromeTransactionDurability: 'relaxed', // outlives a crash of the browser; a power cut may cost the last steps
  });
  db.on('blocked', () => false); // Dexie's own subscriber complains in the console; all we can do is wait
  return db;
}

/** The tables in Dexie's words. */
function storesOf(schema: Schema): Record<string, string> {
  return Object.fromEntries(
    Object.entries(schema).map(([name, shape]) => {
      if (shape.key === 'pair') return [name, `[${shape.fields.join('+')}]`];
      if (shape.key === 'position') return [name, '++position,[published+position]'];
      return [name, shape.key === 'number' ? '++number' : shape.key];
    }),
  );
}
