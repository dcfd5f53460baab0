/** The page in English: the source of the `Messages` type, which every other language must fill. */
import { shown } from '../format.ts';
import { enOptions } from './en-options.ts';
import { armedShort, effect, failure, part } from './en-parts.ts';
import { enPromises } from './en-promises.ts';
import { enStage } from './en-stage.ts';

export const en = {
  header: {
    view: 'View',
    views: { play: 'Play', verify: 'Verify' },
    scenes: 'Scenes',
    share: 'Share link',
    exportTrace: 'Export trace',
    importTrace: 'Import trace',
    earlier: 'Earlier runs',
    language: '한국어',
    languageHint: 'Show the page in Korean',
    theme: (theme: 'system' | 'light' | 'dark') => `Theme: ${theme}`,
    help: 'Help and keyboard',
    openWhole: 'Open in Sagascope',
    more: 'More',
    close: 'Close',
  },
  commands: {
    sheet: 'Controls',
    flow: 'Flow',
    flows: { campaign: 'Campaign', trip: 'Trip booking', budget: 'Budget' },
    title: 'Send a command',
    campaign: 'Campaign',
    campaignNamed: (id: string) => `Campaign ${id}`,
    names: {
      ActivateCampaign: 'Activate campaign',
      DeactivateCampaign: 'Deactivate campaign',
    },
    ready: 'A run is ready from its first step: press Play and watch.',
    hint: 'Press Activate campaign and watch its event travel. Then break something.',
    reasonToggle: 'with a reason',
    reasonDefault: 'budget spent',
    past: 'You are in the past: acting here starts a new run. The old one is kept.',
  },
  pattern: {
    title: 'Pattern',
    options: enOptions,
    more: {
      publish: 'More about publishing',
      relay: 'More about the relay',
      bus: 'More about the bus',
      consumer: 'More about the consumers',
      saga: 'More about the process',
    },
    changed: 'not the default',
    defaults: 'Back to the defaults',
    reset: (names: readonly string[]) =>
      names.length === 1
        ? `Back to its default: ${names[0]}. It does not go with this choice.`
        : `Back to their defaults: ${names.join(', ')}. They do not go with this choice.`,
    seed: 'Seed',
    seedHint: 'Decides the run’s chance: same seed, same commands, same steps',
  },
  failures: {
    title: 'Failures',
    armed: 'armed: strikes when its moment comes',
    takeBack: (name: string) => `Take back: ${name}`,
    none: 'Nothing is armed.',
    add: 'Add a failure',
    more: 'Add a failure…',
    orClick: 'or click any part of the diagram',
    one: 'Common failures',
    stepIn: 'Step in',
  },
  bar: {
    label: 'Playback',
    first: 'First step',
    back: 'Step back',
    play: 'Play',
    pause: 'Pause',
    forward: 'Step forward',
    next: 'Next interesting step',
    nextHint: 'Next interesting step: past the plumbing, to where something happens (N)',
    last: 'Last step',
    time: (text: string) => `${text} s`,
    speed: 'Speed',
    speeds: { '0.25': '¼×', '1': '1×', '4': '4×', max: 'max' },
    position: 'Step shown',
    step: (step: number, of: number, what: string) => `step ${step} of ${of}${what && `: ${what}`}`,
    stepShort: (step: number, of: number) => `step ${step} / ${of}`,
    settle: 'Settle',
    settleHint: 'No more failures: everything restarts and runs until nothing is left to do',
    reset: 'Reset',
    resetHint: 'Start an empty run with the same options; this one is kept',
  },
  promises: enPromises,
  allPromises: {
    open: (count: number) => `All promises (${count})`,
    short: (count: number) => `All (${count})`,
    sheet: (count: number) => `Promises (${count})`,
  },
  stage: enStage,
  records: {
    part: shown(part),
    effect: shown(effect),
    failure: shown(failure),
    armedShort: shown(armedShort),
  },
  inspector: {
    label: 'Inspector',
    tabs: { database: 'Database', records: 'Records', why: 'Why', code: 'Code', whatIf: 'What if' },
    rows: (count: number) => (count === 1 ? '1 row' : `${count} rows`),
    newest: (shown: number, of: number) => `the newest ${shown} of ${of}`,
    empty: 'no rows',
    why: shown((table: string, key: string) => `Why is ${table} ${key} here?`),
    replayed: (step: number) => `Replayed from the records, at step ${step}.`,
    readBack: 'Read back from IndexedDB: the same rows.',
    readBackMemory: 'Read back from memory: the same rows.',
    readBackDiffers:
      'The rows read back from the database differ from the replayed ones. Please export this trace and report it.',
    reading: 'Reading the rows back …',
  },
  banners: {
    sheets: 'Below the stage',
    stopped: 'The simulation stopped and could not be started again. Export the trace, then reload the page.',
    starting: 'Opening the database …',
    drop: 'Drop a .sagascope.json file anywhere to open it',
    failedPart: 'This part of the page failed. The run itself is not touched.',
    fetching: 'Fetching this part …',
    notFetched: 'This part could not be fetched. Check the connection and reload the page.',
    tryAgain: 'Try again',
  },
};

/** Everything the page says. */
export type Messages = typeof en;
