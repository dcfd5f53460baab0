/**
 * How likely a run is to end badly from some moment on: the share of its continuations in which a promise is broken, where
 * at each step everything that can happen next is as likely as anything else.
 */
import { settingOf } from '../simulation/simulate.ts';
import type { ExploreRequest } from '../trace/exploration.ts';
import { judgeAll } from '../verdicts/judge.ts';
import type { Moves } from './moves.ts';
import { readyFor, scenarioFor } from './prepare.ts';
import { width } from './situation.ts';
import { TupleIndex } from './tuple-index.ts';

/** What becomes of a promise. */
export interface Fate {
  /** From 0, it can't be broken any more, to 1, nothing can keep it from that; null where there were too many states. */
  readonly share: number | null;
  readonly states: number;
}

/** Where the shares of a cycle stand still, for all that can be told. */
const precision = 1e-9;

/**
 * The share of the continuations within the bounds of the request that break the promise; from the moment that its `from`
 * says. Each subscription is tried by itself: the promise is broken where it is with any of them.
 * @throws Unsupported for a flow or an option this version can't run
 */
export function fateOf(request: ExploreRequest, promise: string): Fate {
  const base = scenarioFor(request);
  let [kept, states] = [1, 0];
  for (const subscription of settingOf(base).subscriptions) {
    const manner = { apart: true, halves: false, memo: true };
    const { moves, origin } = readyFor({ ...request, promises: [promise] }, base, [subscription], manner);
    if (judgeAll(origin.records, settingOf(base))[promise]?.status === 'broken') return { share: 1, states };
    const walked = walk(moves, promise, request.maxStates ?? 100_000);
    states += walked.length;
    if (walked.complete) kept *= 1 - shareFrom(walked);
    else return { share: null, states };
  }
  return { share: 1 - kept, states };
}

/** By state: where its steps lead; `broken` and `kept` are ends. */
interface Walked {
  readonly steps: readonly (readonly number[])[];
  readonly length: number;
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
    if (state >= most) return { steps, length: state, complete: false };
    index.read(state, tuple);
    const { all, rests } = moves.offers(tuple);
    const to: number[] = rests ? [moves.brokenAtRest(tuple).includes(promise) ? broken : kept] : [];
    for (const offer of all) {
      const breaks = moves.take(tuple, offer, next);
      if (breaks !== null) to.push(breaks.includes(promise) ? broken : index.numberOf(next));
    }
    steps.push(to);
  }
  return { steps, length: steps.length, complete: true };
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
