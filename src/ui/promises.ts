/** How the page shows the promises: which have a place of their own, and which breaks are no alarm. */
import type { Verdict, Verdicts } from '../trace/trace.ts';

/** Those that always have their place in the row, from the event's birth to its effect. */
const main = [
  'noPhantom',
  'noEarlyDelivery',
  'delivered',
  'noDuplicateDelivery',
  'effectAtMostOnce',
  'firstOrder',
  'effectOrder',
  'outboxDrains',
];

/** Those that have a place where main ones are not judged, since nobody has effects of events or nobody subscribes. */
const instead = ['boundaryKept', 'processEnds', 'noContradiction', 'compensationSound', 'compensationEnds'];

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
export const unjudged: Verdicts = Object.fromEntries([...main, ...others].map((key) => [key, { status: 'pending' }]));

/** A promise as it stands at the step shown. */
export interface Judged {
  readonly key: string;
  readonly verdict: Verdict;
  /** It is broken, and nothing has come of it. */
  readonly harmless: boolean;
}

/** What the row shows, and what only the panel does. No place depends on a promise that holds or is still pending. */
export interface Row {
  /** The main ones in their places; behind them the others that are broken or parked, in the order of their steps. */
  readonly shown: readonly Judged[];
  readonly rest: readonly Judged[];
  /** How many of those shown are an alarm and have no place of their own. */
  readonly alarms: number;
}

/** Divides the promises that apply among the row and the panel. */
export function rowOf(verdicts: Verdicts): Row {
  const places = [...main, ...instead].filter((key) => key in verdicts).slice(0, main.length);
  const behind = Object.keys(verdicts)
    .filter((key) => !places.includes(key))
    .map((key) => judgedOf(key, verdicts));
  const speaks = ({ verdict: { status }, harmless }: Judged): boolean =>
    (status === 'broken' && !harmless) || status === 'parked';
  const loud = behind.filter(speaks).sort((a, b) => rankOf(a) - rankOf(b) || placeOf(a) - placeOf(b));
  return {
    shown: [...places.map((key) => judgedOf(key, verdicts)), ...loud],
    rest: behind.filter((one) => !speaks(one)),
    alarms: loud.filter(({ verdict }) => verdict.status === 'broken').length,
  };
}

const rankOf = ({ verdict }: Judged): number => (verdict.status === 'broken' ? 0 : 1);
const placeOf = ({ verdict }: Judged): number => verdict.at ?? 0;

/**
 * What each of these promises guards against: as long as that has not happened, a break is information and no alarm. A
 * second delivery is what at-least-once delivery means (S9 as the promises are stated), and a design that leaves a gap
 * open has lost nothing until something falls in.
 */
export const guarded: Readonly<Record<string, readonly string[]>> = {
  noDuplicateDelivery: ['effectAtMostOnce'],
  monotone: ['firstOrder', 'effectOrder'],
  inboxAtomic: ['effectAtMostOnce', 'effectAtLeastOnce'],
  markImpliesAccepted: ['delivered'],
  boundedOutbox: [],
  commandRecorded: ['processEnds', 'noContradiction', 'compensationSound', 'compensationEnds'],
  commandsExecuted: ['processEnds', 'compensationEnds'],
  oneAggregatePerTx: [],
};

/** Whether a broken promise is no alarm. */
export const isHarmless = (key: string, verdicts: Verdicts): boolean =>
  guarded[key]?.every((other) => verdicts[other]?.status !== 'broken') ?? false;

/** A promise that is judged here. */
export function judgedOf(key: string, verdicts: Verdicts): Judged {
  const verdict = verdicts[key]!;
  return { key, verdict, harmless: verdict.status === 'broken' && isHarmless(key, verdicts) };
}
