/** What the panel of all promises says beside their names and meanings. */
import type { PromiseNotes } from './en-promise-notes.ts';
import { lateWords } from './late-words.svelte.ts';

export const promiseNotes = lateWords<PromiseNotes>({
  en: () => import('./en-promise-notes.ts').then(({ enPromiseNotes }) => enPromiseNotes),
  ko: () => import('./ko-promise-notes.ts').then(({ koPromiseNotes }) => koPromiseNotes),
});
