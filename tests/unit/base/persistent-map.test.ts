import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashString } from '../../../src/base/hash.ts';
import { hashValue } from '../../../src/base/hash-value.ts';
import { hashKey, PersistentMap } from '../../../src/base/persistent-map.ts';

type Key = string | number;
type Change = { key: Key; value: number } | { key: Key };

/** Pairs of keys with one and the same place in the trie, found by trying. */
function collidingKeys(): string[] {
  const places = new Map<number, string>();
  const found: string[] = [];
  for (let i = 0; found.length < 8; i++) {
    const key = `key ${i}`;
    const place = hashKey(key);
    const other = places.get(place);
    if (other) found.push(other, key);
    places.set(place, key);
  }
  return found;
}

const collisions = collidingKeys();
const anyKey: fc.Arbitrary<Key> = fc.oneof(
  fc.nat(60),
  fc.nat(60).map(String),
  fc.constantFrom(...collisions),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string(),
);
const anyChanges: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(fc.record({ key: anyKey, value: fc.nat(5) }), fc.record({ key: anyKey })),
  { maxLength: 200, size: 'max' },
);

function change<M extends Map<Key, number> | PersistentMap<Key, number>>(map: M, to: Change): M {
  const result = 'value' in to ? map.set(to.key, to.value) : map.delete(to.key);
  return map instanceof Map ? map : (result as M);
}

function sorted(entries: Iterable<[Key, number]>): [Key, number][] {
  const text = ([key]: [Key, number]) => `${typeof key} ${key}`;
  return [...entries].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

describe('PersistentMap', () => {
  test('behaves as Map does, under any changes', () => {
    fc.assert(
      fc.property(anyChanges, anyKey, (changes, probe) => {
        let map = PersistentMap.empty<Key, number>();
        const model = new Map<Key, number>();
        for (const to of changes) {
          map = change(map, to);
          change(model, to);
          expect(map.size).toBe(model.size);
          expect(map.get(to.key)).toBe(model.get(to.key));
          expect(map.has(to.key)).toBe(model.has(to.key));
        }
        expect(map.get(probe)).toBe(model.get(probe));
        expect(sorted(map)).toEqual(sorted(model));
        const seen: [Key, number][] = [];
        map.forEach((value, key) => seen.push([key, value]));
        expect(seen).toEqual([...map.entries()]);
        expect([...map.keys()]).toEqual(seen.map(([key]) => key));
        expect([...map.values()]).toEqual(seen.map(([, value]) => value));
      }),
    );
  });

  test('old versions never change', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        let map = PersistentMap.empty<Key, number>();
        const versions: { map: PersistentMap<Key, number>; entries: [Key, number][]; hash: number }[] = [];
        for (const to of changes) {
          versions.push({ map, entries: [...map], hash: map.hash(hashValue) });
          map = change(map, to);
        }
        for (const { map, entries, hash } of versions) {
          expect([...map]).toEqual(entries);
          expect(PersistentMap.from(entries).hash(hashValue)).toBe(hash);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('what it holds decides its hash and its order, not how it came to hold it', () => {
    fc.assert(
      fc.property(anyChanges, fc.array(anyKey), fc.infiniteStream(fc.nat()), (changes, detour, chance) => {
        const first = changes.reduce(change, PersistentMap.empty<Key, number>());
        const shuffled = [...first]
          .map((entry) => ({ entry, rank: chance.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ entry }) => entry);
        let second = PersistentMap.from(detour.map((key) => [key, -1]));
        second.hash(hashValue); // hashes that are kept must not outlive a change
        for (const [key, value] of shuffled) second = second.set(key, value);
        for (const key of detour) if (!first.has(key)) second = second.delete(key);
        expect([...second]).toEqual([...first]);
        expect(second.hash(hashValue)).toBe(first.hash(hashValue));
        expect(second).toEqual(first);
      }),
    );
  });

  test('another entry, value, key or type of key is another hash', () => {
    const base = PersistentMap.from<Key, number>([['a', 1], ['b', 2], [7, 3]]); // prettier-ignore
    const others = [base.set('c', 1), base.set('a', 2), base.delete('a'), base.delete('a').set('A', 1)];
    others.push(base.delete(7).set('7', 3), base.set('a', 2).set('b', 1), PersistentMap.empty());
    const hashes = [base, ...others].map((map) => map.hash(hashValue));
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const other of others) expect(other).not.toEqual(base);
  });

  test('is the very same object where nothing changes', () => {
    const value = { n: 1 };
    const map = PersistentMap.from<Key, unknown>([...collisions, 1, 2].map((key) => [key, value]));
    expect(map.set(collisions[0]!, value)).toBe(map);
    expect(map.set(1, value)).toBe(map);
    expect(map.delete('not there')).toBe(map);
    expect(map.delete('1')).toBe(map);
    expect(map.set(1, { n: 1 })).not.toBe(map);
    expect(PersistentMap.empty().delete('a')).toBe(PersistentMap.empty());
    expect(PersistentMap.empty<string, number>().set('a', 1).delete('a')).toBe(PersistentMap.empty());
    expect(map.set(3, NaN).set(3, NaN)).toEqual(map.set(3, NaN));
    expect(() => map.get(NaN)).toThrow('NaN is no key');
  });

  test('hashes only what is new: after one set, the entries beside it at most', () => {
    let calls = 0;
    const counting = (value: number) => {
      calls += 1;
      return hashString(String(value));
    };
    let map = PersistentMap.from(Array.from({ length: 10_000 }, (_, i) => [`campaign-${i}`, i]));
    map.hash(counting);
    expect(calls).toBe(10_000);
    map = map.set('campaign-77', -1);
    map.hash(counting);
    map.hash(counting);
    expect(calls).toBe(10_001);
    // another function is another hash, though the nodes remember the first
    expect(map.hash(() => 1)).not.toBe(map.hash(counting));
  });
});
