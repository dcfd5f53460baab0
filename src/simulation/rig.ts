/**
 * What the parts of the simulation know of each other: the rig they are put together in, and what is asked of a kind of
 * effect, a kind of bus, and the sagas. They stand in one file because each speaks of the rig and the rig of them.
 */
import type { DatabaseAnswer, DatabaseRequest } from '../database/port.ts';
import type { CommandInput, Mechanics, Subject } from '../kernel/mechanics.ts';
import type { Handlers } from '../kernel/task.ts';
import type { Timer } from '../kernel/world.ts';
import type { Effect, EffectName } from '../messaging/effects.ts';
import type { CommandEnvelope, Delivery, Envelope, Payload } from '../messaging/envelope.ts';
import type { SagaEffect } from '../messaging/saga-effects.ts';
import type { MachinePicture, RebuiltStep } from '../trace/control.ts';
import type { Failure, Flow, Intervention, Options } from '../trace/scenario.ts';
import type { FlowSetup } from './flow.ts';
import type { Bus, EffectOf, Kinds, Step, Task } from './model.ts';
import type { SagaModel } from './saga/saga-model.ts';

/** The options a run was built with, and what it is built of. */
export interface Rig {
  readonly flow: FlowSetup;
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
  readonly handlers: Handlers<Effect>;
  readonly kinds: EffectKinds<SagaEffect['effect']>;
  /** Its part of the world before anything has happened. */
  start(participants: readonly string[]): SagaModel;
  /** The machines that run under these options, as they are. */
  machines(flow: Flow, options: Options): MachinePicture[];
  /** What the machine makes of an instance's history, entry by entry. */
  rebuild(flow: Flow, options: Options, entries: readonly Payload[]): RebuiltStep[];
  /** The reader sends a command. Returns whether it was one for a participant or a process manager. */
  sends(rig: Rig, step: Step, input: CommandInput, index: number): boolean;
  /** The handler of a message, and its input; null where it is none for a saga. */
  handling(rig: Rig, delivery: Delivery): Handling | null;
  /** The handler of a command at the service, and its input; null where it is the campaign's. */
  serving(rig: Rig, command: CommandEnvelope): Handling | null;
  /** The key another task holds and this one must wait for before its effect, or null. */
  waitsFor(rig: Rig, step: Step, task: Task): string | null;
  /** Strikes a failure, or says that it stays armed, or why it can't be; null where it is none of a saga's. */
  failure(step: Step, failure: Failure): Outcome | null;
  /** A timer has come. Returns whether it was one of a saga's. */
  timer(rig: Rig, step: Step, timer: Timer, cause: number | undefined): boolean;
  /** A task ended by itself, or with its process. Returns whether all is said about it. */
  ended(rig: Rig, step: Step, task: Task, refusal: string | null): boolean;
  killed(rig: Rig, step: Step, task: Task): boolean;
  crashed(step: Step, process: string): void;
  restarted(rig: Rig, step: Step, process: string): void;
}

/** A handler's name, and what it is given. */
export interface Handling {
  readonly handler: string;
  readonly input: unknown;
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

/** What a person can do to a kind of bus to put things right. */
export interface BusRemedy {
  readonly type: BusIntervention['type'];
  /** Why it can't be done now; null where it can be. Its subscription exists, and the bus is up. */
  refused(step: Step, intervention: BusIntervention): string | null;
  /** Does it. `cause`: `seq` of the record that says so. */
  perform(rig: Rig, step: Step, intervention: BusIntervention, cause: number): void;
}

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
  readonly remedy?: BusRemedy;
}
