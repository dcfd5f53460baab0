/** What is only seen where a saga or a process manager takes part, and its words. Nothing of the first picture may import this file. */
export { default as Answers } from './controls/Answers.svelte';
export { default as BudgetCommands } from './controls/BudgetCommands.svelte';
export { default as ChartTab } from './inspector/ChartTab.svelte';
export { default as HistoryTab } from './inspector/HistoryTab.svelte';
export { default as InstancesTab } from './inspector/InstancesTab.svelte';
export { default as LensTab } from './inspector/LensTab.svelte';
export { default as NextBreak } from './controls/NextBreak.svelte';
export { default as StepsTab } from './inspector/StepsTab.svelte';
export { default as TripCommands } from './controls/TripCommands.svelte';
export { commonIn } from './controls/flow-failures.ts';
export { somebodyWaits } from './controls/asked.ts';
export { sagaColumnsOf, sagaIndexes } from './inspector/saga-columns.ts';
export { sagaTabs, shownBy } from './inspector/saga-tabs.ts';
