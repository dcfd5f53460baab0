/** In the end everybody has the same story: L9. */
import type { PersistentMap } from '../base/persistent-map.ts';
import { blameUnapplied } from './delivered.ts';
import { pairKey, type EffectRow, type Facts, type Pair, type RowAppended, type RowWriter } from './facts.ts';
import { firstLoss } from './loss.ts';
import { hasSubscribers, reasonOf, type Finding, type LivenessPromise } from './promise.ts';

/**
 * L9: at rest, what each subscription has written is what follows from the committed events. Rows that it appends (their
 * keys are numbers) come from one effect of each committed event, and from no other. A row with a key of its own was last
 * written by a committed event, and by the one with the highest version of all committed events that ever wrote it. And no
 * effect is missing, unless a later version of the aggregate has been applied by a subscription that appends nothing:
 * whatever the earlier one would have written would be gone by now. Effects that are missing for being parked are parked.
 */
export const convergence: LivenessPromise = {
  id: 'convergence',
  kind: 'liveness',
  applies: hasSubscribers,
  judge: (facts) => {
    const missing = firstLoss(facts, needed(facts), blameUnapplied);
    const wrong = [...wronglyAppended(facts), ...wronglyWritten(facts)];
    if (missing?.status === 'broken') wrong.push(missing);
    const first = wrong.sort((a, b) => a.at - b.at || (keyOf(a) < keyOf(b) ? -1 : 1))[0];
    return first ? { status: 'broken', at: first.at, reason: first.reason } : missing;
  },
};

/** One effect may leave several rows wrong. */
const keyOf = ({ reason }: Finding): string => String(reason['key'] ?? '');

/** The missing effects that make a difference. */
function needed({ unapplied, newest, events, effects }: Facts): PersistentMap<string, Pair> {
  let rest = unapplied;
  unapplied.forEach(({ subscription, eventId }, key) => {
    const ref = events.get(eventId)?.ref;
    if (ref === undefined || effects.appenders.has(subscription)) return;
    const applied = newest.get(pairKey(subscription, ref.aggregateId))?.applied ?? null;
    if (applied !== null && applied.version > ref.aggregateVersion) rest = rest.delete(key);
  });
  return rest;
}

function wronglyAppended({ effects }: Facts): Finding[] {
  const finding =
    (code: string) =>
    ({ seq, subscription, ref: { eventType, aggregateId } }: RowAppended): Finding => ({
      at: seq,
      reason: reasonOf(code, { eventType, aggregateId, subscription }),
    });
  return [
    ...[...effects.doubled.values()].map(finding('appendedTwice')),
    ...[...effects.unbacked.values()].map(finding('appendedForNothing')),
  ];
}

function wronglyWritten(facts: Facts): Finding[] {
  const found: Finding[] = [];
  const isCommitted = ({ ref }: RowWriter): boolean => (facts.events.get(ref.eventId)?.committed ?? null) !== null;
  for (const row of facts.effects.rows.values()) {
    const { last } = row;
    const newest = newestCommitted(row, isCommitted);
    if (!isCommitted(last)) found.push(wrongRow('rowForNothing', row, last));
    else if (newest !== null && newest.ref.aggregateVersion > last.ref.aggregateVersion) {
      found.push(wrongRow('staleRow', row, newest));
    }
  }
  return found;
}

/** Of all committed events that wrote the row the one with the highest version. */
function newestCommitted({ last, highest }: EffectRow, isCommitted: (writer: RowWriter) => boolean): RowWriter | null {
  if (isCommitted(highest)) return highest;
  let newest: RowWriter | null = null;
  for (let writer: RowWriter | null = last; writer !== null; writer = writer.before) {
    const isNewer = newest === null || writer.ref.aggregateVersion > newest.ref.aggregateVersion;
    if (isNewer && isCommitted(writer)) newest = writer;
  }
  return newest;
}

function wrongRow(code: string, { subscription, table, key, last }: EffectRow, { ref }: RowWriter): Finding {
  const { eventType, aggregateId, aggregateVersion: version } = last.ref;
  const { eventType: laterType, aggregateVersion: laterVersion } = ref;
  return {
    at: last.seq,
    reason: reasonOf(code, { eventType, aggregateId, subscription, table, key, version, laterType, laterVersion }),
  };
}
