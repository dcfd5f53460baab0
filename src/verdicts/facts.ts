/**
 * What the promises are judged by, shared by all of them. It grows with what has happened, and the cost of a record does
 * not, because all that grows is in persistent maps. Parts that no promise of a setting asks for stay as they began.
 */
import type { Heap } from '../base/persistent-heap.ts';
import type { PersistentMap } from '../base/persistent-map.ts';
import type { AbortReason, EventRef, RecordOf } from '../trace/record.ts';
import type { Cause, EventFacts, Published, Waiting } from './event-history.ts';
import type { BoundaryFacts } from './boundary-facts.ts';
import type { SagaFacts } from './saga-facts.ts';
import type { Setting } from './setting.ts';

export interface Facts {
  readonly setting: Setting;
  readonly busUp: boolean;
  /** How each transaction ended, by its id. */
  readonly transactions: PersistentMap<string, TransactionFacts>;
  /** The newest commit. Records that tell what it did come right after it and name it as their cause. */
  readonly commit: RecordOf<'transaction.committed'> | null;
  /** By event id. */
  readonly events: PersistentMap<string, EventFacts>;
  /** Committed events that only the memory of this task knows, by task. */
  readonly carrying: PersistentMap<string, readonly string[]>;
  /** Tasks that ended badly: with their process, by a transaction rolled back, or otherwise. */
  readonly troubles: PersistentMap<string, Trouble>;
  readonly outbox: OutboxFacts;
  readonly relay: RelayFacts;
  readonly claims: ClaimFacts;
  /** What each task has read of aggregates, by task. */
  readonly reads: PersistentMap<string, readonly Read[]>;
  /** The newest write of each aggregate's row, by key. */
  readonly written: PersistentMap<string, Written>;
  /** Tasks that have received a command, and transactions that such a task has begun. */
  readonly commanded: PersistentMap<string, true>;
  /** By message. */
  readonly messages: PersistentMap<string, MessageFacts>;
  /** What a subscription knows of an event, by `pairKey`. */
  readonly receptions: PersistentMap<string, Reception>;
  /** What a consumer's task is handling, by task. */
  readonly handling: PersistentMap<string, Pair & { readonly message: string }>;
  /** The newest version of an aggregate a subscription has seen, by `pairKey`. */
  readonly newest: PersistentMap<string, Newest>;
  /** Committed events of an aggregate that a subscription has not handled, the lowest version first, by `pairKey`. */
  readonly gaps: PersistentMap<string, Heap<string>>;
  /** Transactions not yet ended an event of which somebody handles already. */
  readonly unresolved: PersistentMap<string, EarlyHandling>;
  /** Committed events that no handler of a subscription has started on, by `pairKey`. */
  readonly missing: PersistentMap<string, Pair>;
  /** Committed events that a subscription has not applied, by `pairKey`. */
  readonly unapplied: PersistentMap<string, Pair>;
  /** Events that a subscription has among its dead letters and never finished handling, by `pairKey`. */
  readonly dead: PersistentMap<string, DeadLetter>;
  /** Messages that the bus has and is not done with, by message; on a log `partitions` says that. */
  readonly open: PersistentMap<string, OpenMessage>;
  /** How far a subscription is with a partition of the log, by `pairKey`. */
  readonly partitions: PersistentMap<string, PartitionFacts>;
  /** `seq` of the record that brought an event into the inbox of a subscription, by `pairKey`; it stays when it is forgotten. */
  readonly inbox: PersistentMap<string, number>;
  /** Events whose id a subscription's inbox has forgotten, by `pairKey`. */
  readonly forgotten: PersistentMap<string, true>;
  readonly effects: EffectFacts;
  readonly sagas: SagaFacts;
  readonly boundary: BoundaryFacts;
}

export interface TransactionFacts {
  readonly outcome: 'committed' | 'aborted';
  readonly process: string;
  readonly reason: AbortReason | null;
}

/** What happened to a task that may have left its work half done. */
export type Trouble = 'crashed' | 'aborted' | 'failed';

/** What the outbox holds. */
export interface OutboxFacts {
  /** What is not yet published, or parked, by event id. */
  readonly waiting: PersistentMap<string, Waiting>;
  /** What is there although it is published, by event id. */
  readonly published: PersistentMap<string, Published>;
  /** The event of each row of the outbox table, by position. */
  readonly rows: PersistentMap<number, string>;
  /** The outbox in each document, as last committed. */
  readonly documents: PersistentMap<string, readonly DocumentEntry[]>;
}

/** An entry of the outbox in a document, as far as a promise looks at it. */
export interface DocumentEntry {
  readonly eventId: string;
  readonly position: number;
  readonly published: boolean;
}

/** The relay's place in the outbox or in the change log, where it keeps one. */
export interface RelayFacts {
  /** What it has stored last. */
  readonly cursor: number | null;
  /** Events the bus has not been handed, by their place. */
  readonly ahead: PersistentMap<number, readonly string[]>;
}

