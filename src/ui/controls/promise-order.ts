/** The promises in the order they are shown: from the event's birth to its effect. */
import type { Verdict, Verdicts } from '../../trace/trace.ts';

const order = [
  'noPhantom',
  'noEarlyDelivery',
  'delivered',
  'noDuplicateDelivery',
  'effectAtMostOnce',
  'firstOrder',
  'effectOrder',
  'outboxDrains',
];

const rank = (key: string): number => (order.indexOf(key) + order.length + 1) % (order.length + 1);

/** The verdicts as a list; promises this page does not know of come last. */
export function ordered(verdicts: Verdicts): { key: string; verdict: Verdict }[] {
  return Object.entries(verdicts)
    .map(([key, verdict]) => ({ key, verdict }))
    .sort((a, b) => rank(a.key) - rank(b.key));
}
