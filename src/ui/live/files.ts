/** Runs to take away as files, and how a run compares with one that was brought. */
import { canonical } from '../../base/canonical.ts';
import { app } from '../../trace/app.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Scenario } from '../../trace/scenario.ts';
import type { Trace, Verdicts } from '../../trace/trace.ts';
import { fileName, makeTrace, writeTrace } from '../../trace/write.ts';
import type { ImportOutcome } from '../run.ts';

/** A run on show. */
interface Shown {
  scenario: Scenario;
  records: readonly TraceRecord[];
  verdicts: Verdicts;
  cursor: number;
}

/** The run so far as a trace file. Where the reader stands is kept unless it is the end. */
export function exportTrace({ scenario, records, verdicts, cursor }: Shown): { name: string; text: string } {
  const trace = makeTrace({ app, scenario, records: [...records], verdicts });
  return { name: fileName(scenario), text: writeTrace(cursor === records.length ? trace : { ...trace, cursor }) };
}

/** What became of a trace when it was run again; of a scenario there is nothing to compare. */
export function compare(trace: Trace | null, repeated: readonly TraceRecord[]): ImportOutcome {
  const differs = trace && differsFrom(trace.records, repeated);
  return { ok: true, differsFrom: differs, recordedBy: trace?.app.version ?? null };
}

/** The first record in which a recorded run and its repetition differ, or null. */
function differsFrom(recorded: readonly TraceRecord[], repeated: readonly TraceRecord[]): number | null {
  const length = Math.max(recorded.length, repeated.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [recorded[i], repeated[i]];
    if (!a || !b || canonical(a) !== canonical(b)) return i;
  }
  return null;
}
