/** Dead letters sent again by a person. */
import { redrive, withCause } from '../../patterns/message-bus/queue.ts';
import type { Intervention } from '../../trace/scenario.ts';
import type { Step } from '../model.ts';
import type { BusRemedy, Rig } from '../rig.ts';
import { pump, queueOf, setQueue } from './queue-flow.ts';

type Redrive = Extract<Intervention, { type: 'redrive' }>;

/** The dead letters that are meant. */
const meant = (step: Step, { subscription, message }: Redrive): string[] =>
  queueOf(step, subscription)
    .dead.map(({ id }) => id)
    .filter((id) => message === undefined || id === message);

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

/** Sending dead letters again. */
export const redriving: BusRemedy = {
  type: 'redrive',
  refused: (step, intervention: Redrive) => (meant(step, intervention).length === 0 ? 'noDeadLetters' : null),
  perform: sendAgain,
};
