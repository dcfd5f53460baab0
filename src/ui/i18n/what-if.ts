/** What the tab “What if” says, in the page's language. It comes with the tab. */
import { enWhatIf, type WhatIfWords } from './en-what-if.ts';
import { i18n } from './i18n.svelte.ts';
import { koWhatIf } from './ko-what-if.ts';

/** These words in the present language; reactive wherever it is read. */
export const whatIfWords = (): WhatIfWords => (i18n.language === 'ko' ? koWhatIf : enWhatIf);
