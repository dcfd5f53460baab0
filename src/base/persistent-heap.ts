/**
 * An immutable queue that gives the lowest first: a leftist heap (Clark Crane, "Linear lists and priority queues as balanced
 * binary trees", 1972), as functional programs write it. Versions share structure; null is the empty heap.
 */

export interface Heap<V> {
  readonly rank: number;
  readonly value: V;
  /** The length of the shortest way down to where a branch is missing: the right one is never the longer. */
  readonly depth: number;
  readonly left: Heap<V> | null;
  readonly right: Heap<V> | null;
}

/** A heap with one more value; of the lowest `rank` the next to come is any. Time logarithmic in the size. */
export const push = <V>(heap: Heap<V> | null, rank: number, value: V): Heap<V> =>
  join({ rank, value, depth: 1, left: null, right: null }, heap)!;

/** The heap without its lowest value, which is that of the heap itself. Time logarithmic in the size. */
export const pop = <V>(heap: Heap<V>): Heap<V> | null => join(heap.left, heap.right);

function join<V>(a: Heap<V> | null, b: Heap<V> | null): Heap<V> | null {
  if (a === null || b === null) return a ?? b;
  const [top, other] = a.rank <= b.rank ? [a, b] : [b, a];
  const below = join(top.right, other)!;
  const { rank, value, left } = top;
  const leftDepth = left?.depth ?? 0;
  return leftDepth >= below.depth
    ? { rank, value, depth: below.depth + 1, left, right: below }
    : { rank, value, depth: leftDepth + 1, left: below, right: left };
}
