/**
 * What the promises are judged by, shared by all of them. It grows with what has happened, and the cost of a record does
 * not, because all that grows is in persistent maps.
 */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { AbortReason, EventRef } from '../trace/record.ts';

export interface Facts {
  /** Everybody who subscribes, and whom each committed event must reach. */
  readonly subscriptions: readonly string[];
  readonly busUp: boolean;
  /** How each transaction ended, by its id. */
  readonly transactions: PersistentMap<string, TransactionFacts>;
  /** By event id. */
  readonly events: PersistentMap<string, EventFacts>;
  /** Committed events that only the memory of this task knows, by task. */
  readonly carrying: PersistentMap<string, readonly string[]>;
  /** Tasks that died with their process, or had a transaction rolled back. */
  readonly troubles: PersistentMap<string, Trouble>;
  /** Outbox rows that wait to be published: the event's id by position. */
  readonly outbox: PersistentMap<number, string>;
  /** By message. */
  readonly messages: PersistentMap<string, MessageFacts>;
  /** What a subscription knows of an event, by `pairKey`. */
  readonly receptions: PersistentMap<string, Reception>;
  /** The newest version of an aggregate a subscription has seen, by `pairKey`. */
  readonly newest: PersistentMap<string, Newest>;
  /** Transactions not yet ended an event of which somebody handles already. */
  readonly unresolved: PersistentMap<string, EarlyHandling>;
  /** Committed events that no handler of a subscription has started on, by `pairKey`. */
  readonly missing: PersistentMap<string, Pair>;
  /** Events that a subscription has among its dead letters and never finished handling, by `pairKey`. */
  readonly dead: PersistentMap<string, DeadLetter>;
}

export interface TransactionFacts {
  readonly outcome: 'committed' | 'aborted';
  readonly process: string;
  readonly reason: AbortReason | null;
}

export interface EventFacts {
  readonly ref: EventRef;
  /** `seq` of its commit. */
  readonly committed: number | null;
  /** Its row in the outbox, and the `seq` of the record that put it there. */
  readonly row: { readonly position: number; readonly appended: number; readonly marked: boolean } | null;
  /** `seq` of the record with which the bus first took it in. */
  readonly accepted: number | null;
  /** The newest attempt to publish it. */
  readonly publication: Publication | null;
  /** The last thing that kept it from the bus. */
  readonly setback: Setback | null;
}

export interface Publication {
  readonly task: string;
  readonly process: string;
  readonly arrived: boolean;
  readonly confirmationLost: boolean;
  /** Why it is published although the bus has taken it in before. */
  readonly again: RepublishCause | null;
}

export type RepublishCause = 'diedBeforeMarking' | 'markingFailed' | 'confirmationLost' | 'publishedTwice';

export interface Setback {
  readonly seq: number;
  readonly code: 'crashed' | 'refused' | 'failed';
  readonly process: string;
  /** Why the bus refused. */
  readonly reason: 'down' | 'failure' | null;
}

/** What happened to a task that may have left its work half done. */
export type Trouble = 'crashed' | 'aborted';

export interface MessageFacts {
  /** `seq` of the record that brought it into the queue. */
  readonly since: number;
  /** Where it is a further copy of its event: why there is one, and who made it. */
  readonly copy: { readonly cause: RepublishCause | 'duplicatedByBus'; readonly process: string } | null;
  /** Why it went back to its queue last. */
  readonly returned: 'crash' | 'failure' | 'timeout' | 'busDown' | null;
  readonly delayed: boolean;
  readonly promoted: boolean;
}

export interface Reception {
  /** `seq` of the record with which a message for the subscription was first made, and was last dropped. */
  readonly queued: number | null;
  readonly dropped: number | null;
  /** The message whose handler started last, and the one whose effect was applied last. */
  readonly handled: string | null;
  readonly applied: string | null;
  /** A handler came to its end: effect applied, duplicate ignored, or acknowledged. */
  readonly finished: boolean;
}

export interface Newest {
  readonly handled: Seen | null;
  readonly applied: Seen | null;
}

export interface Seen {
  readonly version: number;
  readonly eventType: string;
  readonly message: string;
}

export interface Pair {
  readonly subscription: string;
  readonly eventId: string;
}

export interface DeadLetter extends Pair {
  readonly seq: number;
  readonly attempts: number;
}

export interface EarlyHandling {
  readonly ref: EventRef;
  readonly subscription: string;
}

/** One key for a subscription and an event or aggregate. */
export const pairKey = (subscription: string, id: string): string => `${subscription}\n${id}`;
