/**
 * The model of outbox-configs.ts as one would write it down: a state is a plain object, a state seen is its JSON in a
 * map. The slow end of the scale, and the one to read first. Aggregates, commands and events are counted from 0.
 */
import type { Found, Invariant, OutboxModel, Violation } from './outbox-configs.ts';

interface State {
  /** Of each aggregate: the next command, and where its handler is. The latter is lost in a crash. */
  next: number[];
  pc: ('idle' | 'work' | 'pub')[];
  /** Of each event: whether its transaction committed. */
  committed: boolean[];
  /** Events in the order their rows were inserted; of each event, whether its row is marked as published. */
  outbox: number[];
  marked: boolean[];
  /** The rows the relay holds, and what it does next with the first. Lost in a crash. */
  held: number[];
  relay: 'publish' | 'mark';
  /** Of each subscriber and event: messages under way, and how often the effect was applied. */
  bus: number[][];
  applied: number[][];
  crashes: number;
  redelivered: number;
}

/** All the states that one kind of step leads to, one for each way of taking it. */
type Action = (state: State, model: OutboxModel) => State[];

function initialState({ N, M, S }: OutboxModel): State {
  const perEvent = <T>(value: T): T[] => Array<T>(N * M).fill(value);
  const counters = (): number[][] => Array.from({ length: S }, () => perEvent(0));
  return {
    next: Array<number>(N).fill(0),
    pc: Array<'idle'>(N).fill('idle'),
    committed: perEvent(false),
    outbox: [],
    marked: perEvent(false),
    held: [],
    relay: 'publish',
    bus: counters(),
    applied: counters(),
    crashes: 0,
    redelivered: 0,
  };
}

const addTo = (counters: number[][], s: number, e: number, by: number): number[][] =>
  counters.with(s, counters[s]!.with(e, counters[s]![e]! + by));

const sent = ({ bus }: State, event: number): number[][] => bus.map((row) => row.with(event, row[event]! + 1));

/** One step for each aggregate whose handler is there. */
function handlersAt(
  pc: State['pc'][number],
  step: (state: State, a: number, event: number, model: OutboxModel) => State,
): Action {
  return (state, model) =>
    state.pc.flatMap((at, a) => (at === pc ? [step(state, a, a * model.M + state.next[a]!, model)] : []));
}

const only =
  (strategy: OutboxModel['Strategy'], action: Action): Action =>
  (state, model) =>
    model.Strategy === strategy ? action(state, model) : [];

const ended = ({ next, pc }: State, a: number) => ({ next: next.with(a, next[a]! + 1), pc: pc.with(a, 'idle') });

const begin: Action = (state, { M }) =>
  state.pc.flatMap((at, a) =>
    at === 'idle' && state.next[a]! < M ? [{ ...state, pc: state.pc.with(a, 'work') }] : [],
  );

const commitWithRow = handlersAt('work', (state, a, event) => ({
  ...state,
  ...ended(state, a),
  committed: state.committed.with(event, true),
  outbox: [...state.outbox, event],
}));

const commitFirst = handlersAt('work', (state, a, event) => ({
  ...state,
  pc: state.pc.with(a, 'pub'),
  committed: state.committed.with(event, true),
}));

const publishAfter = handlersAt('pub', (state, a, event) => ({
  ...state,
  ...ended(state, a),
  bus: sent(state, event),
}));

const publishFirst = handlersAt('work', (state, a, event) => ({
  ...state,
  pc: state.pc.with(a, 'pub'),
  bus: sent(state, event),
}));

const commitAfter = handlersAt('pub', (state, a, event) => ({
  ...state,
  ...ended(state, a),
  committed: state.committed.with(event, true),
}));

const abort = handlersAt('pub', (state, a) => ({ ...state, ...ended(state, a) }));

/** Commands under way are begun again, but for those already committed. */
const crashApp: Action = (state, { F, Strategy }) => {
  if (state.crashes >= F || state.pc.every((pc) => pc === 'idle')) return [];
  return [
    {
      ...state,
      next: state.next.map((next, a) => (Strategy === 'afterCommit' && state.pc[a] === 'pub' ? next + 1 : next)),
      pc: state.pc.map(() => 'idle'),
      crashes: state.crashes + 1,
    },
  ];
};

const fetchRows: Action = (state, { BATCH }) => {
  const unmarked = state.outbox.filter((event) => !state.marked[event]);
  return state.held.length || !unmarked.length ? [] : [{ ...state, held: unmarked.slice(0, BATCH) }];
};

