/** The order of an aggregate's events at each subscription: S6 for first handler starts, S11 for effects. */
import { about, whyRepeated, type Cause, type Received } from './at-most-once.ts';
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import { pairKey, type Facts, type Seen } from './facts.ts';
import { reasonOf, type Reason, type SafetyPromise } from './promise.ts';

/** S6: per subscription and aggregate, first handler starts come in the order of the aggregate's versions. */
export const firstOrder: SafetyPromise = {
  id: 'firstOrder',
  kind: 'safety',
  breaks: atHandlerStart((record: HandlerStart, facts: Facts) => {
    const isFirst = (facts.receptions.get(pairKey(record.subscription, record.eventId))?.handled ?? null) === null;
    const newest = facts.newest.get(pairKey(record.subscription, record.aggregateId))?.handled ?? null;
    if (!isFirst || newest === null || newest.version <= record.aggregateVersion) return null;
    return outOfOrder('handledOutOfOrder', record, newest, whyOvertaken(facts, record, newest));
  }),
};

/** S11: per subscription, effects of an aggregate's events are applied in non-decreasing version order. */
export const effectOrder: SafetyPromise = {
  id: 'effectOrder',
  kind: 'safety',
  breaks: {
    'consumer.effectApplied': (record, facts) => {
      const newest = facts.newest.get(pairKey(record.subscription, record.aggregateId))?.applied ?? null;
      if (newest === null || newest.version <= record.aggregateVersion) return null;
      const earlier = facts.receptions.get(pairKey(record.subscription, record.eventId))?.applied ?? null;
      const cause = earlier === null ? whyOvertaken(facts, record, newest) : whyRepeated(facts, record, earlier);
      return outOfOrder('appliedOutOfOrder', record, newest, cause);
    },
  },
};

function outOfOrder(code: string, record: Received, newest: Seen, cause: Cause): Reason {
  const { aggregateVersion: version } = record;
  return reasonOf(code, {
    ...about(record),
    version,
    laterType: newest.eventType,
    laterVersion: newest.version,
    ...cause,
  });
}

/** Why an event comes after one of a later version. */
function whyOvertaken({ messages, events }: Facts, record: Received, later: Seen): Cause {
  const mine = messages.get(record.message);
  const theirs = messages.get(later.message);
  if (mine && theirs && theirs.since < mine.since) {
    const process = events.get(record.eventId)?.publication?.process;
    return { cause: 'publishedOutOfOrder', ...(process !== undefined && { process }) };
  }
  if (mine?.delayed) return { cause: 'delayed' };
  if (mine && mine.returned !== null) return { cause: 'returnedToQueue' };
  return { cause: theirs?.promoted ? 'promoted' : 'overtaken' };
}
