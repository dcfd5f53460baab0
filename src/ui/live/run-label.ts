/** What a run is called where it is listed. */
import { isSceneId } from '../../trace/address.ts';
import { completed } from '../../trace/defaults.ts';
import type { Scenario } from '../../trace/scenario.ts';
import { visible } from '../format.ts';
import { t } from '../i18n/i18n.svelte.ts';

/** Its title, or its pattern and how much was done in it, in the reader's language. */
export function runLabel(scenario: Scenario): string {
  const { title } = scenario;
  if (title && !isSceneId(title)) return visible(title);
  const { publish, inbox } = completed(scenario.flow, scenario.options);
  const made = t().runs.label(publish, inbox, scenario.inputs.length);
  // a scene is run with its cure and without
  return title ? `${title} · ${made}` : made;
}
