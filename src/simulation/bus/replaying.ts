/** A log read again from an earlier offset, as a person asks for it. */
import { endOf } from '../../patterns/message-bus/log.ts';
import type { Intervention } from '../../trace/scenario.ts';
import type { Step } from '../model.ts';
import type { BusRemedy, Rig } from '../rig.ts';
import { logOf, pump, rewind } from './log-groups.ts';

type Replay = Extract<Intervention, { type: 'replay' }>;

function isBeyondEnd(step: Step, { offset }: Replay): boolean {
  const log = logOf(step);
  return offset > Math.max(...log.partitions.map((_, partition) => endOf(log, partition)));
}

function readAgain(rig: Rig, step: Step, { subscription, offset }: Replay, cause: number): void {
  for (const partition of logOf(step).partitions.keys()) rewind(step, subscription, partition, offset, cause);
  pump(rig, step, subscription);
}

/** Reading a log again. */
export const replaying: BusRemedy = {
  type: 'replay',
  refused: (step, intervention: Replay) => (isBeyondEnd(step, intervention) ? 'offsetBeyondEnd' : null),
  perform: readAgain,
};
