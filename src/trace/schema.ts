/** What a trace file must be. Its scenario is the truth; records, verdicts and hash can be computed again from it. */
import * as v from 'valibot';
import type { TraceRecord } from './record.ts';
import { count, name, recorded, text } from './schema-parts.ts';
import { recordSchema } from './schema-record.ts';
import { inOrder, issueAt, scenarioSchema } from './schema-scenario.ts';
import type { Trace, Verdict } from './trace.ts';

export { failureSchema, inputSchema, optionsSchema, scenarioSchema } from './schema-scenario.ts';
export { recordSchema } from './schema-record.ts';

export const verdictSchema = v.object({
  status: v.picklist(['holds', 'broken', 'pending', 'parked', 'unknown']),
  at: v.exactOptional(count),
  because: v.exactOptional(text),
  reason: v.exactOptional(v.objectWithRest({ code: name }, v.union([recorded, v.number()]))),
}) satisfies v.GenericSchema<unknown, Verdict>;

export const traceSchema = v.object({
  format: v.literal('sagascope/trace'),
  version: v.literal(1),
  app: v.object({ name, version: name }),
  scenario: scenarioSchema,
  records: v.pipe(v.array(recordSchema), inOrder<TraceRecord>(), numbered()),
  verdicts: v.record(name, verdictSchema),
  hash: name,
  cursor: v.exactOptional(count),
}) satisfies v.GenericSchema<unknown, Trace>;

/** `seq` is the place in the trace: whoever finds a record by it relies on that. */
function numbered() {
  return v.rawCheck<TraceRecord[]>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const wrong = dataset.value.findIndex((record, i) => record.seq !== i);
    if (wrong >= 0) addIssue(issueAt(dataset.value, wrong, 'seq', `${wrong}`));
  });
}
