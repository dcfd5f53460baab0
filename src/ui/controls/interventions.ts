/** What a person can do now to put things right. */
import type { View } from '../../playback/view.ts';
import type { Intervention } from '../../trace/scenario.ts';
import type { Disabled, Situation } from './common-failures.ts';

export interface StepIn {
  intervention: Intervention;
  disabled: Disabled | null;
}

/** What can be put right at the press of a button; nothing where nothing is wrong. */
export function stepIns({ options, view }: Situation): StepIn[] {
  const redrives = Object.values(view.queues)
    .filter(({ dead }) => dead.length > 0)
    .map(({ subscription }): StepIn => ({ intervention: { type: 'redrive', subscription }, disabled: null }));
  if (options.publish !== 'outbox' || parkedRows(view) === 0) return redrives;
  const disabled = view.processes['relay']?.up === false ? 'mustBeUp' : null;
  return [...redrives, { intervention: { type: 'unpark' }, disabled }];
}
