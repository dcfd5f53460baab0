import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { scenarioSchema, traceSchema } from '../../../src/trace/schema.ts';
import { jsonSchemas, type JsonSchema } from './json-schema.ts';
import { full, least, scenarios, trace } from './samples.ts';

const folder = join(import.meta.dirname, '../../../public/schema');

// UPDATE=1 npx vitest run --project unit tests/unit/trace/json-schema.test.ts
test.each(Object.entries(jsonSchemas))('%s is what the schemas of the code say', (name, schema) => {
  const text = `${JSON.stringify(schema, null, 1)}\n`;
  if (process.env.UPDATE) writeFileSync(join(folder, name), text);
  expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
});

/** As much of JSON Schema 2020-12 as our files use; any other keyword is an error, so that none is passed over. */
function accepts(root: JsonSchema, schema: JsonSchema, value: unknown): boolean {
  const deeper = (inner: unknown, part: unknown) => accepts(root, inner as JsonSchema, part);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const members = isObject ? Object.entries(value) : [];
  const types: Record<string, boolean> = {
    object: isObject,
    array: Array.isArray(value),
    string: typeof value === 'string',
    number: typeof value === 'number',
    integer: Number.isInteger(value),
    boolean: typeof value === 'boolean',
  };
  const checks: Record<string, (rule: never) => boolean> = {
    $schema: () => true,
    $defs: () => true,
    title: () => true,
    description: () => true,
    $ref: (ref: string) => deeper((root.$defs as JsonSchema)[ref.replace('#/$defs/', '')], value),
    type: (type: string) => types[type]!,
    const: (wanted: unknown) => value === wanted,
    enum: (wanted: unknown[]) => wanted.includes(value),
    required: (keys: string[]) => !isObject || keys.every((key) => Object.hasOwn(value, key)),
    properties: (properties: JsonSchema) =>
      members.every(([key, part]) => !Object.hasOwn(properties, key) || deeper(properties[key], part)),
    additionalProperties: (inner: JsonSchema) => {
      const properties = (schema.properties ?? {}) as JsonSchema;
      return members.every(([key, part]) => Object.hasOwn(properties, key) || deeper(inner, part));
    },
    propertyNames: (inner: JsonSchema) => members.every(([key]) => deeper(inner, key)),
    items: (inner: JsonSchema) => !Array.isArray(value) || value.every((item) => deeper(inner, item)),
    maxItems: (most: number) => !Array.isArray(value) || value.length <= most,
    maxLength: (most: number) => typeof value !== 'string' || [...value].length <= most,
    minimum: (least: number) => typeof value !== 'number' || value >= least,
    maximum: (most: number) => typeof value !== 'number' || value <= most,
    anyOf: (choices: JsonSchema[]) => choices.some((choice) => deeper(choice, value)),
    oneOf: (choices: JsonSchema[]) => choices.filter((choice) => deeper(choice, value)).length === 1,
    allOf: (all: JsonSchema[]) => all.every((each) => deeper(each, value)),
    if: (when: JsonSchema) => !deeper(when, value) || deeper(schema.then, value),
    then: () => true,
  };
  return Object.entries(schema).every(([keyword, rule]) => {
    const check = checks[keyword];
    if (!check) throw new Error(`unexpected keyword ${keyword}`);
    return check(rule as never);
  });
}

const ofScenario = (value: unknown) => accepts(jsonSchemas['scenario.v1.json'], jsonSchemas['scenario.v1.json'], value);
const ofTrace = (value: unknown) => accepts(jsonSchemas['trace.v1.json'], jsonSchemas['trace.v1.json'], value);

describe('JSON Schema and the code judge alike', () => {
  test('what is good', () => {
    for (const scenario of [full, least]) expect(ofScenario(scenario)).toBe(true);
    fc.assert(fc.property(scenarios, (scenario) => void expect(ofScenario(scenario)).toBe(true)));
    expect(ofTrace(trace)).toBe(true);
    const later = { seq: 0, at: 0, process: 'sky', kind: 'moon.rose', colour: 'red' };
    expect(ofTrace({ ...trace, records: [later] })).toBe(true);
  });

  /** A copy in which one value, wherever it is, has become another. */
  function planted(value: unknown, path: number[], plant: unknown): unknown {
    if (path.length === 0 || typeof value !== 'object' || value === null) return plant;
    const keys = Object.keys(value);
    if (keys.length === 0) return plant;
    const key = keys[path[0]! % keys.length]!;
    const inside = planted((value as JsonSchema)[key], path.slice(1), plant);
    return Array.isArray(value) ? value.with(Number(key), inside) : { ...value, [key]: inside };
  }

  test('what is bad: one value replaced, anywhere', () => {
    // no empty array: the code takes it for an object without keys
    const plants = {
      null: null,
      negative: -1,
      half: 0.5,
      large: 2 ** 32,
      empty: '',
      moon: 'moon',
      true: true,
      object: {},
    };
    const names = fc.constantFrom('long', ...Object.keys(plants));
    let refused = 0;
    const judge = fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 6 }), names, (path, name) => {
      const plant: unknown = name === 'long' ? 'a'.repeat(20_000) : plants[name as keyof typeof plants];
      const value = planted(trace, path, plant);
      const ours = v.safeParse(traceSchema, value);
      // only the order of times and numbers, and what payloads hold, is beyond JSON Schema
      const beyond = ours.issues?.every(({ type }) => type === 'raw_check' || type === 'custom') ?? false;
      if (!beyond) expect(ofTrace(value)).toBe(ours.success);
      if (!ours.success) refused++;
      const scenario = planted(full, path, plant);
      const judged = v.safeParse(scenarioSchema, scenario);
      if (!judged.issues?.every(({ type }) => type === 'raw_check' || type === 'custom')) {
        expect(ofScenario(scenario)).toBe(judged.success);
      }
    });
    fc.assert(judge, { numRuns: 3000 });
    expect(refused).toBeGreaterThan(1000);
  });
});
