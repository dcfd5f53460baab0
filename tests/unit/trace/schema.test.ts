import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { optionValues } from '../../../src/trace/option-values.ts';
import type { RecordKind, TraceRecord } from '../../../src/trace/record.ts';
import type { Failure, Flow, Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import type { baseEntries, kindEntries } from '../../../src/trace/schema-record.ts';
import type { failureSchema, inputSchema, optionsSchema, verdictSchema } from '../../../src/trace/schema.ts';
import { recordSchema, scenarioSchema, traceSchema } from '../../../src/trace/schema.ts';
import type { Trace, Verdict } from '../../../src/trace/trace.ts';
import { full, least, payloads, records, scenarios, trace } from './samples.ts';

/** Intersections as one object each, so that equal types are equal to the compiler too. */
type Flat<T> = T extends object ? { [K in keyof T]: Flat<T[K]> } : T;

test('schemas and hand-written types agree (checked by the compiler)', () => {
  expectTypeOf<Flat<v.InferOutput<typeof scenarioSchema>>>().toEqualTypeOf<Flat<Scenario>>();
  expectTypeOf<Flat<v.InferOutput<typeof optionsSchema>>>().toEqualTypeOf<Flat<Partial<Options>>>();
  expectTypeOf<Flat<v.InferOutput<typeof inputSchema>>>().toEqualTypeOf<Flat<Input>>();
  expectTypeOf<Flat<v.InferOutput<typeof traceSchema>>>().toEqualTypeOf<Flat<Trace>>();
  expectTypeOf<Flat<v.InferOutput<typeof verdictSchema>>>().toEqualTypeOf<Flat<Verdict>>();
  expectTypeOf<(typeof optionValues)['bus'][number]>().toEqualTypeOf<Options['bus']>();
  expectTypeOf<{ [K in keyof Options]: (typeof optionValues)[K][number] }>().toEqualTypeOf<Options>();

  type Split<T extends Failure> = T extends { type: infer K }
    ? K extends string
      ? Flat<Omit<T, 'type'> & { type: K }>
      : never
    : never;
  expectTypeOf<Split<v.InferOutput<typeof failureSchema>>>().toEqualTypeOf<Split<Failure>>();

  type Parsed<E> = E extends v.ObjectEntries ? v.InferOutput<v.ObjectSchema<E, undefined>> : never;
  type Checked = { [K in RecordKind]: Flat<Parsed<typeof baseEntries & (typeof kindEntries)[K]> & { kind: K }> };
  type Written = { [K in RecordKind]: Flat<Extract<TraceRecord, { kind: K }>> };
  expectTypeOf<Checked>().toEqualTypeOf<Written>();
  expectTypeOf<keyof typeof kindEntries>().toEqualTypeOf<RecordKind>();
  expectTypeOf<Flow>().toEqualTypeOf<v.InferOutput<typeof scenarioSchema>['flow']>();
});

/** Where the first issue is, or null if there is none. */
function issue(schema: v.GenericSchema, value: unknown): string | null {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? null : (v.getDotPath(result.issues[0]) ?? 'root');
}

describe('scenario', () => {
  test('any valid one passes unchanged', () => {
    for (const scenario of [full, least]) expect(v.parse(scenarioSchema, scenario)).toEqual(scenario);
    fc.assert(fc.property(scenarios, (scenario) => void expect(v.parse(scenarioSchema, scenario)).toEqual(scenario)));
  });

  const command = (more: object) => ({ ...least, inputs: [{ at: 0, kind: 'command', name: 'A', ...more }] });
  const strike = (failure: object) => ({ ...least, inputs: [{ at: 0, kind: 'failure', failure }] });
  const settles = (...times: number[]) => ({ ...least, inputs: times.map((at) => ({ at, kind: 'settle' })) });
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

  test.each<[place: string, value: unknown]>([
    ['flow', { ...least, flow: 'voyage' }],
    ['seed', { ...least, seed: -1 }],
    ['seed', { ...least, seed: 4294967296 }],
    ['seed', { ...least, seed: 0.5 }],
    ['title', { ...least, title: 'a'.repeat(121) }],
    ['title', { ...least, title: '\ud800' }],
    ['notes', { ...least, notes: 'a'.repeat(2001) }],
    ['options.bus', { ...least, options: { bus: 'pigeon' } }],
    ['options.relays', { ...least, options: { relays: '2' } }],
    ['inputs', { ...least, inputs: {} }],
    ['inputs', settles(...Array<number>(20_001).fill(0))],
    ['inputs.2.at', settles(0, 5, 4)],
    ['inputs.0.at', settles(-1)],
    ['inputs.0.at', settles(0.5)],
    ['inputs.0.at', settles(Infinity)],
    ['inputs.0.at', settles(1e12 + 1)],
    ['inputs.0.kind', { ...least, inputs: [{ at: 0, kind: 'dance' }] }],
    ['inputs.0', { ...least, inputs: [null] }],
    ['inputs.0.name', command({ name: 7 })],
    ['inputs.0.payload', command({ payload: [] })],
    ['inputs.0.payload', command({ payload: null })],
    ['inputs.0.payload', command({ payload: nested(17) })],
    ['inputs.0.payload', command({ payload: { a: 2 ** 53 } })],
    ['inputs.0.payload', command({ payload: { a: NaN } })],
    ['inputs.0.payload', command({ payload: { a: 'a'.repeat(2001) } })],
    ['inputs.0.payload', command({ payload: { a: '\udc00' } })],
    ['inputs.0.payload', command({ payload: { ['a'.repeat(121)]: 1 } })],
    ['inputs.0.payload', command({ payload: { a: new Date(0) } })],
    ['inputs.0.payload', command({ payload: { a: undefined } })],
    ['inputs.0.payload', command({ payload: { constructor: 1 } })],
    ['inputs.0.payload', command({ payload: JSON.parse('{"a":[{"__proto__":{"b":1}}]}') as unknown })],
    ['inputs.0.failure.type', strike({ type: 'flood' })],
    ['inputs.0.failure.process', strike({ type: 'crash' })],
    ['inputs.0.failure.for', strike({ type: 'busDown', for: -1 })],
    ['inputs.0.failure.times', strike({ type: 'consumerFails', subscription: 'saga', times: 1.5 })],
    ['choices.1', { ...least, choices: [0, -1] }],
    ['choices', { ...least, choices: Array<number>(100_001).fill(0) }],
  ])('refused at %s', (place, value) => expect(issue(scenarioSchema, value)).toBe(place));

  test('what is just within the limits passes', () => {
    expect(
      issue(scenarioSchema, { ...least, title: 'a'.repeat(120), notes: 'é'.repeat(2000), seed: 0xffffffff }),
    ).toBeNull();
    expect(issue(scenarioSchema, settles(...Array<number>(20_000).fill(1e12)))).toBeNull();
    expect(issue(scenarioSchema, command({ payload: nested(16) }))).toBeNull();
    expect(issue(scenarioSchema, { ...least, choices: Array<number>(100_000).fill(0) })).toBeNull();
  });

  test('the payload generator makes payloads that pass', () => {
    fc.assert(fc.property(payloads, (payload) => void expect(issue(scenarioSchema, command({ payload }))).toBeNull()));
  });
});

describe('record', () => {
  test('known kinds pass unchanged', () => {
    for (const record of records) expect(v.parse(recordSchema, record)).toEqual(record);
  });

  test('a kind of a later version passes with the base fields, and nothing of it is lost', () => {
    const later = { seq: 0, at: 0, process: 'moon', kind: 'moon.rose', colour: { deep: ['red'] } };
    expect(v.parse(recordSchema, later)).toEqual(later);
    expect(issue(recordSchema, { ...later, seq: '0' })).toBe('seq');
    expect(issue(recordSchema, { ...later, kind: undefined })).toBe('kind');
  });

  test('a further field of a later version is kept, at any depth', () => {
    const later = { ...records[2], mood: 'calm', events: [{ ...trace.records[3], colour: 'red' }] };
    expect(v.parse(recordSchema, later)).toEqual(later);
  });

  test.each<[place: string, value: unknown]>([
    ['root', null],
    ['root', 7],
    ['name', { ...records[0], name: undefined }],
    ['payload', { ...records[0], payload: 'none' }],
    ['correlationId', { ...records[1], correlationId: 1 }],
    [
      'writes.1.op',
      {
        ...records[2],
        writes: [
          { table: 'a', op: 'put', key: 1 },
          { table: 'a', op: 'eat', key: 1 },
        ],
      },
    ],
    ['writes.0.key', { ...records[2], writes: [{ table: 'a', op: 'put', key: null }] }],
    ['events.0.aggregateVersion', { ...records[2], events: [{ ...event(), aggregateVersion: -1 }] }],
    ['quiet', { ...records[4], quiet: 1 }],
  ])('refused at %s', (place, value) => expect(issue(recordSchema, value)).toBe(place));

  function event() {
    return { eventId: 'e', eventType: 'E', aggregateId: 'a', aggregateVersion: 1, transactionId: 't' };
  }
});

describe('trace', () => {
  test('passes unchanged', () => expect(v.parse(traceSchema, trace)).toEqual(trace));

  test.each<[place: string, value: unknown]>([
    ['records.1.seq', { ...trace, records: [records[0], { ...records[1], seq: 2 }] }],
    ['records.2.at', { ...trace, records: [records[0], { ...records[1], at: 50 }, records[2]] }],
    ['verdicts.delivered.status', { ...trace, verdicts: { delivered: { status: 'maybe' } } }],
    [
      'verdicts.delivered.reason.n',
      { ...trace, verdicts: { delivered: { status: 'holds', reason: { code: 'a', n: null } } } },
    ],
    ['app.version', { ...trace, app: { name: 'sagascope' } }],
    ['scenario.seed', { ...trace, scenario: { ...least, seed: '1' } }],
    ['hash', { ...trace, hash: 1 }],
  ])('refused at %s', (place, value) => expect(issue(traceSchema, value)).toBe(place));
});
