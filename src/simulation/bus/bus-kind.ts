/** What each kind of bus answers for. */
import type { Timer } from '../../kernel/world.ts';
import type { Envelope } from '../../messaging/envelope.ts';
import type { Failure } from '../../trace/scenario.ts';
import type { Step, Task } from '../model.ts';
import type { Rig } from '../rig.ts';

/** What has become of a failure: it has struck, waits for its moment, or can't be. */
export type Outcome = 'struck' | 'armed' | { refused: string };

/** A failure that strikes what a bus holds. */
export type HeldFailure = Extract<
  Failure,
  { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow' | 'redeliver' | 'rebalance' }
>;

export interface BusKind {
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
}
