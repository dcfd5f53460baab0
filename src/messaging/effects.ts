/**
 * What handlers yield. An effect is data; whoever drives the handler performs it and answers. Before and after each one
 * the process can die, the effect can fail and time can pass, and no handler says a word about it.
 * Effects as yielded data after redux-saga; the rest of a handler is plain code that must be a function of its input and
 * of the answers it has received, so that a handler in flight can be rebuilt from those.
 */
import type { Aggregate, AggregateType, UnitOfWork } from './aggregate.ts';
import type { Delivery, Envelope, OutboxEntry, Payload } from './envelope.ts';
import type { SagaEffect } from './saga-effects.ts';

export type { Delivery };

/** A row that a subscriber writes: replaced by its `id`, or appended under a running number. */
export type SubscriberWrite =
  { op: 'put'; table: string; row: Payload & { id: string } } | { op: 'append'; table: string; row: Payload };

/** What a subscriber does about an event. `summary` is a code the page puts into words. */
export interface Reaction {
  summary: string;
  writes: SubscriberWrite[];
}

/** How a subscriber's effect is kept from happening twice, within its own transaction. */
export type Guard = 'none' | 'inbox' | 'version';

/** What the relay knows of an outbox row: its place, and whose event it is. `document`: the row is an entry in there. */
export interface OutboxRef {
  position: number;
  eventId: string;
  document?: string;
}

/** How a relay writes a document: the whole of it, as `row` (`expectedVersion` null: whatever is there), or one entry of what is there. */
export type DocumentWrite =
  | { table: string; row: Payload & { id: string; version: number }; expectedVersion: number | null }
  | { table: string; id: string; position: number };

/** Ends the work on outbox rows that are published: in one transaction, with the relay's position where it keeps one. */
interface Finish {
  rows: OutboxRef[];
  advanceTo?: number;
  document?: DocumentWrite;
}

export type Effect =
  | { effect: 'load'; table: string; id: string }
  | { effect: 'reservePosition' }
  | {
      effect: 'commit';
      table: string;
      row: Payload & { id: string; version: number };
      expectedVersion: number;
      outbox: Envelope[];
      /** The positions that were taken for them before; empty where the database gives them now. */
      positions: number[];
      events: Envelope[];
    }
  | { effect: 'publish'; event: Envelope; position?: number; document?: string }
  | { effect: 'fetchUnpublished'; limit: number; scan?: boolean }
  | { effect: 'claimUnpublished'; limit: number; by: 'row' | 'aggregate' }
  | { effect: 'fetchPending'; table: string; limit: number }
  | { effect: 'claimPending'; table: string; limit: number }
  | { effect: 'reloadDocument'; table: string; id: string }
  | { effect: 'readPosition' }
  | { effect: 'fetchAfter'; after: number; limit: number }
  | { effect: 'fetchChanges'; after: number; limit: number }
  | ({ effect: 'markPublished' } & Finish)
  | ({ effect: 'deletePublished' } & Finish)
  | { effect: 'storePosition'; position: number }
  | { effect: 'countAttempt'; row: OutboxRef; attempts: number; park: boolean }
  | { effect: 'releaseLeases'; aggregates: string[] }
  | { effect: 'fetchPublished'; limit: number }
  | { effect: 'removePublished'; positions: number[] }
  | { effect: 'fetchParked'; limit: number }
  | { effect: 'unpark'; rows: OutboxRef[] }
  | { effect: 'checkInbox'; subscription: string; eventId: string }
  | { effect: 'recordInbox'; subscription: string; message: string; event: Envelope }
  | { effect: 'apply'; subscription: string; message: string; event: Envelope; reaction: Reaction; guard: Guard }
  | { effect: 'acknowledge'; subscription: string; message: string; eventId: string }
  | SagaEffect;

export type EffectName = Effect['effect'];

/** A running handler: yields effects, is answered, and may be thrown a Refusal where an effect failed. */
export type Handler<Result = void> = Generator<Effect, Result, unknown>;

