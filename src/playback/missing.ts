/** What subscribers lack at a step, and what has become of it. */
import type { EventRef } from '../trace/record.ts';
import { blameUnapplied } from '../verdicts/delivered.ts';
import type { Facts, Pair } from '../verdicts/facts.ts';
import { parkedFor } from '../verdicts/loss.ts';
import type { Reason } from '../verdicts/promise.ts';
import { sentenceOf } from '../verdicts/sentences.ts';
import { stuckRows, type StuckRows } from '../verdicts/stuck.ts';
import type { View } from './view.ts';

/** Where an event is that may still arrive. `way`: between two of the others. */
export type Whereabouts = 'outbox' | 'publishing' | 'bus' | 'memory' | 'handler' | 'way';

/** A committed event whose effect a subscription has not had. */
export interface Missing extends Pair {
  readonly ref: EventRef;
  /** Nobody will bring it any more; it waits for a person; or it may still come. */
  readonly state: 'lost' | 'parked' | 'underWay';
  /** `seq` of the record at which that came to be. */
  readonly at: number;
  /** Why it is lost or parked; of what is under way, why it will be missing if nothing more happens. */
  readonly reason: Reason;
  /** The same as an English sentence. */
  readonly because: string;
  readonly where: Whereabouts | null;
}

/** Reasons that nothing can mend, unless another copy is at the bus. */
const final = new Set([
  ...['crashedBeforePublish', 'failedBeforePublish', 'refusedPublish', 'refusedUnnoticed'],
  ...['crashedAfterMark', 'failedAfterMark', 'refusedAfterMark', 'overwritten'],
  ...['skippedByCursor', 'committedBehindCursor', 'historyLost'],
  ...['droppedByBus', 'droppedOffline', 'droppedOverflow', 'lostInMemory', 'diedWithMessage', 'failedWithMessage'],
  ...['knownWithoutEffect', 'ignoredAsStale'],
]);

/** What is lost first, in the order in which it was; then what is parked, then what is under way. `rest`: nothing will happen. */
export function missingIn(facts: Facts, view: View, rest: boolean): Missing[] {
  const stuck = stuckRows(facts);
  const all: Missing[] = [];
  facts.unapplied.forEach((pair) => {
    const one = missing(facts, view, rest, pair, stuck);
    if (one) all.push(one);
  });
  return all.sort((a, b) => rank[a.state] - rank[b.state] || a.at - b.at || order(a, b));
}

const rank = { lost: 0, parked: 1, underWay: 2 } as const;
const order = (a: Missing, b: Missing): number =>
  a.ref.aggregateVersion - b.ref.aggregateVersion || (a.subscription < b.subscription ? -1 : 1);

function missing(facts: Facts, view: View, rest: boolean, pair: Pair, stuck: StuckRows): Missing | null {
  const event = facts.events.get(pair.eventId);
  if (!event) return null;
  const parked = parkedFor(facts, event, pair);
  const { at, reason } = parked ?? blameUnapplied(facts, event, pair, stuck);
  const common = { ...pair, ref: event.ref, at, reason, because: sentenceOf(reason) };
  if (parked) return { ...common, state: 'parked', where: null };
  const held = atBus(view, pair);
  if (rest || (held === null && final.has(reason.code))) return { ...common, state: 'lost', where: null };
  return { ...common, state: 'underWay', where: held ?? beforeBus(facts, view, pair.eventId) };
}

/** In whose hands a message with the event is, once the bus has it. */
function atBus({ queues }: View, { subscription, eventId }: Pair): Whereabouts | null {
  const queue = queues[subscription];
  if (!queue) return null;
  const isIt = (message: EventRef): boolean => message.eventId === eventId;
  if (queue.inFlight.some(isIt) || queue.expired.some(isIt)) return 'handler';
  if (queue.buffered.some(isIt)) return 'memory';
  return queue.waiting.some(isIt) || queue.released.some(isIt) ? 'bus' : null;
}

function beforeBus({ outbox }: Facts, { carried, flights }: View, eventId: string): Whereabouts {
  const isIt = (one: { readonly eventId: string | null }): boolean => one.eventId === eventId;
  if (flights.some((flight) => flight.kind === 'event' && flight.to === 'bus' && isIt(flight))) return 'publishing';
  if (outbox.waiting.has(eventId)) return 'outbox';
  return carried.some(isIt) ? 'publishing' : 'way';
}
