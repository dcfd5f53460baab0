/**
 * The inbox before the effect: the event's id is recorded first, in a transaction of its own, and the effect follows in
 * another. Whatever ends the consumer between the two loses the effect for good: the next delivery finds the id and takes
 * the event for handled.
 */
import { react } from '../domain/campaign/subscribers.ts';
import { acknowledge, apply, recordInbox, type Delivery, type Handler } from '../messaging/effects.ts';

/** Records a message's id, applies its effect if the id was new, and acknowledges it. */
export function* inboxBefore(delivery: Delivery): Handler {
  const isNew = yield* recordInbox(delivery);
  if (isNew) yield* apply(delivery, react(delivery.subscription, delivery.event));
  if (delivery.needsAcknowledgement) yield* acknowledge(delivery);
}
