/** What the tab “What if” says in English. It comes with the tab. */
import { seconds } from '../format.ts';

const plural = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

/** A share as a percentage that never says none or all where it is neither. */
const percent = (share: number): string => {
  if (share === 0 || share === 1) return `${share * 100} %`;
  if (share < 0.01) return 'under 1 %';
  return share > 0.99 ? 'over 99 %' : `${Math.round(share * 100)} %`;
};

const within = (failures: number): string =>
  failures === 0 ? 'with no further failure' : `with up to ${plural(failures, 'further failure')}`;

export const enWhatIf = {
  empty: 'Nothing has happened yet. Send a command; then ask here what else could have become of it.',
  failures: 'Failures',
  upTo: (count: number) => (count === 0 ? 'none' : `up to ${count}`),
  watch: 'Watch',
  stop: 'Stop',
  starting: 'Starting …',
  stopped: 'Stopped.',
  tryAgain: 'Try again',
  died: (detail: string) => `The worker that tried it has stopped${detail && `: ${detail}`}.`,
  refused: (reason: string) => `It could not be tried: ${reason}`,
  old: {
    step: (about: number, shown: number) => `This is about step ${about}; step ${shown} is shown.`,
    run: (about: number) => `This is about step ${about} of another run.`,
    grown: 'The run has gone on since.',
    otherRun: 'This is about another run.',
    here: 'Do it again here',
    backToStep: (step: number) => `Back to step ${step}`,
    backToRun: 'Back to that run',
  },
  outlook: {
    title: 'Can this still go wrong?',
    about: 'Tries all that can happen from the step shown on: in every order, with failures at every point.',
    ask: 'Look ahead',
    armed: 'What is armed and has not struck yet does not count.',
    under: 'Broken so far is shown at once. What holds is only known at the end.',
    yes: (step: number, count: number, failures: number) =>
      `Yes: from step ${step} on ${count === 1 ? 'one promise can' : `${count} promises can`} still break, ${within(failures)}.`,
    no: (step: number, failures: number) => `No: from step ${step} on nothing more can go wrong, ${within(failures)}.`,
    harmless: (step: number, failures: number) =>
      `No: from step ${step} on what can still break does no harm, ${within(failures)}.`,
    open: (step: number) =>
      `Not known: nothing was found to go wrong after step ${step}, but not everything was tried.`,
    already: 'Broken already',
    step: (step: number) => `step ${step}`,
    breakable: 'Can still be broken',
    by: (failures: number | undefined, steps: number | undefined) =>
      `${failures === 0 ? 'without a failure' : `by ${plural(failures ?? 1, 'failure')}`}, in ${plural(steps ?? 0, 'step')}`,
    noAlarm: 'no alarm',
    unwatchable: 'There is no run to watch: on the clock, something else would come first.',
    unknown: (states: string) => `Not known: stopped at ${states}`,
    safe: (count: number) => `${plural(count, 'promise')} can no longer be broken within these bounds`,
  },
  strikes: {
    title: 'Try every failure here',
    about: 'Strikes each failure that can strike at the step shown, each in a run of its own, and lets it settle.',
    ask: 'Try every failure',
    armed: 'What is armed is taken back once no command is left to come.',
    so: (count: number) => `${plural(count, 'run')} so far`,
    table: (step: number) => `Every failure at step ${step}`,
    failure: 'Failure',
    breaks: 'Breaks',
    rests: 'At rest after',
    watch: 'Watch',
    none: 'No further failure',
    nothing: 'nothing',
    nothingNew: 'nothing new',
    steps: (count: number) => plural(count, 'step'),
    time: (ms: number) => `${seconds(ms)} s`,
    noAlarm: 'no alarm',
    watchOf: (failure: string) => `Watch: ${failure}`,
    summary: (failures: number, breaking: number, promises: string) => {
      if (failures === 0) return 'No failure can strike here.';
      const of = failures === 1 ? 'The one failure' : `Of ${failures} failures`;
      if (breaking === 0)
        return failures === 1
          ? 'The one failure that can strike here breaks nothing new.'
          : `None of the ${failures} failures that can strike here breaks anything new.`;
      const some = failures === 1 ? '' : breaking === failures ? ' all' : ` ${breaking}`;
      return `${of} that can strike here${failures === 1 ? '' : ','}${some} break${breaking === 1 ? 's' : ''} what would else be kept: ${promises}.`;
    },
  },
  noReturn: {
    title: 'Point of no return',
    about:
      'For each step: of all that can happen from there on, the share that ends with the promise broken. Whatever can happen next counts as equally likely.',
    promise: 'Promise',
    ask: 'Find it',
    progress: (done: number, of: number) => `${done} of ${of} moments`,
    result: (promise: string, failures: number) => `${promise}, ${within(failures)}`,
    found: (step: number, what: string) => `From step ${step} on nothing that can happen saves it: ${what}`,
    between: (from: number, to: number) =>
      `From step ${to} on, or a little earlier (after step ${from}), nothing that can happen saves it.`,
    late: (step: number) =>
      `From step ${step} on, if not earlier, nothing that can happen saves it. Some steps before it have too many states.`,
    always: 'From the very beginning nothing that can happen saves it.',
    none: 'There is none in this run: up to its last step something can still save it.',
    passed: 'There is none in this run: after its last step nothing breaks it any more.',
    untouched: 'There is none: at no step of this run can it end broken.',
    open: 'Not known: the last step has too many states to count.',
    unfinished: 'Not known yet: not every step has been looked at.',
    sampled: (count: number) => `The run is long: ${count} of its moments were looked at, evenly spread.`,
    givenUp: 'Where the picture is dashed, there were too many states to count.',
    chart: 'Share that ends broken, by step',
    value: (step: number, of: number, share: string) => `step ${step} of ${of}: ${share}`,
    percent,
    tooMany: 'too many states',
    notYet: 'not known yet',
    list: 'As a list',
    steps: (first: number, last: number) => (first === last ? `step ${first}` : `steps ${first} to ${last}`),
    go: (step: number) => `Go to step ${step}`,
  },
};

/** What every language says there. */
export type WhatIfWords = typeof enWhatIf;
