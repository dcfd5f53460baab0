/** Words about a whole flow: its pattern in a sentence, what its relay is there for, what the legend explains. */
import type { FlowParts } from '../../../trace/control.ts';
import { stageFlowWords } from '../../i18n/stage-flows.ts';
import type { Messages } from '../../i18n/en.ts';
import { settingOf } from './setting.ts';

/** The sentence over the stage. */
export function patternWords({ flow, options }: FlowParts): string {
  const { patterns } = stageFlowWords();
  if (flow === 'budget') return patterns[options.boundary];
  if (options.saga === 'stateless') return patterns.stateless;
  if (flow === 'trip') return options.sending === 'direct' ? patterns.tripDirect : patterns.trip;
  if (options.sending === 'direct') return patterns.direct;
  return options.saga === 'eventSourced' ? patterns.eventSourced : patterns.guarded;
}

/** What a relay does that publishes no events; null where it does. */
export const relayWords = (parts: FlowParts): string | null =>
  settingOf(parts).outbox ? null : stageFlowWords().commandRelay;

type Kind = keyof Messages['stage']['legend'];

/** The kinds of shapes there are in a flow. */
export function legendOf(parts: FlowParts): Kind[] {
  const { flow, saga } = settingOf(parts);
  return [
    'command',
    'event',
    ...(flow === 'trip' ? [] : (['aggregate'] as const)),
    ...(saga ? (['saga'] as const) : []),
    ...(parts.participants.length > 0 ? (['external'] as const) : []),
    ...(flow === 'campaign' ? (['read'] as const) : []),
    'ghost',
    'broken',
  ];
}
