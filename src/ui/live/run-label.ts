/** What a run is called where it is listed. */
import { isSceneId } from '../../trace/address.ts';
import { completed } from '../../trace/defaults.ts';
import type { Scenario } from '../../trace/scenario.ts';
import { visible } from '../format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { later } from '../i18n/later.ts';

/** Its title, or its flow or pattern and how much was done in it, in the reader's language. */
export function runLabel(scenario: Scenario): string {
  const { title, flow, options, inputs } = scenario;
  if (title && !isSceneId(title)) return visible(title);
  const { publish, inbox, saga } = completed(flow, options);
  const { runLabel: pattern, inputCount } = later().header;
  const kind = flow === 'campaign' ? pattern(publish, inbox) : t().commands.flows[flow];
  const led = flow === 'campaign' && saga !== 'none' ? `, ${t().pattern.options.saga.label}` : '';
  const made = `${kind}${led}, ${inputCount(inputs.length)}`;
  // a scene is run with its cure and without
  return title ? `${title} · ${made}` : made;
}
