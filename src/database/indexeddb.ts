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
  TransactionRequest,
  Write,
} from './port.ts';
import { StorageLost } from './port.ts';
import * as rules from './rows.ts';
import { Abort, abortReasonOf, failureOf, isFull, isLost } from './failures.ts';
import { platform } from './platform.ts';

export { deleteDatabase, listDatabases } from './platform.ts';

/**
 * Opens the database of this name with the tables of the schema and those that are always there: made anew where there
 * is none, else with its rows. Rejects with StorageLost: 'missing' where the browser has no IndexedDB or refuses it, as in
 * some private windows, 'full' where there is no room. It waits as long as it takes: no one holds a database of our name
 * for long, as our older connections give way when asked, and those of a dead worker are cut within milliseconds.
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

  /** Makes all tables anew from the image: after the calls made before, and before those made after. */
  async replaceAll(image: TablesImage): Promise<void> {
    rules.checkImage(this.#schema, image);
    if (this.#closed) throw new StorageLost('lost');
    const old = this.#connection;
    const replaced = old.then((db) => this.#replace(db, image));
    // if it fails, the old tables are all there still
    this.#connection = replaced.catch(() => old.then(reopen));
    try {
      await this.#connection;
      await replaced;
    } catch (error) {
      throw failureOf(error);
    }
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
      if (this.#connection === connection) this.#connection = connection.then(reopen);
      return await work(await this.#connection, true);
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #replace(db: Dexie, image: TablesImage): Promise<Dexie> {
    const names = Object.keys(this.#schema);
    // waits for the tables until earlier transactions let go of them; where the connection is dead there are none
    await db.transaction('r', names, (tx) => tx.table('changes').get(0)).catch(() => reopen(db));
    const next = this.#adopt(successor(db, this.#schema, image));
    db.close();
    return next.open();
  }

  async #transact(db: Dexie, request: TransactionRequest, again: boolean): Promise<DatabaseAnswer> {
    const committed = again && (await findCommitted(db, this.#schema, request.id));
    if (committed) return committed;
    const tables = new Set(request.writes.map(rules.tableOf)).add('changes');
    try {
      const writes = await db.transaction('rw', [...tables], (tx) => writeAll(tx, this.#schema, request));
      return { type: 'committed', writes };
    } catch (error) {
      const reason = abortReasonOf(error);
      if (!reason) throw error;
      return { type: 'aborted', reason };
    }
  }
}

/**
 * All writes of a transaction, started at once: IndexedDB performs them in this order. Inside a transaction nothing but
 * Dexie may be waited for, so this stays with Dexie's promises and awaits nothing.
 */
function writeAll(tx: DexieTransaction, schema: Schema, request: TransactionRequest): PromiseLike<RowWrite[]> {
  // every one is seen to its end: then the first in order decides, and Dexie reports no rejection as overlooked
  return Dexie.Promise.allSettled(request.writes.map((write) => writeOne(tx, write))).then((results) => {
    const written = results.map((result, i) => {
      if (result.status === 'rejected') throw result.reason;
      return rules.writtenTo(schema, rules.tableOf(request.writes[i]!), result.value);
    });
    return add(tx, 'changes', rules.newChangeRow(request.id, written)).then((change) => {
      if (request.abort) throw new Abort('failure');
      return [...written, rules.writtenTo(schema, 'changes', change)];
    });
  });
}

/** One write; gives the row as it is stored now. */
function writeOne(tx: DexieTransaction, write: Write): PromiseLike<Payload> {
  switch (write.op) {
    case 'save': {
      const stored = tx.table<Payload>(write.table).get(write.row.id);
      // the row is put before its version is known to be right: that saves a round trip, and a conflict undoes it
      const saved = put(tx, write.table, write.row);
      return Dexie.Promise.all([stored, saved]).then(([before, row]) => {
        if (rules.versionOf(before) !== write.expectedVersion) throw new Abort('conflict');
        return row;
      });
    }
    case 'appendOutbox':
      return add(tx, 'outbox', rules.newOutboxRow(write.event));
    case 'markOutbox': {
      const stored = tx.table<OutboxRow>('outbox').get(write.position);
      return stored.then((row) => {
        if (!row) throw new Abort('conflict');
        return put(tx, 'outbox', rules.publishedRow(row, write.at));
      });
    }
    case 'recordInbox':
      return add(tx, 'inbox', rules.inboxRow(write));
    case 'put':
      return put(tx, write.table, write.row);
    case 'append':
      return add(tx, write.table, write.row);
  }
}

function put(tx: DexieTransaction, name: string, row: Payload): PromiseExtended<Payload> {
  const table = tx.table<Payload>(name);
  return table.put(row).then(() => row);
}

/** Adds a new row. Dexie writes the key that the database gives into the object it is handed. */
function add(tx: DexieTransaction, name: string, row: Payload): PromiseExtended<Payload> {
  const table = tx.table<Payload>(name);
  const own = { ...row };
  return table.add(own).then(() => own);
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
  const found = db.table<ChangeRow>('changes').filter(({ transactionId }) => transactionId === id);
  const change = await found.first();
  if (!change) return undefined;
  const writes = change.writes.map(async ({ table, op, key }): Promise<RowWrite> => {
    return { table, op, key, row: (await readRow(db, schema, table, key))! };
  });
  return { type: 'committed', writes: [...(await Promise.all(writes)), rules.writtenTo(schema, 'changes', change)] };
}

/**
 * A connection, not open yet, that makes all tables anew with the content of the image when it is opened: in one upgrade
 * transaction, all or nothing. Clearing the tables would not do, because IndexedDB's running numbers never go back, and
 * going back is what this is for.
 */
function successor(db: Dexie, schema: Schema, image: TablesImage): Dexie {
  const version = Math.ceil(db.backendDB().version / 10); // Dexie counts in tens
  const next = connection(db.name);
  next.version(version + 1).stores({});
  next
    .version(version + 2)
    .stores(storesOf(schema))
    .upgrade((tx) => Dexie.Promise.all(Object.keys(schema).map((table) => fill(tx, schema, table, image))));
  return next;
}

function fill(tx: DexieTransaction, schema: Schema, name: string, image: TablesImage): PromiseLike<unknown> {
  const table = tx.table<Payload>(name);
  const last = rules.lastNumberOf(name, schema[name]!, image);
  const addRows = () => table.bulkAdd(image.rows[name] ?? []);
  if (last === 0) return addRows();
  // a row that comes and goes is how a key generator is told where to go on
  const passing = table.put({ [schema[name]!.key]: last }).then(() => table.delete(last));
  return passing.then(addRows);
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

function reopen(db: Dexie): PromiseLike<Dexie> {
  db.close();
  return db.open();
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
