/** The simulation's part of the world: what the kernel keeps for it and does not look into. All of it is immutable data. */
import type { DatabaseAnswer, DatabaseRequest } from '../database/port.ts';
import type { Step as KernelStep } from '../kernel/step.ts';
import type { Task as KernelTask } from '../kernel/task.ts';
import type { World as KernelWorld } from '../kernel/world.ts';
import type { Effect } from '../messaging/effects.ts';
import type { Envelope } from '../messaging/envelope.ts';
import type { Log } from '../patterns/message-bus/log.ts';
import type { Channel } from '../patterns/message-bus/pubsub.ts';
import type { Queue } from '../patterns/message-bus/queue.ts';
import type { EventRef } from '../trace/record.ts';
import type { SagaModel } from './saga/saga-model.ts';

export interface Model {
  readonly bus: Bus;
  /** Which task holds an aggregate, by the aggregate's id: from its load to the end of its transaction. */
  readonly locks: Readonly<Record<string, string>>;
  /** Open units of work by task. */
  readonly units: Readonly<Record<string, Unit>>;
  /** The relays and the clean-up, by process. */
  readonly pollers: Readonly<Record<string, Poller>>;
  /** Null in a flow without a saga. */
  readonly saga: SagaModel | null;
}

/** The message bus, of one of three kinds: the state of the others is empty. */
export interface Bus {
  readonly up: boolean;
  /** By subscription. */
  readonly queues: Readonly<Record<string, Queue>>;
  /** Of pub/sub, by subscription. */
  readonly channels: Readonly<Record<string, Channel>>;
  readonly log: Log | null;
  /** Messages made so far. */
  readonly messages: number;
}

export interface Unit {
  readonly transactionId: string;
  readonly table: string;
  readonly aggregateId: string;
  /** Its events that have left before the commit. */
  readonly events: readonly EventRef[];
  /** Positions taken in the outbox for rows it will insert, if any. */
  readonly reserved?: readonly number[];
}

/** Something that works by turns: a relay, or the clean-up. */
export interface Poller {
  /** A turn is on the agenda. */
  readonly due: boolean;
  /** A poll is running. */
  readonly busy: boolean;
  /** There may be rows it has not seen. */
  readonly dirty: boolean;
  /** How often in a row it met something that can't be published at all. */
  readonly hopeless: number;
  /** When rows become free that another relay holds, or old enough to be removed; null where none are known. Virtual ms. */
  readonly retryAt: number | null;
  /** What it has claimed and not finished. Virtual ms. */
  readonly holds: readonly Held[];
  /** Its claims made before this have ended before their time; null where none have. Virtual ms. */
  readonly endedBefore: number | null;
}

export interface Held {
  readonly positions: readonly number[];
  readonly aggregates: readonly string[];
  readonly until: number;
}

export type Kinds = { model: Model; effect: Effect; request: DatabaseRequest; answer: DatabaseAnswer };
export type World = KernelWorld<Model>;
export type Step = KernelStep<Model>;
export type Task = KernelTask<Effect>;
export type EffectOf<N extends Effect['effect']> = Extract<Effect, { effect: N }>;

/** A domain event as records name it. */
export function refOf(event: Envelope): EventRef {
  const { id, type, aggregateId, aggregateVersion, transactionId } = event;
  return { eventId: id, eventType: type, aggregateId, aggregateVersion, transactionId };
}

/** A copy of a record without one key. */
export function without<V>(record: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> {
  if (!(key in record)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}

/** The fields every record about a task has. */
export function about(
  task: Task,
  event?: Envelope,
): { process: string; cause: number; correlationId: string | undefined; task: string } {
  return {
    process: task.process,
    cause: task.cause,
    correlationId: event?.correlationId ?? task.correlationId,
    task: task.id,
  };
}
