/** Failures that strike one message in a queue: lost, doubled, late, or early. */
import { promote, replace, type QueuedMessage } from '../../patterns/message-bus/queue.ts';
import type { Failure } from '../../trace/scenario.ts';
import { nameMessage } from './bus.ts';
import { refOf, type Step } from '../model.ts';
import { pump, queueOf, recall, setQueue } from './queue-flow.ts';
import type { Outcome, Rig } from '../rig.ts';

export type MessageFailure = Extract<Failure, { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow' }>;

/** How long a message is late where a failure does not say. Virtual ms. */
export const defaultDelay = 2000;

/** Whether a failure strikes one message. */
export const isMessageFailure = (failure: Failure): failure is MessageFailure =>
  failure.type === 'drop' || failure.type === 'duplicate' || failure.type === 'delay' || failure.type === 'deliverNow';

/** Strikes the first waiting message the failure means; else it stays armed for the next one that comes, if that makes sense. */
export function messageFailure(rig: Rig, step: Step, failure: MessageFailure, input: number): Outcome {
  for (const subscription of rig.flow.subscriptions) {
    const message = queueOf(step, subscription).waiting.find((waiting) => means(failure, subscription, waiting.id));
    if (!message) continue;
    step.record({ kind: 'failure.struck', process: 'kernel', input, failure });
    strikeMessage(step, failure, subscription, message);
    pump(rig, step, subscription);
    return 'struck';
  }
  return failure.type === 'deliverNow' ? { refused: 'nothingWaits' } : 'armed';
}

/** Strikes a message the bus has just taken in, if a failure is armed for it. */
export function strikeAccepted(step: Step, subscription: string, message: QueuedMessage): void {
  const struck = step.strike((failure) => isMessageFailure(failure) && means(failure, subscription, message.id));
  if (struck) strikeMessage(step, struck.failure as MessageFailure, subscription, message);
}

/** Whether a failure is for this message. */
export const means = (failure: MessageFailure, subscription: string, message: string): boolean =>
  (failure.subscription === undefined || failure.subscription === subscription) &&
  (failure.message === undefined || failure.message === message);

function strikeMessage(step: Step, failure: MessageFailure, subscription: string, message: QueuedMessage): void {
  // what travels is struck in its queue; and nothing that travels may arrive before one that goes to the head
  for (const [consumer, travels] of Object.entries(queueOf(step, subscription).dispatched)) {
    if (travels === message.id ? failure.type !== 'duplicate' : failure.type === 'deliverNow')
      recall(step, subscription, consumer);
  }
  const queue = queueOf(step, subscription);
  const { event } = message;
  const common = {
    process: 'bus',
    cause: message.cause,
    correlationId: event.correlationId,
    subscription,
    message: message.id,
  };
  if (failure.type === 'drop') {
    step.record({ kind: 'bus.dropped', ...common, ...refOf(event) });
    setQueue(step, replace(queue, message.id, []));
  } else if (failure.type === 'duplicate') {
    const copy: QueuedMessage = { ...message, id: nameMessage(step), attempts: 0, delayedUntil: 0 };
    const cause = step.record({ kind: 'bus.duplicated', ...common, copy: copy.id, eventId: event.id });
    setQueue(step, replace(queue, message.id, [message, { ...copy, cause }]));
  } else if (failure.type === 'delay') {
    const until = step.now + (failure.by ?? defaultDelay);
    const cause = step.record({ kind: 'bus.delayed', ...common, eventId: event.id, until });
    setQueue(step, replace(queue, message.id, [{ ...message, delayedUntil: until, cause }]));
  } else {
    step.record({ kind: 'bus.promoted', ...common, eventId: event.id });
    setQueue(step, promote(queue, message.id));
  }
}
