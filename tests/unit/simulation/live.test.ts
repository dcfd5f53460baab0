import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryDatabase } from '../../../src/database/memory.ts';
import { StorageLost, type DatabaseRequest } from '../../../src/database/port.ts';
import { allParts } from '../../../src/simulation/all-parts.ts';
import { schema } from '../../../src/simulation/schema.ts';
import { partsFor } from '../../../src/simulation/late-parts.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import { optionValues } from '../../../src/trace/option-values.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { page } from '../../support/live-page.ts';
import { scenarios } from '../../support/scenarios.ts';

const empty: Scenario = { format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 5, inputs: [] };

test('a live run is the run of its scenario, however it is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenarios(8),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      async (scenario, pieces) => {
        const { open, advance, records, all } = page();
        await open(scenario);
        for (let i = 0; all('done').at(-1)?.next !== null; i++) await advance(null, pieces[i % pieces.length]);
        expect(records()).toEqual(simulate(scenario).records);
      },
    ),
    { numRuns: 60 },
  );
});

test('inputs given live make up a scenario that replays to the same records', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios(8), async (given) => {
      const { open, advance, input, records, all } = page();
      await open({ ...empty, options: given.options ?? {} });
      for (const { at, ...rest } of given.inputs) {
        await advance(at);
        await input(rest);
      }
      await advance(null);
      const { scenario } = all('taken').at(-1)!;
      expect(simulate(scenario).records).toEqual(records());
    }),
    { numRuns: 60 },
  );
});

test('a run resumed at any of its records is the same run', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios(8), fc.double({ min: 0, max: 1, noNaN: true }), async (scenario, share) => {
      const whole = simulate(scenario).records;
      const at = Math.floor(share * whole.length);
      const { open, advance, records, all } = page();
      await open(scenario, { records: at });
      expect(records().length).toBeGreaterThanOrEqual(at);
      expect(all('opened')[0]!.scenario).toEqual(scenario);
      await advance(null);
      expect(records()).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('a branch forgets what had not been taken by then, and nothing else', async () => {
  const activate = { kind: 'command', name: 'ActivateCampaign' } as const;
  const scenario: Scenario = {
    ...empty,
    inputs: [
      { ...activate, at: 0 },
      { at: 900, kind: 'failure', failure: { type: 'crash', process: 'service' } },
    ],
  };
  const { open, advance, input, records, all } = page();
  await open(scenario, { records: 4 }, true);
  expect(all('opened')[0]!.scenario.inputs).toEqual([scenario.inputs[0]]);
  await input({ kind: 'settle' });
  await advance(null);
  const { scenario: branched } = all('taken').at(-1)!;
  expect(branched.inputs.map(({ kind }) => kind)).toEqual(['command', 'settle']);
  expect(records()).toEqual(simulate(branched).records);
  expect(records().at(-1)!.kind).toBe('run.settled');
});

test('the storage is lost in the middle of a run: it goes on in memory, says so, and no record is missing', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenarios(8),
      fc.nat(20),
      fc.constantFrom('full' as const, 'lost' as const),
      async (scenario, after, reason) => {
        class Failing extends MemoryDatabase {
          #left = after;
          override perform(request: DatabaseRequest) {
            return this.#left-- > 0 ? super.perform(request) : Promise.reject(new StorageLost(reason));
          }
        }
        const { open, advance, records, read, all } = page(() => Promise.resolve(new Failing(schema)));
        await open(scenario);
        await advance(null);
        expect(records()).toEqual(simulate(scenario).records);
        const [lost] = all('storage');
        if (lost) expect(lost.storage).toEqual({ kind: 'memory', reason });
        await read();
        expect(all('tables')[0]!.records).toBe(records().length);
      },
    ),
    { numRuns: 40 },
  );
});

test('without a storage the run is in memory from the start', async () => {
  const { open, advance, input, records, all } = page(() => Promise.reject(new StorageLost('missing')));
  await open(empty);
  expect(all('opened')[0]!.storage).toEqual({ kind: 'memory', reason: 'missing' });
  await input({ kind: 'command', name: 'ActivateCampaign' });
  await advance(null);
  expect(records().at(-1)!.kind).toBe('task.ended');
});

test('what it can not run is refused in words, and the run before it lives on', async () => {
  const { open, advance, all } = page();
  await open(empty);
  await open({ ...empty, options: { boundary: 'together' } }, { records: 0 }, false, 2);
  expect(all('failed')).toMatchObject([
    { code: 'unsupported', message: expect.stringContaining('options.boundary') as string },
  ]);
  await advance(null);
  expect(all('done').at(-1)).toMatchObject({ next: null });
});

test('what can not be fetched is reported as that, and the run before it lives on; later it can be', async () => {
  let offline = true;
  const { open, advance, records, all } = page(undefined, (_flow, { bus }) =>
    bus === 'log' && offline ? Promise.reject(new TypeError('no network')) : Promise.resolve(allParts),
  );
  const inputs = [{ at: 0, kind: 'command', name: 'ActivateCampaign' }] as const;
  const scenario: Scenario = { ...empty, inputs: [...inputs] };
  await open(scenario);
  const onLog: Scenario = { ...scenario, options: { bus: 'log' } };
  await open(onLog, { records: 0 }, false, 2);
  expect(all('failed')).toMatchObject([{ epoch: 2, code: 'notFetched' }]);
  await advance(null);
  expect(records()).toEqual(simulate(scenario).records);
  offline = false;
  await open(onLog, 'rest', false, 3);
  const epochs = all('records').filter(({ epoch }) => epoch === 3);
  expect(epochs.flatMap((report) => report.records)).toEqual(simulate(onLog).records);
});

test('a run is built of the same parts, fetched or there from the start', async () => {
  for (const bus of optionValues.bus) {
    const { buses } = await partsFor('campaign', { ...defaultOptions, bus });
    expect(buses[bus]).toBe(allParts.buses[bus]);
  }
});

test('of options that do not go together, the one to blame is named with the reason', async () => {
  const { open, all } = page();
  await open({ ...empty, options: { relays: 2, claim: 'row', relay: 'logTailing' } });
  expect(all('failed')).toMatchObject([
    { code: 'unsupported', place: 'options.relay = logTailing', reason: 'notBesideClaims' },
  ]);
});

test('controls of a run that is no more are ignored', async () => {
  const { open, advance, records, all } = page();
  await open({ ...empty, inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign' }] }, { records: 0 }, false, 1);
  await open(empty, { records: 0 }, false, 2);
  await advance(null, 100, 1);
  expect(records()).toEqual([]);
  expect(all('done').every(({ epoch }) => epoch !== 1 || epoch === all('opened')[0]!.epoch)).toBe(true);
});

test('messages to the page carry at most a thousand records', async () => {
  const inputs = Array.from({ length: 120 }, (_, i) => ({
    at: i * 4000,
    kind: 'command' as const,
    name: 'ActivateCampaign',
    payload: { id: `c${i}` },
  }));
  const { open, all, records } = page();
  await open({ ...empty, inputs }, 'rest');
  expect(records().length).toBeGreaterThan(3000);
  expect(Math.max(...all('records').map((report) => report.records.length))).toBe(1000);
});
