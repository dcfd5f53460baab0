/** How a run stands to the scene it is of. */
import { equalJson } from '../base/canonical.ts';
import { completed } from '../trace/defaults.ts';
import { changeOptions } from '../trace/option-rules.ts';
import { optionNames } from '../trace/option-values.ts';
import type { Flow, Options, Scenario } from '../trace/scenario.ts';
import type { Scene } from './scene.ts';

/** As it is written, with the cure and nothing else, or with something of the reader's own. */
export type Standing = 'written' | 'cured' | 'changed';

/** The scene's scenario with its cure. */
export const cured = ({ cure }: Scene, written: Scenario): Scenario => ({
  ...written,
  options: changeOptions(written.options, cure, written.flow),
});

/** What has become of a scene in a run: `written` is its file. */
export function standingOf(scene: Scene, written: Scenario, run: Scenario): Standing {
  if (!equalJson(essence(written), essence(run))) return 'changed';
  const same = sameOptions(run.options, written.flow);
  if (same(written.options)) return 'written';
  return same(cured(scene, written).options) ? 'cured' : 'changed';
}

/** All that decides a run, but for its options. */
const essence = ({ flow, seed, inputs, choices }: Scenario) => ({ flow, seed, inputs, choices });

/** Whether others are the same options to a flow, whichever of them are named. */
const sameOptions =
  (options: Partial<Options> | undefined, flow: Flow) =>
  (others: Partial<Options> | undefined): boolean => {
    const [a, b] = [completed(flow, options), completed(flow, others)];
    return optionNames.every((name) => a[name] === b[name]);
  };
