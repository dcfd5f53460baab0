/** How far the relay is, where it keeps a place in the outbox or in the change log, and what it passes by. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { RecordOf } from '../trace/record.ts';
import type { Options } from '../trace/scenario.ts';
import type { Facts, RelayFacts } from './facts.ts';
import type { Changes } from './fold.ts';

/** Whether the relay keeps a place. */
export const keepsPlace = ({ publish, relay }: Options): boolean => publish === 'outbox' && relay !== 'polling';

/** Where an entry stands for a relay that keeps a place; null where it keeps none, or the trace does not tell. */
export function placeOf({ position, document, cause }: RecordOf<'outbox.appended'>, before: Facts): number | null {
  const { options } = before.setting;
  if (!keepsPlace(options)) return null;
  if (options.relay === 'cursorPolling') return document === undefined ? position : null;
  if (before.commit?.seq !== cause) return null;
  const change = before.commit?.writes.find(({ table, op }) => table === 'changes' && op === 'put');
  return change === undefined ? null : Number(change.key);
}

/** Events the bus has not been handed that the relay passes by as it stores its place; those rolled back don't count. */
export function passedBy({ position }: RecordOf<'relay.advanced'>, before: Facts): readonly string[] {
  return between(before, before.relay.cursor ?? 0, position);
}

/** Events the bus has not been handed in changes that the log no longer has. */
export function lostToHistory({ position, first }: RecordOf<'relay.historyLost'>, before: Facts): readonly string[] {
  return between(before, position, first - 1);
}

/** Those after place `low`, up to `high`, the first place first. */
function between({ relay, events, transactions }: Facts, low: number, high: number): readonly string[] {
  const { ahead } = relay;
  if (ahead.size === 0 || high <= low) return [];
  const places: number[] = [];
  // a trace from a file may leap as far as it likes
  if (high - low > ahead.size) {
    ahead.forEach((_, place) => {
      if (place > low && place <= high) places.push(place);
    });
  } else {
    for (let place = Math.floor(low) + 1; place <= high; place++) if (ahead.has(place)) places.push(place);
  }
  return places
    .sort((a, b) => a - b)
    .flatMap((place) => ahead.get(place) ?? [])
    .filter((eventId) => transactions.get(events.get(eventId)?.ref.transactionId ?? '')?.outcome !== 'aborted');
}

/** How the relay's place changes, and what lies ahead of it. */
export const relayChanges: Changes<RelayFacts, Facts> = {
  'outbox.appended': (relay, record, before) => {
    const place = placeOf(record, before);
    if (place === null || before.events.get(record.eventId)?.handedOver === true) return relay;
    const { cursor, ahead } = relay;
    return { cursor, ahead: ahead.set(place, [...(ahead.get(place) ?? []), record.eventId]) };
  },
  'bus.accepted': (relay, { eventId }, before) => handOver(relay, eventId, before),
  'bus.refused': (relay, { eventId, unnoticed }, before) =>
    unnoticed === true ? handOver(relay, eventId, before) : relay,
  'relay.advanced': ({ ahead }, { position }) => ({ cursor: position, ahead }),
};

function handOver(relay: RelayFacts, eventId: string, { events }: Facts): RelayFacts {
  const place = events.get(eventId)?.row?.place ?? null;
  if (place === null) return relay;
  const ahead = without(relay.ahead, place, eventId);
  return ahead === relay.ahead ? relay : { cursor: relay.cursor, ahead };
}

function without(
  ahead: PersistentMap<number, readonly string[]>,
  place: number,
  eventId: string,
): PersistentMap<number, readonly string[]> {
  const there = ahead.get(place);
  if (!there?.includes(eventId)) return ahead;
  const rest = there.filter((other) => other !== eventId);
  return rest.length === 0 ? ahead.delete(place) : ahead.set(place, rest);
}
