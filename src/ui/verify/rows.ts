/** The rows of the matrix: ways to put a flow together, each a choice of options that go together. */
import { completed, offDefault } from '../../trace/defaults.ts';
import { changeOptions, conflictOf } from '../../trace/option-rules.ts';
import { optionValues } from '../../trace/option-values.ts';
import { writeAddress } from '../../trace/address.ts';
import type { Flow, Options } from '../../trace/scenario.ts';
import { promises } from '../../verdicts/promises.ts';

export interface Row {
  /** The same for the same effective options: what is off the defaults, as the page's address writes it. */
  readonly key: string;
  readonly options: Options;
}

export type Preset = 'chapter' | 'overLog' | 'overPubsub' | 'all' | 'sagas' | 'mutants' | 'boundaries';

/** The ready choices of rows of each flow, the first of them shown unless another is asked for. */
export const presetsOf: Readonly<Record<Flow, readonly [Preset, ...Preset[]]>> = {
  campaign: ['chapter', 'overLog', 'overPubsub', 'sagas', 'all'],
  trip: ['mutants'],
  budget: ['boundaries'],
};

/** The ways of the chapter, from the naive to the sound, over whatever bus. */
const chapter: readonly Partial<Options>[] = [
  { publish: 'insideAggregate' },
  { publish: 'afterCommit' },
  {},
  { inbox: 'sameTransaction' },
  { afterPublish: 'delete' },
  { relays: 2 },
  { relays: 2, claim: 'row' },
  { relays: 2, claim: 'aggregate' },
  { relay: 'cursorPolling' },
  { relay: 'logTailing' },
  { outbox: 'document' },
  { outbox: 'document', relays: 2 },
];

/**
 * The process manager as it should be, as the book has it, and with one thing forgotten in each row. Where it takes a no, or
 * two consumers, for that to show, they are there.
 */
const mutants: readonly Partial<Options>[] = [
  {},
  { answers: 'manual' },
  { saga: 'eventSourced' },
  { deadlines: 'off' },
  { answers: 'manual', tokens: 'off' },
  { compensation: 'off' },
  { tombstones: 'off' },
  { planning: 'recomputed' },
  { sending: 'direct' },
  { consumers: 'competing', instances: 'unchecked' },
  { notFound: 'create' },
  { finished: 'deleted' },
];

const over = (bus: Options['bus']): Partial<Options>[] => chapter.map((named) => ({ ...named, bus }));

const listed: Readonly<Record<Exclude<Preset, 'all'>, readonly Partial<Options>[]>> = {
  chapter,
  overLog: over('log'),
  overPubsub: over('pubsub'),
  sagas: [{ saga: 'stateless' }, { saga: 'eventSourced' }, { saga: 'guarded' }],
  mutants,
  boundaries: [{ boundary: 'together' }, { boundary: 'apart' }, { boundary: 'tooLarge' }],
};

/** The options that all combinations are made of, each with the values that are tried. */
const varied = {
  publish: optionValues.publish,
  outbox: optionValues.outbox,
  relay: optionValues.relay,
  relays: optionValues.relays,
  claim: optionValues.claim,
  afterPublish: optionValues.afterPublish,
  bus: optionValues.bus,
  consumers: optionValues.consumers,
  inbox: ['none', 'sameTransaction'],
} as const satisfies { readonly [K in keyof Options]?: readonly Options[K][] };

/** A row of these options; what does not go with the others falls back to its default. */
export function rowOf(flow: Flow, named: Partial<Options>): Row {
  const whole = completed(flow, named);
  const options = conflictOf(whole, flow) === null ? whole : completed(flow, changeOptions({}, named, flow));
  return { key: writeAddress({ options: offDefault(options, flow) }).slice(1), options };
}

/** The rows of these options, each effective choice once, in the order of the first that comes to it. */
export function distinctRows(flow: Flow, all: readonly Partial<Options>[]): Row[] {
  const rows = new Map<string, Row>();
  for (const named of all) {
    const row = rowOf(flow, named);
    if (!rows.has(row.key)) rows.set(row.key, row);
  }
  return [...rows.values()];
}

/** The rows of a ready choice. */
export const rowsOf = (flow: Flow, preset: Preset): Row[] =>
  distinctRows(flow, preset === 'all' ? combinations(flow) : listed[preset]);

/** A combination that breaks the rules comes to one that does not, and that one is among the others. */
function combinations(flow: Flow): Partial<Options>[] {
  let all: Partial<Options>[] = [{}];
  for (const [name, values] of Object.entries(varied)) {
    all = all.flatMap((named) => values.map((value) => ({ ...named, [name]: value })));
  }
  return all.filter((named) => conflictOf(completed(flow, named), flow) === null);
}

/** By the key of each row, the promises that are judged under its options. */
export const judgedIn = (rows: readonly Row[], flow: Flow): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(rows.map((row) => [row.key, new Set(columnsOf([row], flow))]));

/** The promises that are judged in any of the rows, in the page's order. */
export const columnsOf = (rows: readonly Row[], flow: Flow): string[] =>
  promises
    .filter((promise) => rows.some(({ options }) => promise.applies?.(options, flow) ?? true))
    .map(({ id }) => id);
