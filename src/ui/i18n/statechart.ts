/** What a statechart says, in the page's language. It comes with the drawing. */
import { enStatechart, type StatechartWords } from './en-statechart.ts';
import { i18n } from './i18n.svelte.ts';
import { koStatechart } from './ko-statechart.ts';

/** These words in the present language; reactive wherever it is read. */
export const statechartWords = (): StatechartWords => (i18n.language === 'ko' ? koStatechart : enStatechart);
