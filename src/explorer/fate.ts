/**
 * How likely a run is to end badly from some moment on: the share of its continuations in which a promise is broken, where
 * at each step everything that can happen next is as likely as anything else.
 */
import { settingOf } from '../simulation/simulate.ts';
import type { ExploreRequest, Fate, FatesRequest } from '../trace/exploration.ts';
import { judgeAll } from '../verdicts/judge.ts';
import type { Moves } from './moves.ts';
import { readyFor, scenarioFor } from './prepare.ts';
import { width } from './situation.ts';
import { TupleIndex } from './tuple-index.ts';

/** States of one moment after which its share is given up, unless the request says otherwise. */
const mostStates = 100_000;

/**
 * What may still become of a promise from each of some moments on. Yields all that are known so far, by moments; those far
 * apart come first, so that it is soon seen where it changes.
 * @throws Unsupported for a flow or an option this version can't run
 */
export function* fatesOf({
  scenario,
  promise,
  moments,
  ...bounds
}: FatesRequest): Generator<readonly Fate[], readonly Fate[]> {
  const { flow, options } = scenario;
  const known: Fate[] = [];
  for (const records of coarseToFine(moments)) {
    const share = shareOf({ flow, ...(options && { options }), ...bounds, from: { scenario, records } }, promise);
    known.push({ records, share });
    known.sort((a, b) => a.records - b.records);
    yield known.slice();
  }
  return known;
}

/** The same, the last first, then the first, then those halfway between any two. */
function coarseToFine<T>(all: readonly T[]): T[] {
  const found: T[] = [...all.slice(-1), ...(all.length > 1 ? [all[0]!] : [])];
  let gaps: (readonly [number, number])[] = [[0, all.length - 1]];
  while (gaps.length > 0) {
    gaps = gaps.flatMap(([from, to]) => {
      if (to - from < 2) return [];
      const middle = (from + to) >> 1;
      found.push(all[middle]!);
      return [[from, middle] as const, [middle, to] as const];
    });
  }
  return found;
}

/** Where the shares of a cycle stand still, for all that can be told. */
const precision = 1e-9;

/**
 * The share of the continuations within the bounds of the request that break the promise; from the moment that its `from`
 * says; null where there are too many states. Each subscription is tried by itself: the promise is broken where it is with
 * any of them.
 * @throws Unsupported for a flow or an option this version can't run
 */
export function shareOf(request: ExploreRequest, promise: string): number | null {
  const base = scenarioFor(request);
  let kept = 1;
  for (const subscription of settingOf(base).subscriptions) {
    const manner = { apart: true, halves: false, memo: true };
    const { moves, origin } = readyFor({ ...request, promises: [promise] }, base, [subscription], manner);
    if (judgeAll(origin.records, settingOf(base))[promise]?.status === 'broken') return 1;
    const walked = walk(moves, promise, request.maxStates ?? mostStates);
    if (!walked.complete) return null;
    kept *= 1 - shareFrom(walked);
  }
  return 1 - kept;
}

/** By state: where its steps lead; `broken` and `kept` are ends. */
interface Walked {
  readonly steps: readonly (readonly number[])[];
  readonly complete: boolean;
}

const broken = -1;
const kept = -2;

function walk(moves: Moves, promise: string, most: number): Walked {
  const index = new TupleIndex(width);
  const [tuple, next] = [new Int32Array(width), new Int32Array(width)];
  const steps: number[][] = [];
  moves.start(next);
  index.numberOf(next);
  for (let state = 0; state < index.size; state++) {
    if (state >= most) return { steps, complete: false };
    index.read(state, tuple);
    const { all, rests } = moves.offers(tuple);
    const to: number[] = rests ? [moves.brokenAtRest(tuple).includes(promise) ? broken : kept] : [];
    for (const offer of all) {
      const breaks = moves.take(tuple, offer, next);
      if (breaks !== null) to.push(breaks.includes(promise) ? broken : index.numberOf(next));
    }
    steps.push(to);
  }
  return { steps, complete: true };
}

/** The share from the first state on: each state's is the mean of those its steps lead to. */
function shareFrom({ steps }: Walked): number {
  const shares = new Float64Array(steps.length);
  const of = (to: number): number => (to === broken ? 1 : to === kept ? 0 : shares[to]!);
  for (let change = 1; change > precision;) {
    change = 0;
    // states found later lie further on: backwards, most are known in one round
    for (let state = steps.length - 1; state >= 0; state--) {
      const to = steps[state]!;
      const share = to.reduce((sum, each) => sum + of(each), 0) / Math.max(1, to.length);
      change = Math.max(change, Math.abs(share - shares[state]!));
      shares[state] = share;
    }
  }
  return shares[0] ?? 0;
}
