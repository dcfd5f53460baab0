/** What a person does to the bus to put things right: dead letters sent again, a log read again. */
import { endOf } from '../../patterns/message-bus/log.ts';
import { redrive, withCause } from '../../patterns/message-bus/queue.ts';
import type { Intervention } from '../../trace/scenario.ts';
import { subscriptions } from '../campaign-flow.ts';
import { logOf, pump as readOn, rewind } from './log-groups.ts';
import type { Step } from '../model.ts';
import { pump, queueOf, setQueue } from './queue-flow.ts';
import type { Rig } from '../rig.ts';

type BusIntervention = Exclude<Intervention, { type: 'unpark' }>;
type Redrive = Extract<Intervention, { type: 'redrive' }>;
type Replay = Extract<Intervention, { type: 'replay' }>;

/** The dead letters that are meant. */
const meant = (step: Step, { subscription, message }: Redrive): string[] =>
  queueOf(step, subscription)
    .dead.map(({ id }) => id)
    .filter((id) => message === undefined || id === message);

/** Why a person can't do this to the bus now; null where it can be done. */
export function cannotInterveneOnBus({ options }: Rig, step: Step, intervention: BusIntervention): string | null {
  if (options.bus !== (intervention.type === 'redrive' ? 'queue' : 'log')) return 'notOnThisBus';
  if (!subscriptions.includes(intervention.subscription)) return 'unknownSubscription';
  if (!step.model.bus.up) return 'down';
  if (intervention.type === 'redrive') return meant(step, intervention).length === 0 ? 'noDeadLetters' : null;
  const log = logOf(step);
  const end = Math.max(...log.partitions.map((_, partition) => endOf(log, partition)));
  return intervention.offset > end ? 'offsetBeyondEnd' : null;
}

/** Does what a person asks of the bus. `cause`: `seq` of the record that says so. */
export function busIntervene(rig: Rig, step: Step, intervention: BusIntervention, cause: number): void {
  if (intervention.type === 'redrive') sendAgain(rig, step, intervention, cause);
  else readAgain(rig, step, intervention, cause);
}

function sendAgain(rig: Rig, step: Step, intervention: Redrive, cause: number): void {
  const { subscription } = intervention;
  for (const id of meant(step, intervention)) {
    const queue = queueOf(step, subscription);
    const { event } = queue.dead.find((message) => message.id === id)!;
    const seq = step.record({
      kind: 'bus.redriven',
      process: 'bus',
      cause,
      correlationId: event.correlationId,
      subscription,
      message: id,
      eventId: event.id,
    });
    setQueue(step, withCause(redrive(queue, id), id, seq));
  }
  pump(rig, step, subscription);
}

function readAgain(rig: Rig, step: Step, { subscription, offset }: Replay, cause: number): void {
  for (const partition of logOf(step).partitions.keys()) rewind(step, subscription, partition, offset, cause);
  readOn(rig, step, subscription);
}
