/** How a run is opened: which, how far it is executed, and where the reader stands in it. */
import type { Extent } from '../../trace/control.ts';
import type { Scenario } from '../../trace/scenario.ts';

export interface Opening {
  scenario: Scenario;
  upTo: Extent;
  /** Number of records shown. */
  cursor: number | 'end';
  /** Drops the inputs that are not taken by then. */
  branch?: boolean;
}

/** A run in which nothing has been done yet. */
export function emptyRun({
  flow = 'campaign',
  options,
  seed = 1,
}: Partial<Pick<Scenario, 'flow' | 'options' | 'seed'>> = {}): Opening {
  const scenario: Scenario = {
    format: 'sagascope/scenario',
    version: 1,
    flow,
    ...(options && { options }),
    seed,
    inputs: [],
  };
  return { scenario, upTo: { records: 0 }, cursor: 'end' };
}

/** One that says in numbers how far the run had come and where the reader stood. */
export interface KeptOpening extends Opening {
  upTo: { records: number };
  cursor: number;
}
