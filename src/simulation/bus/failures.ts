/** Failures of the bus, and of what it holds. */
import type { Failure } from '../../trace/scenario.ts';
import { busDown, busOf } from './deliveries.ts';
import type { Step } from '../model.ts';
import { isConfirmed } from './publishing.ts';
import type { HeldFailure, Outcome, Rig } from '../rig.ts';

type BusFailure =
  HeldFailure | Extract<Failure, { type: 'busDown' | 'refusePublish' | 'loseConfirmation' | 'consumerFails' }>;

const types: readonly Failure['type'][] = [
  'busDown',
  'refusePublish',
  'loseConfirmation',
  'consumerFails',
  'drop',
  'duplicate',
  'delay',
  'deliverNow',
  'redeliver',
  'rebalance',
] satisfies BusFailure['type'][];

/** Whether a failure is the bus's, or strikes what it hands out. */
export const isBusFailure = (failure: Failure): failure is BusFailure => types.includes(failure.type);

/** Strikes a failure of the bus, or says that it stays armed, or why it can't be. `input`: index of what asks for it. */
export function busFailure(rig: Rig, step: Step, failure: BusFailure, input: number): Outcome {
  if (failure.type === 'busDown') {
    if (!step.model.bus.up) return { refused: 'alreadyDown' };
    busDown(rig, step, failure.for, step.record({ kind: 'failure.struck', process: 'kernel', input, failure }));
    return 'struck';
  }
  if (failure.type === 'refusePublish') return 'armed';
  if (failure.type === 'loseConfirmation') return isConfirmed(rig) ? 'armed' : { refused: 'nothingToLose' };
  if (failure.subscription !== undefined && !rig.flow.subscriptions.includes(failure.subscription))
    return { refused: 'unknownSubscription' };
  return failure.type === 'consumerFails' ? 'armed' : busOf(rig).failure(rig, step, failure, input);
}
