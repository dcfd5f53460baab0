/** The outbox runs empty (L3) and does not keep what it is done with (S28). */
import type { EventFacts, Waiting } from './event-history.ts';
import type { Facts } from './facts.ts';
import { firstParked, parkedRow } from './loss.ts';
import {
  brokenAt,
  hasAggregates,
  keepsOutbox,
  reasonOf,
  type Finding,
  type LivenessPromise,
  type RestFinding,
} from './promise.ts';
import { stuckInOutbox, stuckRows } from './stuck.ts';

/**
 * L3: at rest, no entry that a committed transaction put into the outbox waits to be published. One that the relay has
 * left aside for a person counts as parked.
 */
export const outboxDrains: LivenessPromise = {
  id: 'outboxDrains',
  kind: 'liveness',
  applies: hasAggregates,
  judge: (facts) => {
    const pending: [EventFacts, Waiting][] = [];
    const parked: Finding[] = [];
    facts.outbox.waiting.forEach((waiting, eventId) => {
      const event = facts.events.get(eventId);
      if (!event) return;
      if (waiting.state === 'pending') pending.push([event, waiting]);
      else parked.push(parkedRow(facts, event)!);
    });
    const oldest = pending.sort(byAge)[0];
    return oldest ? blame(facts, ...oldest) : firstParked(parked);
  },
};

type Row = [EventFacts, Waiting];

function byAge([a, one]: Row, [b, other]: Row): number {
  const age = (a.row?.appended ?? one.since) - (b.row?.appended ?? other.since);
  return age || (a.ref.eventId < b.ref.eventId ? -1 : 1);
}

function blame(facts: Facts, event: EventFacts, waiting: Waiting): RestFinding {
  const { ref, accepted } = event;
  const { eventType, aggregateId } = ref;
  const { position, document } = waiting;
  const { at, reason } =
    accepted === null
      ? stuckInOutbox(event, waiting, stuckRows(facts))
      : { at: accepted, reason: reasonOf('neverMarked', { eventType, aggregateId, position, document }) };
  return brokenAt(at, reason);
}

/** S28: at rest, nothing is stored in the outbox that was published. */
export const boundedOutbox: LivenessPromise = {
  id: 'boundedOutbox',
  kind: 'liveness',
  applies: keepsOutbox,
  judge: keptPublished,
};

/** What is still stored although it was published: broken by the oldest. */
export function keptPublished({ outbox: { published } }: Facts): RestFinding {
  let oldest: { since: number; position: number; document: string | undefined } | null = null;
  for (const row of published.values()) {
    if (oldest === null || row.since < oldest.since || (row.since === oldest.since && isBefore(row, oldest)))
      oldest = row;
  }
  if (oldest === null) return null;
  const { since, position, document } = oldest;
  return brokenAt(since, reasonOf('keptPublished', { position, document, count: published.size }));
}

/** Of rows marked by one transaction, a fixed one: a map's order means nothing. */
const isBefore = (a: { position: number }, b: { position: number }): boolean => a.position < b.position;
