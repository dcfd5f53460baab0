/** Nothing comes before what caused it: S17. */
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import type { Facts } from './facts.ts';
import { reasonOf, type SafetyPromise } from './promise.ts';
import { about } from './why.ts';

/**
 * S17: the bus takes an event in only after its transaction was begun by a task that had received a command, and a handler
 * starts only after the bus has taken the event in.
 */
export const causality: SafetyPromise = {
  id: 'causality',
  kind: 'safety',
  breaks: {
    'bus.accepted': ({ transactionId, eventType, aggregateId }, { commanded }) =>
      commanded.has(transactionId) ? null : reasonOf('publishedBeforeCommand', { eventType, aggregateId }),
    ...atHandlerStart((record: HandlerStart, { events }: Facts) =>
      (events.get(record.eventId)?.accepted ?? null) === null ? reasonOf('handledBeforePublish', about(record)) : null,
    ),
  },
};
