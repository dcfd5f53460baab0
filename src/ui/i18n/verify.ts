/** What the Verify view says, in the page's language. It comes with the view. */
import { enVerify, type VerifyWords } from './en-verify.ts';
import { i18n } from './i18n.svelte.ts';
import { koVerify } from './ko-verify.ts';

/** These words in the present language; reactive wherever it is read. */
export const verifyWords = (): VerifyWords => (i18n.language === 'ko' ? koVerify : enVerify);
