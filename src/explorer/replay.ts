/** What a search has found, as a run that anybody can replay. */
import { startMoment, stepInMemory, type Rules } from '../simulation/running.ts';
import { settingOf } from '../simulation/simulate.ts';
import type { ExploreEndless, ExploreVerdict } from '../trace/exploration.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Scenario } from '../trace/scenario.ts';
import { judgeAll } from '../verdicts/judge.ts';
import { concrete, Diverged, type Happening } from './concrete.ts';
import type { Origin } from './origin.ts';
import type { Ready } from './prepare.ts';
import type { Break, Endless } from './search.ts';

/** The verdict on a promise that a search has broken, with the run that shows it. */
export function brokenBy(
  { failures, steps, happenings, atRest }: Break,
  promise: string,
  base: Scenario,
  { rules, origin, commands }: Ready,
): ExploreVerdict {
  const scenario = replayed(() => concrete(base, rules, origin, commands, happenings, atRest));
  const most = atRest ? Infinity : stepsTo(origin, happenings);
  const told = scenario && tellOf(rules, scenario, promise, most);
  // what no run shows is not said
  return scenario && told ? { status: 'broken', failures, steps, scenario, told } : { status: 'unknown' };
}

/** What happens in a run up to where it breaks a promise; null where it does not. */
function tellOf(rules: Rules, scenario: Scenario, promise: string, mostSteps: number): ExploreVerdict['told'] | null {
  const records = recordsOf(rules, scenario, mostSteps);
  const verdict = judgeAll(records, settingOf(scenario))[promise];
  if (verdict?.status !== 'broken') return null;
  return { records: mostSteps === Infinity ? records : records.slice(0, verdict.at! + 1), verdict };
}

/** A way into what never settles, and once round, as a run that shows it; null where time makes it impossible. */
export function endlessBy(
  { failures, steps, happenings, round }: Endless,
  base: Scenario,
  { rules, origin, commands }: Ready,
): ExploreEndless | null {
  const all = [...happenings, ...round];
  const scenario = replayed(() => concrete(base, rules, origin, commands, all, false));
  if (scenario === null) return null;
  const records = recordsOf(rules, scenario, stepsTo(origin, all));
  const from = recordsOf(rules, scenario, stepsTo(origin, happenings)).length;
  return { failures, steps, scenario, records, from };
}

/** Steps of a run in which so much has happened: a failure and what it strikes are two. */
const stepsTo = ({ moment }: Origin, happenings: readonly Happening[]): number =>
  happenings.reduce(
    (steps, happening) => steps + ('failure' in happening && happening.failure && happening.item ? 2 : 1),
    moment.world.steps,
  );

/** The records of a run from its beginning to where nothing is left to do, or after so many steps. */
function recordsOf(rules: Rules, { inputs, choices = [], seed }: Scenario, mostSteps: number): TraceRecord[] {
  const running: Rules = { ...rules, program: { inputs, choices } };
  const records: TraceRecord[] = [];
  let next = stepInMemory(running, startMoment(running, seed));
  for (let steps = 0; next && steps < mostSteps; next = stepInMemory(running, next.moment), steps++)
    records.push(...next.records);
  return records;
}

/** What is made, or null where time makes it impossible. */
export function replayed(make: () => Scenario): Scenario | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof Diverged) return null;
    throw error;
  }
}
