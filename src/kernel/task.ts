/**
 * A task is a handler in flight, as data: its name, its input and the results it has received. Resuming it feeds those to
 * a fresh generator, so a task can be copied, stored, hashed and continued in several ways. The generator that is already
 * at the right place is kept beside the task as a cache and used at most once; that changes speed and nothing else.
 */
import { assert } from '../base/assert.ts';
import { Refusal } from '../base/refusal.ts';

/** What a handler yields. The kernel reads its name only. */
export interface Yielded {
  readonly effect: string;
}

/** Handlers by name. A handler is a function of its input and of the answers it has received. */
export type Handlers<E extends Yielded> = Readonly<Record<string, (input: never) => Generator<E, void, unknown>>>;

/** What became of an effect: its value, or the code of the refusal thrown into the handler. */
export type Result = { readonly value: unknown } | { readonly refusal: string };

export interface Task<E extends Yielded = Yielded> {
  readonly id: string;
  /** Running number within its process, from 1. */
  readonly number: number;
  readonly process: string;
  readonly handler: string;
  readonly input: unknown;
  readonly results: readonly Result[];
  /** What it waits for. */
  readonly effect: E;
  /** `seq` of its newest record. */
  readonly cause: number;
  readonly correlationId: string | undefined;
}

/** How a task goes on: with its next effect, to its end, or out by a refusal it did not catch. */
export type Continuation<E extends Yielded> =
  { effect: E; generator: Generator<E, void, unknown> } | { ended: true } | { refusal: string };

/** A generator that stands where a task does. */
export type Stand = Generator<Yielded, void, unknown>;

const generators = new WeakMap<object, Stand>();

/** Starts a handler and runs it to its first effect. @throws what the handler throws, unless it is a Refusal */
export function begin<E extends Yielded>(handlers: Handlers<E>, handler: string, input: unknown): Continuation<E> {
  return proceed(create(handlers, handler, input), undefined);
}

/** Gives a task the result of its effect and runs it to its next one. @throws what the handler throws, unless it is a Refusal */
export function resume<E extends Yielded>(handlers: Handlers<E>, task: Task<E>, result: Result): Continuation<E> {
  const kept = take(task) as Generator<E, void, unknown> | null;
  return proceed(kept ?? rebuild(handlers, task), result);
}

/** Remembers the generator that stands where the task does, if there is one. */
export function keep(task: object, generator: Stand | null): void {
  if (generator) generators.set(task, generator);
}

/** The generator that stands where the task does, if there is one. It is for whoever takes it: once it goes on, it does not. */
export function take(task: object): Stand | null {
  const generator = generators.get(task);
  if (!generator) return null;
  generators.delete(task);
  return generator;
}

function create<E extends Yielded>(
  handlers: Handlers<E>,
  handler: string,
  input: unknown,
): Generator<E, void, unknown> {
  const make = handlers[handler];
  assert(make, `a handler named ${handler}`);
  return make(input as never);
}

function rebuild<E extends Yielded>(handlers: Handlers<E>, task: Task<E>): Generator<E, void, unknown> {
  const generator = create(handlers, task.handler, task.input);
  generator.next();
  for (const result of task.results) feed(generator, result);
  return generator;
}

function feed<E extends Yielded>(generator: Generator<E, void, unknown>, result: Result): IteratorResult<E, void> {
  return 'refusal' in result ? generator.throw(new Refusal(result.refusal)) : generator.next(result.value);
}

function proceed<E extends Yielded>(
  generator: Generator<E, void, unknown>,
  result: Result | undefined,
): Continuation<E> {
  try {
    const next = result === undefined ? generator.next() : feed(generator, result);
    return next.done ? { ended: true } : { effect: next.value, generator };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.code };
    throw error;
  }
}
