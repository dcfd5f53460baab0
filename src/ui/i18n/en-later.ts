/** What the page says in English, but not at first: fetched with the first part that says it. */
import type { Options } from '../../trace/scenario.ts';
import { enHelp } from './en-help.ts';
import { part } from './en-parts.ts';
import { enPromiseNotes } from './en-promise-notes.ts';
import { enRecords } from './en-records.ts';
import { enVerdicts } from './en-verdicts.ts';

const publishNames: Record<Options['publish'], string> = {
  insideAggregate: 'Inside the aggregate',
  afterCommit: 'After commit',
  outbox: 'Outbox',
};

export const enLater = {
  records: enRecords,
  promises: enVerdicts,
  commands: {
    reason: 'Reason for deactivating',
    reasonTooLong: 'one too long for the bus',
    weakSpot: {
      insideAggregate: 'It arrived. Now let the transaction fail after the event has left.',
      afterCommit: 'It arrived. Now let the service die after the commit, before it publishes.',
      outbox: 'It arrived. Now let the relay die after it published, before it marks.',
      delete: 'It arrived. Now let the relay die after it published, before it deletes the row.',
      markFirst: 'It arrived. Now let the relay die after it marked, before it publishes.',
    },
    breakIt: 'Break it and send again',
  },
  menu: {
    title: (name: string) => `What can happen to ${name}`,
    now: 'Now',
    armedLater: 'When its moment comes',
  },
  list: {
    intro: (step: number, time: string) => `Step ${step}, at ${time} s.`,
    inFlight: 'In flight',
    nothingInFlight: 'Nothing is in flight.',
    flight: (label: string, from: string, to: string, notes: string) =>
      `${label}, ${part(from)} to ${part(to)}${notes && `, ${notes}`}`,
    fallen: 'Lost on the way',
    act: (name: string) => `Break ${name} …`,
  },
  header: {
    earlierEmpty: 'No earlier run yet. A reset, a new option, an import or acting in the past keeps the run you leave.',
    earlierRun: (label: string, records: number) => `${label}, ${records} steps`,
    runLabel: (publish: Options['publish'], inbox: Options['inbox']) =>
      `${publishNames[publish]}${inbox === 'none' ? '' : ', inbox'}`,
    inputCount: (inputs: number) => `${inputs} input${inputs === 1 ? '' : 's'}`,
    linkLabel: 'Address of this run',
    linkCopied: 'Copied. Whoever opens it gets the same run.',
    linkByHand: 'Copy it from here. Whoever opens it gets the same run.',
    linkFailed: 'The link could not be made. Export the trace instead.',
  },
  inspector: {
    filter: 'Filter records',
    interesting: 'Only the interesting ones',
    none: 'No record matches.',
    noRecords: 'Nothing has happened yet. Send a command.',
    listLabel: 'Records',
    noReturn: (promise: string) => `Point of no return: ${promise}`,
    whyOf: 'Why did this happen?',
    whyEmpty: 'Nothing has happened yet. Send a command, then ask why.',
    whyPick: 'Pick a row in Records to follow its causes.',
    newestCause: 'Follow the newest record',
    alsoBecause: 'and because, earlier:',
    missing: 'Why is it missing?',
    missingNone: 'Nothing is: every committed event has had its effect at each subscriber.',
    missingYet: 'No event has been committed yet.',
    missingMore: (count: number) => `and ${count} more`,
    missingOf: (event: string, version: number, subscriber: string) => `${event} v${version} → ${subscriber}`,
    states: { lost: 'lost', parked: 'parked', underWay: 'under way' },
    where: {
      outbox: 'It waits in the outbox.',
      publishing: 'It is on its way to the bus.',
      bus: 'It waits at the bus.',
      memory: 'It waits in the memory of its consumer.',
      handler: 'A handler has it.',
      way: 'It is between two steps.',
    },
    letGo: 'Ignored, dropped, set aside',
    letGoNone: 'Nothing so far.',
    letGoOf: (event: string, version: number) => `${event} v${version}`,
    running: (effect: string) => `Running now, at ${effect}`,
    notRunning: 'Not running at this step',
    crashLine: 'armed crash',
    file: 'Whose code',
    files: {
      service: 'service',
      relay: 'relay',
      cleaner: 'clean-up',
      consumer: 'subscribers',
      manager: 'process manager',
      saga: 'saga',
      message: 'each message',
      commands: 'its commands',
    },
    codeLoading: 'Fetching the source …',
    codeMissing: 'The source could not be fetched. Reload the page and try again.',
  },
  banners: {
    memory: {
      asked: 'The rows of this run are kept in memory only.',
      missing:
        'This browser gives the page no database (a private window?). Rows are kept in memory; everything else works.',
      full: 'The disk space for this page is full. Rows are kept in memory from here on; export the trace to keep it.',
      lost: 'The browser closed the database. Rows are kept in memory from here on; export the trace to keep it.',
    },
    restarted: 'The simulation stopped answering and was started again at the same step.',
    restarting: 'The simulation stopped answering. Starting it again …',
    withoutIt: 'The page opened without it.',
    passedOver: (what: string) => `The address asks for what this page does not know: ${what}. It was passed over.`,
    fromLink: 'This run was opened from a link. Nothing of yours was changed.',
    differs: (step: number, by: string) =>
      `This trace was recorded by version ${by}. Run again here, it differs from step ${step} on.`,
    opened: 'The scenario is open, before its first step: press Play.',
    sameAgain: 'The trace was run again here and is the same, step by step.',
    incomplete:
      'A part of the page could not be fetched: promises are not judged, rows are not compared, traces are not written. Check the connection, then reload the page; it comes back to this step.',
    dismiss: 'Dismiss',
  },
  problems: {
    title: (from: 'file' | 'link' | 'address' | 'run', code: string) =>
      `${{ file: 'The file', link: 'The link', address: 'What the address asks for', run: 'The run' }[from]} was not opened (${code}).`,
    at: (place: string) => `At ${place}.`,
    unchanged: 'The present run stays as it is.',
    unknown: 'Check that it is a trace or scenario exported by Sagascope.',
    what: {
      notFetched: 'It could not be fetched. Check the connection and reload the page.',
      unreadable: 'The browser can’t read it any more. Choose it again.',
      empty: 'It is empty. Export the trace again.',
      tooLarge: 'It is larger than 5 MB. Open a smaller trace, or only its scenario.',
      notJson: 'It is not valid JSON. Was it cut off or edited?',
      tooDeep: 'It is nested too deeply to be a trace.',
      tooManyNodes: 'It holds more values than a trace has.',
      duplicateKey: 'One name stands twice in an object. Remove one of them.',
      forbiddenKey: 'It has a key that no trace has. Remove it.',
      infiniteNumber: 'A number in it is too large to be one.',
      unsafeInteger: 'A whole number in it is too large to be exact.',
      loneSurrogate: 'A letter in it is cut in half.',
      notUtf8: 'It is not UTF-8 text. Choose a file that ends in .sagascope.json.',
      wrongFormat: 'It is neither a trace nor a scenario of Sagascope. Choose a file that ends in .sagascope.json.',
      newerVersion: 'A newer Sagascope wrote it. Reload the page to get the newest one, then open it again.',
      invalid: 'It does not have the shape of a trace or scenario. Compare it with a fresh export.',
      notLink: 'The address has no run in it. Ask for the link again, whole.',
      linkEmpty: 'The link has no run in it. Ask for it again, whole.',
      linkVersion: 'A newer Sagascope made the link. Reload the page to get the newest one.',
      linkBroken: 'The link is damaged. Ask for it again.',
      linkTruncated: 'The link is cut off. Ask for it again, whole.',
      unsupported: 'This version can’t run it. Choose one of the options on the page.',
      died: 'The simulation stopped while opening it. Try again, or export it anew.',
    } as Record<string, string>,
  },
  help: enHelp,
  promiseNotes: enPromiseNotes,
};

/** Everything the page says later. */
export type LaterMessages = typeof enLater;
