/** The headless door: a scenario in, its trace out, at once and in memory. */
import { app } from '../trace/app.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Scenario } from '../trace/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { makeTrace } from '../trace/write.ts';
import { judgeAll } from '../verdicts/judge.ts';
import type { Setting } from '../verdicts/setting.ts';
import { allParts } from './all-parts.ts';
import { setupOf } from './flow.ts';
import { completeOptions } from './options.ts';
import { rulesOf, startMoment, stepInMemory } from './running.ts';

/**
 * Runs a scenario until nothing is left to do. The same scenario gives the same trace, byte for byte, here and on any database.
 * @throws Unsupported for a flow or an option this version can't run
 */
export function simulate(scenario: Scenario): Trace {
  const rules = rulesOf(scenario, allParts);
  const records: TraceRecord[] = [];
  let next = stepInMemory(rules, startMoment(rules, scenario.seed));
  for (; next !== null; next = stepInMemory(rules, next.moment)) {
    for (const record of next.records) records.push(record);
  }
  return traceOf(scenario, records);
}

/** The trace of a run that has come to its end. */
export const traceOf = (scenario: Scenario, records: TraceRecord[]): Trace =>
  makeTrace({ app, scenario, records, verdicts: judgeAll(records, settingOf(scenario)) });

/** What the promises are to know of a run. */
export function settingOf(scenario: Scenario): Setting {
  const options = completeOptions(scenario);
  const { flow, subscriptions, heard } = setupOf(scenario.flow, options);
  return { flow, subscriptions, heard, options };
}
