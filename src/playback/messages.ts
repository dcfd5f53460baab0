/** Messages as the bus makes them, and where in a queue they lie. */
import type { EventRef } from '../trace/record.ts';
import type { HeldMessage, MessageView, PlaceView, QueueView } from './bus-view.ts';

/** A message that the bus has just made. */
export interface NewMessage {
  readonly message: string;
  readonly subscription: string;
  readonly since: number;
  readonly copy: number;
  readonly place: PlaceView | null;
}

/** A message that has not been delivered yet. `ref` may have more fields than the event's. */
export function newMessage(ref: EventRef, { message, subscription, since, copy, place }: NewMessage): MessageView {
  const { eventId, eventType, aggregateId, aggregateVersion, transactionId } = ref;
  return {
    eventId,
    eventType,
    aggregateId,
    aggregateVersion,
    transactionId,
    message,
    subscription,
    since,
    attempts: 0,
    delayedUntil: null,
    copy,
    place,
  };
}

/** The place that a record names; null where the bus is no log. */
export const placeOf = ({ partition, offset }: Partial<PlaceView>): PlaceView | null =>
  partition === undefined || offset === undefined ? null : { partition, offset };

/** The message as the bus has it, whoever had it before. */
export function letGo(message: MessageView | HeldMessage): MessageView {
  if (!('consumer' in message)) return message;
  const { consumer: _, task: _task, buffered: _buffered, ...rest } = message;
  return rest;
}

/** The message, wherever it lies. */
export function findMessage(queue: QueueView, message: string): MessageView | HeldMessage | undefined {
  const isIt = (other: MessageView): boolean => other.message === message;
  const { inFlight, waiting, buffered, released, dead } = queue;
  return inFlight.find(isIt) ?? waiting.find(isIt) ?? buffered.find(isIt) ?? released.find(isIt) ?? dead.find(isIt);
}

/** The queue without the message, wherever it lies. Lists that it is not in stay as they are. */
export function withoutMessage(queue: QueueView, message: string): QueueView {
  const isOther = (other: MessageView): boolean => other.message !== message;
  const others = <M extends MessageView>(list: readonly M[]): readonly M[] =>
    list.every(isOther) ? list : list.filter(isOther);
  const { subscription, waiting, inFlight, expired, released, buffered, dead, acknowledged } = queue;
  return {
    subscription,
    waiting: others(waiting),
    inFlight: others(inFlight),
    expired,
    released: others(released),
    buffered: others(buffered),
    dead: others(dead),
    acknowledged,
  };
}
