/** What a search has found, as a run that anybody can replay. */
import { startMoment, stepInMemory, type Rules } from '../simulation/running.ts';
import { settingOf } from '../simulation/simulate.ts';
import type { ExploreVerdict } from '../trace/exploration.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Scenario } from '../trace/scenario.ts';
import { judgeAll } from '../verdicts/judge.ts';
import { concrete, Diverged } from './concrete.ts';
import type { Ready } from './prepare.ts';
import type { Break } from './search.ts';

/** The verdict on a promise that a search has broken, with the run that shows it. */
export function brokenBy(
  { failures, steps, happenings, atRest }: Break,
  promise: string,
  base: Scenario,
  { rules, origin, commands }: Ready,
): ExploreVerdict {
  const scenario = replayed(() => concrete(base, rules, origin, commands, happenings, atRest));
  const told = scenario && tellOf(rules, scenario, promise, atRest);
  // what no run shows is not said
  return scenario && told ? { status: 'broken', failures, steps, scenario, told } : { status: 'unknown' };
}

/** What happens in a run up to where it breaks a promise; null where it does not. */
function tellOf(rules: Rules, scenario: Scenario, promise: string, atRest: boolean): ExploreVerdict['told'] | null {
  const records = recordsOf(rules, scenario);
  const verdict = judgeAll(records, settingOf(scenario))[promise];
  if (verdict?.status !== 'broken') return null;
  return { records: atRest ? records : records.slice(0, verdict.at! + 1), verdict };
}

/** The records of a run from its beginning to where nothing is left to do. */
export function recordsOf(rules: Rules, { inputs, choices = [], seed }: Scenario): TraceRecord[] {
  const running: Rules = { ...rules, program: { inputs, choices } };
  const records: TraceRecord[] = [];
  for (let next = stepInMemory(running, startMoment(running, seed)); next; next = stepInMemory(running, next.moment))
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
