/** What a cure changes, in the words of the controls. */
import { optionNames } from '../../trace/option-values.ts';
import type { Options } from '../../trace/scenario.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { wantedChoices } from '../i18n/choices.svelte.ts';

interface Words {
  label: string;
  name?: string;
  values: Record<string | number, { name: string }>;
}

/** Options whose values say too little by themselves. */
const bare: readonly (keyof Options)[] = ['afterPublish', 'failingRow'];

/** The options as they are called where they are chosen; null until the words for all of them are there. Reactive. */
export function cureWords(cure: Partial<Options>): string | null {
  const main = t().pattern.options as Partial<Record<keyof Options, Words>>;
  const all: string[] = [];
  for (const option of optionNames) {
    const value = cure[option];
    if (value === undefined) continue;
    const words = main[option] ?? (wantedChoices()?.fine as typeof main | undefined)?.[option];
    if (!words) return null;
    const chosen = words.values[value]?.name ?? String(value);
    all.push(bare.includes(option) ? `${words.name ?? words.label}: ${chosen}` : chosen);
  }
  return all.join(', ');
}
