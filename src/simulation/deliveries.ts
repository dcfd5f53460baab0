/** The message bus at work: what it takes in, what it hands out, and what comes back. */
import { nameTask, start } from '../kernel/tasks.ts';
import type { Delivery } from '../messaging/effects.ts';
import type { Envelope } from '../messaging/envelope.ts';
import { acknowledge, deliver, enqueue, release } from '../patterns/message-bus/queue.ts';
import { changeBus, makeMessage, pump, pumpAt, putBack, queueOf, recall, setQueue, withCause } from './bus.ts';
import { consumerOf, subscriptions } from './campaign-flow.ts';
import { retryDelay } from './latencies.ts';
import { strikeAccepted } from './message-failures.ts';
import { refOf, without, type Step, type Task } from './model.ts';
import type { Rig } from './rig.ts';

/** The timer that ends the bus's downtime. */
export const busUpTimer = 'busUp';

/** The bus takes an event in: a message for each subscription, all or none. Returns the `seq` of the record. */
export function accept(step: Step, event: Envelope, cause: number): number {
  const made = subscriptions.map((subscription) => ({ subscription, message: makeMessage(step, event, cause) }));
  const messages = made.map(({ subscription, message }) => ({ message: message.id, subscription }));
  const seq = step.record({
    kind: 'bus.accepted',
    process: 'bus',
    cause,
    correlationId: event.correlationId,
    ...refOf(event),
    messages,
  });
  for (const { subscription, message } of made) {
    const arrived = { ...message, cause: seq };
    setQueue(step, enqueue(queueOf(step, subscription), arrived));
    strikeAccepted(step, subscription, arrived);
    pump(step, subscription);
  }
  return seq;
}

/** The message has arrived: its handler starts. */
export function arrive(rig: Rig, step: Step, subscription: string, id: string, cause: number | undefined): void {
  changeBus(step, { dispatched: without(step.model.bus.dispatched, subscription) });
  const process = consumerOf(subscription);
  const name = nameTask(step, process);
  const handed = deliver(queueOf(step, subscription), id, name.id);
  setQueue(step, handed.queue);
  const { message } = handed;
  const { event, attempts } = message;
  const { correlationId } = event;
  const seq = step.record({
    kind: attempts > 1 ? 'bus.redelivered' : 'bus.delivered',
    process,
    cause,
    correlationId,
    ...refOf(event),
    subscription,
    message: id,
    attempt: attempts,
    task: name.id,
  });
  const input: Delivery = { subscription, message: id, event };
  const handler = rig.options.inbox === 'sameTransaction' ? 'idempotentConsumer' : 'consumer';
  start(rig.mechanics, step, name, { process, handler, input, cause: seq, correlationId });
  const struck = step.strike((failure) => failure.type === 'redeliver' && failure.subscription === subscription);
  if (struck) putBack(step, subscription);
}

/** Performs an acknowledgement. One that comes too late changes nothing. */
export function acknowledged(step: Step, task: Task, subscription: string, message: string, eventId: string): void {
  const { queue, late } = acknowledge(queueOf(step, subscription), task.id);
  setQueue(step, queue);
  const kind = late ? 'bus.acknowledgementIgnored' : 'bus.acknowledged';
  step.record({
    kind,
    process: 'bus',
    cause: task.cause,
    correlationId: task.correlationId,
    subscription,
    message,
    eventId,
    task: task.id,
  });
}

/** A handler ended or died. What it had not acknowledged goes back to its queue, or among the dead letters. */
export function handlerEnded(step: Step, task: Task, reason: 'crash' | 'failure' | null): void {
  const { subscription } = task.input as Delivery;
  const { queue, message, dead } = release(queueOf(step, subscription), task.id);
  setQueue(step, queue);
  if (message) {
    const common = {
      process: 'bus',
      cause: task.cause,
      correlationId: task.correlationId,
      subscription,
      message: message.id,
      eventId: message.event.id,
    };
    const seq = dead
      ? step.record({ kind: 'bus.deadLettered', ...common, attempts: message.attempts })
      : step.record({ kind: 'bus.requeued', ...common, reason: reason ?? 'failure' });
    setQueue(step, withCause(queueOf(step, subscription), message.id, seq));
  }
  if (reason === 'failure') pumpAt(step, subscription, step.now + retryDelay);
  else pump(step, subscription);
}

/** The bus goes down: nothing is taken in or handed out, and what was unacknowledged is back in its queue. */
export function busDown(step: Step, duration: number, cause: number): void {
  const until = step.now + duration;
  step.record({ kind: 'bus.wentDown', process: 'bus', cause, until });
  changeBus(step, { up: false });
  for (const subscription of subscriptions) {
    recall(step, subscription);
    putBack(step, subscription);
  }
  step.schedule(until, { fires: { timer: busUpTimer } }, cause);
}

/** The bus is back. */
export function busUp(step: Step, cause: number | undefined): void {
  if (step.model.bus.up) return;
  step.cancel((what) => 'fires' in what && what.fires.timer === busUpTimer);
  step.record({ kind: 'bus.cameUp', process: 'bus', cause });
  changeBus(step, { up: true });
  for (const subscription of subscriptions) pump(step, subscription);
}
