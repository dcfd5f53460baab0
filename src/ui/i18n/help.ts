/** What the help sheet says. */
import type { HelpWords } from './en-help.ts';
import { lateWords } from './late-words.svelte.ts';

export const help = lateWords<HelpWords>({
  en: () => import('./en-help.ts').then(({ enHelp }) => enHelp),
  ko: () => import('./ko-help.ts').then(({ koHelp }) => koHelp),
});
