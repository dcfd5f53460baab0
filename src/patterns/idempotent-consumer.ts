/**
 * The idempotent consumer: the event's id goes into an inbox in the same transaction as the effect, under a unique key. A
 * second delivery finds the id, changes nothing and is acknowledged.
 */
import { react } from '../domain/campaign/subscribers.ts';
import { acknowledge, apply, type Delivery, type Handler } from '../messaging/effects.ts';

/** Applies a message's effect and records its id, together; then acknowledges it. */
export function* idempotentConsumer(delivery: Delivery): Handler {
  yield* apply(delivery, react(delivery.subscription, delivery.event), 'inbox'); // one transaction
  if (delivery.needsAcknowledgement) yield* acknowledge(delivery);
}
