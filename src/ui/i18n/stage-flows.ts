/** What the stage says in the flows with a saga, in the page's language. It comes with their drawings. */
import { enStageFlows, type StageFlowWords } from './en-stage-flows.ts';
import { i18n } from './i18n.svelte.ts';
import { koStageFlows } from './ko-stage-flows.ts';

/** These words in the present language; reactive wherever it is read. */
export const stageFlowWords = (): StageFlowWords => (i18n.language === 'ko' ? koStageFlows : enStageFlows);
