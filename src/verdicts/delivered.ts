/** L1: no event of a committed transaction is lost. Blames the step at which it was lost, not the one that shows it. */
import { pairKey, type EventFacts, type Facts, type Pair } from './facts.ts';
import { reasonOf, type Finding, type LivenessPromise } from './promise.ts';

/**
 * L1: at rest, every event of a committed transaction, published or not, has been handled by each subscription. Handled
 * means that a handler started; an event that lies among the dead letters, and that no handler of the subscription ever
 * finished, counts as parked instead.
 */
export const delivered: LivenessPromise = {
  id: 'delivered',
  kind: 'liveness',
  judge: (facts) => {
    const lost: Loss[] = [];
    facts.missing.forEach((pair, key) => {
      const event = facts.events.get(pair.eventId);
      if (event && !facts.dead.has(key)) lost.push({ ...blame(facts, event, pair), ...pair, event });
    });
    const first = lost.sort((a, b) => byTime(facts, a, b))[0];
    return first ? { status: 'broken', at: first.at, reason: first.reason } : parked(facts);
  },
};

type Loss = Finding & Pair & { readonly event: EventFacts };

/** The earliest loss first. Of those that one step caused, a fixed one: a map's order means nothing. */
function byTime({ subscriptions }: Facts, a: Loss, b: Loss): number {
  return (
    a.at - b.at ||
    a.event.ref.aggregateVersion - b.event.ref.aggregateVersion ||
    subscriptions.indexOf(a.subscription) - subscriptions.indexOf(b.subscription) ||
    (a.eventId < b.eventId ? -1 : 1)
  );
}

function blame(facts: Facts, event: EventFacts, { subscription, eventId }: Pair): Finding {
  const { eventType, aggregateId } = event.ref;
  const { dropped, queued } = facts.receptions.get(pairKey(subscription, eventId)) ?? { dropped: null, queued: null };
  const finding = (at: number, code: string): Finding => ({
    at,
    reason: reasonOf(code, { eventType, aggregateId, subscription }),
  });
  if (dropped !== null) return finding(dropped, 'droppedByBus');
  if (queued !== null) return finding(queued, 'neverHandled');
  if (event.accepted !== null) return finding(event.accepted, 'notRouted');
  return blameUnpublished(facts, event);
}

/** The bus never had it. */
function blameUnpublished({ outbox }: Facts, { ref, row, setback, committed }: EventFacts): Finding {
  const { eventType, aggregateId } = ref;
  const position = row?.position;
  const common = { eventType, aggregateId, process: setback?.process, position, reason: setback?.reason };
  if (position !== undefined && outbox.has(position)) {
    return { at: setback?.seq ?? row?.appended ?? 0, reason: reasonOf('leftInOutbox', common) };
  }
  if (setback === null) return { at: committed ?? 0, reason: reasonOf('neverPublished', common) };
  return {
    at: setback.seq,
    reason: reasonOf(row?.marked ? afterMark[setback.code] : beforePublish[setback.code], common),
  };
}

const beforePublish = {
  crashed: 'crashedBeforePublish',
  refused: 'refusedPublish',
  failed: 'failedBeforePublish',
} as const;
const afterMark = { crashed: 'crashedAfterMark', refused: 'refusedAfterMark', failed: 'failedAfterMark' } as const;

function parked({ dead, events }: Facts): (Finding & { status: 'parked' }) | null {
  let first: (Finding & { status: 'parked' }) | null = null;
  dead.forEach(({ eventId, subscription, seq, attempts }) => {
    const event = events.get(eventId);
    // what never happened need not arrive
    if (!event || event.committed === null || (first !== null && first.at < seq)) return;
    const { eventType, aggregateId } = event.ref;
    first = {
      status: 'parked',
      at: seq,
      reason: reasonOf('deadLettered', { eventType, aggregateId, subscription, attempts }),
    };
  });
  return first;
}
