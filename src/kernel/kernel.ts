/**
 * The kernel decides when, in what order and what fails. It touches no clock, no chance but its own, no database: a step
 * that needs one hands out a request and goes on with the answer. Each step runs to rest before the next is chosen.
 *
 * Time: every step has a time of its own (at least one millisecond after the step before), so an input given at time t
 * comes after the step of that time and before all later ones, live and in every replay.
 */
import { Refusal } from '../base/refusal.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Input } from '../trace/scenario.ts';
import { draw, nextChance } from './chance.ts';
import { crashAt, disarm, restart, restartTimer, settle, takeFailure } from './failures.ts';
import { intervene } from './interventions.ts';
import type { Kinds, Mechanics } from './mechanics.ts';
import { Step } from './step.ts';
import type { Result, Task } from './task.ts';
import { answer } from './tasks.ts';
import type { Item, Program, World } from './world.ts';

/** A finished step: the next world, and what the step wrote down. */
export interface Done<Model> {
  readonly done: true;
  readonly world: World<Model>;
  readonly records: readonly TraceRecord[];
}

/** A step that waits for the database. `resume` is called once, with the answer. */
export interface Asks<K extends Kinds> {
  readonly done: false;
  readonly request: K['request'];
  resume(answer: K['answer']): Done<K['model']>;
}

/** A run that has not come to rest after so many steps is stopped, and says so. */
export const stepLimit = 1_000_000;

/** The world in which nothing has happened yet. `seed`: uint32 */
export function startWorld<K extends Kinds>(mechanics: Mechanics<K>, seed: number): World<K['model']> {
  const processes = Object.fromEntries(
    mechanics.processes.map((name) => [name, { up: true, slowBy: 0, tasks: 0, cause: undefined }]),
  );
  return {
    now: 0,
    steps: 0,
    seq: 0,
    chance: seed >>> 0,
    choicesTaken: 0,
    inputsTaken: 0,
    agenda: [],
    nextOrder: 0,
    waiting: [],
    processes,
    armed: [],
    settling: false,
    model: mechanics.start,
  };
}

/** When the next step is due, in virtual ms; null where nothing is left to do. */
export function nextTime<Model>(world: World<Model>, program: Program): number | null {
  if (world.steps >= stepLimit) return null;
  const step = stepTime(world);
  const input = program.inputs[world.inputsTaken];
  if (input && input.at < step) return Math.max(world.now, input.at);
  return step === Infinity ? null : step;
}

/** Takes the next step. @returns null where nothing is left to do */
export function advance<K extends Kinds>(
  mechanics: Mechanics<K>,
  program: Program,
  world: World<K['model']>,
): Done<K['model']> | Asks<K> | null {
  if (world.steps >= stepLimit) return null;
  const time = stepTime(world);
  const input = program.inputs[world.inputsTaken];
  if (world.steps === stepLimit - 1 && time !== Infinity) return settled(new Step(world), time, false);
  if (input && input.at < time) return takeInput(mechanics, world, input);
  if (time === Infinity) return null;
  const step = new Step(world);
  if (world.agenda.length === 0) return settled(step, time, true);
  const item = choose(step, program, time);
  step.now = Math.max(world.now + 1, item.due);
  return carryOut(mechanics, step, item);
}

/** Takes one item off the agenda, whatever else is due, and carries it out at virtual time `at`: for who tries every order. */
export function takeItem<K extends Kinds>(
  mechanics: Mechanics<K>,
  world: World<K['model']>,
  item: Item,
  at: number,
): Done<K['model']> | Asks<K> {
  const step = new Step(world);
  step.agenda = world.agenda.filter((other) => other !== item);
  step.now = at;
  return carryOut(mechanics, step, item);
}

function carryOut<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  item: Item,
): Done<K['model']> | Asks<K> {
  if ('task' in item.what) return performTask(mechanics, step, item.what.task as Task<K['effect']>);
  const { fires } = item.what;
  if (fires.timer === restartTimer) restart(mechanics, step, fires['of'] as string, item.cause);
  else mechanics.timer(step, fires, item.cause);
  return finished(step);
}

