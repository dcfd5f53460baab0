/**
 * A small model of event delivery and how many states it has, to measure searches by. N aggregates work off M commands
 * each, in one process that can crash; an event reaches S subscribers by the outbox and its relay, after the commit or
 * before it; the bus keeps no order and delivers at least once.
 *
 * The counts are not ours: TLC, the model checker of TLA+, reports them for the model's specification, and several
 * explorers that share no code give the same to the last state. They are of the whole state space, without symmetry.
 */

/** The constants of the specification, under the names they have there. */
export interface OutboxModel {
  /** Aggregates. */
  N: number;
  /** Commands, and so events, of each aggregate. */
  M: number;
  /** Subscribers. */
  S: number;
  /** How many crashes there can be, of the app and the relay together. */
  F: number;
  /** How many acknowledgements can be lost. */
  R: number;
  /** Rows that the relay fetches at once, at most. */
  BATCH: number;
  /** Whether a subscriber applies an event only the first time. */
  INBOX: boolean;
  Strategy: 'outbox' | 'afterCommit' | 'inAggregate';
}

/**
 * NoPhantom: what a subscriber applied was committed. NoLoss: when nothing is left to do, what was committed has been
 * applied everywhere. NoDuplicateEffect: nothing is applied twice.
 */
export type Invariant = 'NoPhantom' | 'NoLoss' | 'NoDuplicateEffect';

export interface Counts {
  distinct: number;
  /** Steps taken, those to known states too, and one for the initial state. */
  generated: number;
  /** States on the longest of the shortest ways from the initial state, both ends included. */
  depth: number;
}

export interface Violation {
  invariant: Invariant;
  /** States on a shortest way to one that breaks it, both ends included. */
  shortestTraceStates: number;
}

/** What a search found. With a violation, the counts are of what it had seen until then. */
export interface Found extends Counts {
  violation?: Violation;
}

const small: OutboxModel = { N: 2, M: 2, S: 1, F: 1, R: 1, BATCH: 2, INBOX: true, Strategy: 'outbox' };
const tiny: OutboxModel = { ...small, M: 1, BATCH: 1 };
const medium: OutboxModel = { ...small, S: 2 };
const large: OutboxModel = { ...medium, F: 2 };
const threeAggregates: OutboxModel = { ...small, N: 3 };
const noInbox: OutboxModel = { ...small, INBOX: false };
const afterCommit: OutboxModel = { ...medium, BATCH: 1, Strategy: 'afterCommit' };
const inAggregate: OutboxModel = { ...afterCommit, Strategy: 'inAggregate' };

const all: readonly Invariant[] = ['NoPhantom', 'NoLoss', 'NoDuplicateEffect'];

/** Searched to the end. `holds` are the invariants that were checked on the way and hold. */
export const complete = {
  tiny: { model: tiny, holds: all, counts: { distinct: 434, generated: 1_074, depth: 16 } },
  small: { model: small, holds: all, counts: { distinct: 18_544, generated: 69_932, depth: 26 } },
  medium: { model: medium, holds: all, counts: { distinct: 357_992, generated: 2_079_968, depth: 31 } },
  large: { model: large, holds: all, counts: { distinct: 1_739_086, generated: 11_068_085, depth: 35 } },
  threeAggregates: {
    model: threeAggregates,
    holds: all,
    counts: { distinct: 2_191_642, generated: 10_968_593, depth: 37 },
  },
  extraLarge: {
    model: { ...large, R: 2 },
    holds: all,
    counts: { distinct: 4_291_748, generated: 32_217_009, depth: 36 },
  },
  noInbox: {
    model: noInbox,
    holds: ['NoPhantom', 'NoLoss'],
    counts: { distinct: 27_112, generated: 91_636, depth: 28 },
  },
  afterCommit: {
    model: afterCommit,
    holds: ['NoPhantom', 'NoDuplicateEffect'],
    counts: { distinct: 12_353, generated: 57_153, depth: 24 },
  },
  inAggregate: {
    model: inAggregate,
    holds: ['NoDuplicateEffect'],
    counts: { distinct: 1_960_167, generated: 14_052_483, depth: 28 },
  },
} as const satisfies Record<string, { model: OutboxModel; holds: readonly Invariant[]; counts: Counts }>;

/** Searched until the invariant breaks, which it must. */
export const broken = {
  afterCommit: { model: afterCommit, violation: { invariant: 'NoLoss', shortestTraceStates: 16 } },
  inAggregate: { model: inAggregate, violation: { invariant: 'NoPhantom', shortestTraceStates: 4 } },
  noInbox: { model: noInbox, violation: { invariant: 'NoDuplicateEffect', shortestTraceStates: 7 } },
} as const satisfies Record<string, { model: OutboxModel; violation: Violation }>;
