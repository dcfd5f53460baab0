/** How the page shows the promises: in which order, and which breaks are no alarm. */
import type { Verdict, Verdicts } from '../trace/trace.ts';

/** From the event's birth to its effect. */
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

/** The others that are judged under the default options. */
const others = [
  'effectAtLeastOnce',
  'gapFree',
  'monotone',
  'convergence',
  'queueDrains',
  'atomicCapture',
  'markImpliesAccepted',
  'noLostUpdate',
  'noResurrection',
  'boundedOutbox',
  'noForeignBlock',
  'stableIdentity',
  'causality',
];

/** What the judge says of a run by default that has not begun: he himself is fetched later. */
export const unjudged: Verdicts = Object.fromEntries([...order, ...others].map((key) => [key, { status: 'pending' }]));

const rank = (key: string): number => (order.indexOf(key) + order.length + 1) % (order.length + 1);

/** The verdicts as a list; promises this page does not know of come last. */
export function ordered(verdicts: Verdicts): { key: string; verdict: Verdict }[] {
  return Object.entries(verdicts)
    .map(([key, verdict]) => ({ key, verdict }))
    .sort((a, b) => rank(a.key) - rank(b.key));
}

/**
 * A second delivery is what at-least-once delivery promises; it is information as long as no effect was doubled by it
 * (S9 as the promises are stated).
 */
export const isHarmless = (key: string, verdicts: Verdicts): boolean =>
  key === 'noDuplicateDelivery' && verdicts['effectAtMostOnce']?.status !== 'broken';
