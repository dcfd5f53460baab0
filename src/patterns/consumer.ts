/** A consumer that believes every delivery: what arrives twice happens twice. */
import { react } from '../domain/campaign/subscribers.ts';
import { acknowledge, apply, type Delivery, type Handler } from '../messaging/effects.ts';

/** Applies a message's effect, then acknowledges it. */
export function* consumer(delivery: Delivery): Handler {
  yield* apply(delivery, react(delivery.subscription, delivery.event));
  if (delivery.needsAcknowledgement) yield* acknowledge(delivery);
}
