/** The bus's queues within a step: reading and changing them, and sending their messages on their way. */
import type { Happening } from '../kernel/world.ts';
import type { Envelope } from '../messaging/envelope.ts';
import { expire, readyAt, type Queue, type QueuedMessage } from '../patterns/message-bus/queue.ts';
import { consumerOf } from './campaign-flow.ts';
import { spread, travel } from './latencies.ts';
import { refOf, without, type Bus, type Step } from './model.ts';

/** The timers of the bus. */
export const deliverTimer = 'deliver';
export const pumpTimer = 'pump';

/** Changes the bus's part of the world. */
export const changeBus = (step: Step, bus: Partial<Bus>): void => {
  step.model = { ...step.model, bus: { ...step.model.bus, ...bus } };
};

/** The queue of a subscription. @throws Error where there is no such subscription */
export function queueOf(step: Step, subscription: string): Queue {
  const queue = step.model.bus.queues[subscription];
  if (!queue) throw new Error(`no subscription named ${subscription}`);
  return queue;
}

/** Puts a queue in the place of what it was. */
export const setQueue = (step: Step, queue: Queue): void =>
  changeBus(step, { queues: { ...step.model.bus.queues, [queue.subscription]: queue } });

/** A new message for one subscription. */
export function makeMessage(step: Step, event: Envelope, cause: number): QueuedMessage {
  const messages = step.model.bus.messages + 1;
  changeBus(step, { messages });
  return { id: `m${messages}`, event, attempts: 0, delayedUntil: 0, cause };
}

/** Sends the next message of a queue on its way, if one is ready and somebody is there to take it. */
export function pump(step: Step, subscription: string): void {
  const { bus } = step.model;
  const consumer = consumerOf(subscription);
  if (!bus.up || subscription in bus.dispatched || !step.process(consumer).up) return;
  const queue = queueOf(step, subscription);
  const ready = readyAt(queue, step.now);
  if (ready === null) return;
  if (ready > step.now) return pumpAt(step, subscription, ready);
  const message = queue.waiting.find(({ delayedUntil }) => delayedUntil <= step.now)!;
  const until = step.now + travel.delivery + step.chance(spread);
  const { event } = message;
  const cause = step.record({
    kind: 'bus.dispatched',
    process: 'bus',
    cause: message.cause,
    correlationId: event.correlationId,
    ...refOf(event),
    subscription,
    message: message.id,
    until,
  });
  changeBus(step, { dispatched: { ...bus.dispatched, [subscription]: message.id } });
  step.schedule(until, { fires: { timer: deliverTimer, process: consumer, subscription, message: message.id } }, cause);
}

/** Looks at a queue again at virtual time `due`, if nobody does before. */
export function pumpAt(step: Step, subscription: string, due: number): void {
  const pumps = (what: Happening): boolean =>
    'fires' in what && what.fires.timer === pumpTimer && what.fires['subscription'] === subscription;
  if (step.agenda.some((item) => item.due <= due && pumps(item.what))) return;
  step.cancel(pumps);
  step.schedule(due, { fires: { timer: pumpTimer, process: consumerOf(subscription), subscription } }, undefined);
}

/** A message on its way does not arrive: it is still in its queue, and may set out again. */
export function recall(step: Step, subscription: string): void {
  changeBus(step, { dispatched: without(step.model.bus.dispatched, subscription) });
  step.cancel(
    (what) => 'fires' in what && what.fires.timer === deliverTimer && what.fires['subscription'] === subscription,
  );
}

/** The queue stops waiting for an acknowledgement: the message is back while its handler still runs. */
export function putBack(step: Step, subscription: string): boolean {
  const expired = expire(queueOf(step, subscription));
  if (!expired) return false;
  const { id: message, event, cause } = expired.message;
  const seq = step.record({
    kind: 'bus.requeued',
    process: 'bus',
    cause,
    correlationId: event.correlationId,
    subscription,
    message,
    eventId: event.id,
    reason: 'timeout',
  });
  setQueue(step, withCause(expired.queue, message, seq));
  return true;
}

/** The queue with a message whose newest record is `cause`. */
export function withCause(queue: Queue, id: string, cause: number): Queue {
  const renew = (message: QueuedMessage): QueuedMessage => (message.id === id ? { ...message, cause } : message);
  return { ...queue, waiting: queue.waiting.map(renew), dead: queue.dead.map(renew) };
}
