/**
 * What the components see of the run: read-only state and things to do. Implemented by `live-run.svelte.ts` over the
 * worker; every getter is reactive. Components change nothing but through these methods.
 */
import type { FlowParts, RebuiltStep, StorageState, TableRows } from '../trace/control.ts';
import type { OptionReason } from '../trace/option-rules.ts';
import type { Failure, Intervention, Options, Payload, Scenario } from '../trace/scenario.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Verdicts } from '../trace/trace.ts';
import type { Missing } from '../playback/missing.ts';
import type { View } from '../playback/view.ts';

export type Speed = 0.25 | 1 | 4 | 'max';

export interface Run {
  /** The scenario so far: every input with its virtual time. */
  readonly scenario: Scenario;
  /** The scenario's options, completed with the flow's defaults. */
  readonly options: Options;
  /** The parts of its flow under these options: who takes part, and which machines run. */
  readonly parts: FlowParts;
  /** All records known, in order. */
  readonly records: readonly TraceRecord[];
  /** How many of them are shown: 0 to records.length. */
  readonly cursor: number;
  /** The virtual time shown, ms: at or after that of the record before the cursor, before that of the next. */
  readonly time: number;
  /** The fold of the first `cursor` records. Changes only when the cursor does. */
  readonly view: View;
  /** The promises as judged at the cursor. */
  readonly verdicts: Verdicts;
  /** The cursor is at the last record. */
  readonly atEnd: boolean;
  /** Nothing is left to do in the simulation, and the cursor is at the end. */
  readonly idle: boolean;
  readonly playing: boolean;
  readonly speed: Speed;
  /** Where the rows are; null until the worker has opened. */
  readonly storage: StorageState | null;
  /** The worker: starting, running, restarting after it died, or given up. */
  readonly link: 'starting' | 'running' | 'restarting' | 'stopped';
  /** Why the run the page was to open with can't be run here; an empty one was opened instead. */
  readonly problem: Problem | null;
  /** Why the run that was last asked for by other options, or taken down from the shelf, was not opened. */
  readonly refused: Problem | null;
  /** What judges, compares and writes the run down could not be fetched. */
  readonly incomplete: boolean;
  /** Rows read back from the database at the end of the trace, and whether they equal the folded ones; null while unknown. */
  readonly readBack: { readonly tables: TableRows; readonly agrees: boolean; readonly records: number } | null;
  /** Runs that were left by a branch, a new option, an import or a reset; newest first. */
  readonly earlier: readonly { readonly id: number; readonly scenario: Scenario; readonly records: number }[];

  /** Committed events whose effect a subscriber has not had at the cursor, and what has become of them. */
  readonly missing: readonly Missing[];

  /** How it came to the record with this `seq`: its causes, from what the reader did to the record itself. */
  chainOf(seq: number): readonly TraceRecord[];

  /**
   * What the machine makes of an instance's history, entry by entry, as the database has both at the end of the run. Null
   * where the run is left meanwhile.
   */
  rebuild(instance: string): Promise<Rebuilt | null>;

  /** Sends a command now, and plays unless the reader has paused. In the past of the trace this branches: the old run is kept. */
  send(name: string, payload?: Payload): void;
  /** Strikes or arms a failure now. */
  fail(failure: Failure): void;
  /** Puts something right by hand now. */
  intervene(intervention: Intervention): void;
  /** Takes back the armed failure of this input. */
  disarm(input: number): void;
  settle(): void;
  /** Starts an empty run with the same options; the old one is kept. */
  reset(): void;
  /**
   * Runs the same inputs again with one option changed, as a new run; the old one is kept. What no longer goes with it
   * falls back to its default.
   */
  setOption<K extends keyof Options>(key: K, value: Options[K]): void;
  /** The same with several options changed, as one new run. To `play` it begins before its first step, and plays. */
  setOptions(change: Partial<Options>, how?: { play: boolean }): void;
  /** Runs the same inputs again with every option at its default, as a new run; the old one is kept. */
  resetOptions(): void;
  /** Runs the same inputs again with another seed, as a new run; the old one is kept. */
  setSeed(seed: number): void;
  /**
   * Opens a scenario as a new run, before its first step or with the first `from` records shown; the present one is kept.
   * Comes back with why it can't be run here, or null.
   */
  openScenario(scenario: Scenario, how: { play: boolean; from?: number }): Promise<Problem | null>;
  /** Returns to an earlier run; the present one is kept. */
  returnTo(id: number): void;

  play(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  stepForward(): void;
  stepBack(): void;
  /** Goes on to the next record a reader would stop at: seeks it in the past, and at the end plays until it comes. */
  nextInteresting(): void;
  first(): void;
  last(): void;
  /** Shows the first `cursor` records. */
  seek(cursor: number): void;

  /** The run as a `.sagascope.json` file. Rejects where what writes it can't be fetched. */
  exportTrace(): Promise<{ name: string; text: string }>;
  /**
   * Opens a trace or scenario file, or what an address has behind its `#`, as a new run. Throws nothing: what is wrong
   * comes back, and the run stays as it is.
   */
  importTrace(source: Blob | string): Promise<ImportOutcome>;
  /** The address of the page with the whole scenario behind `#v1=`. */
  shareLink(): Promise<string>;
}

/** An instance made anew from its history. `stored`: what its own row says; null where there is none. */
export interface Rebuilt {
  readonly steps: readonly RebuiltStep[];
  readonly stored: { readonly state: string; readonly context: Payload } | null;
  /** How many records the run had by then. */
  readonly records: number;
}

/** `recordedBy`: the version that recorded a trace, null where there were only inputs to open. */
export type ImportOutcome =
  { ok: true; differsFrom: number | null; recordedBy: string | null } | { ok: false; problem: Problem };

/** Why a run was not opened. What the code and the place mean, and what to do, the page says in its language. */
export interface Problem {
  code: string;
  place?: string;
  detail?: string;
  /** Why an option does not go with the others, where that is the problem. */
  reason?: OptionReason;
}
