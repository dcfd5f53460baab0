/** A row that can't be published is no reason for the rows of others to wait (L8). */
import type { EventFacts } from './event-history.ts';
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
    const kept: EventFacts[] = [];
    facts.outbox.waiting.forEach(({ state }, eventId) => {
      const event = facts.events.get(eventId);
      if (!event?.row || state !== 'pending' || event.accepted !== null) return;
      if (!failing.has(event.ref.aggregateId)) kept.push(event);
    });
    const first = kept.sort((a, b) => a.row!.appended - b.row!.appended)[0];
    if (first === undefined) return null;
    const { at, reason } = stuckInOutbox(first, facts.outbox.waiting.get(first.ref.eventId)!, stuck);
    return brokenAt(at, reason);
  },
};
