/** Starting tasks, and taking them from effect to effect. */
import type { Kinds, Mechanics } from './mechanics.ts';
import type { Step } from './step.ts';
import { begin, keep, resume, take, type Continuation, type Result, type Stand, type Task } from './task.ts';

/** A task that has been started and has not yielded yet. */
export type NewTask = {
  process: string;
  handler: string;
  input: unknown;
  cause: number | undefined;
  correlationId: string | undefined;
};

/** Names the next task of a process; `start` with it must follow in the same step. */
export function nameTask<Model>(step: Step<Model>, process: string): { id: string; number: number } {
  const number = step.process(process).tasks + 1;
  step.changeProcess(process, { tasks: number });
  return { id: `${process}-${number}`, number };
}

/** Starts a task and runs it to its first effect. */
export function start<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  name: { id: string; number: number },
  task: NewTask,
): void {
  const { process, handler, input, correlationId } = task;
  const cause = step.record({
    kind: 'task.started',
    process,
    cause: task.cause,
    correlationId,
    task: name.id,
    handler,
  });
  const first = begin(mechanics.handlers, handler, input);
  const born = { ...name, process, handler, input, results: [], cause, correlationId };
  follow(mechanics, step, born, first);
}

/** Gives a task the result of its effect. `cause` is the `seq` of the record that says what became of it. */
export function answer<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  task: Task<K['effect']>,
  result: Result,
  cause: number,
): void {
  const next = resume(mechanics.handlers, task, result);
  follow(mechanics, step, { ...task, results: [...task.results, result], cause }, next);
}

function follow<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  task: Omit<Task<K['effect']>, 'effect'>,
  next: Continuation<K['effect']>,
): void {
  if ('effect' in next) {
    beginEffect(mechanics, step, { ...task, effect: next.effect }, next.generator);
    return;
  }
  const refusal = 'refusal' in next ? next.refusal : null;
  const { id, handler, process, correlationId } = task;
  const outcome = refusal === null ? 'done' : 'failed';
  const cause = step.record({
    kind: 'task.ended',
    process,
    cause: task.cause,
    correlationId,
    task: id,
    handler,
    outcome,
    reason: refusal ?? undefined,
  });
  mechanics.ended(step, { ...task, cause } as Task<K['effect']>, refusal);
}

/**
 * Begins a task's effect: it will be performed after its latency, or waits for a key that another task holds. `generator`
 * stands where the task does, if there is one.
 */
export function beginEffect<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  task: Task<K['effect']>,
  generator: Stand | null,
): void {
  const { effect } = task.effect;
  const common = { process: task.process, cause: task.cause, correlationId: task.correlationId, task: task.id };
  const key = mechanics.waitsFor(step, task);
  if (key !== null) {
    const cause = step.record({ kind: 'effect.waited', ...common, effect, aggregateId: key });
    const parked = { ...task, cause };
    keep(parked, generator);
    step.waiting = [...step.waiting, { key, task: parked }];
    return;
  }
  const { base, spread } = mechanics.latency(task);
  const until = step.now + base + (spread > 1 ? step.chance(spread) : 0) + step.process(task.process).slowBy;
  const cause = step.record({
    kind: 'effect.begun',
    ...common,
    handler: task.handler,
    effect,
    until,
    ...mechanics.describe(task.effect),
  });
  const begun = { ...task, cause };
  keep(begun, generator);
  step.schedule(until, { task: begun }, cause);
  mechanics.begun?.(step, begun, until);
}

/** Lets the task that has waited longest for `key` begin its effect. */
export function wake<K extends Kinds>(mechanics: Mechanics<K>, step: Step<K['model']>, key: string): void {
  const first = step.waiting.find((waiting) => waiting.key === key);
  if (!first) return;
  step.waiting = step.waiting.filter((waiting) => waiting !== first);
  beginEffect(mechanics, step, first.task as Task<K['effect']>, take(first.task));
}