export interface ClaimFacts {
  /** By `claimKey`. */
  readonly held: PersistentMap<string, Claim>;
  /** How often the lease of a relay has been ended before its time: claims of an earlier era count no longer. */
  readonly eras: PersistentMap<string, number>;
}

export interface Claim {
  readonly process: string;
  /** Virtual ms. */
  readonly until: number;
  readonly era: number;
}

/** `write`: `seq` of the newest write of the row when it was read; -1 where there was none. */
export interface Read {
  readonly key: string;
  readonly write: number;
}

export interface Written {
  readonly seq: number;
  readonly process: string;
  /** The first of the events it raised. */
  readonly eventType: string | null;
}

export interface MessageFacts {
  /** `seq` of the record that brought it into the queue. */
  readonly since: number;
  /** Where it is a further copy of its event: why there is one, and who made it. */
  readonly copy: Cause | null;
  /** Why it went back to its queue last. */
  readonly returned: Return | null;
  readonly delayed: boolean;
  readonly promoted: boolean;
  /** Where it is in the log. */
  readonly partition?: number | undefined;
  readonly offset?: number | undefined;
}

export interface Return {
  readonly seq: number;
  readonly why: 'crash' | 'failure' | 'timeout' | 'busDown' | 'redriven';
  /** Behind what waited there. */
  readonly toTail: boolean;
}

export interface Reception {
  /** `seq` of the record with which a message for the subscription was first made, and with which one arrived in its memory. */
  readonly queued: number | null;
  readonly buffered: number | null;
  /** The last time one was dropped. */
  readonly dropped: { readonly seq: number; readonly reason: 'offline' | 'overflow' | null } | null;
  /** The handler that started last, and the message whose effect was applied last. */
  readonly handled: Handling | null;
  readonly applied: string | null;
  /** How many effects of it have appended rows. */
  readonly appended: number;
  /** The first time a handler let it pass. */
  readonly ignored: { readonly seq: number; readonly process: string; readonly seen: number | null } | null;
  /** The last handler that came to no good end. */
  readonly fallen: { readonly seq: number; readonly process: string; readonly code: 'died' | 'failed' } | null;
  /** A handler came to its end: effect applied, event ignored, or acknowledged. */
  readonly finished: boolean;
}

export interface Handling {
  readonly seq: number;
  readonly message: string;
  readonly process: string;
  /** Why it started, where one had started before. */
  readonly again: Cause | null;
}

export interface Newest {
  readonly handled: Seen | null;
  readonly applied: Seen | null;
}

export interface Seen {
  readonly version: number;
  readonly eventId: string;
  readonly eventType: string;
  readonly message: string;
  readonly process: string;
}

export interface Pair {
  readonly subscription: string;
  readonly eventId: string;
}

export interface DeadLetter extends Pair {
  readonly seq: number;
  readonly attempts: number;
}

export interface OpenMessage extends Pair {
  readonly seq: number;
}

export interface PartitionFacts {
  /** The newest record in it, as the subscription has it; null before the first. */
  readonly end: (OpenMessage & { readonly offset: number }) | null;
  /** The offset committed last; -1 before the first. */
  readonly committed: number;
  /** The last time reading began again further back. */
  readonly reset: { readonly seq: number; readonly cause: 'replayed' | 'rebalanced'; readonly position: number } | null;
}

export interface EarlyHandling {
  readonly ref: EventRef;
  readonly subscription: string;
}

/** What the effects of subscribers have left in their tables. */
export interface EffectFacts {
  /** Rows with a key of their own, by `pairKey` of the subscription and the row. */
  readonly rows: PersistentMap<string, EffectRow>;
  /** Subscriptions that append rows. */
  readonly appenders: PersistentMap<string, true>;
  /** Events for which a subscription has appended rows more than once: the second time, by `pairKey`. */
  readonly doubled: PersistentMap<string, RowAppended>;
  /** Events that are not committed for which a subscription has appended rows: the first time, by `pairKey`. */
  readonly unbacked: PersistentMap<string, RowAppended>;
}

export interface EffectRow {
  readonly subscription: string;
  readonly table: string;
  readonly key: string;
  /** Who wrote it last, and all who did before. */
  readonly last: RowWriter;
  /** The highest version that ever wrote it. */
  readonly highest: RowWriter;
}

export interface RowWriter {
  readonly seq: number;
  readonly ref: EventRef;
  readonly before: RowWriter | null;
}

export interface RowAppended {
  readonly seq: number;
  readonly subscription: string;
  readonly ref: EventRef;
}

/** One key for a subscription and an event, an aggregate, a partition or a row. */
export const pairKey = (subscription: string, id: string | number): string => `${subscription}\n${id}`;
