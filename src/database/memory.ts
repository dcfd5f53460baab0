/** The database in memory: a pure function over immutable tables, and the driver made of it. */
import type { Payload } from '../messaging/envelope.ts';
import { checkRequest } from './check-request.ts';
import { abortedBy } from './failures.ts';
import { answerRead } from './memory-reads.ts';
import { claim, transact } from './memory-writes.ts';
import type { Database, DatabaseAnswer, DatabaseRequest, Schema, TablesImage } from './port.ts';
import { StorageLost } from './port.ts';
import { emptyTables, rowsOf, tablesOf, type Tables } from './tables.ts';

export { emptyTables, imageOf, rowsOf, tablesOf, type Table, type Tables } from './tables.ts';

/**
 * Performs one request: a pure function that takes microseconds. The answer is what IndexedDB would give, content for
 * content. After a read, an abort or a claim of nothing `tables` is the very same object.
 * @throws Error for a request that makes no sense here, such as an unknown table
 */
export function performOn(tables: Tables, request: DatabaseRequest): { tables: Tables; answer: DatabaseAnswer } {
  checkRequest(tables.schema, request);
  try {
    switch (request.type) {
      case 'transaction':
        return transact(tables, request);
      case 'claim':
      case 'claimPending':
        return claim(tables, request);
      default:
        return { tables, answer: answerRead(tables, request) };
    }
  } catch (error) {
    const answer = abortedBy(error);
    if (!answer) throw error;
    return { tables, answer };
  }
}

/** The driver: `performOn`, and the tables it has led to. */
export class MemoryDatabase implements Database {
  readonly kind = 'memory';
  #tables: Tables | null;

  /** A database of these tables, empty unless an image tells otherwise. */
  constructor(schema: Schema, image?: TablesImage) {
    this.#tables = image ? tablesOf(schema, image) : emptyTables(schema);
  }

  /** The tables as they are now. @throws StorageLost after `close` */
  get tables(): Tables {
    if (!this.#tables) throw new StorageLost('lost');
    return this.#tables;
  }

  /** Performs one request. Rejects as the port says. */
  perform(request: DatabaseRequest): Promise<DatabaseAnswer> {
    return promised(() => {
      const { tables, answer } = performOn(this.tables, request);
      this.#tables = tables;
      return answer;
    });
  }

  /** The rows of all tables in key order. Rejects with StorageLost after `close`. */
  readAll(): Promise<Record<string, Payload[]>> {
    return promised(() => rowsOf(this.tables));
  }

  /** Replaces all tables by those of the image. Rejects with StorageLost after `close`. */
  replaceAll(image: TablesImage): Promise<void> {
    return promised(() => {
      this.#tables = tablesOf(this.tables.schema, image);
    });
  }

  /** Forgets the tables; every later call rejects. */
  close(): void {
    this.#tables = null;
  }
}

/** Does the work now; its error becomes a rejection, as in the other driver. */
function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
