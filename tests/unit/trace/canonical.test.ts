import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, equalJson } from '../../../src/base/canonical.ts';
import { hashCanonical } from '../../../src/base/hash-canonical.ts';
import { hashString } from '../../../src/base/hash.ts';
import { payloads, records } from './samples.ts';

/** The plain way: a copy with sorted keys, written by the platform. */
function slowly(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The same content with its keys the other way round, at every depth. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('canonical', () => {
  test('sorts keys by code unit, leaves out undefined, writes no white space', () => {
    expect(canonical({ b: 1, a: [true, null, { z: undefined, y: 'x' }], Z: 0, é: 2, 10: 3, 9: 4 })).toBe(
      '{"10":3,"9":4,"Z":0,"a":[true,null,{"y":"x"}],"b":1,"é":2}',
    );
    expect(canonical({ a: undefined })).toBe('{}');
    expect(canonical(-0)).toBe('0');
  });

  test('is JSON with sorted keys, whatever the order of the keys', () => {
    // integer-like keys are sorted by the engine before we see them, so the plain way can't show them in our order
    const noIndex = payloads.filter((value) => !/"\d+":/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(noIndex, (value) => {
        expect(canonical(value)).toBe(slowly(value));
        expect(canonical(reversed(value))).toBe(canonical(value));
        expect(equalJson(reversed(value), value)).toBe(true);
        expect(JSON.parse(canonical(value))).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  test('escapes as JSON.stringify does', () => {
    for (let c = 0; c < 0x10000; c++) {
      const text = `a${String.fromCharCode(c)}b`;
      if (canonical(text) !== JSON.stringify(text)) expect.fail(`U+${c.toString(16)}`);
    }
  });

  test('objects of one shape and of another', () => {
    // the paths a > b and a > c > b share a beginning; an order seen for one must not serve the other
    expect(canonical({ a: 1, b: 2 })).toBe('{"a":1,"b":2}');
    expect(canonical({ a: 1, c: 3, b: 2 })).toBe('{"a":1,"b":2,"c":3}');
    expect(canonical({ a: 1, c: 3 })).toBe('{"a":1,"c":3}');
    expect(canonical({ a: 1, b: undefined })).toBe('{"a":1}');
    expect(canonical({ a: 1, b: 2 })).toBe('{"a":1,"b":2}');
    expect(canonical({})).toBe('{}');
  });

  test('stays right when it has met more shapes than it remembers', () => {
    for (let i = 0; i < 20_000; i++) {
      const value = { z: i, [`key-${i}`]: { [`b-${i}`]: 1, a: 2 } };
      if (canonical(value) !== `{"key-${i}":{"a":2,"b-${i}":1},"z":${i}}`) expect.fail(canonical(value));
    }
  });

  test('refuses what JSON does not have', () => {
    const cycle: unknown[] = [];
    cycle.push({ cycle });
    const wrong = [
      NaN,
      Infinity,
      undefined,
      () => 1,
      Symbol('a'),
      1n,
      new Map(),
      new (class A {})(),
      [undefined],
      { a: [() => 1] },
    ];
    for (const value of wrong) expect(() => canonical(value)).toThrow(TypeError);
    expect(() => canonical(cycle)).toThrow(RangeError);
  });

  test('takes objects without a prototype', () => {
    expect(canonical(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });

  test('equalJson tells different values apart', () => {
    expect(equalJson({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect(equalJson({ a: 1 }, { a: '1' })).toBe(false);
    expect(equalJson([1, 2], [2, 1])).toBe(false);
    expect(equalJson(null, {})).toBe(false);
  });

  test('speed, for the record', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      ...records[i % records.length],
      seq: i,
      task: `task-${i}`,
    }));
    const bytes = many.reduce((sum, record) => sum + JSON.stringify(record).length, 0) / many.length;
    const best = (write: (record: unknown) => string) =>
      Math.min(
        ...Array.from({ length: 9 }, () => {
          const start = performance.now();
          for (const record of many) write(record);
          return ((performance.now() - start) / many.length) * 1000;
        }),
      );
    const [ours, native] = [best(canonical), best(JSON.stringify)];
    console.log(
      `canonical: ${ours.toFixed(2)} µs per record of ${bytes.toFixed(0)} bytes; JSON.stringify: ${native.toFixed(2)} µs`,
    );
  });
});

describe('hashCanonical', () => {
  const slow = (value: unknown): number => hashString(canonical(value));

  test('is the hash of the canonical text, whatever the value', () => {
    fc.assert(
      fc.property(fc.oneof(payloads, fc.jsonValue(), fc.string({ unit: 'binary' })), (value) => {
        expect(hashCanonical(value)).toBe(slow(value));
      }),
      { numRuns: 1000 },
    );
    for (const value of [null, true, -0, 1e21, '', '"', '\\\n', '\ud800', [], {}, [[], {}], { a: undefined }])
      expect(hashCanonical(value)).toBe(slow(value));
  });

  test('refuses what canonical refuses, and is sound afterwards', () => {
    const cycle: unknown[] = [];
    cycle.push({ cycle });
    const odd = [undefined, [undefined], { f: () => 1 }, { n: NaN }, [new Map()], cycle, 1n];
    for (const value of odd) {
      let why: unknown;
      try {
        canonical(value);
      } catch (error) {
        why = error;
      }
      expect(() => hashCanonical(value)).toThrow(String((why as Error).message));
      expect(hashCanonical({ a: [1] })).toBe(slow({ a: [1] }));
    }
  });
});
