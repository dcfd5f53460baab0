/** The options in the order of the flow: what is always shown of each part, and what unfolds beneath it. */
import type { FineOption, MainOption, ShownOption } from '../i18n/option-words.ts';
import { defaultOptions } from '../../trace/defaults.ts';
import { reasonAgainst, withOption } from '../../trace/option-rules.ts';
import { optionNames, optionValues } from '../../trace/option-values.ts';
import type { Options } from '../../trace/scenario.ts';

export interface OptionGroup {
  id: 'publish' | 'relay' | 'bus' | 'consumer';
  main: readonly MainOption[];
  fine: readonly FineOption[];
}

export const optionGroups: readonly OptionGroup[] = [
  { id: 'publish', main: ['publish', 'outbox'], fine: ['writes'] },
  {
    id: 'relay',
    main: ['relay', 'afterPublish'],
    fine: ['relays', 'claim', 'marking', 'failingRow', 'polling', 'cleanup', 'fence', 'retention', 'relayWrites'],
  },
  { id: 'bus', main: ['bus'], fine: ['confirm', 'requeue', 'consumers'] },
  { id: 'consumer', main: ['inbox'], fine: ['dedupWindow'] },
];

/** Options whose values need the whole width. */
export const wideOptions: ReadonlySet<ShownOption> = new Set<ShownOption>([
  'inbox',
  'claim',
  'failingRow',
  'relayWrites',
]);

/** Every option of the page, in its order. */
export const shownOptions: readonly ShownOption[] = optionGroups.flatMap(({ main, fine }) => [...main, ...fine]);

/** The options of these that are off their default. */
export const changedOptions = (options: Options, among: readonly ShownOption[] = shownOptions): ShownOption[] =>
  among.filter((name) => options[name] !== defaultOptions[name]);

/** The values of an option as they are offered, each with why it can't be chosen, if it can't. The one in force always can. */
export function offered<K extends keyof Options>(options: Options, name: K) {
  const values = optionValues[name] as unknown as readonly Options[K][];
  return values.map((value) => ({
    value,
    reason: value === options[name] ? null : reasonAgainst(options, name, value),
  }));
}

/** What else falls back to its default when an option is changed. */
export function resetBy<K extends keyof Options>(options: Options, name: K, value: Options[K]): (keyof Options)[] {
  const next = withOption(options, name, value);
  return optionNames.filter((other) => other !== name && next[other] !== options[other]);
}
