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
  /**
   * Appends an unpublished row to `outbox`; the database gives the position, unless `position` says which one was taken
   * for it before (`increment`). One that is there already aborts as a conflict.
   */
  | { op: 'appendOutbox'; event: Envelope; position?: number }
  /** Marks an outbox row as published, even if it is marked already; no row at this position is a conflict and aborts. */
  | { op: 'markOutbox'; position: number; at: number }
  /** Adds an inbox row keyed by subscription and event; one that is there already aborts as a duplicate. */
  | { op: 'recordInbox'; subscription: string; eventId: string; at: number }
  /**
   * Changes single fields of a stored row. A row that is not there, or one whose fields differ from those of `where`
   * (undefined: the row has no such field), is a conflict and aborts. A field set to undefined is removed.
   */
  | { op: 'update'; table: string; key: string | number; set: Changes; where?: Changes }
  /**
   * In a document as it is stored now: marks one entry of its outbox as published, or removes it. Its version stays. A
   * document or an entry that is not there is a conflict and aborts.
   */
  | { op: 'finishEntry'; table: string; id: string; position: number; remove: boolean }
  /** Removes a row, if it is there. */
  | { op: 'delete'; table: string; key: string | number }
  /** Raises a row's numeric field by one, in a table keyed by `id`; a row that is not there starts at 1. */
  | { op: 'increment'; table: string; id: string; field: string }
  /** Stores that a subscription has seen this version of an aggregate; one not newer than the stored aborts as stale. */
  | { op: 'recordVersion'; subscription: string; aggregateId: string; version: number }
  /** Removes the inbox rows of a subscription that were recorded before `before` (virtual ms). */
  | { op: 'forgetInbox'; subscription: string; before: number }
  /** Puts a row into a table keyed by `id`. */
  | { op: 'put'; table: string; row: Payload & { id: string } }
  /** Appends a row, which has no `number` yet, to a table with a running number as its key; the database gives it. */
  | { op: 'append'; table: string; row: Payload };

export type DatabaseRequest =
  /** One row by its key, as RowWrite names it: in a table keyed by a pair that is `first/second`. */
  | { type: 'read'; table: string; key: string | number }
  /** The oldest unpublished outbox rows, by the index [published+position]. */
  | { type: 'readUnpublished'; limit: number }
  /** The same rows without the index: the table is gone through from its first row; `read` tells how many rows that took. */
  | { type: 'scanUnpublished'; limit: number }
  /** The oldest outbox rows after a position, published or not; with `below`, only those below it. */
  | { type: 'readOutboxAfter'; position: number; limit: number; below?: number }
  /** The oldest published outbox rows that were published before `before` (virtual ms), by the index [published+position]. */
  | { type: 'readPublished'; limit: number; before: number }
  /** The oldest parked outbox rows, by the index [published+position]. */
  | { type: 'readParked'; limit: number }
  /** Documents with unpublished entries in their outbox, in the order of their ids, by the index on `pending`. */
  | { type: 'readPending'; table: string; limit: number }
  /** The oldest rows of a numbered table that have this value in a field, by the index [field+number]. */
  | { type: 'readWhere'; table: string; field: string; value: string | number; limit: number }
  /** The oldest rows of the change log after this number, and the first number that it still has. */
  | { type: 'readChanges'; after: number; limit: number }
  /**
   * Reads unpublished outbox rows and makes them `holder`'s until `until`, in one transaction: rows that no one holds, or
   * whose claim has ended by `at`. By `row`: the oldest such rows, at most `limit`. By `aggregate`: of the oldest `limit`
   * unpublished rows, those of aggregates that are not leased to another in the table `leases`; their leases are written.
   */
  | ({ type: 'claim'; by: 'row' | 'aggregate' } & Claim)
  /** As by `aggregate`, for documents with unpublished entries, at most `limit`: the document is the aggregate. */
  | ({ type: 'claimPending'; table: string } & Claim)
  /**
   * All writes or none, and one row in the change log. `abort`: everything is written, then really aborted.
   * No two transactions of a run have the same `id`. `log`: the change log is to be read by someone.
   */
  | { type: 'transaction'; id: string; writes: Write[]; abort?: boolean; log?: LogDetail };

