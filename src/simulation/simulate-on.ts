/** The headless door to a real database: every transaction of the run is one of its transactions. */
import type { Database } from '../database/port.ts';
import { startWorld } from '../kernel/kernel.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Scenario } from '../trace/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { allParts } from './all-parts.ts';
import { startImage } from './schema.ts';
import { rulesOf, stepOn } from './running.ts';
import { traceOf } from './simulate.ts';

/**
 * Runs a scenario on a database until nothing is left to do. Its tables are replaced by the run's.
 * @throws Unsupported for a flow or an option this version can't run, before anything is written
 * @throws StorageLost when the storage fails
 */
export async function simulateOn(database: Database, scenario: Scenario): Promise<Trace> {
  const rules = rulesOf(scenario, allParts);
  await database.replaceAll(startImage(scenario.flow, rules.options));
  const records: TraceRecord[] = [];
  let world = startWorld(rules.mechanics, scenario.seed);
  for (;;) {
    const done = await stepOn(rules, world, (request) => database.perform(request));
    if (done === null) return traceOf(scenario, records);
    world = done.world;
    for (const record of done.records) records.push(record);
  }
}
