/** What is not on the first picture, and its words. Nothing that is on it may import this file. */
export { default as Callouts } from './stage/Callouts.svelte';
export { default as CodeTab } from './inspector/CodeTab.svelte';
export { default as Crowd } from './stage/Crowd.svelte';
export { default as EarlierList } from './shell/EarlierList.svelte';
export { default as FailurePicker } from './controls/FailurePicker.svelte';
export { default as Fallen } from './stage/Fallen.svelte';
export { default as Growth } from './inspector/Growth.svelte';
export { default as HelpSheet } from './shell/HelpSheet.svelte';
export { default as ListView } from './stage/ListView.svelte';
export { default as News } from './shell/News.svelte';
export { default as OptionTip } from './controls/OptionTip.svelte';
export { default as PartMenu } from './stage/PartMenu.svelte';
export { default as PromiseTip } from './controls/PromiseTip.svelte';
export { default as RecordsTab } from './inspector/RecordsTab.svelte';
export { default as SharedLink } from './shell/SharedLink.svelte';
export { default as StepIn } from './controls/StepIn.svelte';
export { default as WhyTab } from './inspector/WhyTab.svelte';
export { later } from './i18n/later.ts';
