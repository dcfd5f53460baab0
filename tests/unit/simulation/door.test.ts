import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryDatabase } from '../../../src/database/memory.ts';
import { StorageLost, type Database } from '../../../src/database/port.ts';
import { schema } from '../../../src/simulation/schema.ts';
import { Door, type Engine } from '../../../src/simulation/door.ts';
import * as engine from '../../../src/simulation/engine.ts';
import type { Outside } from '../../../src/simulation/live.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Control, Report } from '../../../src/trace/control.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { scenarios } from '../../support/scenarios.ts';

type Of<T extends Report['type']> = Extract<Report, { type: T }>;

const empty: Scenario = { format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 5, inputs: [] };
const open = (scenario: Scenario = empty, epoch = 1): Control => ({
  type: 'open',
  id: epoch,
  epoch,
  scenario,
  upTo: { records: 0 },
  branch: false,
  database: 'tab',
});
const activate: Control = {
  type: 'input',
  id: 7,
  epoch: 1,
  input: { kind: 'command', name: 'ActivateCampaign' },
};
const advance: Control = { type: 'advance', id: 8, epoch: 1, to: null, steps: 10_000 };
const prepare: Control = { type: 'prepare', id: 0, epoch: 0 };

/** A worker's inside, with what it has reported and how often it has fetched what runs a run. */
function inside(
  fetchEngine: () => Promise<Engine> = () => Promise.resolve(engine),
  openDatabase: () => Promise<Database> = () => Promise.resolve(new MemoryDatabase(schema)),
) {
  const reports: Report[] = [];
  const outside: Outside = {
    post: (report) => reports.push(structuredClone(report)),
    openDatabase,
    breathe: () => Promise.resolve(),
  };
  let fetches = 0;
  const door = new Door(outside, () => {
    fetches++;
    return fetchEngine();
  });
  const all = <T extends Report['type']>(type: T) => reports.filter((report): report is Of<T> => report.type === type);
  return {
    reports,
    all,
    records: () => all('records').flatMap((report) => report.records),
    fetches: () => fetches,
    tell: (...controls: Control[]) => Promise.all(controls.map((control) => door.handle(control))),
    live: engine.start(outside),
  };
}

test('a run in which nothing happens is opened by the door as a live run opens it, and nothing is fetched', async () => {
  for (const options of [{}, { bus: 'log', consumers: 'competing' }, { relay: 'logTailing' }] as const) {
    const scenario: Scenario = { ...empty, options };
    const [atDoor, live] = [inside(), inside()];
    await atDoor.tell(open(scenario));
    await live.live.handle(open(scenario));
    expect(atDoor.reports).toEqual(live.reports);
    expect(atDoor.reports.map(({ type }) => type)).toEqual(['opened', 'done']);
    expect(atDoor.fetches()).toBe(0);
  }
});

test('whoever opens it, the run is the run of its scenario, and what runs it is fetched once', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios(8), fc.boolean(), fc.boolean(), async (given, still, prepared) => {
      const { tell, all, records, fetches } = inside();
      const start = still ? { ...empty, options: given.options ?? {} } : given;
      await tell(...(prepared ? [prepare] : []), open(start), ...(still ? [activate] : []), advance);
      const scenario = all('taken').at(-1)?.scenario ?? given;
      expect(records()).toEqual(simulate(scenario).records);
      expect(fetches()).toBe(1);
      expect(all('opened')).toHaveLength(1);
      expect(all('failed')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('what the door has opened is read back as it was', async () => {
  const { tell, all, fetches } = inside();
  await tell(open(), { type: 'readTables', id: 9, epoch: 1 });
  expect(fetches()).toBe(0);
  const tables = await new MemoryDatabase(schema).readAll();
  expect(Object.keys(all('tables')[0]!.tables)).toEqual(Object.keys(tables));
  expect(all('tables')[0]).toMatchObject({ records: 0, tables: { campaigns: [{ id: '123', version: 1 }] } });
});

test('without a storage a live run opens it, and says where it is', async () => {
  const { tell, all, fetches } = inside(undefined, () => Promise.reject(new StorageLost('missing')));
  await tell(open());
  expect(all('opened')[0]!.storage).toEqual({ kind: 'memory', reason: 'missing' });
  expect(fetches()).toBe(1);
});

test('it answers that it is alive while what runs a run is being fetched', async () => {
  let arrive!: (engine: Engine) => void;
  const arrival = new Promise<Engine>((resolve) => (arrive = resolve));
  const { tell, reports, records } = inside(() => arrival);
  const told = tell(open(), activate, advance);
  await tell({ type: 'ping', id: 3, epoch: 1 });
  expect(reports.at(-1)).toMatchObject({ type: 'pong', id: 3 });
  expect(records()).toEqual([]);
  arrive(engine);
  await told;
  expect(records().length).toBeGreaterThan(10);
});

test('what runs a run can not be fetched: an opening is refused, anything else asks for another worker', async () => {
  let offline = true;
  const { tell, all, records } = inside(() =>
    offline ? Promise.reject(new TypeError('no network')) : Promise.resolve(engine),
  );
  const log: Scenario = { ...empty, options: { bus: 'log' } };
  await tell(open(), prepare, open(log, 2));
  expect(all('failed')).toMatchObject([{ id: 2, epoch: 2, code: 'notFetched' }]);
  await tell(activate);
  expect(all('failed')[1]).toMatchObject({ id: 7, code: 'defect' });
  offline = false;
  await tell(activate, advance);
  expect(records()).toEqual(simulate(all('taken')[0]!.scenario).records);
});
