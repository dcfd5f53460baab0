/**
 * What handlers yield. An effect is data; whoever drives the handler performs it and answers. Before and after each one
 * the process can die, the effect can fail and time can pass, and no handler says a word about it.
 * Effects as yielded data after redux-saga; the rest of a handler is plain code that must be a function of its input and
 * of the answers it has received, so that a handler in flight can be rebuilt from those.
 */
import type { Aggregate, AggregateType, UnitOfWork } from './aggregate.ts';
import type { Envelope, Payload } from './envelope.ts';

/** A row that a subscriber writes: replaced by its `id`, or appended under a running number. */
export type SubscriberWrite =
  { op: 'put'; table: string; row: Payload & { id: string } } | { op: 'append'; table: string; row: Payload };

/** What a subscriber does about an event. `summary` is a code the page puts into words. */
export interface Reaction {
  summary: string;
  writes: SubscriberWrite[];
}

export type Effect =
  | { effect: 'load'; table: string; id: string }
  | {
      effect: 'commit';
      table: string;
      row: Payload & { id: string; version: number };
      expectedVersion: number;
      outbox: Envelope[];
      events: Envelope[];
    }
  | { effect: 'publish'; event: Envelope; position?: number }
  | { effect: 'fetchUnpublished'; limit: number }
  | { effect: 'markPublished'; position: number; eventId: string }
  | { effect: 'apply'; subscription: string; message: string; event: Envelope; reaction: Reaction; inbox: boolean }
  | { effect: 'acknowledge'; subscription: string; message: string; eventId: string };

export type EffectName = Effect['effect'];

/** A running handler: yields effects, is answered, and may be thrown a Refusal where an effect failed. */
export type Handler<Result = void> = Generator<Effect, Result, unknown>;

/** A message as its consumer receives it. */
export interface Delivery {
  subscription: string;
  message: string;
  event: Envelope;
}

/** An unpublished outbox row as the relay receives it. */
export interface Unpublished {
  position: number;
  event: Envelope;
}

/** Opens a unit of work and reads one aggregate; one that was never saved starts at version 0. */
export function* load<A extends Aggregate>(type: AggregateType<A>, id: string): Handler<A> {
  const answer = (yield { effect: 'load', table: type.table, id }) as {
    row: Payload | undefined;
    unitOfWork: UnitOfWork;
  };
  return type.from(id, answer.row, answer.unitOfWork);
}

/**
 * Commits the unit of work: the aggregate and the given outbox rows, in one transaction, under a version check.
 * Throws a Refusal (`transactionAborted`, `versionConflict`) into the handler when it was rolled back.
 */
export function* commit(aggregate: Aggregate, also: { outbox?: Envelope[] } = {}): Handler {
  yield {
    effect: 'commit',
    table: aggregate.table,
    row: aggregate.toRow(),
    expectedVersion: aggregate.loadedVersion,
    outbox: also.outbox ?? [],
    events: aggregate.raisedEvents,
  };
}

/** Hands an event to the bus and waits for its confirmation. Throws a Refusal (`publishRefused`, `confirmationLost`). */
export function* publish(event: Envelope, position?: number): Handler {
  yield position === undefined ? { effect: 'publish', event } : { effect: 'publish', event, position };
}

/** The oldest outbox rows that are not marked as published, at most `limit`. */
export function* fetchUnpublished(limit: number): Handler<Unpublished[]> {
  return (yield { effect: 'fetchUnpublished', limit }) as Unpublished[];
}

/** Marks one outbox row as published, in a transaction of its own. */
export function* markPublished(row: Unpublished): Handler {
  yield { effect: 'markPublished', position: row.position, eventId: row.event.id };
}

/**
 * Writes a subscriber's reaction in one transaction. With `inbox` the event's id is recorded in the same transaction, and
 * an id that is there already leaves everything as it was.
 */
export function* apply(delivery: Delivery, reaction: Reaction, also: { inbox?: boolean } = {}): Handler {
  yield { effect: 'apply', ...delivery, reaction, inbox: also.inbox ?? false };
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
