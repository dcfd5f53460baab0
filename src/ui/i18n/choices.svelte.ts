/** What there is to say about choices, in the page's language: fetched when somebody comes near one. */
import type { ChoiceWords } from './en-choices.ts';
import { late } from '../late.svelte.ts';
import { i18n } from './i18n.svelte.ts';
import type { Language } from './language.ts';

const sources: Record<Language, () => Promise<ChoiceWords>> = {
  en: () => import('./en-choices.ts').then(({ enChoices }) => enChoices),
  ko: () => import('./ko-choices.ts').then(({ koChoices }) => koChoices),
};

let known = $state.raw<Partial<Record<Language, ChoiceWords>>>({});
let failed = $state.raw<Language | null>(null);
const asked: Partial<Record<Language, boolean>> = {};

/** Whether the words could not be fetched; they are asked for again when they are wanted again. */
export const choicesFailed = (): boolean => failed === i18n.language;

/** Fetches the words in a language, unless they are there. */
export async function fetchChoices(language: Language = i18n.language): Promise<void> {
  if (asked[language]) return;
  asked[language] = true;
  try {
    const words = await sources[language]();
    known = { ...known, [language]: words };
    failed = null;
  } catch {
    asked[language] = false;
    failed = language;
  }
}

late(() => fetchChoices());

/** The words, or null where nobody has wanted them yet. Reactive. */
export const choices = (): ChoiceWords | null => known[i18n.language] ?? null;

/** The words, which are wanted now; null until they are there. Reactive. */
export function wantedChoices(): ChoiceWords | null {
  const { language } = i18n;
  void fetchChoices(language);
  return known[language] ?? null;
}
