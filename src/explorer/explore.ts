/** The headless door: a flow, commands and bounds in; which promises hold, and the shortest way to break the others, out. */
import { settingOf } from '../simulation/simulate.ts';
import type {
  ExploreEndless,
  ExploreProgress,
  ExploreReport,
  ExploreRequest,
  ExploreVerdict,
} from '../trace/exploration.ts';
import { judgeAll } from '../verdicts/judge.ts';
import { readyFor, scenarioFor, type Manner } from './prepare.ts';
import { Search } from './search.ts';
import { brokenBy, endlessBy } from './replay.ts';

/** Different states after which a search is given up, unless the request says otherwise. */
export const mostStates = 3_000_000;

/**
 * Tries everything within the bounds of the request, and reports. What it says is exact: `holds` where all states were seen,
 * and a broken promise comes with a run that breaks it, with the fewest failures and the fewest steps.
 * @throws Unsupported for a flow or an option this version can't run
 */
export function* explore(
  request: ExploreRequest,
  manner: Manner = { apart: true, halves: true, memo: true },
): Generator<ExploreProgress, ExploreReport> {
  const base = scenarioFor(request);
  const { subscriptions } = settingOf(base);
  const groups = manner.apart ? subscriptions.map((name) => [name]) : [subscriptions];
  const verdicts: Record<string, ExploreVerdict> = {};
  let [states, transitions, complete] = [0, 0, true];
  let endless: ExploreEndless | null = null;
  for (const group of groups) {
    const ready = readyFor(request, base, group, manner);
    const { moves, promises } = ready;
    const search = new Search(moves, promises, request.failures, request.maxStates ?? mostStates);
    for (const _ of search.run()) {
      const { reached } = search;
      const counts = { states: states + reached.states, transitions: transitions + reached.transitions };
      yield {
        ...reached,
        ...counts,
        broken: Object.fromEntries(Object.entries(verdicts).filter(([, { status }]) => status === 'broken')),
      };
    }
    const before = judgeAll(ready.origin.records, settingOf(base));
    for (const id of promises) {
      if (before[id]?.status === 'broken') {
        verdicts[id] = { status: 'broken', failures: 0, steps: 0 };
        continue;
      }
      const found = search.breakOf(id);
      const verdict = found ? brokenBy(found, id, base, ready) : unbroken(search.complete);
      verdicts[id] = worse(verdicts[id], verdict);
    }
    const goesRound = search.endless();
    if (goesRound) endless = sooner(endless, endlessBy(goesRound, base, ready));
    states += search.reached.states;
    transitions += search.reached.transitions;
    complete &&= search.complete;
  }
  return { verdicts, states, transitions, complete, ...(endless && { endless }) };
}

const unbroken = (complete: boolean): ExploreVerdict => ({ status: complete ? 'holds' : 'unknown' });

/** Of what two searches say about a promise, what is true of both together. */
function worse(one: ExploreVerdict | undefined, other: ExploreVerdict): ExploreVerdict {
  if (one === undefined) return other;
  const rank = ({ status, failures = 0, steps = 0 }: ExploreVerdict): number =>
    status === 'broken' ? failures * 1e6 + steps : status === 'unknown' ? 1e12 : 1e13;
  return rank(other) < rank(one) ? other : one;
}

/** The one with fewer failures, or with as many in fewer steps. */
function sooner(one: ExploreEndless | null, other: ExploreEndless | null): ExploreEndless | null {
  if (one === null || other === null) return one ?? other;
  return other.failures < one.failures || (other.failures === one.failures && other.steps < one.steps) ? other : one;
}
