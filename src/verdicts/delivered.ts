/** Everything arrives (L1), and everything has its effect (L2). */
import type { EventFacts } from './event-history.ts';
import type { Facts, Pair } from './facts.ts';
import { blameDrop, blameUndelivered, deadLettered, finder, firstLoss, firstParked } from './loss.ts';
import { hasSubscribers, hasSubscriptions, type Finding, type LivenessPromise } from './promise.ts';
import type { StuckRows } from './stuck.ts';
import { receptionOf } from './why.ts';

/**
 * L1: at rest, every event of a committed transaction, published or not, has been handled by each subscription. Handled
 * means that a handler started. An event that lies among the dead letters, and that no handler of the subscription ever
 * finished, counts as parked instead; so does one in an outbox row that the relay has left aside.
 */
export const delivered: LivenessPromise = {
  id: 'delivered',
  kind: 'liveness',
  applies: hasSubscriptions,
  judge: (facts) => {
    const found = firstLoss(facts, facts.missing, blameUndelivered);
    if (found?.status === 'broken') return found;
    // dead letters that a handler did start on are parked all the same
    const dead: Finding[] = found ? [found] : [];
    facts.dead.forEach((letter) => {
      const event = facts.events.get(letter.eventId);
      // what never happened need not arrive
      if (!event || event.committed === null) return;
      dead.push({ at: letter.seq, reason: deadLettered(event, letter) });
    });
    return firstParked(dead);
  },
};

/**
 * L2: at rest, the effect of every event of a committed transaction has been applied at each subscription. What waits
 * among dead letters or in a row left aside counts as parked, as in L1. An event let pass by an inbox without its effect
 * is lost: the id was there before the effect, or a newer version was.
 */
export const effectAtLeastOnce: LivenessPromise = {
  id: 'effectAtLeastOnce',
  kind: 'liveness',
  applies: hasSubscribers,
  judge: (facts) => firstLoss(facts, facts.unapplied, blameUnapplied),
};

/** Where the effect of an event was lost. */
export function blameUnapplied(facts: Facts, event: EventFacts, pair: Pair, stuck: StuckRows): Finding {
  const reception = receptionOf(facts, pair);
  if (!reception?.handled) return blameUndelivered(facts, event, pair, stuck);
  const finding = finder(event, pair);
  const { ignored, fallen, handled, dropped } = reception;
  const { aggregateVersion: version } = event.ref;
  if (ignored !== null && ignored.seen !== null) {
    return finding(ignored.seq, 'ignoredAsStale', { version, seen: ignored.seen, process: ignored.process });
  }
  if (ignored !== null) {
    // the id was recorded by whoever did not live to see the effect
    const culprit = fallen !== null && fallen.seq < ignored.seq ? fallen : ignored;
    return finding(culprit.seq, 'knownWithoutEffect', { process: culprit.process });
  }
  if (dropped !== null) return blameDrop(finding, reception);
  if (fallen !== null) {
    return finding(fallen.seq, fallen.code === 'died' ? 'diedWithMessage' : 'failedWithMessage', {
      process: fallen.process,
    });
  }
  return finding(handled.seq, 'neverApplied', { process: handled.process });
}
