/** What the page does not say at first, for the parts that say it: they are fetched when wanted, and this with them. */
import { enLater, type LaterMessages } from './en-later.ts';
import { i18n } from './i18n.svelte.ts';

/** These messages in the present language; reactive wherever it is read. */
export const later = (): LaterMessages => i18n.later ?? enLater;
