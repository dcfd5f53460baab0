/**
 * The acknowledging queue of one subscription, as data: a message is handed to one consumer, stays until it is
 * acknowledged, and returns to the head when the consumer fails. One active consumer, so order is kept.
 * After RabbitMQ's quorum queues: single active consumer, requeue at the original position, a delivery limit.
 */
import { assert } from '../../base/assert.ts';
import type { Envelope } from '../../messaging/envelope.ts';

/** After this many deliveries a message that comes back is put among the dead letters. */
export const deliveryLimit = 5;

export interface QueuedMessage {
  readonly id: string;
  readonly event: Envelope;
  /** How often it has been delivered. */
  readonly attempts: number;
  /** Virtual ms; until then others overtake it. */
  readonly delayedUntil: number;
  /** `seq` of the record that put it here. */
  readonly cause: number;
}

export interface InFlight {
  readonly message: QueuedMessage;
  /** The task that handles it. */
  readonly task: string;
  /** The queue gave up waiting and has put the message back; the acknowledgement will come too late. */
  readonly expired: boolean;
}

export interface Queue {
  readonly subscription: string;
  /** The head first. */
  readonly waiting: readonly QueuedMessage[];
  readonly inFlight: InFlight | null;
  readonly dead: readonly QueuedMessage[];
}

/** A queue with nothing in it. */
export const emptyQueue = (subscription: string): Queue => ({ subscription, waiting: [], inFlight: null, dead: [] });

/** Puts a message at the tail. */
export const enqueue = (queue: Queue, message: QueuedMessage): Queue => ({
  ...queue,
  waiting: [...queue.waiting, message],
});

/** When the next message can be handed out, given that it is `now`; null while one is in flight or none waits. */
export function readyAt(queue: Queue, now: number): number | null {
  if (queue.inFlight !== null || queue.waiting.length === 0) return null;
  let soonest = Infinity;
  for (const message of queue.waiting) {
    if (message.delayedUntil <= now) return now;
    soonest = Math.min(soonest, message.delayedUntil);
  }
  return soonest;
}

/** Hands a waiting message to `task`. @throws Error where it does not wait, or another one is in flight */
export function deliver(queue: Queue, id: string, task: string): { queue: Queue; message: QueuedMessage } {
  const found = queue.waiting.find((message) => message.id === id);
  assert(found && queue.inFlight === null, `message ${id} can be delivered`);
  const message = { ...found, attempts: found.attempts + 1 };
  const waiting = queue.waiting.filter((other) => other !== found);
  return { queue: { ...queue, waiting, inFlight: { message, task, expired: false } }, message };
}

/** The task acknowledges. `late`: the message had been put back, and stays where it is. */
export function acknowledge(queue: Queue, task: string): { queue: Queue; late: boolean } {
  const late = queue.inFlight?.task !== task || queue.inFlight.expired;
  return { queue: queue.inFlight?.task === task ? { ...queue, inFlight: null } : queue, late };
}

/**
 * The task ended without acknowledging: its message returns to the head, or, at the delivery limit, is dead-lettered.
 * One that had expired is back already.
 */
export function release(queue: Queue, task: string): { queue: Queue; message: QueuedMessage | null; dead: boolean } {
  const flight = queue.inFlight;
  if (flight === null || flight.task !== task) return { queue, message: null, dead: false };
  const freed = { ...queue, inFlight: null };
  if (flight.expired) return { queue: freed, message: null, dead: false };
  const { message } = flight;
  if (message.attempts >= deliveryLimit)
    return { queue: { ...freed, dead: [...queue.dead, message] }, message, dead: true };
  return { queue: { ...freed, waiting: [message, ...queue.waiting] }, message, dead: false };
}

/** The queue stops waiting for the acknowledgement: the message is at the head again while its handler still runs. */
export function expire(queue: Queue): { queue: Queue; message: QueuedMessage } | null {
  const flight = queue.inFlight;
  if (flight === null || flight.expired) return null;
  return {
    queue: { ...queue, waiting: [flight.message, ...queue.waiting], inFlight: { ...flight, expired: true } },
    message: flight.message,
  };
}

/** Replaces a waiting message by others (none: it is lost). */
export function replace(queue: Queue, id: string, by: readonly QueuedMessage[]): Queue {
  return { ...queue, waiting: queue.waiting.flatMap((message) => (message.id === id ? by : [message])) };
}

/** Moves a waiting message to the head, ready now. */
export function promote(queue: Queue, id: string): Queue {
  const message = queue.waiting.find((other) => other.id === id);
  if (!message) return queue;
  return { ...queue, waiting: [{ ...message, delayedUntil: 0 }, ...queue.waiting.filter((other) => other.id !== id)] };
}
