/**
 * The world as data: everything that decides how a run goes on. A world is never changed; a step makes the next one and
 * shares with it what stayed the same, so keeping a world is copying a reference.
 */
import type { Failure, Input } from '../trace/scenario.ts';
import type { Task } from './task.ts';

export interface World<Model> {
  /** Virtual ms of the last step. Every step has a time of its own. */
  readonly now: number;
  /** Steps and inputs taken so far. */
  readonly steps: number;
  /** Records written so far. */
  readonly seq: number;
  readonly chance: number;
  /** How many of the scenario's choices are used up. */
  readonly choicesTaken: number;
  readonly inputsTaken: number;
  /** Everything that can come next, earliest due first. */
  readonly agenda: readonly Item[];
  readonly nextOrder: number;
  /** Tasks that wait for a key another task holds, the longest waiting first. */
  readonly waiting: readonly Waiting[];
  readonly processes: Readonly<Record<string, Process>>;
  readonly armed: readonly Armed[];
  readonly settling: boolean;
  /** The parts the kernel knows nothing of: bus, locks, … */
  readonly model: Model;
}

export interface Process {
  readonly up: boolean;
  /** Extra ms for each of its effects. */
  readonly slowBy: number;
  /** Tasks started so far. */
  readonly tasks: number;
  /** `seq` of the crash or restart it last went through. */
  readonly cause: number | undefined;
}

/** A task that can't begin its effect yet, and what it waits for. */
export interface Waiting {
  readonly key: string;
  readonly task: Task;
}

/** A failure that waits for its moment. */
export interface Armed {
  /** Index of the input that armed it. */
  readonly input: number;
  readonly failure: Failure;
  /** `seq` of the record that says so. */
  readonly cause: number;
}

/** A timer: its name, and what the room that set it wants to know when it fires. */
export interface Timer {
  readonly timer: string;
  /** It dies with this process. */
  readonly process?: string;
  readonly [detail: string]: unknown;
}

export type Happening = { readonly task: Task } | { readonly fires: Timer };

/** Something that can come next: the performing of a task's effect, or a timer. */
export interface Item {
  /** Virtual ms. */
  readonly due: number;
  /** Ties are in this order. */
  readonly order: number;
  /** `seq` of the record that led to it. */
  readonly cause: number | undefined;
  readonly what: Happening;
}

/** What the run is told from outside: the reader's inputs and, where given, the scheduling choices. */
export interface Program {
  readonly inputs: readonly Input[];
  readonly choices: readonly number[];
}

/** The agenda with one more item in its place. */
export function insertItem(agenda: readonly Item[], item: Item): readonly Item[] {
  let low = 0;
  let high = agenda.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = agenda[middle]!;
    if (other.due < item.due || (other.due === item.due && other.order < item.order)) low = middle + 1;
    else high = middle;
  }
  return low === agenda.length ? [...agenda, item] : [...agenda.slice(0, low), item, ...agenda.slice(low)];
}
