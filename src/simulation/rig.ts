/**
 * What the parts of the simulation know of each other: the rig they are put together in, and what is asked of a kind of
 * effect, a kind of bus, and the sagas. They stand in one file because each speaks of the rig and the rig of them.
 */
import type { DatabaseAnswer, DatabaseRequest } from '../database/port.ts';
import type { Mechanics, Subject } from '../kernel/mechanics.ts';
import type { Timer } from '../kernel/world.ts';
import type { EffectName } from '../messaging/effects.ts';
import type { Envelope } from '../messaging/envelope.ts';
import type { Failure, Intervention, Options } from '../trace/scenario.ts';
import type { Bus, EffectOf, Kinds, Step, Task } from './model.ts';

/** The options a run was built with, and what it is built of. */
export interface Rig {
  readonly options: Options;
  readonly parts: Parts;
  /** Set once all parts are put together. */
  mechanics: Mechanics<Kinds>;
}

/** What only some options need: the worker fetches it when a run asks for it. What a run needs is there. */
export interface Parts {
  readonly buses: { readonly [K in Options['bus']]?: BusKind };
  /** Null where no saga takes part. */
  readonly sagas: SagaPart | null;
}

/** All that only a run with a saga needs. */
export interface SagaPart {
  readonly id: 'sagas';
}

/** One kind of effect. */
export interface EffectKind<N extends EffectName> {
  /** What a record says it is about. */
  describe(effect: EffectOf<N>): Subject;
  /** What performing it asks of the database; an effect without it asks nothing. @throws Refusal */
  request?(rig: Rig, step: Step, task: Task, effect: EffectOf<N>): DatabaseRequest | null;
  /** Performs it; `answer` is the database's, if it was asked. Returns the handler's result. @throws Refusal */
  perform(rig: Rig, step: Step, task: Task, effect: EffectOf<N>, answer: DatabaseAnswer | null): unknown;
}

/** Some kinds of effects, by name. */
export type EffectKinds<N extends EffectName> = { readonly [K in N]: EffectKind<K> };

/** What has become of a failure: it has struck, waits for its moment, or can't be. */
export type Outcome = 'struck' | 'armed' | { refused: string };

/** A failure that strikes what a bus holds. */
export type HeldFailure = Extract<
  Failure,
  { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow' | 'redeliver' | 'rebalance' }
>;

/** What a person does to a bus. */
export type BusIntervention = Extract<Intervention, { type: 'redrive' | 'replay' }>;

/** What a kind of bus answers for. */
export interface BusKind {
  /** Its part of the bus's state before any message. `groups`: the consumers of each subscription. */
  empty(groups: Readonly<Record<string, readonly string[]>>): Partial<Bus>;
  /** Takes an event in: a message for each subscription, all or none. Returns the `seq` of the record. */
  accept(rig: Rig, step: Step, event: Envelope, cause: number): number;
  /** One of its timers has come. Returns whether it was one. */
  timer(rig: Rig, step: Step, timer: Timer, cause: number | undefined): boolean;
  /** A handler's effect has begun, and will be performed at `until`. */
  begun?(step: Step, task: Task, until: number): void;
  /** Performs an acknowledgement. One that comes too late changes nothing. */
  acknowledged(step: Step, task: Task): void;
  /** A handler has ended: done (null), by a refusal, or killed with its process. */
  ended(rig: Rig, step: Step, task: Task, reason: 'crash' | 'failure' | null): void;
  /** A consumer is down; its handlers have ended before. */
  crashed(rig: Rig, step: Step, consumer: string): void;
  restarted(rig: Rig, step: Step, consumer: string): void;
  /** The bus has gone down. `cause`: `seq` of the record that says so. */
  wentDown(rig: Rig, step: Step, cause: number): void;
  /** It is back. `cause`: `seq` of the record that says so. */
  cameUp(rig: Rig, step: Step, cause: number): void;
  /** Strikes a failure, or says that it stays armed, or why it can't be. Its subscription exists. */
  failure(rig: Rig, step: Step, failure: HeldFailure, input: number): Outcome;
  /** What a person can do to it. */
  readonly intervention?: {
    readonly type: BusIntervention['type'];
    /** Why it can't be done now; null where it can be. Its subscription exists, and the bus is up. */
    refused(step: Step, intervention: BusIntervention): string | null;
    /** Does it. `cause`: `seq` of the record that says so. */
    perform(rig: Rig, step: Step, intervention: BusIntervention, cause: number): void;
  };
}
