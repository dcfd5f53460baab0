/** The JSON Schemas of our files, out of the valibot schemas that the page checks with. */
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { recorded } from '../../../src/trace/schema-parts.ts';
import { baseEntries, kindEntries } from '../../../src/trace/schema-record.ts';
import {
  failureSchema,
  inputSchema,
  optionsSchema,
  recordSchema,
  scenarioSchema,
  traceSchema,
  verdictSchema,
} from '../../../src/trace/schema.ts';

export type JsonSchema = { [keyword: string]: unknown };

/** Definitions of both files; those of the trace's own come on top. */
const shared = { options: optionsSchema, input: inputSchema, failure: failureSchema };
const ofTrace = { ...shared, scenario: scenarioSchema, record: recordSchema, verdict: verdictSchema };

/** What no JSON Schema can say: well-formed Unicode, an order among items, how deep a payload may be. */
const ignoreActions = ['check', 'raw_check'];

function convert(schema: v.GenericSchema, definitions: Record<string, v.GenericSchema>): JsonSchema {
  const config: ConversionConfig = {
    target: 'draft-2020-12',
    definitions,
    ignoreActions,
    overrideSchema: ({ valibotSchema }) =>
      valibotSchema.type === 'custom' ? { type: 'object' } : valibotSchema === recordSchema ? anyRecord() : undefined,
  };
  const { $defs, ...converted } = toJsonSchema(schema, config);
  // a lazy schema leaves what it stands for at first behind, under a number
  const named = Object.entries($defs ?? {}).filter(([name]) => Object.hasOwn(definitions, name));
  return { ...converted, $defs: Object.fromEntries(named) };
}

/** A record: the base fields, then by kind the further ones. A kind that is not listed may have any. */
function anyRecord(): JsonSchema {
  const fields = (entries: v.ObjectEntries) => {
    const { properties, required } = convert(v.object(entries), { failure: failureSchema });
    return { properties, required };
  };
  const byKind = Object.entries(kindEntries).map(([kind, entries]) => ({
    if: { properties: { kind: { const: kind } } },
    then: fields(entries),
  }));
  return { type: 'object', ...fields({ ...baseEntries, kind: recorded }), allOf: byKind };
}

export const jsonSchemas = {
  'scenario.v1.json': {
    title: 'Sagascope scenario, version 1',
    description:
      'Everything that decides a run: the flow, its options, the seed and what the reader did. Times are virtual ms.',
    ...convert(scenarioSchema, shared),
  },
  'trace.v1.json': {
    title: 'Sagascope trace, version 1',
    description:
      'A run: its scenario, what happened step by step, and the verdicts. Kinds of record that are not listed are allowed.',
    ...convert(traceSchema, ofTrace),
  },
} satisfies Record<string, JsonSchema>;
