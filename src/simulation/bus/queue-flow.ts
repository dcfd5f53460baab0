/** The queues within a step: reading and changing them, sending messages on their way, and taking them back. */
import {
  dispatch,
  expire,
  isFree,
  next,
  recall as withoutDispatch,
  withCause,
  type Queue,
  type Returned,
} from '../../patterns/message-bus/queue.ts';
import type { Happening } from '../../kernel/world.ts';
import type { RecordOf } from '../../trace/record.ts';
import { arrivalTime, changeBus, consumersUp, expectArrival, expectNothing, pumpAt, recordDispatched } from './bus.ts';
import type { Step, Task } from '../model.ts';
import type { Rig } from '../rig.ts';

/** The timer that ends the wait for an acknowledgement. */
export const visibilityTimer = 'visibility';

/** The queue of a subscription. @throws Error where there is no such subscription */
export function queueOf(step: Step, subscription: string): Queue {
  const queue = step.model.bus.queues[subscription];
  if (!queue) throw new Error(`no queue of ${subscription}`);
  return queue;
}

/** Puts a queue in the place of what it was. */
export const setQueue = (step: Step, queue: Queue): void =>
  changeBus(step, { queues: { ...step.model.bus.queues, [queue.subscription]: queue } });

/** Sends waiting messages on their way, as many as are ready and have somebody to take them. */
export function pump(rig: Rig, step: Step, subscription: string): void {
  if (!step.model.bus.up) return;
  for (const consumer of consumersUp(rig, step, subscription)) {
    const queue = queueOf(step, subscription);
    if (!isFree(queue, consumer)) continue;
    const message = next(queue, step.now);
    if (message === null) return;
    if (typeof message === 'number') return pumpAt(step, subscription, message);
    const until = arrivalTime(step);
    const sent = { subscription, message: message.id, event: message.event, cause: message.cause };
    const cause = recordDispatched(rig, step, sent, consumer, until);
    setQueue(step, dispatch(queue, message.id, consumer));
    expectArrival(step, consumer, sent, until, cause);
  }
}

/** A message on its way does not arrive: it is still in its queue, and may set out again. */
export function recall(step: Step, subscription: string, consumer: string): void {
  setQueue(step, withoutDispatch(queueOf(step, subscription), consumer));
  expectNothing(step, consumer);
}

/** Waits for a task's acknowledgement no longer than until `due`. */
export function waitUntil(step: Step, task: Task, subscription: string, due: number): void {
  if (step.agenda.some(({ what }) => waitsFor(task.id)(what))) return;
  const timer = { timer: visibilityTimer, subscription, task: task.id };
  step.schedule(Math.max(step.now + 1, due), { fires: timer }, task.cause);
}

/** Nothing is waited for any more. */
export const stopWaiting = (step: Step, task: string): void => step.cancel(waitsFor(task));

const waitsFor =
  (task: string) =>
  (what: Happening): boolean =>
    'fires' in what && what.fires.timer === visibilityTimer && what.fires['task'] === task;

/**
 * The queue stops waiting for a task's acknowledgement: the message is back while its handler still runs. Returns whether
 * it was waiting. `timeout`: `seq` of the record that began what took too long, where that is why; then the delivery limit
 * counts.
 */
export function putBack(rig: Rig, step: Step, subscription: string, task: string, timeout?: number): boolean {
  const limited = timeout !== undefined;
  const expired = expire(queueOf(step, subscription), task, rig.options.requeue, limited);
  if (!expired.message) return false;
  stopWaiting(step, task);
  comeBack(rig, step, expired, 'timeout', timeout ?? expired.message.cause);
  return true;
}

/** Records that a message has come back, or is a dead letter now. */
export function comeBack(
  { options }: Rig,
  step: Step,
  { queue, message, dead }: Returned,
  reason: RecordOf<'bus.requeued'>['reason'],
  cause: number,
): void {
  if (!message) return setQueue(step, queue);
  const { id, event, attempts } = message;
  const { subscription } = queue;
  const common = {
    process: 'bus',
    cause,
    correlationId: event.correlationId,
    subscription,
    message: id,
    eventId: event.id,
  };
  const to = options.requeue === 'tail' ? ('tail' as const) : undefined;
  const seq = dead
    ? step.record({ kind: 'bus.deadLettered', ...common, attempts })
    : step.record({ kind: 'bus.requeued', ...common, reason, to });
  setQueue(step, withCause(queue, id, seq));
}
