/**
 * The one port to the database. Requests and answers are data; a driver performs each request as one real transaction.
 * Two drivers: `indexeddb.ts` (Dexie) and `memory.ts`. Both pass one contract test and give identical answers.
 */
import type { RowWrite } from '../trace/record.ts';
import type { Envelope, Payload } from '../messaging/envelope.ts';

/**
 * One write inside a transaction. Writes take place in their order, each seeing those before it; the first that can't
 * decides why the transaction is aborted.
 */
export type Write =
  /** Inserts (`expectedVersion` 0) or replaces an aggregate's row; another stored version is a conflict and aborts. */
  | { op: 'save'; table: string; row: Payload & { id: string; version: number }; expectedVersion: number }
  /** Appends an unpublished row to `outbox`; the database gives the position. */
  | { op: 'appendOutbox'; event: Envelope }
  /** Marks an outbox row as published, even if it is marked already; no row at this position is a conflict and aborts. */
  | { op: 'markOutbox'; position: number; at: number }
  /** Adds an inbox row keyed by subscription and event; one that is there already aborts as a duplicate. */
  | { op: 'recordInbox'; subscription: string; eventId: string; at: number }
  /** Puts a row into a table keyed by `id`. */
  | { op: 'put'; table: string; row: Payload & { id: string } }
  /** Appends a row, which has no `number` yet, to a table with a running number as its key; the database gives it. */
  | { op: 'append'; table: string; row: Payload };

export type DatabaseRequest =
  /** One row by its key, as RowWrite names it: in a table keyed by a pair that is `first/second`. */
  | { type: 'read'; table: string; key: string | number }
  /** The oldest unpublished outbox rows, by the index [published+position]. */
  | { type: 'readUnpublished'; limit: number }
  /**
   * All writes or none, and one row in the change log. `abort`: everything is written, then really aborted.
   * No two transactions of a run have the same `id`.
   */
  | { type: 'transaction'; id: string; writes: Write[]; abort?: boolean };

export type TransactionRequest = Extract<DatabaseRequest, { type: 'transaction' }>;

export type DatabaseAnswer =
  | { type: 'row'; row: Payload | undefined }
  | { type: 'rows'; rows: OutboxRow[] }
  /** `writes`: the rows as they are stored now, in the order of the request's writes; the change log's own row last. */
  | { type: 'committed'; writes: RowWrite[] }
  | { type: 'aborted'; reason: 'failure' | 'conflict' | 'duplicate' };

export interface OutboxRow extends Payload {
  position: number;
  /** 0 or 1: booleans are no index keys. */
  published: 0 | 1;
  /** Virtual ms. */
  publishedAt?: number;
  event: Envelope;
}

/** How a table's rows are keyed: by their `id`, by a running number the database gives, or by two fields (strings). */
export type TableShape =
  { key: 'id' } | { key: 'number' } | { key: 'position' } | { key: 'pair'; fields: readonly [string, string] };

/** Every table of a flow by its name. `outbox`, `inbox` and `changes` are always there; a flow need not name them. */
export type Schema = Readonly<Record<string, TableShape>>;

/** A row of the change log: one for each committed transaction. */
export interface ChangeRow extends Payload {
  number: number;
  transactionId: string;
  /** What it wrote, in order, this row apart. */
  writes: Pick<RowWrite, 'table' | 'op' | 'key'>[];
}

/** The content of all tables: plain rows in key order, and for numbered tables the last number given. */
export interface TablesImage {
  rows: Record<string, Payload[]>;
  lastNumbers: Record<string, number>;
}

/** Rows are handed over and given out for good: neither side changes them afterwards. */
export interface Database {
  readonly kind: 'indexeddb' | 'memory';
  /**
   * Performs one request as one transaction. Rejects with StorageLost when the storage itself fails or the database was
   * closed, never for an abort; with an Error for a request that makes no sense here, such as an unknown table.
   */
  perform(request: DatabaseRequest): Promise<DatabaseAnswer>;
  /** The rows of all tables in key order, read now. */
  readAll(): Promise<Record<string, Payload[]>>;
  /** Replaces all tables by an image, in one transaction; running numbers go on from `lastNumbers`. */
  replaceAll(image: TablesImage): Promise<void>;
  close(): void;
}

/** The storage under a driver is missing, full or was taken away; the run can go on in memory. */
export class StorageLost extends Error {
  override name = 'StorageLost';
  readonly reason: 'missing' | 'full' | 'lost';
  constructor(reason: 'missing' | 'full' | 'lost', cause?: unknown) {
    super(`the storage is ${reason}`, { cause });
    this.reason = reason;
  }
}
