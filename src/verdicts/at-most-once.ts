/** Nothing twice: S9 for handler starts, S10 for effects. Why it came again is told by `whyRepeated`. */
import type { EventRef } from '../trace/record.ts';
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import { pairKey, type Facts, type MessageFacts } from './facts.ts';
import { reasonOf, type SafetyPromise } from './promise.ts';

/** S9: a subscription starts the handler of an event at most once. For any at-least-once design this is information. */
export const noDuplicateDelivery: SafetyPromise = {
  id: 'noDuplicateDelivery',
  kind: 'safety',
  breaks: atHandlerStart((record: HandlerStart, facts: Facts) => {
    const earlier = facts.receptions.get(pairKey(record.subscription, record.eventId))?.handled ?? null;
    return earlier === null
      ? null
      : reasonOf('handledTwice', { ...about(record), ...whyRepeated(facts, record, earlier) });
  }),
};

/** S10: the business effect of an event at a subscription is applied at most once. */
export const effectAtMostOnce: SafetyPromise = {
  id: 'effectAtMostOnce',
  kind: 'safety',
  breaks: {
    'consumer.effectApplied': (record, facts) => {
      const earlier = facts.receptions.get(pairKey(record.subscription, record.eventId))?.applied ?? null;
      return earlier === null
        ? null
        : reasonOf('appliedTwice', { ...about(record), ...whyRepeated(facts, record, earlier) });
    },
  },
};

/** An event as one subscription receives it. */
export type Received = EventRef & { readonly subscription: string; readonly message: string; readonly process: string };

/** The parameters of a reason that say which event, and at whom. */
export const about = ({ eventType, aggregateId, subscription }: Received) => ({ eventType, aggregateId, subscription });

/** Why a cause applies: the part it lies with, and the outbox row where there is one. */
export interface Cause {
  readonly cause: string;
  readonly process?: string;
  readonly position?: number | undefined;
}

const returnCauses: Record<NonNullable<MessageFacts['returned']>, string> = {
  crash: 'diedBeforeAcknowledging',
  failure: 'failedBeforeAcknowledging',
  timeout: 'acknowledgementTimeout',
  busDown: 'busWentDown',
};

/** Why a subscription meets an event again that came to it in the message `earlier`. */
export function whyRepeated(facts: Facts, record: Received, earlier: string): Cause {
  const message = facts.messages.get(record.message);
  if (record.message === earlier) {
    const returned = message?.returned ?? null;
    return { cause: returned === null ? 'deliveredAgain' : returnCauses[returned], process: record.process };
  }
  const copy = message?.copy ?? facts.messages.get(earlier)?.copy ?? null;
  if (copy === null) return { cause: 'deliveredAgain', process: record.process };
  return { ...copy, position: facts.events.get(record.eventId)?.row?.position };
}