function stepTime<Model>(world: World<Model>): number {
  const first = world.agenda[0];
  if (first) return Math.max(world.now + 1, first.due);
  return world.settling ? world.now + 1 : Infinity;
}

const finished = <Model>(step: Step<Model>): Done<Model> => ({
  done: true,
  world: step.world(),
  records: step.records,
});

function settled<Model>(step: Step<Model>, time: number, quiet: boolean): Done<Model> {
  step.now = time;
  step.settling = false;
  step.record({ kind: 'run.settled', process: 'kernel', quiet });
  return finished(step);
}

/** Takes an input, whatever is due. */
export function takeInput<K extends Kinds>(
  mechanics: Mechanics<K>,
  world: World<K['model']>,
  input: Input,
): Done<K['model']> {
  const step = new Step(world);
  const index = step.inputsTaken++;
  step.now = Math.max(world.now, input.at);
  if (input.kind === 'command') mechanics.command(step, input, index);
  else if (input.kind === 'failure') takeFailure(mechanics, step, input.failure, index);
  else if (input.kind === 'intervention') intervene(mechanics, step, input.intervention, index);
  else if (input.kind === 'disarm') disarm(step, input.input);
  else settle(mechanics, step);
  return finished(step);
}

/** Takes the item that comes next off the agenda: the scenario's choice, else one of those due first, by the seed. */
function choose<Model>(step: Step<Model>, program: Program, time: number): Item {
  const { agenda } = step;
  let index = 0;
  if (agenda.length > 1) {
    const choice = program.choices[step.choicesTaken];
    if (choice !== undefined) {
      step.choicesTaken++;
      index = choice % agenda.length;
    } else {
      const ready = readyAt(agenda, time);
      if (ready > 1) index = step.chance(ready);
    }
  }
  step.agenda = index === 0 ? agenda.slice(1) : [...agenda.slice(0, index), ...agenda.slice(index + 1)];
  return agenda[index]!;
}

function readyAt(agenda: readonly Item[], time: number): number {
  let ready = 1;
  while (ready < agenda.length && agenda[ready]!.due <= time) ready++;
  return ready;
}

/** The choice that the next step makes among what is on the agenda; null where it has none, or takes an input. */
export function nextChoice<Model>(world: World<Model>, program: Program): number | null {
  const { agenda, chance } = world;
  const input = program.inputs[world.inputsTaken];
  const time = stepTime(world);
  if (agenda.length < 2 || (input && input.at < time)) return null;
  const choice = program.choices[world.choicesTaken];
  if (choice !== undefined) return choice % agenda.length;
  const ready = readyAt(agenda, time);
  return ready > 1 ? draw(nextChance(chance), ready) : 0;
}

function performTask<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  task: Task<K['effect']>,
): Done<K['model']> | Asks<K> {
  if (crashAt(mechanics, step, 'before', task)) return finished(step);
  const asked = outcome(() => mechanics.request(step, task));
  if ('refusal' in asked) return concluded(mechanics, step, task, asked);
  if (asked.value === null) return perform(mechanics, step, task, null);
  return { done: false, request: asked.value, resume: (reply) => perform(mechanics, step, task, reply) };
}

function perform<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  task: Task<K['effect']>,
  reply: K['answer'] | null,
): Done<K['model']> {
  return concluded(
    mechanics,
    step,
    task,
    outcome(() => mechanics.perform(step, task, reply)),
  );
}

function concluded<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  task: Task<K['effect']>,
  result: Result,
): Done<K['model']> {
  const cause = step.records.at(-1)?.seq ?? task.cause;
  // most steps have nothing armed, and need no copy of the task
  const crashes = step.armed.length > 0 && crashAt(mechanics, step, 'after', { ...task, cause });
  if (!crashes) answer(mechanics, step, task, result, cause);
  return finished(step);
}

function outcome(work: () => unknown): Result {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.code };
    throw error;
  }
}
