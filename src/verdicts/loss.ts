/** Where an event was lost: the step at which it was, not the one that shows it. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { EventFacts } from './event-history.ts';
import { pairKey, type Facts, type Pair } from './facts.ts';
import { reasonOf, type Finding, type Reason, type RestFinding } from './promise.ts';
import { stuckInOutbox, stuckRows, type StuckRows } from './stuck.ts';
import { receptionOf } from './why.ts';

type Loss = Finding & Pair & { readonly event: EventFacts };

/**
 * The first loss among these pairs of a committed event and a subscription that lacks it, as `blame` finds it; else the
 * first that only waits for a person. Null where there is neither.
 */
export function firstLoss(
  facts: Facts,
  lacking: PersistentMap<string, Pair>,
  blame: (facts: Facts, event: EventFacts, pair: Pair, stuck: StuckRows) => Finding,
): RestFinding {
  const stuck = stuckRows(facts);
  const lost: Loss[] = [];
  const parked: Finding[] = [];
  lacking.forEach((pair) => {
    const event = facts.events.get(pair.eventId);
    if (!event) return;
    const waits = parkedFor(facts, event, pair);
    if (waits) parked.push(waits);
    else lost.push({ ...blame(facts, event, pair, stuck), ...pair, event });
  });
  const first = lost.sort((a, b) => byTime(facts, a, b))[0];
  return first ? { status: 'broken', at: first.at, reason: first.reason } : firstParked(parked);
}

/** The first of what waits for a person. */
export function firstParked(parked: Finding[]): RestFinding {
  const first = parked.sort((a, b) => a.at - b.at)[0];
  return first ? { status: 'parked', at: first.at, reason: first.reason } : null;
}

/** The earliest loss first. Of those that one step caused, a fixed one: a map's order means nothing. */
function byTime({ setting: { subscriptions } }: Facts, a: Loss, b: Loss): number {
  return (
    a.at - b.at ||
    a.event.ref.aggregateVersion - b.event.ref.aggregateVersion ||
    subscriptions.indexOf(a.subscription) - subscriptions.indexOf(b.subscription) ||
    (a.eventId < b.eventId ? -1 : 1)
  );
}

/** What a subscription lacks that lies among its dead letters, or in a parked row that it never got; else null. */
export function parkedFor(facts: Facts, event: EventFacts, pair: Pair): Finding | null {
  const dead = facts.dead.get(pairKey(pair.subscription, pair.eventId));
  if (dead !== undefined) return { at: dead.seq, reason: deadLettered(event, dead) };
  const isHandled = (receptionOf(facts, pair)?.handled ?? null) !== null;
  return isHandled ? null : parkedRow(facts, event);
}

/** The reason for an event among the dead letters. */
export const deadLettered = (
  { ref: { eventType, aggregateId } }: EventFacts,
  { subscription, attempts }: { subscription: string; attempts: number },
): Reason => reasonOf('deadLettered', { eventType, aggregateId, subscription, attempts });

/** The event's row, where the relay has left it aside for a person; else null. */
export function parkedRow({ outbox }: Facts, { ref, row }: EventFacts): Finding | null {
  const there = outbox.waiting.get(ref.eventId);
  if (there?.state !== 'parked') return null;
  const { eventType, aggregateId } = ref;
  const { position, document } = there;
  const attempts = row?.parked?.attempts ?? 0;
  return {
    at: row?.parked?.seq ?? there.since,
    reason: reasonOf('rowParked', { eventType, aggregateId, position, document, attempts }),
  };
}

/** Where an event was lost that no handler of the subscription has started on. */
export function blameUndelivered(facts: Facts, event: EventFacts, pair: Pair, stuck: StuckRows): Finding {
  const reception = receptionOf(facts, pair);
  const finding = finder(event, pair);
  if (reception?.dropped) return blameDrop(finding, reception);
  if (reception?.buffered !== null && reception?.buffered !== undefined) {
    return finding(reception.buffered, 'lostInMemory');
  }
  if (reception?.queued !== null && reception?.queued !== undefined) return finding(reception.queued, 'neverHandled');
  if (event.accepted !== null) return finding(event.accepted, 'notRouted');
  return blameUnpublished(facts, event, stuck);
}

type Finder = (at: number, code: string, more?: Parameters<typeof reasonOf>[1]) => Finding;

/** Findings about one event at one subscription. */
export const finder =
  ({ ref: { eventType, aggregateId } }: EventFacts, { subscription }: Pair): Finder =>
  (at, code, more = {}) => ({ at, reason: reasonOf(code, { eventType, aggregateId, subscription, ...more }) });

/** What the bus dropped: on its way, at the door, or out of the consumer's memory. */
export function blameDrop(
  finding: Finder,
  { dropped, buffered }: { dropped: { seq: number; reason: string | null } | null; buffered: number | null },
): Finding {
  const { seq, reason } = dropped!;
  if (reason === 'overflow') return finding(seq, 'droppedOverflow');
  if (buffered !== null) return finding(seq, 'lostInMemory');
  return finding(seq, reason === 'offline' ? 'droppedOffline' : 'droppedByBus');
}

/** The bus never had it. */
function blameUnpublished(facts: Facts, event: EventFacts, stuck: StuckRows): Finding {
  const { ref, row, setback, committed, skipped, overwritten } = event;
  const waiting = facts.outbox.waiting.get(ref.eventId);
  if (waiting !== undefined) return stuckInOutbox(event, waiting, stuck);
  const { eventType, aggregateId } = ref;
  const { position, document } = row ?? {};
  const common = { eventType, aggregateId, position, document };
  const finding = (at: number, code: string, process: string | undefined, reason?: string | null): Finding => ({
    at,
    reason: reasonOf(code, { ...common, process, reason }),
  });
  if (setback?.unnoticed) return finding(setback.seq, 'refusedUnnoticed', setback.process, setback.reason);
  if (overwritten !== null && row?.finished !== true) {
    return finding(overwritten.seq, 'overwritten', overwritten.process);
  }
  if (setback !== null) {
    const code = (row?.finished ? afterMark : beforePublish)[setback.code];
    return finding(setback.seq, code, setback.process, setback.reason);
  }
  if (skipped !== null) return finding(skipped.seq, skipped.code, skipped.process);
  return finding(committed ?? 0, 'neverPublished', undefined);
}

const beforePublish = {
  crashed: 'crashedBeforePublish',
  refused: 'refusedPublish',
  failed: 'failedBeforePublish',
} as const;
const afterMark = { crashed: 'crashedAfterMark', refused: 'refusedAfterMark', failed: 'failedAfterMark' } as const;