export type TransactionRequest = Extract<DatabaseRequest, { type: 'transaction' }>;
export type ClaimRequest = Extract<DatabaseRequest, { type: 'claim' | 'claimPending' }>;
/** What changes nothing. */
export type ReadRequest = Exclude<DatabaseRequest, TransactionRequest | ClaimRequest>;

export type Aborted = Extract<DatabaseAnswer, { type: 'aborted' }>;

/** What every claim says. Times are virtual ms. */
interface Claim {
  /** The transaction's. */
  id: string;
  holder: string;
  limit: number;
  at: number;
  until: number;
  /** Claims of these holders that would last until `until` or less have ended before their time. */
  ended?: { holder: string; until: number }[];
  /** As of a transaction, where there is anything to claim. */
  abort?: boolean;
  log?: LogDetail;
}

/** Fields of a row; undefined stands for a field that is not there. */
export type Changes = Readonly<Record<string, unknown>>;

/** What the change log's row also has: when it was written, and the rows themselves. */
export interface LogDetail {
  /** Virtual ms. */
  at: number;
  /** Rows of the change log written before this are removed by the same transaction. Virtual ms. */
  forgetBefore?: number;
}

export type DatabaseAnswer =
  | { type: 'row'; row: Payload | undefined }
  /** `read`: how many rows were gone through, where there was no index to go by. */
  | { type: 'rows'; rows: OutboxRow[]; read?: number }
  | { type: 'documents'; rows: Payload[] }
  /** `first`: the lowest number the log still has; one more than the last given where it is empty. */
  | { type: 'changes'; rows: ChangeRow[]; first: number }
  /**
   * `rows`: outbox rows, or documents, that are the holder's now. `from`: who held some of them until their claim ended.
   * `nextFree`: when the first claim of others ends that kept rows from it; null where none did. No row: no transaction.
   */
  | { type: 'claimed'; rows: Payload[]; from?: string; nextFree: number | null; writes: RowWrite[] }
  /** `writes`: the rows as they are stored now, in the order of the request's writes; the change log's own row last. */
  | { type: 'committed'; writes: RowWrite[] }
  /** `seen`: the version that is stored, where the reason is 'stale'. */
  | { type: 'aborted'; reason: 'failure' | 'conflict' | 'duplicate' | 'stale'; seen?: number };

export interface OutboxRow extends Payload {
  position: number;
  /** 0: not yet, 1: published, 2: parked after too many attempts. Booleans are no index keys. */
  published: 0 | 1 | 2;
  /** Virtual ms. */
  publishedAt?: number;
  /** Attempts to publish it that have failed, where they are counted. */
  attempts?: number;
  /** The relay that holds it, and until when (virtual ms), where rows are claimed. */
  claimedBy?: string;
  claimedUntil?: number;
  event: Envelope;
}

/**
 * How a table's rows are keyed: by their `id`, by a running number the database gives, or by two fields (strings).
 * `indexes`: fields by which rows are read, in the order of their numbers. `documents`: rows carry an outbox of their own, and in `pending` how many of its entries are not published.
 */
export type TableShape =
  | { key: 'id'; documents?: true }
  | { key: 'number'; indexes?: readonly string[] }
  | { key: 'position' }
  | { key: 'pair'; fields: readonly [string, string] };

/** Every table of a flow by its name. The standard ones (`rows.ts`) are always there; a flow need not name them. */
export type Schema = Readonly<Record<string, TableShape>>;

/** A row of the change log: one for each committed transaction. */
export interface ChangeRow extends Payload {
  number: number;
  transactionId: string;
  /** What it wrote, in order, this row apart; with the rows themselves where the log is to be read by someone. */
  writes: (Pick<RowWrite, 'table' | 'op' | 'key'> & { row?: Payload })[];
  /** Virtual ms, where the log is to be read by someone. */
  at?: number;
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
