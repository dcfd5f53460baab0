import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broken, complete, type OutboxModel } from '../../bench/models/outbox-configs.ts';
import { searchNaively } from '../../bench/models/outbox-naive.ts';
import { searchPacked } from '../../bench/models/outbox-packed.ts';
import { StateSet } from '../../bench/models/state-set.ts';

const searches = { naive: searchNaively, packed: searchPacked };
const countsOf = (found: { distinct: number; generated: number; depth: number }) => ({
  distinct: found.distinct,
  generated: found.generated,
  depth: found.depth,
});

describe.each(['naive', 'packed'] as const)('the %s search', (kind) => {
  const search = searches[kind];
  const sizes = [
    'tiny',
    'small',
    'noInbox',
    'afterCommit',
    ...(kind === 'packed' ? (['medium'] as const) : []),
  ] as const;

  test.each(sizes)('finds every state of %s, as often and as deep as expected', (size) => {
    expect(countsOf(search(complete[size].model))).toEqual(complete[size].counts);
  });

  test.each(['tiny', 'small', 'noInbox', 'afterCommit'] as const)('finds nothing broken in %s that holds', (size) => {
    const { model, holds, counts } = complete[size];
    const found = search(model, holds);
    expect(found).not.toHaveProperty('violation');
    expect(countsOf(found)).toEqual(counts);
  });

  test.each(Object.entries(broken))('breaks %s on a shortest way, and stops there', (size, { model, violation }) => {
    const found = search(model, [violation.invariant]);
    expect(found.violation).toEqual(violation);
    expect(found.distinct).toBeLessThan(complete[size as keyof typeof broken].counts.distinct);
    expect(found.depth).toBe(violation.shortestTraceStates - 1);
  });

  test('tells which of several invariants breaks first', () => {
    const { model } = broken.inAggregate;
    expect(search(model, ['NoDuplicateEffect', 'NoLoss', 'NoPhantom']).violation).toEqual(broken.inAggregate.violation);
  });
});

/** Small enough for a naive search in milliseconds, and with every constant at more than one value. */
const models: fc.Arbitrary<OutboxModel> = fc
  .record({
    N: fc.integer({ min: 1, max: 2 }),
    M: fc.integer({ min: 1, max: 3 }),
    S: fc.integer({ min: 1, max: 2 }),
    F: fc.integer({ min: 0, max: 2 }),
    R: fc.integer({ min: 0, max: 2 }),
    BATCH: fc.integer({ min: 1, max: 3 }),
    INBOX: fc.boolean(),
    Strategy: fc.constantFrom('outbox', 'afterCommit', 'inAggregate'),
  })
  .filter(({ N, M, S, F, R }) => N * M * S <= 3 && N * M + F + R <= 5);

test('both searches find the same, whatever the model', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(models, (model) => {
      const naive = searchNaively(model);
      expect(countsOf(searchPacked(model))).toEqual(countsOf(naive));
      for (const invariant of ['NoPhantom', 'NoLoss', 'NoDuplicateEffect'] as const) {
        const { violation } = searchNaively(model, [invariant]);
        expect(searchPacked(model, [invariant]).violation).toEqual(violation);
        seen.add(`${model.Strategy} ${violation ? 'breaks' : 'holds'} ${invariant}`);
      }
    }),
    { numRuns: 60, seed: 7 },
  );
  // or it has compared nothing but silence
  expect([...seen].filter((what) => what.includes('breaks')).sort()).toEqual([
    'afterCommit breaks NoDuplicateEffect',
    'afterCommit breaks NoLoss',
    'inAggregate breaks NoDuplicateEffect',
    'inAggregate breaks NoPhantom',
    'outbox breaks NoDuplicateEffect',
  ]);
});

test('every constant of the model counts', () => {
  const { model, counts } = complete.small;
  const others: Partial<OutboxModel>[] = [
    { N: 1 },
    { M: 1 },
    { S: 2 },
    { F: 0 },
    { R: 0 },
    { BATCH: 1 },
    { INBOX: false },
    { Strategy: 'afterCommit' },
    { Strategy: 'inAggregate' },
  ];
  const found = others.map((other) => searchPacked({ ...model, ...other }).distinct);
  expect(new Set([counts.distinct, ...found]).size).toBe(others.length + 1);
});

test('a model too big for the words is refused, not searched wrongly', () => {
  expect(() => searchPacked({ ...complete.large.model, N: 3 })).toThrow(RangeError);
});

test('a set of states keeps each once, in the order found, however many there are', () => {
  const set = new StateSet();
  const triple = (i: number) => [i % 7, (i * 0x9e3779b1) | 0, ~i] as const;
  const count = 5000;
  for (let i = 0; i < count; i++) expect(set.add(...triple(i))).toBe(true);
  for (let i = 0; i < count; i++) expect(set.add(...triple(i))).toBe(false);
  expect(set.size).toBe(count);
  expect([...set.words.subarray(0, 3 * count)]).toEqual(Array.from({ length: count }, (_, i) => triple(i)).flat());
  expect(set.bytes).toBeGreaterThanOrEqual(count * 16);
});
