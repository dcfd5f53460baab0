/** The options in the order of the flow: what is always shown of each part, and what unfolds beneath it. */
import type { ShownOption } from '../i18n/option-words.ts';
import { defaultsOf } from '../../trace/defaults.ts';
import { reasonAgainst, withOption, type OptionReason } from '../../trace/option-rules.ts';
import { optionNames, optionValues } from '../../trace/option-values.ts';
import type { Flow, Options } from '../../trace/scenario.ts';

export interface OptionGroup {
  id: 'publish' | 'relay' | 'bus' | 'consumer' | 'saga';
  main: readonly ShownOption[];
  fine: readonly ShownOption[];
}

const saga: OptionGroup = {
  id: 'saga',
  main: ['saga', 'boundary', 'answers'],
  fine: [
    ...(['sending', 'notFound', 'instances', 'finished', 'deadlines', 'tokens'] as const),
    ...(['compensation', 'tombstones', 'planning', 'lateSuccess', 'contradiction'] as const),
  ],
};

/** All there are, of whatever flow. */
export const optionGroups: readonly OptionGroup[] = [
  { id: 'publish', main: ['publish', 'outbox'], fine: ['writes'] },
  {
    id: 'relay',
    main: ['relay', 'afterPublish'],
    fine: ['relays', 'claim', 'marking', 'failingRow', 'polling', 'cleanup', 'fence', 'retention', 'relayWrites'],
  },
  { id: 'bus', main: ['bus'], fine: ['confirm', 'requeue', 'consumers'] },
  { id: 'consumer', main: ['inbox'], fine: ['dedupWindow'] },
  saga,
];

/** Options whose values need the whole width. */
export const wideOptions: ReadonlySet<ShownOption> = new Set<ShownOption>([
  'inbox',
  'claim',
  'failingRow',
  'relayWrites',
  'saga',
  'boundary',
  'notFound',
  'instances',
  'contradiction',
  'lateSuccess',
]);

/** Every option of the page, in its order. */
export const shownOptions: readonly ShownOption[] = optionGroups.flatMap(({ main, fine }) => [...main, ...fine]);

/** What must be chosen before a value with this reason against it can be had, where that is not everywhere possible. */
const needs: { readonly [R in OptionReason]?: readonly [keyof Options, string | number] } = {
  needsTwoRelays: ['relays', 2],
  needsDocument: ['outbox', 'document'],
  needsCursorPolling: ['relay', 'cursorPolling'],
  needsLogTailing: ['relay', 'logTailing'],
};

/** Whether a value can ever be had in a flow. */
function canBeHad(name: keyof Options, value: string | number, flow: Flow): boolean {
  const reason = reasonAgainst(defaultsOf(flow), name, value as never, flow);
  if (reason === 'notInThisFlow') return false;
  const [other, wanted] = (reason && needs[reason]) || [];
  return other === undefined || wanted === undefined || canBeHad(other, wanted, flow);
}

/** The values of an option that a flow has. */
export const valuesIn = <K extends keyof Options>(flow: Flow, name: K): readonly Options[K][] =>
  (optionValues[name] as unknown as readonly Options[K][]).filter((value) => canBeHad(name, value, flow));

/** The groups as a flow has them, without what there is no choice of; what leads its process comes first where it must be there. */
export function groupsOf(flow: Flow, options: Options): readonly OptionGroup[] {
  const chosen = (name: ShownOption) => valuesIn(flow, name).length > 1;
  const groups = optionGroups.map(({ id, ...group }) => {
    const main = group.main.filter((name) => chosen(name) && !(name === 'answers' && options.saga === 'none'));
    const fine = group.fine.filter(chosen);
    return main.length > 0 ? { id, main, fine } : { id, main: fine, fine: [] };
  });
  const order = flow === 'campaign' ? groups : [...groups.slice(-1), ...groups.slice(0, -1)];
  return order.filter(({ main, fine }) => main.length + fine.length > 0);
}

/** The options of these that are off their default. */
export const changedOptions = (
  flow: Flow,
  options: Options,
  among: readonly ShownOption[] = shownOptions,
): ShownOption[] => among.filter((name) => options[name] !== defaultsOf(flow)[name]);

/** The values of an option as they are offered, each with why it can't be chosen, if it can't. The one in force always can. */
export function offered<K extends keyof Options>(flow: Flow, options: Options, name: K) {
  return valuesIn(flow, name).map((value) => ({
    value,
    reason: value === options[name] ? null : reasonAgainst(options, name, value, flow),
  }));
}

/** What else falls back to its default when an option is changed. */
export function resetBy<K extends keyof Options>(
  flow: Flow,
  options: Options,
  name: K,
  value: Options[K],
): (keyof Options)[] {
  const next = withOption(options, name, value, flow);
  return optionNames.filter((other) => other !== name && next[other] !== options[other]);
}
