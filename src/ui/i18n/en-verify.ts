/** What the Verify view says in English. It comes with the view. */
import type { FailureType, Flow } from '../../trace/scenario.ts';
import type { Preset } from '../verify/rows.ts';

const plural = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

/** A number of states, short: `950`, `41 k`, `1.2 M`. */
const short = (count: number): string => {
  if (count < 10_000) return String(count);
  if (count < 1_000_000) return `${Math.floor(count / 1000)} k`;
  return `${+(Math.floor(count / 100_000) / 10).toFixed(1)} M`;
};

/** Seconds as somebody who waits wants to hear them. */
const lasting = (left: number): string =>
  left < 90 ? plural(Math.max(1, Math.round(left)), 'second') : plural(Math.round(left / 60), 'minute');

const byFailures = (count: number | undefined): string =>
  count === undefined ? '' : count === 0 ? 'with no failure' : `by ${plural(count, 'failure')}`;

const presets: Record<Preset, string> = {
  chapter: 'The chapter',
  overLog: 'Over a log',
  overPubsub: 'Over pub/sub',
  sagas: 'With a saga',
  all: 'All combinations',
  mutants: 'What may be forgotten',
  boundaries: 'Where the boundary is',
};

const types: Partial<Record<FailureType, string>> = {
  crash: 'a process crashes',
  abortTransaction: 'a transaction is rolled back',
  refusePublish: 'the bus refuses a message',
  loseConfirmation: 'a confirmation is lost',
  drop: 'a message is lost',
  duplicate: 'a command is doubled',
  delay: 'a command is late',
  silence: 'a participant stays silent',
  redeliver: 'a message comes again too early',
  rebalance: 'a partition changes hands',
  expireLease: 'a claim ends too early',
};

const flowCommands: Record<Flow, readonly string[]> = {
  campaign: ['Activate', 'Deactivate', 'Activate'],
  trip: ['Book trip', 'Cancel trip'],
  budget: ['Activate A for 60', 'Activate B for 60'],
};

