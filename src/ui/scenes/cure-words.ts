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
    // a second name is there where the value alone says too little
    all.push(words.name ? `${words.name}: ${chosen}` : chosen);
  }
  return all.join(', ');
}
