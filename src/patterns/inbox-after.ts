/**
 * The inbox after the effect: the consumer looks the event's id up, applies the effect and records the id, each in a
 * transaction of its own. Whatever ends it between effect and record makes the effect happen again; and of two deliveries
 * at the same time both look before either has recorded.
 */
import { react } from '../domain/campaign/subscribers.ts';
import { acknowledge, apply, checkInbox, recordInbox, type Delivery, type Handler } from '../messaging/effects.ts';

/** Applies a message's effect and records its id, unless the id is known; then acknowledges it. */
export function* inboxAfter(delivery: Delivery): Handler {
  const known = yield* checkInbox(delivery);
  if (!known) {
    yield* apply(delivery, react(delivery.subscription, delivery.event));
    yield* recordInbox(delivery);
  }
  if (delivery.needsAcknowledgement) yield* acknowledge(delivery);
}
