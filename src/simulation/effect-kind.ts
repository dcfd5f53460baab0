/** What the simulation knows of an effect. */
import type { DatabaseAnswer, DatabaseRequest } from '../database/port.ts';
import type { EffectName } from '../messaging/effects.ts';
import type { Subject } from '../kernel/mechanics.ts';
import type { EffectOf, Step, Task } from './model.ts';
import type { Rig } from './rig.ts';

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
