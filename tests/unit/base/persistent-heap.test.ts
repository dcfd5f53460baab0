import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pop, push, type Heap } from '../../../src/base/persistent-heap.ts';

const ranks = fc.array(fc.integer({ min: -5, max: 20 }), { maxLength: 60 });
const filled = (list: readonly number[]): Heap<string> | null =>
  list.reduce<Heap<string> | null>((heap, rank) => push(heap, rank, `v${rank}`), null);

function drained(heap: Heap<string> | null): number[] {
  const all: number[] = [];
  for (let rest = heap; rest !== null; rest = pop(rest)) {
    expect(rest.value).toBe(`v${rest.rank}`);
    all.push(rest.rank);
  }
  return all;
}

test('gives the lowest first', () => {
  fc.assert(
    fc.property(ranks, (list) => {
      expect(drained(filled(list))).toEqual([...list].sort((a, b) => a - b));
    }),
  );
});

test('a version once made never changes', () => {
  fc.assert(
    fc.property(ranks, ranks, (list, more) => {
      const heap = filled(list);
      more.reduce((later, rank) => push(later, rank, 'later'), heap);
      if (heap) pop(heap);
      expect(drained(heap)).toEqual([...list].sort((a, b) => a - b));
    }),
  );
});

test('no way down to a missing branch on the right is longer than a logarithm', () => {
  let heap: Heap<string> | null = null;
  for (let rank = 0; rank < 1000; rank++) heap = push(heap, rank % 7 ? rank : -rank, '');
  let steps = 0;
  for (let node = heap; node !== null; node = node.right) steps++;
  expect(steps).toBeLessThanOrEqual(10);
});
