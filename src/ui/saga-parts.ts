/** What is only seen where a saga or a process manager takes part, and its words. Nothing of the first picture may import this file. */
export { default as Answers } from './controls/Answers.svelte';
export { commonIn } from './controls/flow-failures.ts';
export { somebodyWaits } from './controls/asked.ts';
export { default as BudgetCommands } from './controls/BudgetCommands.svelte';
export { default as TripCommands } from './controls/TripCommands.svelte';
