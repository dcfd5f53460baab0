/** The inbox and the effect are one: S12. */
import type { RecordOf } from '../trace/record.ts';
import { holdEffect, holdInbox, writesOf } from './effect-facts.ts';
import { pairKey, type Facts } from './facts.ts';
import { hasSubscribers, reasonOf, type Reason, type SafetyPromise } from './promise.ts';
import { hasEffects } from './setting.ts';
import { receptionOf } from './why.ts';

/**
 * S12: at every instant, a subscription's inbox has an event's id just when the effect has been applied. Where the one is
 * written without the other in the same transaction, and the other was not there before, it is broken. An id that the
 * inbox has forgotten since counts as one it has. The inbox of a saga guards its instances, which are no effect.
 */
export const inboxAtomic: SafetyPromise = {
  id: 'inboxAtomic',
  kind: 'safety',
  applies: (options, flow) => options.inbox !== 'none' && options.inbox !== 'version' && hasSubscribers(options, flow),
  breaks: {
    'inbox.recorded': (record, facts) => {
      if (!hasEffects(record.subscription) || holdEffect(writesOf(record, facts))) return null;
      if ((receptionOf(facts, record)?.applied ?? null) !== null) return null;
      return reason('inboxBeforeEffect', record, facts);
    },
    'consumer.effectApplied': (record, facts) => {
      if (holdInbox(writesOf(record, facts))) return null;
      if (facts.inbox.has(pairKey(record.subscription, record.eventId))) return null;
      return reason('effectBeforeInbox', record, facts);
    },
  },
};

type Written = RecordOf<'inbox.recorded'> | RecordOf<'consumer.effectApplied'>;

function reason(code: string, { eventId, subscription, process }: Written, { events }: Facts): Reason {
  const { eventType = eventId, aggregateId = '?' } = events.get(eventId)?.ref ?? {};
  return reasonOf(code, { eventType, aggregateId, subscription, process });
}
