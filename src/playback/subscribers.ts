/** What each subscriber has done so far. */
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import { newSubscriber } from './start.ts';
import type { ReceptionView, SubscriberView, View } from './view.ts';

type Subscribers = View['subscribers'];

const nothing: ReceptionView = { queued: 0, sent: 0, applied: 0 };

/** What a subscriber has had of an event. */
export function receptionOf(subscribers: Subscribers, subscription: string, eventId: string): ReceptionView {
  return own(subscribers, subscription)?.events.get(eventId) ?? nothing;
}

function change(
  subscribers: Subscribers,
  name: string,
  to: (subscriber: SubscriberView) => Partial<SubscriberView>,
): Subscribers {
  const subscriber = own(subscribers, name) ?? newSubscriber;
  return { ...subscribers, [name]: { ...subscriber, ...to(subscriber) } };
}

type About = { readonly subscription: string; readonly eventId: string };

/** Counts one more of something about an event. */
function count(subscribers: Subscribers, { subscription, eventId }: About, what: keyof ReceptionView): Subscribers {
  const reception = receptionOf(subscribers, subscription, eventId);
  const more = { ...reception, [what]: reception[what] + 1 };
  return change(subscribers, subscription, ({ events }) => ({ events: events.set(eventId, more) }));
}

const handle = (subscribers: Subscribers, { subscription }: About): Subscribers =>
  change(subscribers, subscription, ({ handled }) => ({ handled: handled + 1 }));

export const subscriberChanges: Changes<Subscribers, View> = {
  'bus.accepted': (subscribers, { messages, eventId }) =>
    messages.reduce((all, { subscription }) => count(all, { subscription, eventId }, 'queued'), subscribers),
  'bus.duplicated': (subscribers, record) => count(subscribers, record, 'queued'),
  'bus.dispatched': (subscribers, record) => count(subscribers, record, 'sent'),
  'bus.delivered': handle,
  'bus.redelivered': handle,
  'consumer.effectApplied': (subscribers, record) => {
    const { subscription, eventId, summary, at } = record;
    const again = receptionOf(subscribers, subscription, eventId).applied > 0;
    return change(count(subscribers, record, 'applied'), subscription, ({ applied, doubled }) => ({
      applied: applied + 1,
      doubled: again && !doubled.includes(eventId) ? [...doubled, eventId] : doubled,
      lastSummary: summary,
      lastAt: at,
    }));
  },
  // the look into the inbox that found the event says so too: `inbox.checked` does not count
  'inbox.duplicateIgnored': (subscribers, { subscription }) =>
    change(subscribers, subscription, ({ ignored }) => ({ ignored: ignored + 1 })),
  'inbox.staleIgnored': (subscribers, { subscription }) =>
    change(subscribers, subscription, ({ ignored, stale }) => ({ ignored: ignored + 1, stale: stale + 1 })),
};
