/**
 * The version-aware consumer: it stores, in the same transaction as the effect, the last version it has seen of the
 * event's aggregate, and ignores an event that is not newer. What comes late never undoes what came first; but what was
 * overtaken is never done either.
 */
import { react } from '../domain/campaign/subscribers.ts';
import { acknowledge, apply, type Delivery, type Handler } from '../messaging/effects.ts';

/** Applies a message's effect if its event is newer than what was seen of its aggregate; then acknowledges it. */
export function* versionAwareConsumer(delivery: Delivery): Handler {
  yield* apply(delivery, react(delivery.subscription, delivery.event), 'version'); // one transaction
  if (delivery.needsAcknowledgement) yield* acknowledge(delivery);
}
