/** What only some variants of the stage draw and say. Nothing that is on the first picture may import this file. */
export { default as ChangeLog } from './ChangeLog.svelte';
export { default as Cleaner } from './Cleaner.svelte';
export { default as Competing } from './Competing.svelte';
export { default as Documents } from './Documents.svelte';
export { default as HeldNotes } from './HeldNotes.svelte';
export { default as LogPanel } from './LogPanel.svelte';
export { default as PubSub } from './PubSub.svelte';
export { default as RelayDetails } from './RelayDetails.svelte';