/** An unpublished outbox row as the relay receives it. */
export interface Unpublished {
  position: number;
  event: Envelope;
  /** Attempts that have failed before. */
  attempts?: number;
}

/** A document with unpublished entries, as the relay receives it. */
export type PendingDocument = Payload & { id: string; version: number; outbox: OutboxEntry[] };

/** Opens a unit of work and reads one aggregate; one that was never saved starts at version 0. */
export function* load<A extends Aggregate>(type: AggregateType<A>, id: string): Handler<A> {
  const answer = (yield { effect: 'load', table: type.table, id }) as {
    row: Payload | undefined;
    unitOfWork: UnitOfWork;
  };
  return type.from(id, answer.row, answer.unitOfWork);
}

/** Takes the next position of the outbox for a row that this transaction will insert, as an auto-increment column does. */
export function* reservePosition(): Handler<number> {
  return (yield { effect: 'reservePosition' }) as number;
}

/** What is stored together with an aggregate. */
interface Together {
  /** Rows of the outbox table. */
  outbox?: Envelope[];
  /** Positions taken for them before, by `reservePosition`. */
  positions?: number[];
  /** Entries of the outbox inside the aggregate's own document. */
  inDocument?: Envelope[];
}

/**
 * Commits the unit of work: the aggregate and what is given with it, in one transaction, under a version check.
 * Throws a Refusal (`transactionAborted`, `versionConflict`) into the handler when it was rolled back.
 */
export function* commit(aggregate: Aggregate, { outbox = [], positions = [], inDocument }: Together = {}): Handler {
  yield {
    effect: 'commit',
    table: aggregate.table,
    row: inDocument ? withEntries(aggregate, inDocument) : aggregate.toRow(),
    expectedVersion: aggregate.loadedVersion,
    outbox,
    positions,
    events: aggregate.raisedEvents,
  };
}

/** The aggregate's row with the entries it was loaded with, and these. */
function withEntries(aggregate: Aggregate, events: Envelope[]): Payload & { id: string; version: number } {
  const added = events.map((event): OutboxEntry => ({ position: event.aggregateVersion, published: false, event }));
  return withOutbox(aggregate.toRow(), [...aggregate.storedOutbox, ...added]);
}

/** A document with this outbox; `pending`, which is indexed, says how many of its entries are not published. */
export function withOutbox<Row extends Payload>(row: Row, outbox: readonly OutboxEntry[]): Row {
  return { ...row, outbox: [...outbox], pending: outbox.filter((entry) => !entry.published).length };
}

/** Hands an event to the bus and waits for its confirmation. Throws a Refusal (`publishRefused`, `confirmationLost`). */
export function* publish(event: Envelope, from?: Omit<OutboxRef, 'eventId'>): Handler {
  yield { effect: 'publish', event, ...from };
}

/** The oldest outbox rows that are not marked as published, at most `limit`; `scan`: without the index. */
export function* fetchUnpublished(limit: number, scan = false): Handler<Unpublished[]> {
  return (yield { effect: 'fetchUnpublished', limit, ...(scan && { scan }) }) as Unpublished[];
}

/** The oldest unpublished rows that no other relay has claimed, or all of aggregates no other has; they are this relay's for a time. */
export function* claimUnpublished(limit: number, by: 'row' | 'aggregate'): Handler<Unpublished[]> {
  return (yield { effect: 'claimUnpublished', limit, by }) as Unpublished[];
}

/** Documents with unpublished entries in their outbox. */
export function* fetchPending(table: string, limit: number): Handler<PendingDocument[]> {
  return (yield { effect: 'fetchPending', table, limit }) as PendingDocument[];
}

/** Documents with unpublished entries that no other relay has claimed; they are this relay's for a time. */
export function* claimPending(table: string, limit: number): Handler<PendingDocument[]> {
  return (yield { effect: 'claimPending', table, limit }) as PendingDocument[];
}

