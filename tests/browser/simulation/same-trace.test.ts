import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openIndexedDb } from '../../../src/database/indexeddb.ts';
import { schema } from '../../../src/simulation/schema.ts';
import { simulateOn } from '../../../src/simulation/simulate-on.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import workerUrl from '../../../src/simulation/worker.ts?worker&url';
import type { Control, Report } from '../../../src/trace/control.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { traceHash, writeTrace } from '../../../src/trace/write.ts';
import { sagaScenarios } from '../../support/saga-scenarios.ts';
import { scenarios } from '../../support/scenarios.ts';

/** Of all flows, with sagas and without. */
const everyFlow = (most?: number) => fc.oneof(scenarios(most), sagaScenarios(most));

test('IndexedDB in a real browser gives the bytes that memory gives', async () => {
  const database = await openIndexedDb('same-trace', schema);
  await fc.assert(
    fc.asyncProperty(everyFlow(8), async (scenario) => {
      expect(writeTrace(await simulateOn(database, scenario))).toBe(writeTrace(simulate(scenario)));
    }),
    { numRuns: 40 },
  );
  database.close();
});

/** Runs a scenario in the page's own worker, on IndexedDB, in pieces of so many steps. */
function inWorker(worker: Worker, scenario: Scenario, epoch: number, steps: number): Promise<TraceRecord[]> {
  return new Promise((resolve, reject) => {
    const records: TraceRecord[] = [];
    const tell = (control: Control) => worker.postMessage(control);
    worker.onmessage = ({ data }: MessageEvent<Report>) => {
      if (data.type === 'failed') reject(new Error(data.message));
      if (data.epoch !== epoch) return;
      if (data.type === 'opened') expect(data.storage).toEqual({ kind: 'indexeddb', name: 'in-worker' });
      if (data.type === 'records') records.push(...data.records);
      if (data.type !== 'done') return;
      if (data.next === null) resolve(records);
      else tell({ type: 'advance', id: 2, epoch, to: null, steps });
    };
    tell({ type: 'open', id: 1, epoch, scenario, upTo: { records: 0 }, branch: false, database: 'in-worker' });
  });
}

test('the worker on IndexedDB gives them too, however the run is cut into pieces', async () => {
  const worker = new Worker(workerUrl, { type: 'module' });
  let epoch = 0;
  await fc.assert(
    fc.asyncProperty(everyFlow(8), fc.integer({ min: 1, max: 40 }), async (scenario, steps) => {
      const records = await inWorker(worker, scenario, ++epoch, steps);
      expect(traceHash(scenario, records)).toBe(simulate(scenario).hash);
    }),
    { numRuns: 40 },
  );
  worker.terminate();
});