export const enVerify = {
  label: 'Verify',
  title: 'Every way it can fail, tried',
  intro: (commands: number, failures: number) =>
    `Every order in which ${plural(commands, 'command')} can run, with ${failures === 0 ? 'no failure' : `up to ${plural(failures, 'failure')}`} at every point where one can strike.`,
  flow: 'Flow',
  rows: 'Rows',
  presets,
  rowCount: (count: number) => plural(count, 'row'),
  publish: (how: string) => `Publish ${how.charAt(0).toLowerCase()}${how.slice(1)}`,
  bounds: {
    title: 'Bounds',
    failures: 'Failures',
    commands: 'Commands',
    states: 'Give up after',
    statesOf: (count: number) => `${short(count)} states`,
    commandsAre: (flow: Flow, count: number) => flowCommands[flow].slice(0, count).join(', then '),
    types: 'Types of failures',
    allTypes: 'all types',
    someTypes: (count: number, of: number) => `${count} of ${of} types`,
    type: (type: FailureType) => types[type] ?? type,
    stale:
      'The bounds have changed. Grey results were found within other bounds; try everything again to replace them.',
  },
  run: {
    start: 'Try everything',
    again: 'Try again',
    rest: (count: number) => `Try ${plural(count, 'row')} more`,
    stop: 'Stop',
    resume: 'Resume',
    download: 'Download verdicts',
    csv: 'As CSV',
    json: 'As JSON',
    progress: 'Rows tried',
    done: (done: number, of: number) => `${done} of ${plural(of, 'row')}`,
    states: (count: number) => `${short(count)} states`,
    rate: (count: number) => `${short(count)} / s`,
    workers: (count: number) => plural(count, 'worker'),
    left: (seconds: number) => `about ${lasting(seconds)} left`,
    leftUnknown: 'time left: known after the first row',
    stopped: 'Stopped. Rows that were done are kept; those in progress start again.',
    finished: (rows: number) => `Done: ${plural(rows, 'row')} tried.`,
    // for those who hear the page
    said: (done: number, of: number) => `${done} of ${plural(of, 'row')} tried`,
  },
  empty: {
    title: 'Nothing has been tried yet',
    what: (rows: number, promises: number) =>
      `“Try everything” runs ${plural(rows, 'row')} in the background, each in every order and with every failure within the bounds, and judges ${plural(promises, 'promise')}. How many states there are, and so how long it takes, nobody knows beforehand: each further failure makes it many times longer. You can stop at any time, and open a cell as soon as it is broken.`,
    asked: 'The link asks for one cell. Nothing is tried until you say so.',
  },
  matrix: {
    label: 'Verdicts',
    pattern: 'Pattern',
    remove: (row: string) => `Remove the row ${row}`,
  },
  cell: {
    off: 'not applicable',
    untried: 'not tried',
    waiting: 'waiting',
    trying: 'trying',
    holds: 'Holds',
    broken: 'Broken',
    unknown: 'Unknown',
    failed: 'Failed',
    states: (count: number) => `${short(count)} states`,
    stoppedAt: (count: number) => `stopped at ${short(count)}`,
    by: byFailures,
    old: 'within other bounds',
    // as it is read out
    name: (row: string, promise: string, what: string) => `${promise}, ${row}: ${what}`,
  },
  editor: {
    open: 'Add a row',
    title: 'A row of your own',
    add: 'Add the row',
    known: 'This row is there already.',
    loading: 'Fetching the words for the options …',
  },
  panel: {
    label: 'The cell',
    pick: 'Choose a cell',
    pickHint: 'It shows the shortest way to break the promise there, or how far it was found to hold.',
    shortest: 'Shortest way to break it',
    holds: 'It holds',
    unknown: 'Not known',
    failed: 'It could not be tried',
    untried: 'Not tried yet',
    off: 'Not judged here',
    close: 'Close',
    steps: (steps: number | undefined, failures: number | undefined) =>
      [
        steps === undefined ? '' : plural(steps, 'step'),
        failures === undefined ? '' : failures === 0 ? 'no failure needed' : plural(failures, 'failure'),
      ]
        .filter(Boolean)
        .join(' · '),
    stepsLabel: 'What happens',
    breaks: 'Here the promise breaks.',
    failsHere: 'Failure',
    unfolded: 'Steps of plumbing are left out.',
    watch: 'Watch it happen',
    link: 'Copy link',
    file: 'Download scenario',
    test: 'Copy as test',
    cellLink: 'Copy link to this cell',
    copied: 'Copied.',
    byHand: 'The browser did not let us copy: copy it from here.',
    notOpened: 'The run could not be opened.',
    holdsWithin: (states: number, commands: number, failures: number) =>
      `In none of ${states.toLocaleString('en')} states is it broken: every order of ${plural(commands, 'command')}, with ${failures === 0 ? 'no failure' : `up to ${plural(failures, 'failure')}`}. Beyond these bounds nobody has looked.`,
    unknownAt: (states: number) =>
      `The search was stopped after ${states.toLocaleString('en')} states. In none of them is it broken, but there are more. Raise the limit, or ask for fewer failures.`,
    notShown:
      'The search came to a state in which it is broken, but no run could be made that shows it. So nothing is claimed here.',
    endless: 'A run that never settles',
    endlessAfter: (steps: number, failures: number) =>
      `After ${plural(steps, 'step')}, ${failures === 0 ? 'with no failure' : `with ${plural(failures, 'failure')}`}, nothing that can happen brings it to rest any more. This goes round:`,
    roundLabel: 'What goes round',
    untriedHint: 'Nothing is known about this cell yet.',
    waitingHint: 'This row waits for its turn.',
    tryingHint: 'This row is being tried. What is broken shows at once; what holds is only known at the end.',
    tryRow: 'Try this row',
    offHint: 'This promise is about something that these options do not have.',
    staleHint: 'This was found within other bounds than are chosen now.',
    cure: 'The nearest row where it holds',
    breakNearby: 'The nearest row where it breaks',
    noCure: 'Among the rows tried there is none in which it holds.',
    noBreak: 'Among the rows tried there is none in which it breaks.',
    differs: (words: string) => `With: ${words}`,
  },
  problems: {
    passedOver: (what: string) =>
      `The address asks for what this view does not know: ${what}. The defaults are used instead.`,
    died: (detail: string) =>
      `The worker that tried this row stopped twice${detail && `: ${detail}`}. Lower the bounds, or try again.`,
    refused: (reason: string) => `The explorer could not try this row: ${reason}`,
  },
  about: {
    title: 'What is compared',
    intro: 'All rows are judged under the same assumptions:',
    points: [
      'Commands on one aggregate wait for each other: the second begins once the first has ended.',
      'Outbox rows get their numbers in the order in which they are inserted. Polling reads the rows that are not marked, lowest number first; polling by a cursor is a row of its own.',
      'The relay and the service write a document only if it is still at the version they have read.',
      'A queue and a log confirm what they take in, and the confirmation may be lost; a failed publish ends the batch and is tried again. Pub/sub confirms nothing.',
      'A row is marked or deleted right after it was published.',
      'An inbox is written in one transaction with the effect. It knows events by their id and pays no heed to their order.',
      'The queue puts a message that comes back at its head. A log is split by aggregate; a consumer reads, handles, and then stores how far it has come.',
      'Each type of failure strikes at most once in a run; a crash of the service, of a relay and of a consumer are three types.',
      'No message grows too old, nobody gives up, nothing becomes a dead letter, and the log keeps everything.',
      'A promise about the end, such as Delivered, is judged once nothing fails any more and nothing is left to do. A run that never gets there is named by itself.',
      'Where a saga takes part, whoever is asked says yes; with answers by the reader, yes or no, each once. Of several subscriptions each is tried by itself, the saga’s included.',
    ],
  },
};

/** What every language says there. */
export type VerifyWords = typeof enVerify;
