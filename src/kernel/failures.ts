/** The failures the kernel knows: processes that crash, restart and slow down. Others are the mechanics' to strike. */
import type { Failure } from '../trace/scenario.ts';
import type { Kinds, Mechanics } from './mechanics.ts';
import type { Step } from './step.ts';
import type { Task } from './task.ts';

/** The timer that ends a downtime. */
export const restartTimer = 'restart';

/** Takes a failure in: strikes it now, arms it, or refuses it with the reason. */
export function takeFailure<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  failure: Failure,
  input: number,
): void {
  step.settling = false;
  const verdict = judge(mechanics, step, failure);
  if (verdict === 'now') {
    const cause = step.record({ kind: 'failure.struck', process: 'kernel', input, failure });
    strikeNow(mechanics, step, failure, cause);
    return;
  }
  const outcome = verdict === 'theirs' ? theirs(mechanics, step, failure, input) : verdict;
  if (outcome === 'struck') return;
  if (outcome === 'armed') {
    const cause = step.record({ kind: 'failure.armed', process: 'kernel', input, failure });
    step.armed = [...step.armed, { input, failure, cause }];
    return;
  }
  step.record({ kind: 'failure.refused', process: 'kernel', input, failure, reason: outcome.refused });
}

/** Takes an armed failure back; one that has struck is past that. */
export function disarm<Model>(step: Step<Model>, input: number): void {
  const found = step.armed.find((armed) => armed.input === input);
  if (!found) return;
  step.armed = step.armed.filter((armed) => armed !== found);
  step.record({ kind: 'failure.disarmed', process: 'kernel', cause: found.cause, input, reason: 'takenBack' });
}

/** No more failures: the armed ones are gone, what is down restarts, what is slow is quick again. */
export function settle<K extends Kinds>(mechanics: Mechanics<K>, step: Step<K['model']>): void {
  const cause = step.record({ kind: 'run.settling', process: 'kernel' });
  for (const armed of step.armed)
    step.record({ kind: 'failure.disarmed', process: 'kernel', cause, input: armed.input, reason: 'settled' });
  step.armed = [];
  step.settling = true;
  mechanics.settle(step);
  for (const [name, process] of Object.entries(step.processes)) {
    if (process.slowBy > 0) slow(step, name, 0, cause);
    if (!process.up) restart(mechanics, step, name, cause);
  }
}

/** Strikes a crash that is armed for this point of this task, if there is one. Returns whether the process is down now. */
export function crashAt<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  when: 'before' | 'after',
  task: Task<K['effect']>,
): boolean {
  if (step.armed.length === 0) return false;
  const point = `${when}:${task.effect.effect}`;
  const struck = step.strike(
    (failure) => failure.type === 'crash' && failure.process === task.process && failure.point === point,
  );
  if (!struck || struck.failure.type !== 'crash') return false;
  crash(mechanics, step, struck.failure, task.cause, task);
  return true;
}

/** The process is whole again, with nothing in its memory. */
export function restart<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  name: string,
  cause: number | undefined,
): void {
  step.cancel((what) => 'fires' in what && what.fires.timer === restartTimer && what.fires['of'] === name);
  const because = step.process(name).cause ?? cause;
  const seq = step.record({ kind: 'process.restarted', process: name, cause: because });
  step.changeProcess(name, { up: true, cause: seq });
  mechanics.restarted(step, name);
}

type Verdict = 'now' | 'armed' | 'theirs' | { refused: string };

function judge<K extends Kinds>(mechanics: Mechanics<K>, step: Step<K['model']>, failure: Failure): Verdict {
  if (failure.type !== 'crash' && failure.type !== 'restart' && failure.type !== 'slow') return 'theirs';
  if (!Object.hasOwn(step.processes, failure.process)) return { refused: 'unknownProcess' };
  const process = step.process(failure.process);
  if (failure.type === 'slow') return 'now';
  if (failure.type === 'restart') return process.up ? { refused: 'alreadyUp' } : 'now';
  if (failure.point === undefined) return process.up ? 'now' : { refused: 'alreadyDown' };
  const known = mechanics
    .effectsOf(failure.process)
    .some((effect) => failure.point === `before:${effect}` || failure.point === `after:${effect}`);
  return known ? 'armed' : { refused: 'unknownPoint' };
}

function theirs<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  failure: Failure,
  input: number,
): 'struck' | 'armed' | { refused: string } {
  const before = step.records.length;
  const outcome = mechanics.failure(step, failure, input);
  if (outcome !== 'struck' && step.records.length !== before)
    throw new Error('a failure that did not strike left records');
  return outcome;
}

function strikeNow<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  failure: Failure,
  cause: number,
): void {
  if (failure.type === 'crash') crash(mechanics, step, failure, cause, null);
  else if (failure.type === 'restart') restart(mechanics, step, failure.process, cause);
  else if (failure.type === 'slow') slow(step, failure.process, failure.by, cause);
}

function slow<Model>(step: Step<Model>, process: string, by: number, cause: number): void {
  step.changeProcess(process, { slowBy: by });
  step.record({ kind: 'process.slowed', process, cause, by });
}

function crash<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  failure: Extract<Failure, { type: 'crash' }>,
  cause: number,
  at: Task<K['effect']> | null,
): void {
  const { process, point, restartAfter } = failure;
  const dying = tasksOf<K>(step, process);
  if (at) dying.unshift(at);
  const restartAt = restartAfter === undefined ? undefined : step.now + restartAfter;
  const crashed = step.record({
    kind: 'process.crashed',
    process,
    cause,
    correlationId: at?.correlationId,
    restartAt,
    tasks: dying.map((task) => task.id),
    point,
  });
  step.cancel((what) => ('task' in what ? what.task.process === process : what.fires.process === process));
  step.waiting = step.waiting.filter((waiting) => waiting.task.process !== process);
  step.changeProcess(process, { up: false, cause: crashed });
  for (const task of dying) {
    const { id, handler, correlationId } = task;
    step.record({ kind: 'task.ended', process, cause: crashed, correlationId, task: id, handler, outcome: 'killed' });
    mechanics.killed(step, { ...task, cause: crashed });
  }
  mechanics.crashed(step, process);
  if (restartAt !== undefined) step.schedule(restartAt, { fires: { timer: restartTimer, of: process } }, crashed);
}

function tasksOf<K extends Kinds>(step: Step<K['model']>, process: string): Task<K['effect']>[] {
  const tasks: Task[] = [];
  for (const { what } of step.agenda) if ('task' in what && what.task.process === process) tasks.push(what.task);
  for (const { task } of step.waiting) if (task.process === process) tasks.push(task);
  return tasks.sort((a, b) => a.number - b.number);
}
