/**
 * The two things that cross the wall between the page and its worker: `Control` in, `Report` (records, mostly) out.
 * Every control carries the epoch of the run it speaks of; reports of an older epoch are ignored by the page.
 */
import type { OptionReason } from './option-rules.ts';
import type { TraceRecord } from './record.ts';
import type { Failure, Flow, Input, Intervention, Options, Payload, Scenario } from './scenario.ts';

/** An input as the reader gives it: the worker adds the virtual time. */
export type LiveInput =
  | { kind: 'command'; name: string; payload?: Payload }
  | { kind: 'failure'; failure: Failure }
  | { kind: 'intervention'; intervention: Intervention }
  | { kind: 'disarm'; input: number }
  | { kind: 'settle' };

export type Control =
  /**
   * Starts a run: executes `scenario` as far as `upTo` says, then waits. `branch` drops the inputs not taken by then.
   * `database` names the tab's own; null asks for memory.
   */
  | {
      type: 'open';
      id: number;
      epoch: number;
      scenario: Scenario;
      upTo: Extent;
      branch: boolean;
      database: string | null;
    }
  /** Executes the steps due up to virtual time `to` (null: whenever), at most `steps` of them. */
  | { type: 'advance'; id: number; epoch: number; to: number | null; steps: number }
  | { type: 'input'; id: number; epoch: number; input: LiveInput }
  /** Reads all tables back from the database, as they are now. */
  | { type: 'readTables'; id: number; epoch: number }
  /** Reads an instance's history from the database and runs the machine over it again. */
  | { type: 'rebuild'; id: number; epoch: number; instance: string }
  /** A reader is there: what only a run needs in which something happens is fetched now, before it is asked for. */
  | { type: 'prepare'; id: number; epoch: number }
  | { type: 'ping'; id: number; epoch: number };

/** How far: to the end of the step with this many records (0: nothing), to a virtual time, or until nothing is left to do. */
export type Extent = { records: number } | { time: number } | 'rest';

/** The parts of a flow under its options: what the picture is made of before anything has happened. */
export interface FlowParts {
  flow: Flow;
  processes: string[];
  subscriptions: string[];
  /** Which events each subscription hears of; one that is not named hears of all. */
  heard: Record<string, string[]>;
  /** External services and people: who is sent commands and answers them. */
  participants: string[];
  /** The machines that run here, as they are: what a statechart is drawn from. */
  machines: MachinePicture[];
  /** All of them, defaults included: what the promises are judged by. */
  options: Options;
  /** The rows each table starts with. */
  tables: Record<string, { key: string | number; row: Payload }[]>;
}

/** A saga or process manager under the options of the run. `config`: the machine's own, as JSON. */
export interface MachinePicture {
  id: string;
  /** The subscription it hears events by, which is also where its handlers run. */
  subscription: string;
  config: Payload;
}

/** One entry of an instance's history, and what the machine makes of all up to it. */
export interface RebuiltStep {
  entry: Payload;
  state: string | null;
  context: Payload;
}

export type TableRows = Record<string, Payload[]>;

export type Report =
  | {
      type: 'opened';
      id: number;
      epoch: number;
      storage: StorageState;
      scenario: Scenario;
      parts: FlowParts;
      now: number;
      next: number | null;
    }
  /** New records, in order, at most 1000 a message. `now`: the run's time; `next`: when its next step is due, null at rest. */
  | { type: 'records'; epoch: number; records: TraceRecord[]; now: number; next: number | null }
  /** An input was taken, with its time; the scenario is now this one. */
  | { type: 'taken'; id: number; epoch: number; input: Input; scenario: Scenario }
  /** A control was carried out. */
  | { type: 'done'; id: number; epoch: number; now: number; next: number | null }
  | { type: 'tables'; id: number; epoch: number; storage: StorageState; tables: TableRows; records: number }
  /** `stored`: state and context as the instance's own row has them now; null where there is none. */
  | {
      type: 'rebuilt';
      id: number;
      epoch: number;
      instance: string;
      steps: RebuiltStep[];
      stored: { state: string; context: Payload } | null;
      records: number;
    }
  /** Storage changed while running: it was lost, and the run goes on in memory. */
  | { type: 'storage'; epoch: number; storage: StorageState }
  /** `place`: what of the scenario is to blame, and its value. `reason`: why it does not go with the other options. */
  | {
      type: 'failed';
      id: number | null;
      epoch: number;
      code: string;
      message: string;
      place?: string;
      reason?: OptionReason;
    }
  | { type: 'pong'; id: number; epoch: number };

/** Where the run's rows are. `reason` says why they are only in memory. */
export type StorageState =
  { kind: 'indexeddb'; name: string } | { kind: 'memory'; reason: 'asked' | 'missing' | 'full' | 'lost' };
