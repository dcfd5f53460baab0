/** What a view shows of the bus: what lies in its queues and in its consumers' hands, and the log where it is one. */
import type { EventRef } from '../trace/record.ts';

/** Where in the log a message is. */
export interface PlaceView {
  readonly partition: number;
  readonly offset: number;
}

export interface MessageView extends EventRef {
  readonly message: string;
  readonly subscription: string;
  /** Virtual time at which the bus took it in. */
  readonly since: number;
  /** How often it has been delivered so far. */
  readonly attempts: number;
  readonly delayedUntil: number | null;
  /** Another copy of the same event has been accepted for this subscription before. */
  readonly copy: number;
  /** Null where the bus is no log. */
  readonly place: PlaceView | null;
}

/** A message that has reached a consumer. */
export interface HeldMessage extends MessageView {
  /** The process that has it: 'consumer:billing', 'consumer:billing-2'. */
  readonly consumer: string;
  /** The task that handles it; null while it waits in the consumer's memory. */
  readonly task: string | null;
  /** It came by pub/sub and has waited in the consumer's memory: nobody else has it any more. */
  readonly buffered: boolean;
}

/** What a subscription has before it. A message lies in one place, but a handler may still run that has lost it. */
export interface QueueView {
  readonly subscription: string;
  /** Waiting messages, the head first; on a log, what the subscription has not been given yet. */
  readonly waiting: readonly MessageView[];
  /** In the hands of running handlers, the oldest delivery first. Only competing consumers and pub/sub have several. */
  readonly inFlight: readonly HeldMessage[];
  /** Taken back from handlers that still run and do not know: their messages wait again, or are in other hands, or done. */
  readonly expired: readonly HeldMessage[];
  /** Not acknowledged by a handler that failed or died. The next records say where it goes; by pub/sub nowhere: it is lost. */
  readonly released: readonly HeldMessage[];
  /** Pub/sub: arrived, and waiting in the memory of the consumer. */
  readonly buffered: readonly HeldMessage[];
  readonly dead: readonly MessageView[];
  readonly acknowledged: number;
}

export interface LogView {
  /** Those that have anything in them, in their order. */
  readonly partitions: readonly PartitionView[];
  /** How far each subscription is: by its name, then by the number of the partition. */
  readonly groups: Readonly<Record<string, Readonly<Record<number, GroupView>>>>;
}

export interface PartitionView {
  readonly partition: number;
  /** The newest records, oldest first, at most two hundred. */
  readonly entries: readonly LogEntry[];
  /** The offset that the next record gets: how many there have been. */
  readonly end: number;
}

export interface LogEntry extends EventRef {
  readonly offset: number;
  /** Virtual time at which it was appended. */
  readonly at: number;
  /** 2 for the second time this event was appended, and so on. */
  readonly copy: number;
  /** What it is called on its way to each subscription. */
  readonly messages: readonly { readonly message: string; readonly subscription: string }[];
}

/** How far a subscription is in a partition. */
export interface GroupView {
  /** The offset read next. */
  readonly position: number;
  /** The offset a new owner would begin at. */
  readonly committed: number;
  /** The process that reads the partition; null before the first. */
  readonly owner: string | null;
}
