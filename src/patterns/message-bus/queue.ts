/**
 * The acknowledging queue of one subscription, as data: a message is handed to one consumer, stays until it is
 * acknowledged, and comes back when the consumer fails or takes too long. With one active consumer and a return to the
 * head, order is kept. After RabbitMQ's quorum queues (single active consumer, requeue at the original position, a
 * delivery limit) and the visibility timeout of Amazon SQS.
 */
import { assert } from '../../base/assert.ts';
import type { Envelope } from '../../messaging/envelope.ts';

/** After this many deliveries a message that comes back is put among the dead letters. */
export const deliveryLimit = 5;

/** Where a message that comes back is put. */
export type End = 'head' | 'tail';

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
  /** The consumer that has it, and can have no other. */
  readonly consumer: string;
  /** The task that handles it. */
  readonly task: string;
  /** Virtual ms; the queue waits for its acknowledgement until then. */
  readonly deadline: number;
  /** The queue gave up waiting and has put the message back; the acknowledgement will come too late. */
  readonly expired: boolean;
}

export interface Queue {
  readonly subscription: string;
  /** The head first. */
  readonly waiting: readonly QueuedMessage[];
  /** The message on its way to a consumer, by that. It is still among the waiting. */
  readonly dispatched: Readonly<Record<string, string>>;
  /** In the order of their deliveries. */
  readonly inFlight: readonly InFlight[];
  readonly dead: readonly QueuedMessage[];
}

/** A queue with nothing in it. */
export const emptyQueue = (subscription: string): Queue => ({
  subscription,
  waiting: [],
  dispatched: {},
  inFlight: [],
  dead: [],
});

/** Puts a message at the tail. */
export const enqueue = (queue: Queue, message: QueuedMessage): Queue => ({
  ...queue,
  waiting: [...queue.waiting, message],
});

/** Whether a consumer has no message and none is on its way to it. */
export const isFree = ({ dispatched, inFlight }: Queue, consumer: string): boolean =>
  !Object.hasOwn(dispatched, consumer) && !inFlight.some((flight) => flight.consumer === consumer);

/** The next message that can be handed out, given that it is `now`; or the time at which one can; null where none waits. */
export function next(queue: Queue, now: number): QueuedMessage | number | null {
  const travelling = Object.values(queue.dispatched);
  let soonest: number | null = null;
  for (const message of queue.waiting) {
    if (travelling.includes(message.id)) continue;
    if (message.delayedUntil <= now) return message;
    soonest = Math.min(soonest ?? Infinity, message.delayedUntil);
  }
  return soonest;
}

/** Sends a waiting message on its way to a consumer. */
export const dispatch = (queue: Queue, id: string, consumer: string): Queue => ({
  ...queue,
  dispatched: { ...queue.dispatched, [consumer]: id },
});

/** What is on its way to a consumer does not arrive. */
export function recall(queue: Queue, consumer: string): Queue {
  const { [consumer]: _, ...dispatched } = queue.dispatched;
  return { ...queue, dispatched };
}

/** Hands a waiting message to its consumer's task. @throws Error where it does not wait, or the consumer has another one */
export function deliver(
  queue: Queue,
  id: string,
  to: Pick<InFlight, 'consumer' | 'task' | 'deadline'>,
): { queue: Queue; message: QueuedMessage } {
  const arrived = recall(queue, to.consumer);
  const found = queue.waiting.find((message) => message.id === id);
  assert(found && isFree(arrived, to.consumer), `message ${id} can be delivered to ${to.consumer}`);
  const message = { ...found, attempts: found.attempts + 1 };
  const waiting = queue.waiting.filter((other) => other !== found);
  return {
    queue: { ...arrived, waiting, inFlight: [...queue.inFlight, { ...to, message, expired: false }] },
    message,
  };
}

/** What a task has in flight. */
export const flightOf = ({ inFlight }: Queue, task: string): InFlight | undefined =>
  inFlight.find((flight) => flight.task === task);

const withoutFlight = (queue: Queue, task: string): Queue => ({
  ...queue,
  inFlight: queue.inFlight.filter((flight) => flight.task !== task),
});

/** The task acknowledges. `late`: the message had been put back, and stays where it is. */
export function acknowledge(queue: Queue, task: string): { queue: Queue; late: boolean } {
  const flight = flightOf(queue, task);
  return flight ? { queue: withoutFlight(queue, task), late: flight.expired } : { queue, late: true };
}

/** A queue after a message has come back to it; none had to where that is null. */
export interface Returned {
  queue: Queue;
  message: QueuedMessage | null;
  /** It went to the dead letters instead. */
  dead: boolean;
}

/**
 * The task ended without acknowledging: its message comes back, or, at the delivery limit, is dead-lettered. One that
 * had expired is back already.
 */
export function release(queue: Queue, task: string, to: End): Returned {
  const flight = flightOf(queue, task);
  const freed = flight ? withoutFlight(queue, task) : queue;
  return !flight || flight.expired
    ? { queue: freed, message: null, dead: false }
    : comeBack(freed, flight.message, to, flight.message.attempts >= deliveryLimit);
}

/**
 * The queue stops waiting for the acknowledgement: the message is back while its handler still runs. `limited`: at the
 * delivery limit it is dead-lettered.
 */
export function expire(queue: Queue, task: string, to: End, limited: boolean): Returned {
  const flight = flightOf(queue, task);
  if (!flight || flight.expired) return { queue, message: null, dead: false };
  const inFlight = queue.inFlight.map((other) => (other === flight ? { ...flight, expired: true } : other));
  const { message } = flight;
  return comeBack({ ...queue, inFlight }, message, to, limited && message.attempts >= deliveryLimit);
}

function comeBack(queue: Queue, message: QueuedMessage, to: End, dead: boolean): Returned {
  if (dead) return { queue: { ...queue, dead: [...queue.dead, message] }, message, dead };
  const waiting = to === 'head' ? [message, ...queue.waiting] : [...queue.waiting, message];
  return { queue: { ...queue, waiting }, message, dead };
}

/** Puts a dead letter back at the tail, as if it had never been delivered. */
export function redrive(queue: Queue, id: string): Queue {
  const message = queue.dead.find((other) => other.id === id);
  if (!message) return queue;
  const dead = queue.dead.filter((other) => other !== message);
  return enqueue({ ...queue, dead }, { ...message, attempts: 0, delayedUntil: 0 });
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

/** The queue with a message whose newest record is `cause`. */
export function withCause(queue: Queue, id: string, cause: number): Queue {
  const renew = (message: QueuedMessage): QueuedMessage => (message.id === id ? { ...message, cause } : message);
  return { ...queue, waiting: queue.waiting.map(renew), dead: queue.dead.map(renew) };
}
