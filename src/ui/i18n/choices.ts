/** What there is to say about choices, in the page's language: fetched when somebody comes near one. */
import type { ChoiceWords } from './en-choices.ts';
import { LateWords } from './late-words.svelte.ts';

const words = new LateWords<ChoiceWords>({
  en: () => import('./en-choices.ts').then(({ enChoices }) => enChoices),
  ko: () => import('./ko-choices.ts').then(({ koChoices }) => koChoices),
});

/** Whether the words could not be fetched; they are asked for again when they are wanted again. */
export const choicesFailed = (): boolean => words.failed;

/** Fetches the words, unless they are there; `choicesFailed` tells where they can't be had. */
export const fetchChoices = (): void => void words.fetch().catch(() => {});

/** The words, or null where nobody has wanted them yet. Reactive. */
export const choices = (): ChoiceWords | null => words.now;

/** The words, which are wanted now; null until they are there. Reactive. */
export const wantedChoices = (): ChoiceWords | null => words.wanted;
