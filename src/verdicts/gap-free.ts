/** No holes: S7. */
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import { pairKey, type Facts } from './facts.ts';
import { hasSubscriptions, reasonOf, type SafetyPromise } from './promise.ts';
import { about, receptionOf, whyMissing } from './why.ts';

/**
 * S7: when a subscription handles an event for the first time, it has handled every event of the aggregate with a lower
 * version that is committed by then.
 */
export const gapFree: SafetyPromise = {
  id: 'gapFree',
  kind: 'safety',
  applies: hasSubscriptions,
  breaks: atHandlerStart((record: HandlerStart, facts: Facts) => {
    const { subscription, aggregateId, aggregateVersion: version } = record;
    const lowest = facts.gaps.get(pairKey(subscription, aggregateId));
    if (lowest === undefined || lowest.rank >= version) return null;
    if ((receptionOf(facts, record)?.handled ?? null) !== null) return null;
    return reasonOf('handledWithGap', {
      ...about(record),
      version,
      earlierType: facts.events.get(lowest.value)?.ref.eventType,
      earlierVersion: lowest.rank,
      ...whyMissing(facts, subscription, lowest.value),
    });
  }),
};
