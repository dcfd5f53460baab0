/** The acknowledging queues at work: what they take in, what they hand out, and what comes back. */
import type { Delivery } from '../../messaging/effects.ts';
import {
  acknowledge,
  deliver,
  emptyQueue,
  enqueue,
  flightOf,
  release,
  type QueuedMessage,
} from '../../patterns/message-bus/queue.ts';
import { deliverTimer, consumersUp, nameMessage, pumpAt, pumpTimer, startHandler, stopPumping } from './bus.ts';
import { consumersOf, subscribersOf, subscriptionOf } from '../flow.ts';
import { retryDelay, visibilityTimeout } from '../latencies.ts';
import { isMessageFailure, messageFailure, strikeAccepted } from './message-failures.ts';
import { about, refOf, type Step, type Task } from '../model.ts';
import {
  comeBack,
  pump,
  putBack,
  queueOf,
  recall,
  setQueue,
  stopWaiting,
  visibilityTimer,
  waitUntil,
} from './queue-flow.ts';
import { redriving } from './redriving.ts';
import type { BusKind, HeldFailure, Outcome, Rig } from '../rig.ts';

const deliveryOf = (task: Task): Delivery => task.input as Delivery;

/** The message has arrived: its handler starts. */
function arrive(rig: Rig, step: Step, consumer: string, id: string, cause: number | undefined): void {
  const subscription = subscriptionOf(consumer);
  const started = startHandler(rig, step, consumer, cause, (task) => {
    const deadline = step.now + visibilityTimeout;
    const { queue, message } = deliver(queueOf(step, subscription), id, { consumer, task, deadline });
    setQueue(step, queue);
    return { subscription, message: id, event: message.event, attempt: message.attempts };
  });
  const struck = step.strike((failure) => failure.type === 'redeliver' && failure.subscription === subscription);
  if (struck) {
    putBack(rig, step, subscription, started);
    pump(rig, step, subscription);
  }
}

/** What a subscription has in flight and still waits for, in the order of the deliveries. */
const awaited = (step: Step, subscription: string): string[] =>
  queueOf(step, subscription)
    .inFlight.filter(({ expired }) => !expired)
    .map(({ task }) => task);

function redeliver(rig: Rig, step: Step, failure: Extract<HeldFailure, { type: 'redeliver' }>, input: number): Outcome {
  const { subscription } = failure;
  const first = awaited(step, subscription)[0];
  if (first === undefined) return 'armed';
  step.record({ kind: 'failure.struck', process: 'kernel', input, failure });
  putBack(rig, step, subscription, first);
  pump(rig, step, subscription);
  return 'struck';
}

export const queueBus: BusKind = {
  empty: (groups) => ({ queues: Object.fromEntries(Object.keys(groups).map((name) => [name, emptyQueue(name)])) }),
  accept: (rig, step, event, cause) => {
    const made = subscribersOf(rig.flow, event.type).map((subscription) => ({
      subscription,
      message: nameMessage(step),
    }));
    const { correlationId } = event;
    const seq = step.record({
      kind: 'bus.accepted',
      process: 'bus',
      cause,
      correlationId,
      ...refOf(event),
      messages: made.map(({ subscription, message }) => ({ message, subscription })),
    });
    for (const { subscription, message: id } of made) {
      const message: QueuedMessage = { id, event, attempts: 0, delayedUntil: 0, cause: seq };
      setQueue(step, enqueue(queueOf(step, subscription), message));
      strikeAccepted(step, subscription, message);
      pump(rig, step, subscription);
    }
    return seq;
  },
  timer: (rig, step, timer, cause) => {
    const subscription = timer['subscription'] as string;
    if (timer.timer === deliverTimer) arrive(rig, step, timer.process!, timer['message'] as string, cause);
    else if (timer.timer === pumpTimer) pump(rig, step, subscription);
    else if (timer.timer === visibilityTimer) {
      putBack(rig, step, subscription, timer['task'] as string, cause);
      pump(rig, step, subscription);
    } else return false;
    return true;
  },
  // a wait that will not be in vain is not on the agenda: nobody could tell the difference
  begun: (step, task, until) => {
    const { subscription } = deliveryOf(task);
    const flight = flightOf(queueOf(step, subscription), task.id);
    if (flight && !flight.expired && until > flight.deadline) waitUntil(step, task, subscription, flight.deadline);
  },
  acknowledged: (step, task) => {
    const { subscription, message, event } = deliveryOf(task);
    const { queue, late } = acknowledge(queueOf(step, subscription), task.id);
    setQueue(step, queue);
    stopWaiting(step, task.id);
    step.record({
      kind: late ? 'bus.acknowledgementIgnored' : 'bus.acknowledged',
      ...about(task),
      process: 'bus',
      subscription,
      message,
      eventId: event.id,
    });
  },
  ended: (rig, step, task, reason) => {
    const { subscription } = deliveryOf(task);
    stopWaiting(step, task.id);
    const released = release(queueOf(step, subscription), task.id, rig.options.requeue);
    comeBack(rig, step, released, reason ?? 'failure', task.cause);
    // who has failed waits a little before it tries again
    if (reason === 'failure') pumpAt(step, subscription, step.now + retryDelay);
    else pump(rig, step, subscription);
  },
  crashed: (rig, step, consumer) => {
    const subscription = subscriptionOf(consumer);
    recall(step, subscription, consumer);
    if (consumersUp(rig, step, subscription).length === 0) stopPumping(step, subscription);
    else pump(rig, step, subscription);
  },
  restarted: (rig, step, consumer) => pump(rig, step, subscriptionOf(consumer)),
  wentDown: (rig, step) => {
    for (const subscription of rig.flow.subscriptions) {
      for (const consumer of consumersOf(subscription, rig.options)) recall(step, subscription, consumer);
      // the first delivered is to be the first again
      const tasks = awaited(step, subscription);
      for (const task of rig.options.requeue === 'head' ? tasks.reverse() : tasks)
        putBack(rig, step, subscription, task);
    }
  },
  cameUp: (rig, step) => {
    for (const subscription of rig.flow.subscriptions) pump(rig, step, subscription);
  },
  failure: (rig, step, failure, input) => {
    if (failure.type === 'redeliver') return redeliver(rig, step, failure, input);
    return isMessageFailure(failure) ? messageFailure(rig, step, failure, input) : { refused: 'notOnThisBus' };
  },
  remedy: redriving,
};
