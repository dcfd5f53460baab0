/** What the database holds in a trace by hand, so that its transactions write what they would in a run. */
import type { EventRef, RowWrite } from '../../../src/trace/record.ts';

/** An aggregate with the outbox in its document. */
export interface Document {
  version: number;
  outbox: { position: number; published: boolean; event: ReturnType<Store['envelope']> }[];
}

export class Store {
  readonly #documents = new Map<string, Document>();
  /** What each task has read, by task and aggregate. */
  readonly #copies = new Map<string, Document>();
  readonly #places = new Map<string, { partition: number; offset: number }>();
  readonly #ends = new Map<number, number>();
  readonly #changeOf = new Map<string, number>();
  #changes = 0;
  #invoices = 0;

  /** The event as rows hold it. */
  envelope({ eventId, eventType, aggregateId, aggregateVersion, transactionId }: EventRef) {
    return { id: eventId, type: eventType, aggregateId, aggregateVersion, transactionId };
  }

  /** The aggregate as it is stored. */
  document(id: string): Document {
    return this.#documents.get(id) ?? { version: 1, outbox: [] };
  }

  /** The task reads an aggregate, and keeps what it has read. */
  read(task: string, id: string): Document {
    this.#copies.set(`${task} ${id}`, this.document(id));
    return this.document(id);
  }

  /** What the task has read of an aggregate; what is stored where it has read nothing. */
  copy(task: string, id: string): Document {
    return this.#copies.get(`${task} ${id}`) ?? this.document(id);
  }

  /** The task writes an aggregate. */
  save(task: string, id: string, { version, outbox }: Document): RowWrite {
    this.#documents.set(id, { version, outbox });
    if (this.#copies.has(`${task} ${id}`)) this.#copies.set(`${task} ${id}`, { version, outbox });
    return { table: 'campaigns', op: 'put', key: id, row: { id, version, ...(outbox.length > 0 && { outbox }) } };
  }

  /** Puts a row into the outbox, or changes it. */
  put(position: number, event: EventRef, published: 0 | 1 | 2): RowWrite {
    return { table: 'outbox', op: 'put', key: position, row: { position, published, event: this.envelope(event) } };
  }

  /** Removes a row from the outbox. */
  drop(position: number): RowWrite {
    return { table: 'outbox', op: 'delete', key: position };
  }

  inboxRow(subscription: string, { eventId }: EventRef): RowWrite {
    return { table: 'inbox', op: 'put', key: `${subscription}/${eventId}`, row: { subscription, eventId } };
  }

  effect(subscription: string, { aggregateId, aggregateVersion: version, eventId }: EventRef): RowWrite {
    if (subscription !== 'billing') {
      const key = `${aggregateId}/front page`;
      return { table: 'ads', op: 'put', key, row: { id: key, version } };
    }
    const number = ++this.#invoices;
    return { table: 'invoices', op: 'put', key: number, row: { number, event: eventId } };
  }

  /** The change log's row of a transaction. */
  change(): RowWrite {
    const number = ++this.#changes;
    return { table: 'changes', op: 'put', key: number, row: { number } };
  }

  /** Keeps in which change an event was committed. */
  committed({ eventId }: EventRef): void {
    this.#changeOf.set(eventId, this.#changes);
  }

  /** The number of the change an event was committed in. */
  changeOf({ eventId }: EventRef): number {
    return this.#changeOf.get(eventId) ?? this.#changes;
  }

  /** The next place in the log of an aggregate's partition; the messages are there. */
  place(aggregateId: string, messages: string[]): { partition: number; offset: number } {
    const partition = aggregateId === '123' ? 0 : 1;
    const offset = this.#ends.get(partition) ?? 0;
    this.#ends.set(partition, offset + 1);
    for (const message of messages) this.#places.set(message, { partition, offset });
    return { partition, offset };
  }

  placeOf(message: string): { partition?: number; offset?: number } {
    return this.#places.get(message) ?? {};
  }
}
