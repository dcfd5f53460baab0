import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashValue } from '../../../src/base/hash-value.ts';
import { PersistentMap } from '../../../src/base/persistent-map.ts';

/** The same content in new objects, with the keys of objects the other way round and idle keys put in. */
function retold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(retold);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, retold(inner)]);
  return Object.fromEntries([['idle', undefined] as [string, unknown], ...entries.reverse()]);
}

/** Text that is equal for equal content: keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1));
  });
}

test('equal content has equal hashes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(hashValue(retold(value))).toBe(hashValue(value));
      expect(hashValue(value)).toBe(hashValue(value));
      expect(hashValue(value)).toSatisfy((hash: number) => Number.isSafeInteger(hash) && hash >= 0);
    }),
  );
});

test('other content has other hashes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      fc.pre(canonical(a) !== canonical(b));
      expect(hashValue(a)).not.toBe(hashValue(b));
    }),
    { numRuns: 2000 },
  );
});

test('types, shapes and look-alikes are kept apart', () => {
  const values: unknown[] = [
    [1, '1', true, 'true', false, null, 'null', undefined, 'undefined', 0, '', '0', 1.5, '1.5', NaN, Infinity, -Infinity],
    [-1, 2 ** 32 - 1, 2 ** 32, 2 ** 31, -(2 ** 31), 2 ** 53, 2 ** 53 - 1, 1 - 2 ** 53, 1e300, 5e-324],
    [[], {}, PersistentMap.empty(), [[]], [{}], [null], [undefined], [[], []], { a: [] }, { a: {} }, [0], ['0'], '[]'],
    [{ a: 1, b: 2 }, { a: 2, b: 1 }, { ab: 12 }, { a: { b: 2 } }, { b: { a: 2 } }, [1, 2], [2, 1], [[1], 2], [1, [2]]],
    [PersistentMap.from([['a', 1]]), { a: 1 }, [['a', 1]], PersistentMap.from([[1, 'a']])],
  ].flat(); // prettier-ignore
  expect(new Set(values.map(hashValue)).size).toBe(values.length);
  expect(hashValue(-0)).toBe(hashValue(0));
  expect(hashValue({ a: undefined })).toBe(hashValue({}));
  expect(hashValue(Object.assign(Object.create(null), { a: 1 }))).toBe(hashValue({ a: 1 }));
  expect(hashValue(structuredClone({ a: [1] }))).toBe(hashValue({ a: [1] }));
});

test('maps count by their entries, wherever they are', () => {
  const forth = PersistentMap.from(
    Array.from({ length: 100 }, (_, i) => [`k${i}`, { i, inner: PersistentMap.from([[i, [i]]]) }]),
  );
  const back = PersistentMap.from(
    [...forth].reverse().map(([key, { i }]) => [key, { inner: PersistentMap.from([[i, [i]]]), i }]),
  );
  expect(hashValue({ rows: back })).toBe(hashValue({ rows: forth }));
  expect(hashValue({ rows: back.set('k7', { inner: PersistentMap.from([[7, [8]]]), i: 7 }) })).not.toBe(
    hashValue({ rows: forth }),
  );
});

test('what is not plain data is refused', () => {
  class Campaign {
    name = 'x';
  }
  for (const value of [() => 1, Symbol('s'), 1n, new Map(), new Set([1]), new Date(0), /x/, new Campaign()]) {
    expect(() => hashValue({ value: [value] })).toThrow(/plain/);
  }
});

test('after a small change only the path to it is looked at again', () => {
  let reads = 0;
  const watched = (content: object) =>
    new Proxy(content, { ownKeys: (target) => ((reads += 1), Reflect.ownKeys(target)) });
  // as much in each as makes a hash worth keeping; the empty object is hashed again each time
  const fields = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`field${i}`, i]));
  const rows = Array.from({ length: 50 }, (_, id) => watched({ ...fields, id, lines: watched({ id }) }));
  const world = { tables: watched({ rows, empty: watched({}) }), clock: 0 };
  hashValue(world);
  expect(reads).toBe(102);
  const next = {
    ...world,
    tables: watched({ ...world.tables, rows: rows.with(3, watched({ id: -1, lines: rows[3]! })) }),
  };
  reads = 0;
  expect(hashValue(next)).not.toBe(hashValue(world));
  expect(reads).toBe(3);
});
