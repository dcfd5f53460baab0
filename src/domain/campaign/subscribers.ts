/** Who listens to a campaign's events, and what each does about one. */
import { assert } from '../../base/assert.ts';
import type { Reaction } from '../../messaging/effects.ts';
import type { Envelope } from '../../messaging/envelope.ts';
import { serveAds } from './ad-serving.ts';
import { writeInvoice } from './billing.ts';

const subscribers: Readonly<Record<string, (event: Envelope) => Reaction>> = {
  adServing: serveAds,
  billing: writeInvoice,
};

/** What a subscription does about an event. @throws Error for a subscription this context has not got */
export function react(subscription: string, event: Envelope): Reaction {
  const subscriber = subscribers[subscription];
  assert(subscriber, `a subscriber for ${subscription}`);
  return subscriber(event);
}
