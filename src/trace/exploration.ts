/** What is asked of the explorer, and what it answers: across the wall to its workers, and in its headless door alike. */
import type { TraceRecord } from './record.ts';
import type { Failure, Flow, Options, Payload, Scenario } from './scenario.ts';
import type { Verdict } from './trace.ts';

/** What is to be explored: every order in which things can happen, with every failure, within these bounds. */
export interface ExploreRequest {
  readonly flow: Flow;
  /** Missing ones take the flow's defaults. */
  readonly options?: Partial<Options>;
  /**
   * In their order: each is sent once the one before has ended, except where commands race. Where it starts in the middle of a
   * run, those that are still to come in it, unless given.
   */
  readonly commands?: readonly ExploredCommand[];
  /** How many failures at most in one run; each type of failure strikes at most once. */
  readonly failures: number;
  /** Which types; all that can strike under these options unless given. */
  readonly failureTypes?: readonly Failure['type'][];
  /** Which promises; all that apply unless given. */
  readonly promises?: readonly string[];
  /** The search is given up after so many different states; 3,000,000 unless given. */
  readonly maxStates?: number;
  /** Where to start: what has happened in this scenario, up to so many records. From the beginning unless given. */
  readonly from?: { readonly scenario: Scenario; readonly records: number };
}

export interface ExploredCommand {
  readonly name: string;
  readonly payload?: Payload;
}

/** How far a search has come. */
export interface ExploreProgress {
  /** Different states seen, and steps taken between them. */
  readonly states: number;
  readonly transitions: number;
  /** How many failures the runs have that are tried now, and how many steps. */
  readonly failures: number;
  readonly depth: number;
  /** What is broken already: with the fewest failures, in the fewest steps. */
  readonly broken: Readonly<Record<string, ExploreVerdict>>;
}

/** What the explorer says of one promise. */
export interface ExploreVerdict {
  /** `unknown`: not broken in any state seen, but the search was given up before it had seen all. */
  readonly status: 'holds' | 'broken' | 'unknown';
  /** Fewest failures that break it; 0: none is needed. */
  readonly failures?: number;
  /** Fewest steps with so few failures. */
  readonly steps?: number;
  /** A run in which it is broken, with so many failures: it replays anywhere, byte for byte. */
  readonly scenario?: Scenario;
  /** What happens in it: its records up to the one that breaks the promise, and the judgement with its reason. */
  readonly told?: { readonly records: readonly TraceRecord[]; readonly verdict: Verdict };
}

/** A run that never settles: from some step on nothing that can happen without a failure brings it to rest. */
export interface ExploreEndless {
  /** Fewest failures, and fewest steps with so many, that lead there. */
  readonly failures: number;
  readonly steps: number;
  /** The run, once round; it replays anywhere. */
  readonly scenario: Scenario;
  /** Its records, and how many of them come before it goes round. */
  readonly records: readonly TraceRecord[];
  readonly from: number;
}

export interface ExploreReport {
  /** By the promise's public name. Promises that do not apply under the options are not there. */
  readonly verdicts: Readonly<Record<string, ExploreVerdict>>;
  readonly states: number;
  readonly transitions: number;
  /** All states within the bounds were seen. */
  readonly complete: boolean;
  /** There where a run can go round for ever. Promises about what is to happen are judged where a run rests, and not here. */
  readonly endless?: ExploreEndless;
}

/** What may still become of a promise in a run, from each of some moments on. */
export interface FatesRequest extends Pick<ExploreRequest, 'failures' | 'failureTypes' | 'maxStates'> {
  readonly scenario: Scenario;
  readonly promise: string;
  /** The moments, each by how many records were written; ascending. */
  readonly moments: readonly number[];
}

/** What may still become of it from one moment on. */
export interface Fate {
  /** How many records were written. */
  readonly records: number;
  /**
   * Share of the continuations that break the promise, where at each step everything that can happen next is as likely as
   * anything else: from 0, it can't be broken any more, to 1, nothing can keep it from that. Null: too many states.
   */
  readonly share: number | null;
}

/** Which failures can strike at one moment of a run. */
export interface StrikesRequest {
  readonly scenario: Scenario;
  /** The moment, by how many records were written. */
  readonly records: number;
}

/** What comes of one failure: the run goes on to where nothing is left to do. */
export interface Strike {
  /** Null: none strikes. */
  readonly failure: Failure | null;
  /** The run with this failure; it replays anywhere. */
  readonly scenario: Scenario;
  /** How many records it writes, and the virtual time at which it rests. */
  readonly records: number;
  readonly rests: number;
  /** By the promise's public name. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** From the page to a worker that explores. One request at a time; `id` tells answers apart. */
export type ExploreControl =
  | { readonly type: 'explore'; readonly id: number; readonly request: ExploreRequest }
  | { readonly type: 'fates'; readonly id: number; readonly request: FatesRequest }
  | { readonly type: 'strikes'; readonly id: number; readonly request: StrikesRequest }
  | { readonly type: 'stop' };

/** From the worker to the page. */
export type ExploreAnswer =
  | { readonly type: 'progress'; readonly id: number; readonly progress: ExploreProgress }
  | { readonly type: 'explored'; readonly id: number; readonly report: ExploreReport }
  /** All that are known so far, the last moment first; `done`: there are no more. */
  | { readonly type: 'fates'; readonly id: number; readonly fates: readonly Fate[]; readonly done: boolean }
  /** All so far, the run without any failure first. */
  | { readonly type: 'strikes'; readonly id: number; readonly strikes: readonly Strike[]; readonly done: boolean }
  /** The request could not be explored: by a code of the page's problems, or an error of ours. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
