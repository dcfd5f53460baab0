/** What a view shows of the outbox and the relays at it, whether its rows are in a table or inside documents. */
import type { PersistentMap } from '../base/persistent-map.ts';

export interface OutboxView {
  /** Rows of the table and entries in documents that are stored: in all, not yet published, and left aside. */
  readonly stored: number;
  readonly pending: number;
  readonly parked: number;
  /** How many rows the last poll went through; null before the first. */
  readonly read: number | null;
  readonly polls: number;
  /** Rows gone through by all polls together. */
  readonly totalRead: number;
  /** What the last poll found. */
  readonly lastFetched: readonly number[];
  /** Each relay that has polled or stored a position, by its process. */
  readonly relays: Readonly<Record<string, RelayView>>;
  readonly claims: ClaimsView;
  /** Positions taken for rows that are not there yet, oldest first. */
  readonly reserved: readonly ReservedView[];
  /** The position that a relay stored last; null before the first. */
  readonly position: number | null;
  /** The newest loss of what the change log no longer has. */
  readonly historyLost: HistoryLostView | null;
}

/** The last poll of a relay. */
export interface RelayView {
  readonly polls: number;
  /** Virtual time of the poll. */
  readonly at: number;
  readonly fetched: readonly number[];
  readonly documents: readonly string[];
  readonly read: number;
  /** The position it read from, and the one it stopped short of; null where it has none. */
  readonly after: number | null;
  readonly fence: number | null;
  /** The position it stored last. */
  readonly position: number | null;
}

/**
 * Claims until they are marked, deleted, parked, released or expired. One whose time has passed stays until somebody else
 * claims: compare `until` with the time.
 */
export interface ClaimsView {
  /** By position. */
  readonly rows: PersistentMap<number, ClaimView>;
  /** All rows of an aggregate, by its id. Where the outbox is in documents, the document is the aggregate. */
  readonly aggregates: PersistentMap<string, ClaimView>;
}

export interface ClaimView {
  /** The relay that has it. */
  readonly process: string;
  readonly since: number;
  readonly until: number;
  /** Whose it was before, where it was taken over. */
  readonly from: string | null;
}

export interface ReservedView {
  readonly position: number;
  readonly process: string;
  readonly task: string;
  readonly transactionId: string;
  readonly since: number;
}

export interface HistoryLostView {
  readonly process: string;
  /** What came after this position is gone, up to `first`, where the log begins now. */
  readonly position: number;
  readonly first: number;
  readonly at: number;
  readonly seq: number;
}
