import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openIndexedDb } from '../../../src/database/indexeddb.ts';
import { MemoryDatabase } from '../../../src/database/memory.ts';
import { schema } from '../../../src/simulation/schema.ts';
import { simulateOn } from '../../../src/simulation/simulate-on.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { writeTrace } from '../../../src/trace/write.ts';
import { sagaScenarios } from '../../support/saga-scenarios.ts';
import { scenarios } from '../../support/scenarios.ts';

/** Of all flows, with sagas and without. */
const everyFlow = (most?: number) => fc.oneof(scenarios(most), sagaScenarios(most));

test('the same scenario gives the same bytes twice, and on a database in memory', async () => {
  await fc.assert(
    fc.asyncProperty(everyFlow(), async (scenario) => {
      const trace = writeTrace(simulate(scenario));
      expect(writeTrace(simulate(structuredClone(scenario)))).toBe(trace);
      expect(writeTrace(await simulateOn(new MemoryDatabase(schema), scenario))).toBe(trace);
    }),
    { numRuns: 200 },
  );
});

test('the same scenario gives the same bytes on Dexie in Node', async () => {
  const database = await openIndexedDb('same-trace', schema);
  await fc.assert(
    fc.asyncProperty(everyFlow(8), async (scenario) => {
      expect(writeTrace(await simulateOn(database, scenario))).toBe(writeTrace(simulate(scenario)));
    }),
    { numRuns: 30 },
  );
  database.close();
});
