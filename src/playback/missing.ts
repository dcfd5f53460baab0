/** What subscribers lack at a step, and what has become of it. */
import type { EventRef } from '../trace/record.ts';
import { blameUnapplied } from '../verdicts/delivered.ts';
import type { Facts, Pair } from '../verdicts/facts.ts';
import { parkedFor } from '../verdicts/loss.ts';
import type { Reason } from '../verdicts/promise.ts';
import { sentenceOf } from '../verdicts/sentences.ts';
import { stuckRows, type StuckRows } from '../verdicts/stuck.ts';
import type { QueueView, View } from './view.ts';

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
  if (facts.unapplied.size === 0) return [];
  const step: Step = { facts, view, rest, stuck: stuckRows(facts), held: new Map(), published: publishedNow(view) };
  const all: Missing[] = [];
  facts.unapplied.forEach((pair) => {
    const one = missing(step, pair);
    if (one) all.push(one);
  });
  return all.sort((a, b) => rank[a.state] - rank[b.state] || a.at - b.at || order(a, b));
}

const rank = { lost: 0, parked: 1, underWay: 2 } as const;
const order = (a: Missing, b: Missing): number =>
  a.ref.aggregateVersion - b.ref.aggregateVersion || (a.subscription < b.subscription ? -1 : 1);

/** What is asked of all that is missing at a step, found out once. */
interface Step {
  readonly facts: Facts;
  readonly view: View;
  readonly rest: boolean;
  readonly stuck: StuckRows;
  /** Where the bus and its consumers have events, by subscription, then by event id; filled when first asked for. */
  readonly held: Map<string, ReadonlyMap<string, Whereabouts>>;
  /** Events on their way to the bus, or in the memory of the task that will send them there. */
  readonly published: { readonly flying: ReadonlySet<string | null>; readonly carried: ReadonlySet<string> };
}

function missing(step: Step, pair: Pair): Missing | null {
  const { facts, rest, stuck } = step;
  const event = facts.events.get(pair.eventId);
  if (!event) return null;
  const parked = parkedFor(facts, event, pair);
  const { at, reason } = parked ?? blameUnapplied(facts, event, pair, stuck);
  const common = { ...pair, ref: event.ref, at, reason, because: sentenceOf(reason) };
  if (parked) return { ...common, state: 'parked', where: null };
  const held = atBus(step, pair);
  if (rest || (held === null && final.has(reason.code))) return { ...common, state: 'lost', where: null };
  return { ...common, state: 'underWay', where: held ?? beforeBus(step, pair.eventId) };
}

/** In whose hands a message with the event is, once the bus has it. */
function atBus({ view, held }: Step, { subscription, eventId }: Pair): Whereabouts | null {
  const queue = view.queues[subscription];
  if (!queue) return null;
  let places = held.get(subscription);
  if (!places) held.set(subscription, (places = placesIn(queue)));
  return places.get(eventId) ?? null;
}

/** Of an event that is there more than once, where it has come furthest. */
function placesIn({ waiting, released, buffered, expired, inFlight }: QueueView): Map<string, Whereabouts> {
  const places = new Map<string, Whereabouts>();
  for (const { eventId } of [...waiting, ...released]) places.set(eventId, 'bus');
  for (const { eventId } of buffered) places.set(eventId, 'memory');
  for (const { eventId } of [...expired, ...inFlight]) places.set(eventId, 'handler');
  return places;
}

const publishedNow = ({ flights, carried }: View): Step['published'] => ({
  flying: new Set(flights.filter(({ kind, to }) => kind === 'event' && to === 'bus').map(({ eventId }) => eventId)),
  carried: new Set(carried.map(({ eventId }) => eventId)),
});

function beforeBus({ facts, published: { flying, carried } }: Step, eventId: string): Whereabouts {
  if (flying.has(eventId)) return 'publishing';
  if (facts.outbox.waiting.has(eventId)) return 'outbox';
  return carried.has(eventId) ? 'publishing' : 'way';
}
