/** The page's end of a live run, played by a test. */
import { MemoryDatabase } from '../../src/database/memory.ts';
import type { Database } from '../../src/database/port.ts';
import { allParts } from '../../src/simulation/all-parts.ts';
import { LiveRun } from '../../src/simulation/live.ts';
import type { Parts } from '../../src/simulation/rig.ts';
import { schema } from '../../src/simulation/schema.ts';
import type { Control, Extent, LiveInput, Report } from '../../src/trace/control.ts';
import type { Flow, Options, Scenario } from '../../src/trace/scenario.ts';

type Of<T extends Report['type']> = Extract<Report, { type: T }>;

/** A live run with its page played by the test. */
export function page(
  open: (name: string) => Promise<Database> = () => Promise.resolve(new MemoryDatabase(schema)),
  partsFor: (flow: Flow, options: Options) => Promise<Parts> = () => Promise.resolve(allParts),
) {
  const reports: Report[] = [];
  const live = new LiveRun({
    post: (report) => reports.push(structuredClone(report)),
    partsFor,
    openDatabase: open,
    breathe: () => Promise.resolve(),
  });
  let id = 0;
  const tell = (control: Control extends infer C ? (C extends Control ? Omit<C, 'id'> : never) : never) =>
    live.handle({ ...control, id: ++id });
  const all = <T extends Report['type']>(type: T) => reports.filter((report): report is Of<T> => report.type === type);
  return {
    all,
    open: (scenario: Scenario, upTo: Extent = { records: 0 }, branch = false, epoch = 1) =>
      tell({ type: 'open', epoch, scenario, upTo, branch, database: 'tab' }),
    advance: (to: number | null, steps = 10_000, epoch = 1) => tell({ type: 'advance', epoch, to, steps }),
    input: (input: LiveInput) => tell({ type: 'input', epoch: 1, input }),
    read: () => tell({ type: 'readTables', epoch: 1 }),
    rebuild: (instance: string) => tell({ type: 'rebuild', epoch: 1, instance }),
    records: () => all('records').flatMap((report) => report.records),
  };
}
