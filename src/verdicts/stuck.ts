/** Outbox rows that nobody publishes any more, and why. */
import type { EventFacts, Waiting } from './event-history.ts';
import type { Facts } from './facts.ts';
import { reasonOf, type Finding } from './promise.ts';

/** What is needed to say why a row is stuck: which others may be in its way. */
export interface StuckRows {
  readonly facts: Facts;
  /** Rows that the bus will never take, the first in the outbox first. */
  readonly blocking: readonly EventFacts[];
}

/** Goes through the rows that wait, once. */
export function stuckRows(facts: Facts): StuckRows {
  const blocking: EventFacts[] = [];
  facts.outbox.waiting.forEach(({ state }, eventId) => {
    const event = facts.events.get(eventId);
    // one that was left aside is in nobody's way
    if (event?.tooLarge && state === 'pending') blocking.push(event);
  });
  return { facts, blocking: blocking.sort((a, b) => appendedOf(a) - appendedOf(b)) };
}

const appendedOf = ({ row }: EventFacts): number => row?.appended ?? 0;

/** Why this entry, which the bus has not been handed, is left in the outbox. */
export function stuckInOutbox(event: EventFacts, waiting: Waiting, stuck: StuckRows): Finding {
  const { ref, row, setback, skipped, tooLarge } = event;
  const { eventType, aggregateId } = ref;
  const { position, document, since } = waiting;
  const common = { eventType, aggregateId, position, document };
  if (skipped !== null) {
    return { at: skipped.seq, reason: reasonOf(skipped.code, { ...common, process: skipped.process }) };
  }
  if (tooLarge !== null) {
    return { at: tooLarge.seq, reason: reasonOf('tooLarge', { ...common, process: tooLarge.process }) };
  }
  const process = setback?.process;
  const blocker = blockerOf(event, stuck);
  if (blocker !== null) {
    const { row: there, tooLarge: refused } = blocker;
    const blocking = { blockedBy: there?.position, blockedIn: there?.document, process: refused!.process };
    return { at: refused!.seq, reason: reasonOf('blockedBehind', { ...common, ...blocking }) };
  }
  const reason = reasonOf('leftInOutbox', { ...common, process, reason: setback?.reason });
  return { at: setback?.seq ?? row?.appended ?? since, reason };
}

/** The row that this one waits behind, since the relay goes on only once the bus has taken that; null where it does not wait. */
function blockerOf({ ref }: EventFacts, { facts, blocking }: StuckRows): EventFacts | null {
  const { failingRow } = facts.setting.options;
  if (failingRow === 'block') return blocking[0] ?? null;
  if (failingRow !== 'blockAggregate') return null;
  return blocking.find((other) => other.ref.aggregateId === ref.aggregateId) ?? null;
}
