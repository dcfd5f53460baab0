/** What the parts of flows with sagas say, in the page's language. It comes with those parts. */
import { enFlows, type FlowWords } from './en-flows.ts';
import { i18n } from './i18n.svelte.ts';
import { koFlows } from './ko-flows.ts';

/** These words in the present language; reactive wherever it is read. */
export const flowWords = (): FlowWords => (i18n.language === 'ko' ? koFlows : enFlows);
