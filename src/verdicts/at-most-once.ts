/** Nothing twice: S9 for handler starts, S10 for effects. */
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import type { Facts } from './facts.ts';
import { hasSubscribers, hasSubscriptions, reasonOf, type SafetyPromise } from './promise.ts';
import { about, receptionOf, whyReapplied, whyRepeated } from './why.ts';

/** S9: a subscription starts the handler of an event at most once. For any at-least-once design this is information. */
export const noDuplicateDelivery: SafetyPromise = {
  id: 'noDuplicateDelivery',
  kind: 'safety',
  applies: hasSubscriptions,
  breaks: atHandlerStart((record: HandlerStart, facts: Facts) => {
    const earlier = receptionOf(facts, record)?.handled ?? null;
    return earlier === null
      ? null
      : reasonOf('handledTwice', { ...about(record), ...whyRepeated(facts, record, earlier.message) });
  }),
};

/** S10: the business effect of an event at a subscription is applied at most once. */
export const effectAtMostOnce: SafetyPromise = {
  id: 'effectAtMostOnce',
  kind: 'safety',
  applies: hasSubscribers,
  breaks: {
    'consumer.effectApplied': (record, facts) => {
      const earlier = receptionOf(facts, record)?.applied ?? null;
      return earlier === null
        ? null
        : reasonOf('appliedTwice', { ...about(record), ...whyReapplied(facts, record, earlier) });
    },
  },
};
