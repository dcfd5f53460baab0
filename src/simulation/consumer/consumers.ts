/** What becomes of consumers and their handlers. */
import type { Delivery } from '../../messaging/effects.ts';
import { busOf } from '../bus/deliveries.ts';
import { about, type Step, type Task } from '../model.ts';
import type { Rig } from '../rig.ts';

/** An effect of a consumer's handler has begun, and will be performed at `until`. */
export const consumerBegan = (rig: Rig, step: Step, task: Task, until: number): void =>
  busOf(rig).begun?.(step, task, until);

/** A consumer's handler ended by itself: done, or by a refusal it did not catch. */
export function consumerEnded(rig: Rig, step: Step, task: Task, refusal: string | null): void {
  if (refusal === null) return busOf(rig).ended(rig, step, task, null);
  const { subscription, message, event } = task.input as Delivery;
  const eventId = event.id;
  const cause = step.record({
    kind: 'consumer.failed',
    ...about(task),
    subscription,
    message,
    eventId,
    reason: refusal,
  });
  busOf(rig).ended(rig, step, { ...task, cause }, 'failure');
}

/** A consumer's handler died with its process. */
export const consumerKilled = (rig: Rig, step: Step, task: Task): void => busOf(rig).ended(rig, step, task, 'crash');

/** A consumer went down. */
export const consumerCrashed = (rig: Rig, step: Step, consumer: string): void =>
  busOf(rig).crashed(rig, step, consumer);

/** A consumer is back, with nothing in its memory. */
export const consumerRestarted = (rig: Rig, step: Step, consumer: string): void =>
  busOf(rig).restarted(rig, step, consumer);
