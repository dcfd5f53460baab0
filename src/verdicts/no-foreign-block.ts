/** A row that can't be published is no reason for the rows of others to wait (L8). */
import { brokenAt, keepsOutbox, type LivenessPromise } from './promise.ts';
import { stuckInOutbox, stuckRows } from './stuck.ts';

/**
 * L8: at rest, an entry that the bus will never take keeps no entry of another aggregate waiting. Entries of its own
 * aggregate may wait behind it, for the sake of their order.
 */
export const noForeignBlock: LivenessPromise = {
  id: 'noForeignBlock',
  kind: 'liveness',
  applies: keepsOutbox,
  judge: (facts) => {
    const stuck = stuckRows(facts);
    if (stuck.blocking.length === 0) return null;
    const failing = new Set(stuck.blocking.map(({ ref }) => ref.aggregateId));
    let first: { appended: number; eventId: string } | null = null;
    facts.outbox.waiting.forEach((waiting, eventId) => {
      const event = facts.events.get(eventId);
      if (!event?.row || waiting.state !== 'pending' || event.accepted !== null) return;
      if (failing.has(event.ref.aggregateId)) return;
      if (first === null || event.row.appended < first.appended) first = { appended: event.row.appended, eventId };
    });
    if (first === null) return null;
    const { eventId } = first as { eventId: string };
    const { at, reason } = stuckInOutbox(facts.events.get(eventId)!, facts.outbox.waiting.get(eventId)!, stuck);
    return brokenAt(at, reason);
  },
};
