/** The database in the browser: IndexedDB through Dexie. Works in a worker and on the page alike. */
import { Dexie } from 'dexie';
import type { Payload } from '../messaging/envelope.ts';
import { checkImage, checkRequest } from './check-request.ts';
import { connectionTo, reopen, successor } from './dexie-connection.ts';
import { answerRead } from './dexie-reads.ts';
import { claim, transact } from './dexie-writes.ts';
import { abortedBy, failureOf, isFull, isLost } from './failures.ts';
import type {
  ChangeRow,
  ClaimRequest,
  Database,
  DatabaseAnswer,
  DatabaseRequest,
  Schema,
  TablesImage,
  TransactionRequest,
} from './port.ts';
import { StorageLost } from './port.ts';
import * as rules from './rows.ts';

export { deleteDatabase, listDatabases, sweepDatabases } from './platform.ts';

/**
 * Opens the database of this name with the tables of the schema and those that are always there: made anew where there
 * is none, else with its rows, and with what it lacks if an earlier version of this program has made it. Rejects with
 * StorageLost: 'missing' where the browser has no IndexedDB or refuses it, as in some private windows, 'full' where there
 * is no room. It waits as long as it takes: no one holds a database of our name for long, as our older connections give
 * way when asked, and those of a dead worker are cut within milliseconds.
 */
export async function openIndexedDb(name: string, schema: Schema): Promise<Database> {
  const tables = rules.allTables(schema);
  const db = connectionTo(name, tables);
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
    checkRequest(this.#schema, request);
    if (request.type === 'transaction' || request.type === 'claim' || request.type === 'claimPending') {
      return this.#transact(request);
    }
    return this.#withStorage((db) => answerRead(db, this.#schema, request));
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
    checkImage(this.#schema, image);
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
   * Does the work; where the connection turns out to be dead (Safari cuts it now and then), opens it again and does it
   * once more.
   */
  async #withStorage<T>(work: (db: Dexie) => PromiseLike<T>): Promise<T> {
    if (this.#closed) throw new StorageLost('lost');
    const connection = this.#connection;
    try {
      return await work(await connection);
    } catch (error) {
      if (this.#closed || !isLost(error)) throw failureOf(error);
    }
    try {
      // else another call has opened it again by now
      if (this.#connection === connection) this.#connection = connection.then(reopen);
      return await work(await this.#connection);
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

  /**
   * A transaction that fails with its connection has left nothing behind, so it may be done again. It may also have
   * committed, and only the word of it was lost: the change log knows, and what it has come to is answered.
   */
  #transact(request: TransactionRequest | ClaimRequest): Promise<DatabaseAnswer> {
    /** What the transaction had come to before its commit. Without, there was no commit. */
    let outcome: DatabaseAnswer | null = null;
    return this.#withStorage(async (db) => {
      if (outcome && (await isCommitted(db, request.id))) return outcome;
      try {
        return await db.transaction('rw', rules.scopeOf(request), (tx) => {
          const answer =
            request.type === 'transaction' ? transact(tx, this.#schema, request) : claim(tx, this.#schema, request);
          return answer.then((made) => (outcome = made));
        });
      } catch (error) {
        const aborted = abortedBy(error);
        if (!aborted) throw error;
        return aborted;
      }
    });
  }
}

/** Whether the change log has a transaction of this id. */
async function isCommitted(db: Dexie, id: string): Promise<boolean> {
  const found = db.table<ChangeRow>('changes').filter(({ transactionId }) => transactionId === id);
  return (await found.first()) !== undefined;
}
