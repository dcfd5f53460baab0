/** The combinations of options that make sense, one after the other. */
import { defaultOptions } from '../../src/trace/defaults.ts';
import { conflictOf, withOption } from '../../src/trace/option-rules.ts';
import { optionNames, optionValues } from '../../src/trace/option-values.ts';
import type { Options } from '../../src/trace/scenario.ts';

/** The options of the outbox chapter up to the consumer, as design.md lists them. */
export const chapterOptions = [
  'publish',
  'outbox',
  'relay',
  'relays',
  'claim',
  'afterPublish',
  'bus',
  'requeue',
  'consumers',
  'inbox',
] as const satisfies readonly (keyof Options)[];

/** Every combination of these options' values, the others at their defaults: those that go together, and those that don't. */
export function combinations(names: readonly (keyof Options)[]): { sensible: Options[]; others: Options[] } {
  let all: Options[] = [defaultOptions];
  for (const name of names) {
    all = all.flatMap((options) => optionValues[name].map((value): Options => ({ ...options, [name]: value })));
  }
  const sensible = all.filter((options) => conflictOf(options) === null);
  return { sensible, others: all.filter((options) => conflictOf(options) !== null) };
}

/** The options that these choices come to, made one after the other as a reader makes them. */
export function chosen(choices: readonly (readonly [keyof Options, number])[]): Options {
  return choices.reduce<Options>((options, [name, index]) => {
    const values: readonly unknown[] = optionValues[name];
    return withOption(options, name, values[index % values.length] as never);
  }, defaultOptions);
}

/** The options that the campaign flow knows; the others are for flows to come. */
export const runnable = optionNames.filter((name) => name !== 'saga' && name !== 'answers' && name !== 'boundary');
