/** An event stays the event it was: S13. */
import type { EventRef, TraceRecord } from '../trace/record.ts';
import { publishes } from './event-facts.ts';
import type { Facts } from './facts.ts';
import { reasonOf, type Reason, type SafetyPromise } from './promise.ts';

/** S13: all copies of an event, in the outbox, on the bus and at its subscribers, say the same of it. Payloads are not in the trace. */
export const stableIdentity: SafetyPromise = {
  id: 'stableIdentity',
  kind: 'safety',
  breaks: {
    'effect.begun': (record, facts) => {
      const ref = publishes(record);
      return ref && compare(record, ref, facts);
    },
    'transaction.committed': (record, facts) => {
      for (const ref of record.events) {
        const reason = compare(record, ref, facts);
        if (reason) return reason;
      }
      return null;
    },
    'participant.answered': same,
    'outbox.appended': same,
    'bus.accepted': same,
    'bus.refused': same,
    'bus.delivered': same,
    'bus.redelivered': same,
    'consumer.effectApplied': same,
  },
};

const fields = ['eventType', 'aggregateId', 'aggregateVersion', 'transactionId'] as const;

function same(record: TraceRecord & EventRef, facts: Facts): Reason | null {
  return compare(record, record, facts);
}

function compare({ process }: TraceRecord, ref: EventRef, { events }: Facts): Reason | null {
  const first = events.get(ref.eventId)?.ref;
  if (first === undefined) return null;
  for (const field of fields) {
    if (first[field] === ref[field]) continue;
    const { eventId, eventType, aggregateId } = first;
    return reasonOf('identityChanged', {
      eventId,
      eventType,
      aggregateId,
      process,
      field,
      was: first[field],
      is: ref[field],
    });
  }
  return null;
}
