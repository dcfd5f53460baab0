/** What is known of a single event between its transaction and the bus. */
import type { EventRef } from '../trace/record.ts';

export interface EventFacts {
  /** As the first record says that names it. */
  readonly ref: EventRef;
  /** `seq` of its commit. */
  readonly committed: number | null;
  readonly row: OutboxRow | null;
  /** `seq` of the record with which the bus first took it in. */
  readonly accepted: number | null;
  /** The bus has it, or its publisher was never told that the bus has not. */
  readonly handedOver: boolean;
  /** The newest attempt to publish it. */
  readonly publication: Publication | null;
  /** Attempts of which nothing has been heard yet. */
  readonly underWay: readonly Publication[];
  /** The last attempt that got there. */
  readonly arrived: Publication | null;
  /** The last time the bus refused it, where that was because it is too large: it will always be. */
  readonly tooLarge: { readonly seq: number; readonly process: string } | null;
  /** The last thing that kept it from the bus. */
  readonly setback: Setback | null;
  /** How the relay's place came to be behind it, though the bus had not been handed it. */
  readonly skipped: Skip | null;
  /** The last time somebody wrote its document without it, or brought it back there. */
  readonly overwritten: Overwriting | null;
  readonly resurrected: Overwriting | null;
}

/** The event's row in the outbox, or its entry in the outbox of `document`. */
export interface OutboxRow {
  readonly position: number;
  readonly document: string | undefined;
  /** `seq` of the record that put it there. */
  readonly appended: number;
  /** Its place for a relay that keeps one: in the table, or in the change log. */
  readonly place: number | null;
  /** It was marked as published, or deleted as such. */
  readonly finished: boolean;
  /** The last time the relay gave up on it. */
  readonly parked: { readonly seq: number; readonly attempts: number } | null;
}

export interface Publication {
  /** `seq` of the record that begins it. */
  readonly begun: number;
  readonly task: string;
  readonly process: string;
  readonly confirmationLost: boolean;
  /** Why it is published although the bus has taken it in before. */
  readonly again: Cause | null;
}

/** Why something came again or out of order: a code of `causes`, the parts it lies with, and the outbox row where there is one. */
export interface Cause {
  readonly cause: string;
  readonly process?: string | undefined;
  readonly other?: string | undefined;
  readonly position?: number | undefined;
  readonly document?: string | undefined;
}

export interface Setback {
  readonly seq: number;
  readonly code: 'crashed' | 'refused' | 'failed';
  readonly process: string;
  /** Why the bus refused. */
  readonly reason: 'down' | 'failure' | 'tooLarge' | null;
  /** The publisher did not wait for the answer. */
  readonly unnoticed: boolean;
}

export interface Skip {
  readonly seq: number;
  readonly code: 'skippedByCursor' | 'committedBehindCursor' | 'historyLost';
  readonly process: string;
}

export interface Overwriting {
  readonly seq: number;
  readonly process: string;
}

/** What the outbox holds and somebody has yet to see to. `since`: `seq` of the commit that made it so. */
export interface Waiting {
  readonly state: 'pending' | 'parked';
  readonly position: number;
  readonly document: string | undefined;
  readonly since: number;
}

/** What the outbox holds although it is done with. `since`: `seq` of the commit that marked it. */
export interface Published {
  readonly position: number;
  readonly document: string | undefined;
  readonly since: number;
}
