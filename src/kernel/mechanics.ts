/** What the kernel is told of the world it drives: the rooms that know messages, aggregates and databases supply it. */
import type { RecordOf } from '../trace/record.ts';
import type { Failure, Input, Intervention } from '../trace/scenario.ts';
import type { Step } from './step.ts';
import type { Handlers, Task, Yielded } from './task.ts';
import type { Timer } from './world.ts';

/** What a record says an effect is about. */
export type Subject = Partial<
  Omit<RecordOf<'effect.begun'>, 'seq' | 'at' | 'kind' | 'process' | 'cause' | 'task' | 'handler' | 'effect' | 'until'>
>;

export type CommandInput = Extract<Input, { kind: 'command' }>;

/** The types a simulation brings: its part of the world, its effects, what it asks of a database, and the answers. */
export interface Kinds {
  model: unknown;
  effect: Yielded;
  request: unknown;
  answer: unknown;
}

export interface Mechanics<K extends Kinds> {
  readonly processes: readonly string[];
  readonly handlers: Handlers<K['effect']>;
  readonly start: K['model'];
  /** The named effects of a process: where it can be crashed. */
  effectsOf(process: string): readonly string[];
  /** How long an effect takes: `base` ms and, by chance, up to `spread` - 1 more. */
  latency(task: Task<K['effect']>): { base: number; spread: number };
  describe(effect: K['effect']): Subject;
  /** The key another task holds and this one must wait for before its effect, or null (it may then hold it itself). */
  waitsFor(step: Step<K['model']>, task: Task<K['effect']>): string | null;
  /** What performing the effect asks of the database; null where it asks nothing. */
  request(step: Step<K['model']>, task: Task<K['effect']>): K['request'] | null;
  /** Performs the effect; `answer` is the database's, if it was asked. Returns the handler's result. @throws Refusal */
  perform(step: Step<K['model']>, task: Task<K['effect']>, answer: K['answer'] | null): unknown;
  /** A task's effect has begun: it will be performed at `until` (virtual ms) if nothing prevents it. */
  begun?(step: Step<K['model']>, task: Task<K['effect']>, until: number): void;
  command(step: Step<K['model']>, input: CommandInput, index: number): void;
  /** A failure the kernel does not know: strikes it (and records that), or says that it stays armed, or why it can't be. */
  failure(step: Step<K['model']>, failure: Failure, input: number): 'struck' | 'armed' | { refused: string };
  /** Why a person can't do this now; null where it can be done. */
  cannotIntervene(step: Step<K['model']>, intervention: Intervention): string | null;
  /** Does what a person asks for. `cause`: `seq` of the record that says so. */
  intervene(step: Step<K['model']>, intervention: Intervention, cause: number): void;
  timer(step: Step<K['model']>, timer: Timer, cause: number | undefined): void;
  /** A task ended by itself: done, or by a refusal it did not catch. */
  ended(step: Step<K['model']>, task: Task<K['effect']>, refusal: string | null): void;
  /** A task died with its process. */
  killed(step: Step<K['model']>, task: Task<K['effect']>): void;
  crashed(step: Step<K['model']>, process: string): void;
  restarted(step: Step<K['model']>, process: string): void;
  /** No more failures: whatever is broken outside the processes is whole again. */
  settle(step: Step<K['model']>): void;
}
