/** What the stage has for the flows with a saga, fetched where one is opened. Nothing of the first picture may import this file. */
export { stageFlowWords } from '../../i18n/stage-flows.ts';
export { default as Aggregates } from './Aggregates.svelte';
export { flowFacts, flowName, flowSections } from './facts.ts';
export { layoutOf } from './layout.ts';
export { legendOf, patternWords, relayWords } from './words.ts';
export { default as PartAnswers } from './PartAnswers.svelte';
export { default as Picture } from './Picture.svelte';
export { default as SagaTables } from './SagaTables.svelte';
export { waysOf } from './ways.ts';
