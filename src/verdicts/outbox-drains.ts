/** L3: the outbox runs empty. */
import { reasonOf, type LivenessPromise } from './promise.ts';

/** L3: at rest, no row that a committed transaction put into the outbox waits to be published. */
export const outboxDrains: LivenessPromise = {
  id: 'outboxDrains',
  kind: 'liveness',
  judge: ({ outbox, events }) => {
    let oldest = Infinity;
    outbox.forEach((_, position) => {
      oldest = Math.min(oldest, position);
    });
    const event = events.get(outbox.get(oldest) ?? '');
    if (!event?.row) return null;
    const { ref, row, accepted, setback } = event;
    const common = { eventType: ref.eventType, aggregateId: ref.aggregateId, position: oldest };
    if (accepted !== null) return { status: 'broken', at: accepted, reason: reasonOf('neverMarked', common) };
    const reason = reasonOf('leftInOutbox', { ...common, process: setback?.process, reason: setback?.reason });
    return { status: 'broken', at: setback?.seq ?? row.appended, reason };
  },
};
