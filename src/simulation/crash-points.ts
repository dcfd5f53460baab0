/** The effects of each process, in the order it comes to them: where it can be crashed. The page offers the same ones. */
import type { EffectName } from '../messaging/effects.ts';
import { effectsOf as crashableEffectsOf } from '../trace/crash-points.ts';
import type { Options } from '../trace/scenario.ts';

/** The effects of a process under these options. */
export const effectsOf = (process: string, options: Options): EffectName[] => crashableEffectsOf(process, options);