/** A document as it is stored now. */
export function* reloadDocument(table: string, id: string): Handler<PendingDocument> {
  return (yield { effect: 'reloadDocument', table, id }) as PendingDocument;
}

/** How far the relay had come when it last stored it; 0 at first. */
export function* readPosition(): Handler<number> {
  return (yield { effect: 'readPosition' }) as number;
}

/** The oldest outbox rows after a position. */
export function* fetchAfter(after: number, limit: number): Handler<Unpublished[]> {
  return (yield { effect: 'fetchAfter', after, limit }) as Unpublished[];
}

/** One change of the log: its number, and the events that it put into an outbox. */
export interface LoggedChange {
  number: number;
  entries: { ref: OutboxRef; event: Envelope }[];
}

/** The oldest changes of the database's log after a number. Where the log begins later, what was between is gone. */
export function* fetchChanges(after: number, limit: number): Handler<LoggedChange[]> {
  return (yield { effect: 'fetchChanges', after, limit }) as LoggedChange[];
}

/**
 * Marks outbox rows as published, in a transaction of its own, or deletes them. Throws a Refusal (`transactionAborted`, or
 * `versionConflict` where a document was written under a version check).
 */
export function* finish(how: 'mark' | 'delete', what: Finish): Handler {
  yield { effect: how === 'mark' ? 'markPublished' : 'deletePublished', ...what };
}

/** Stores how far the relay has come. */
export function* storePosition(position: number): Handler {
  yield { effect: 'storePosition', position };
}

/** Notes in the row that one more attempt to publish it has failed; `park`: it is left aside from now on. */
export function* countAttempt(row: OutboxRef, attempts: number, park: boolean): Handler {
  yield { effect: 'countAttempt', row, attempts, park };
}

/** Gives the claims on these aggregates back before they end by themselves. */
export function* releaseLeases(aggregates: string[]): Handler {
  yield { effect: 'releaseLeases', aggregates };
}

/** Positions of the oldest rows that were published a while ago. */
export function* fetchPublished(limit: number): Handler<number[]> {
  return (yield { effect: 'fetchPublished', limit }) as number[];
}

/** Removes published rows for good. */
export function* removePublished(positions: number[]): Handler {
  yield { effect: 'removePublished', positions };
}

/** The oldest parked rows. */
export function* fetchParked(limit: number): Handler<OutboxRef[]> {
  return (yield { effect: 'fetchParked', limit }) as OutboxRef[];
}

/** Makes parked rows unpublished again, their attempts forgotten. */
export function* unpark(rows: OutboxRef[]): Handler {
  yield { effect: 'unpark', rows };
}

/** Whether the inbox knows the event, read in a transaction of its own. */
export function* checkInbox(delivery: Delivery): Handler<boolean> {
  const { subscription, event } = delivery;
  return (yield { effect: 'checkInbox', subscription, eventId: event.id }) as boolean;
}

/** Records the event in the inbox, in a transaction of its own. Gives false where it was there already. */
export function* recordInbox(delivery: Delivery): Handler<boolean> {
  const { subscription, message, event } = delivery;
  return (yield { effect: 'recordInbox', subscription, message, event }) as boolean;
}

/**
 * Writes a subscriber's reaction in one transaction. With the guard `inbox` the event's id is recorded in the same
 * transaction, with `version` the aggregate's version; what is there already, or not newer, leaves everything as it was.
 */
export function* apply(delivery: Delivery, reaction: Reaction, guard: Guard = 'none'): Handler {
  const { subscription, message, event } = delivery;
  yield { effect: 'apply', subscription, message, event, reaction, guard };
}

/** Tells the bus that this delivery is done with. */
export function* acknowledge(delivery: Delivery): Handler {
  yield {
    effect: 'acknowledge',
    subscription: delivery.subscription,
    message: delivery.message,
    eventId: delivery.event.id,
  };
}
