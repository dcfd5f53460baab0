/** The order of an aggregate's events at each subscription: S6 and S8 for handler starts, S11 for effects. */
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import type { Cause } from './event-history.ts';
import { pairKey, type Facts, type Newest, type Seen } from './facts.ts';
import { hasSubscribers, hasSubscriptions, reasonOf, type Reason, type SafetyPromise } from './promise.ts';
import { about, receptionOf, whyOvertaken, whyReapplied, whyRepeated, type Received } from './why.ts';

/** S6: per subscription and aggregate, first handler starts come in the order of the aggregate's versions. */
export const firstOrder: SafetyPromise = {
  id: 'firstOrder',
  kind: 'safety',
  applies: hasSubscriptions,
  breaks: atHandlerStart((record: HandlerStart, facts: Facts) => {
    const newer = newerThan(record, facts, 'handled');
    if (newer === null || (receptionOf(facts, record)?.handled ?? null) !== null) return null;
    return outOfOrder('handledOutOfOrder', record, newer, whyOvertaken(facts, record, newer));
  }),
};

/** S8: a subscription never starts a handler for a version of an aggregate after one for a later version, repetitions included. */
export const monotone: SafetyPromise = {
  id: 'monotone',
  kind: 'safety',
  applies: hasSubscriptions,
  breaks: atHandlerStart((record: HandlerStart, facts: Facts) => {
    const newer = newerThan(record, facts, 'handled');
    if (newer === null) return null;
    const earlier = receptionOf(facts, record)?.handled ?? null;
    const cause = earlier === null ? whyOvertaken(facts, record, newer) : whyRepeated(facts, record, earlier.message);
    return outOfOrder('handledOutOfOrder', record, newer, cause);
  }),
};

/** S11: per subscription, effects of an aggregate's events are applied in non-decreasing version order. */
export const effectOrder: SafetyPromise = {
  id: 'effectOrder',
  kind: 'safety',
  applies: hasSubscribers,
  breaks: {
    'consumer.effectApplied': (record, facts) => {
      const newer = newerThan(record, facts, 'applied');
      if (newer === null) return null;
      const earlier = receptionOf(facts, record)?.applied ?? null;
      const cause = earlier === null ? whyOvertaken(facts, record, newer) : whyReapplied(facts, record, earlier);
      return outOfOrder('appliedOutOfOrder', record, newer, cause);
    },
  },
};

/** A later version of the aggregate that the subscription has handled or applied. */
function newerThan(record: Received, { newest }: Facts, what: keyof Newest): Seen | null {
  const seen = newest.get(pairKey(record.subscription, record.aggregateId))?.[what] ?? null;
  return seen !== null && seen.version > record.aggregateVersion ? seen : null;
}

function outOfOrder(code: string, record: Received, newer: Seen, cause: Cause): Reason {
  const { aggregateVersion: version } = record;
  return reasonOf(code, {
    ...about(record),
    version,
    laterType: newer.eventType,
    laterVersion: newer.version,
    ...cause,
  });
}
