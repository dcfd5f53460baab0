/** What travels: the message envelope round a command or a domain event. */

import type { Payload } from '../base/payload.ts';

export type { Payload };

/** A domain event in its envelope. Made once, inside the business transaction; every copy carries the same `id`. */
export interface Envelope {
  id: string;
  type: string;
  aggregateId: string;
  /** The aggregate's version that this event led to. */
  aggregateVersion: number;
  /** The transaction that raised it. */
  transactionId: string;
  /** The whole business flow. */
  correlationId: string;
  /** The direct cause: the command's id. */
  causationId: string;
  payload: Payload;
}

/** A command in its envelope: imperative, one handler. */
export interface CommandEnvelope {
  id: string;
  name: string;
  /** The aggregate it is for. */
  aggregateId: string;
  correlationId: string;
  payload: Payload;
}

/** An entry of the outbox inside a document: the field `outbox` of its row. */
export interface OutboxEntry extends Payload {
  /** The event's version: unique within its document. */
  position: number;
  published: boolean;
  event: Envelope;
}

/** A message as its consumer receives it. */
export interface Delivery {
  subscription: string;
  message: string;
  event: Envelope;
  /** The bus waits to be told that it is done with. */
  needsAcknowledgement: boolean;
}
