/** The headless door: a flow, commands and bounds in; which promises hold, and the shortest way to break the others, out. */
import { startMoment, stepInMemory, type Rules } from '../simulation/running.ts';
import { settingOf } from '../simulation/simulate.ts';
import type { ExploreProgress, ExploreReport, ExploreRequest, ExploreVerdict } from '../trace/exploration.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Input, Scenario } from '../trace/scenario.ts';
import { judgeAll } from '../verdicts/judge.ts';
import { concrete, Diverged } from './concrete.ts';
import { commandsOf, readyFor, scenarioFor, type Manner, type Ready } from './prepare.ts';
import { Search, type Break } from './search.ts';

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
      const verdict = found ? brokenBy(found, id, base, ready, commandsOf(request)) : unbroken(search.complete);
      verdicts[id] = worse(verdicts[id], verdict);
    }
    states += search.reached.states;
    transitions += search.reached.transitions;
    complete &&= search.complete;
  }
  return { verdicts, states, transitions, complete };
}

const unbroken = (complete: boolean): ExploreVerdict => ({ status: complete ? 'holds' : 'unknown' });

/** A verdict with the run that shows it. */
function brokenBy(
  { failures, steps, happenings, atRest }: Break,
  promise: string,
  base: Scenario,
  { rules, origin }: Ready,
  commands: readonly Extract<Input, { kind: 'command' }>[],
): ExploreVerdict {
  const scenario = replayed(() => concrete(base, rules, origin, commands, happenings, atRest));
  const told = scenario && tellOf(rules, scenario, promise, atRest);
  return { status: 'broken', failures, steps, ...(scenario && told && { scenario, told }) };
}

/** What happens in a run up to where it breaks a promise; null where it does not. */
function tellOf(rules: Rules, scenario: Scenario, promise: string, atRest: boolean): ExploreVerdict['told'] | null {
  const records = recordsOf(rules, scenario);
  const verdict = judgeAll(records, settingOf(scenario))[promise];
  if (verdict?.status !== 'broken') return null;
  return { records: atRest ? records : records.slice(0, verdict.at! + 1), verdict };
}

function recordsOf(rules: Rules, { inputs, choices = [], seed }: Scenario): TraceRecord[] {
  const running: Rules = { ...rules, program: { inputs, choices } };
  const records: TraceRecord[] = [];
  for (let next = stepInMemory(running, startMoment(running, seed)); next; next = stepInMemory(running, next.moment))
    records.push(...next.records);
  return records;
}

function replayed(make: () => Scenario): Scenario | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof Diverged) return null;
    throw error;
  }
}

/** Of what two searches say about a promise, what is true of both together. */
function worse(one: ExploreVerdict | undefined, other: ExploreVerdict): ExploreVerdict {
  if (one === undefined) return other;
  const rank = ({ status, failures = 0, steps = 0 }: ExploreVerdict): number =>
    status === 'broken' ? failures * 1e6 + steps : status === 'unknown' ? 1e12 : 1e13;
  return rank(other) < rank(one) ? other : one;
}