const publish: Action = (state) => {
  const [head] = state.held;
  if (head === undefined || state.relay !== 'publish') return [];
  return [{ ...state, bus: sent(state, head), relay: 'mark' }];
};

const mark: Action = (state) => {
  const [head, ...rest] = state.held;
  if (head === undefined || state.relay !== 'mark') return [];
  return [{ ...state, marked: state.marked.with(head, true), held: rest, relay: 'publish' }];
};

const crashRelay: Action = (state, { F }) => {
  if (state.crashes >= F || !state.held.length) return [];
  return [{ ...state, held: [], relay: 'publish', crashes: state.crashes + 1 }];
};

/** One step for each message under way, the effect applied in it. */
function deliveries({ bus, applied }: State, { INBOX }: OutboxModel, step: (after: DeliveryOf) => State): State[] {
  return bus.flatMap((row, s) =>
    row.flatMap((messages, e) => {
      if (!messages) return [];
      const again = INBOX && applied[s]![e]! > 0;
      return [step({ s, e, applied: addTo(applied, s, e, again ? 0 : 1) })];
    }),
  );
}

interface DeliveryOf {
  s: number;
  e: number;
  applied: number[][];
}

const deliver: Action = (state, model) =>
  deliveries(state, model, ({ s, e, applied }) => ({ ...state, applied, bus: addTo(state.bus, s, e, -1) }));

/** Handled, but the acknowledgement is lost: the message stays where it is. */
const deliverUnacknowledged: Action = (state, model) =>
  state.redelivered >= model.R
    ? []
    : deliveries(state, model, ({ applied }) => ({ ...state, applied, redelivered: state.redelivered + 1 }));

const actions: readonly Action[] = [
  begin,
  only('outbox', commitWithRow),
  only('afterCommit', commitFirst),
  only('afterCommit', publishAfter),
  only('inAggregate', publishFirst),
  only('inAggregate', commitAfter),
  only('inAggregate', abort),
  crashApp,
  fetchRows,
  publish,
  mark,
  crashRelay,
  deliver,
  deliverUnacknowledged,
];

const isQuiescent = (state: State, { M }: OutboxModel): boolean =>
  state.next.every((next) => next === M) &&
  state.pc.every((pc) => pc === 'idle') &&
  !state.held.length &&
  state.outbox.every((event) => state.marked[event]) &&
  state.bus.every((row) => row.every((messages) => messages === 0));

const holds: Record<Invariant, (state: State, model: OutboxModel) => boolean> = {
  NoPhantom: ({ applied, committed }) => applied.every((row) => row.every((times, e) => times === 0 || committed[e])),
  NoLoss: (state, model) =>
    !isQuiescent(state, model) ||
    state.applied.every((row) => row.every((times, e) => times > 0 || !state.committed[e])),
  NoDuplicateEffect: ({ applied }) => applied.every((row) => row.every((times) => times <= 1)),
};

/** Where each state was first reached from; the initial state from nowhere. */
type Origins = Map<string, string | undefined>;

function traceLength(origins: Origins, key: string): number {
  let states = 0;
  for (let at: string | undefined = key; at !== undefined; at = origins.get(at)) states++;
  return states;
}

/**
 * Searches breadth first, all there is, or until one of the `invariants` breaks: then on a shortest way.
 * `whileHeld` is called at the end, when every state found is still in memory.
 */
export function searchNaively(
  model: OutboxModel,
  invariants: readonly Invariant[] = [],
  whileHeld: () => void = () => {},
): Found {
  const origins: Origins = new Map();
  const first = initialState(model);
  let generated = 0;
  let violation: Violation | undefined;

  /** Whether it is new. */
  const reach = (state: State, from?: string): boolean => {
    generated++;
    const key = JSON.stringify(state);
    if (origins.has(key)) return false;
    origins.set(key, from);
    const invariant = invariants.find((name) => !holds[name](state, model));
    if (invariant) violation ??= { invariant, shortestTraceStates: traceLength(origins, key) };
    return true;
  };

  let depth = 0;
  for (let level = reach(first) ? [first] : []; level.length && !violation; depth++) {
    const following: State[] = [];
    for (const state of level) {
      const key = JSON.stringify(state);
      for (const action of actions) for (const next of action(state, model)) if (reach(next, key)) following.push(next);
      if (violation) break;
    }
    level = following;
  }
  whileHeld();
  return { distinct: origins.size, generated, depth, ...(violation && { violation }) };
}
