/** What a person can do now to put things right. */
import type { Intervention } from '../../trace/scenario.ts';
import type { Disabled, Situation } from './common-failures.ts';

export interface StepIn {
  intervention: Intervention;
  disabled: Disabled | null;
}

/** What can be put right at the press of a button; nothing where nothing is wrong. */
export function stepIns({ options, view }: Situation): StepIn[] {
  const found: StepIn[] = [];
  const bus = view.bus.up ? null : 'busMustBeUp';
  for (const { subscription, dead } of Object.values(view.queues))
    if (dead.length > 0) found.push({ intervention: { type: 'redrive', subscription }, disabled: bus });
  if (options.publish === 'outbox' && view.outbox.parked > 0)
    found.push({ intervention: { type: 'unpark' }, disabled: view.processes['relay']?.up ? null : 'relayMustBeUp' });
  return found;
}

/** What can be put right at one part. */
export const stepInsAt = (part: string, situation: Situation): StepIn[] =>
  stepIns(situation).filter(({ intervention }) =>
    intervention.type === 'redrive'
      ? part === 'bus' || part === `queue:${intervention.subscription}`
      : part === 'relay' || part === 'database',
  );

/** The offset behind the longest partition of the log: 0 where there is nothing to be read again. */
export function endOfLog({ options, view }: Situation): number {
  return options.bus === 'log' ? Math.max(0, ...(view.log?.partitions ?? []).map(({ end }) => end)) : 0;
}

/** Whether there is anything that a person could do. */
export const canStepIn = (situation: Situation): boolean => endOfLog(situation) > 0 || stepIns(situation).length > 0;
