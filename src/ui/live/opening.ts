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
