/** What every aggregate has: an id, a version, and the domain events it raised and publishes nowhere. */
import type { CommandEnvelope, Envelope, OutboxEntry, Payload } from './envelope.ts';

/** The open transaction an aggregate was loaded in; gives its events their identity. */
export interface UnitOfWork {
  transactionId: string;
  /** The id of the first event raised in it; further ones append a number. */
  eventId: string;
  correlationId: string;
  causationId: string;
  /** Somebody has to tell one activation from the next: aggregates that can be activated again count. */
  numbered?: true;
}

/** A kind of aggregate: where its rows are, and how one is rebuilt. */
export interface AggregateType<A extends Aggregate> {
  readonly table: string;
  from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): A;
}

export abstract class Aggregate {
  abstract readonly table: string;
  readonly id: string;
  /** The stored version it was rebuilt from; 0 where there was none. */
  readonly loadedVersion: number;
  /** The outbox inside the document it was rebuilt from; empty where there is none. */
  readonly storedOutbox: readonly OutboxEntry[];
  readonly #unitOfWork: UnitOfWork;
  #raised: Envelope[] = [];
  #taken = 0;
  /** Changes that are nobody else's business: no event tells of them. */
  #touched = 0;

  /** `row`: as stored; undefined where it was never saved. */
  protected constructor(id: string, row: Payload | undefined, unitOfWork: UnitOfWork) {
    this.id = id;
    this.loadedVersion = Number(row?.['version'] ?? 0);
    this.storedOutbox = (row?.['outbox'] as OutboxEntry[] | undefined) ?? [];
    this.#unitOfWork = unitOfWork;
  }

  /** The version it will have once saved: one more for each event raised, and for each change without one. */
  get version(): number {
    return this.loadedVersion + this.#raised.length + this.#touched;
  }

  /** Everything raised since it was loaded. */
  get raisedEvents(): Envelope[] {
    return this.#raised;
  }

  /** The events raised and not yet taken, oldest first; they are the caller's to publish or to store. */
  takeEvents(): Envelope[] {
    const events = this.#raised.slice(this.#taken);
    this.#taken = this.#raised.length;
    return events;
  }

  /** Carries out a command. @throws Refusal when a rule forbids it, or the command is unknown here */
  abstract execute(command: CommandEnvelope): void;

  /** Its state as a row of its table. */
  abstract toRow(): Payload & { id: string; version: number };

  /** Counts a change of which no event tells; the change itself is the caller's. */
  protected touch(): void {
    this.#touched++;
  }

  /** Raises a domain event; the state change that goes with it is the caller's. */
  protected raise(type: string, payload: Payload): void {
    const { transactionId, eventId, correlationId, causationId } = this.#unitOfWork;
    const id = this.#raised.length === 0 ? eventId : `${eventId}.${this.#raised.length + 1}`;
    const aggregateVersion = this.version + 1;
    this.#raised.push({
      id,
      type,
      aggregateId: this.id,
      aggregateVersion,
      transactionId,
      correlationId,
      causationId,
      payload,
    });
  }
}
