/** A finished or running trace: the scenario is the truth, the records are derived from it. */
import type { TraceRecord } from './record.ts';
import type { Scenario } from './scenario.ts';

/**
 * The judgement of one promise over a prefix of a trace. `pending`: nothing has broken it and the run has not settled;
 * `parked`: it waits among dead letters for a person; `unknown`: the run was stopped at a limit.
 */
export interface Verdict {
  status: 'holds' | 'broken' | 'pending' | 'parked' | 'unknown';
  /** `seq` of the record where it happened. */
  at?: number;
  /** One English sentence; the page says the same in the reader's language from `reason`. */
  because?: string;
  /** The same, as data: a code and what it speaks of. */
  reason?: { code: string; [name: string]: string | number };
}

export type Verdicts = Record<string, Verdict>;

export interface Trace {
  format: 'sagascope/trace';
  version: 1;
  app: { name: string; version: string };
  scenario: Scenario;
  records: TraceRecord[];
  verdicts: Verdicts;
  /** Of the canonical bytes of scenario and records; equal runs have equal hashes. */
  hash: string;
  /** How many records were shown when it was written, if not all: where a reader who opens it goes on. */
  cursor?: number;
}
