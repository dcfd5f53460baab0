/** The bus runs empty: L4. */
import type { Facts, OpenMessage } from './facts.ts';
import { brokenAt, hasSubscriptions, reasonOf, type LivenessPromise, type RestFinding } from './promise.ts';

/**
 * L4: at rest, the bus is done with every message: acknowledged, dropped or dead-lettered; on pub/sub, its handler has ended;
 * on a log, the offset committed by each subscription is that of the last record in each partition, or beyond.
 */
export const queueDrains: LivenessPromise = {
  id: 'queueDrains',
  kind: 'liveness',
  applies: hasSubscriptions,
  judge: (facts) => {
    const open: OpenMessage[] = [];
    for (const message of facts.open.values()) open.push(message);
    for (const { end, committed } of facts.partitions.values()) if (end && committed < end.offset) open.push(end);
    return oldestOpen(facts, open);
  },
};

function oldestOpen({ setting, events }: Facts, open: OpenMessage[]): RestFinding {
  const rank = ({ subscription }: OpenMessage): number => setting.subscriptions.indexOf(subscription);
  const oldest = open.sort((a, b) => a.seq - b.seq || rank(a) - rank(b))[0];
  if (oldest === undefined) return null;
  const { subscription, eventId, seq } = oldest;
  const ref = events.get(eventId)?.ref;
  const code = setting.options.bus === 'log' ? 'leftInLog' : 'leftInQueue';
  return brokenAt(
    seq,
    reasonOf(code, { eventType: ref?.eventType ?? eventId, aggregateId: ref?.aggregateId ?? '?', subscription }),
  );
}
