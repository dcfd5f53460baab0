/** What the parts of the simulation share: the options they were built with, and the mechanics they make up together. */
import type { Mechanics } from '../kernel/mechanics.ts';
import type { Options } from '../trace/scenario.ts';
import type { Kinds } from './model.ts';

export interface Rig {
  readonly options: Options;
  /** Set once all parts are put together. */
  mechanics: Mechanics<Kinds>;
}
