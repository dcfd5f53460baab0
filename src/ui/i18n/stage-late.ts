/** What only some variants of the stage have to say: fetched with their drawings. */
import type { StageLate } from './en-stage-late.ts';
import { LateWords } from './late-words.svelte.ts';

export const stageLate = new LateWords<StageLate>({
  en: () => import('./en-stage-late.ts').then(({ enStageLate }) => enStageLate),
  ko: () => import('./ko-stage-late.ts').then(({ koStageLate }) => koStageLate),
});
