/** What a run is called where it is listed. */
import { defaultOptions } from '../../trace/defaults.ts';
import type { Scenario } from '../../trace/scenario.ts';
import { visible } from '../format.ts';
import { t } from '../i18n/i18n.svelte.ts';

/** Its title, or its pattern and how much was done in it, in the reader's language. */
export function runLabel(scenario: Scenario): string {
  if (scenario.title) return visible(scenario.title);
  const { publish, inbox } = { ...defaultOptions, ...scenario.options };
  return t().runs.label(publish, inbox, scenario.inputs.length);
}
