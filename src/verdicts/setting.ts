/** What has to be known of a run before it can be judged; the records tell everything else. */
import type { Options } from '../trace/scenario.ts';

export interface Setting {
  /** Everybody who subscribes, and whom each committed event must reach. */
  readonly subscriptions: readonly string[];
  /** All options the run was made under: some promises make sense under some of them only. */
  readonly options: Options;
}
