/**
 * An immutable map that shares structure between its versions: a hash trie (Phil Bagwell, "Ideal Hash Trees", 2001) kept
 * canonical under deletion as in CHAMP (Steindorfer and Vinju, OOPSLA 2015), so that its shape, its order of iteration
 * and its content hash depend on what it holds and not on how it came to hold it.
 */
import { assert } from './assert.ts';
import { addUnordered, combine, hashString } from './hash.ts';

type Key = string | number;
type HashValue<V> = (value: V) => number;

/** What every node keeps: the hashes of the entries below added up, as computed by `by`. */
class Memo<V> {
  sum = 0;
  by: HashValue<V> | null = null;
}

class Leaf<K extends Key, V> extends Memo<V> {
  readonly size = 1;
  readonly hash: number;
  readonly key: K;
  readonly value: V;
  constructor(hash: number, key: K, value: V) {
    super();
    this.hash = hash;
    this.key = key;
    this.value = value;
  }
}

/** Inner node: bit i of `bitmap` says whether there is a child for the hash fragment i; `children` has no gaps. */
class Branch<K extends Key, V> extends Memo<V> {
  readonly bitmap: number;
  readonly children: readonly Node<K, V>[];
  readonly size: number;
  constructor(bitmap: number, children: readonly Node<K, V>[], size: number) {
    super();
    this.bitmap = bitmap;
    this.children = children;
    this.size = size;
  }
}

/** Two or more leaves whose whole hashes collide, ordered by key. */
class Bucket<K extends Key, V> extends Memo<V> {
  readonly hash: number;
  readonly children: readonly Leaf<K, V>[];
  readonly size: number;
  constructor(children: readonly Leaf<K, V>[]) {
    super();
    this.hash = children[0]!.hash;
    this.children = children;
    this.size = children.length;
  }
}

type Node<K extends Key, V> = Leaf<K, V> | Branch<K, V> | Bucket<K, V>;

/**
 * An immutable map from strings or numbers (not NaN; 1 and '1' are two keys) to any values. `get`, `has`, `set` and
 * `delete` take time logarithmic in the size, to the base 32; a version once made never changes. Two maps with the same
 * entries iterate in the same order, which is neither that of insertion nor of the keys.
 */
export class PersistentMap<K extends Key, V> implements Iterable<[K, V]> {
  // private to the language too: the memo of hashes inside must not count when maps are compared or printed
  readonly #root: Node<K, V> | null;

  private constructor(root: Node<K, V> | null) {
    this.#root = root;
  }

  static readonly #empty = new PersistentMap<never, never>(null);

  /** The map without entries: always the same object. */
  static empty<K extends Key, V>(): PersistentMap<K, V> {
    return PersistentMap.#empty as unknown as PersistentMap<K, V>;
  }

  /** A map of these entries; of equal keys the last wins. */
  static from<K extends Key, V>(entries: Iterable<readonly [K, V]>): PersistentMap<K, V> {
    let map = PersistentMap.empty<K, V>();
    for (const [key, value] of entries) map = map.set(key, value);
    return map;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#root?.size ?? 0;
  }

  /** The value of the key, or undefined. */
  get(key: K): V | undefined {
    return this.#root === null ? undefined : find(this.#root, hashKey(key), key)?.value;
  }

  /** Whether the key has a value, be it undefined. */
  has(key: K): boolean {
    return this.#root !== null && find(this.#root, hashKey(key), key) !== undefined;
  }

  /** A map in which the key has this value; this very map where it has it already (by `Object.is`). */
  set(key: K, value: V): PersistentMap<K, V> {
    // as in Map, -0 is 0
    const leaf = new Leaf(hashKey(key), (key === 0 ? 0 : key) as K, value);
    const root = this.#root === null ? leaf : put(this.#root, 0, leaf);
    return root === this.#root ? this : new PersistentMap<K, V>(root);
  }

  /** A map without the key; this very map where it has none. */
  delete(key: K): PersistentMap<K, V> {
    if (this.#root === null) return this;
    const root = remove(this.#root, 0, hashKey(key), key);
    if (root === this.#root) return this;
    return root === null ? PersistentMap.empty() : new PersistentMap<K, V>(root);
  }

  /** Calls `visit` for each entry. */
  forEach(visit: (value: V, key: K) => void): void {
    if (this.#root !== null) walk(this.#root, visit);
  }

  /** The entries as pairs. */
  *entries(): Generator<[K, V], void> {
    for (const leaf of leaves(this.#root)) yield [leaf.key, leaf.value];
  }

  /** The keys, in the order of `entries`. */
  *keys(): Generator<K, void> {
    for (const leaf of leaves(this.#root)) yield leaf.key;
  }

  /** The values, in the order of `entries`. */
  *values(): Generator<V, void> {
    for (const leaf of leaves(this.#root)) yield leaf.value;
  }

  /** The entries as pairs. */
  [Symbol.iterator](): Generator<[K, V], void> {
    return this.entries();
  }

  /**
   * Hash of the content, an integer from 0 to 2^53 - 1: equal for equal entries, whatever the history. Every node keeps
   * its share, so after one `set` only the path to that entry is hashed again. `hashValue` must be pure, and one and
   * the same function from call to call for that to help.
   */
  hash(hashValue: (value: V) => number): number {
    return this.#root === null ? 0 : sumOf(this.#root, hashValue);
  }
}

/** The hash of what is below a node: a sum, because a map has no order. Computed once per node and hash function. */
function sumOf<K extends Key, V>(node: Node<K, V>, hashValue: HashValue<V>): number {
  if (node.by === hashValue) return node.sum;
  let sum = 0;
  if (node instanceof Leaf) {
    const { key, value } = node;
    sum = combine(hashString(String(key), typeof key === 'string' ? 1 : 2), hashValue(value));
  } else {
    for (const child of node.children) sum = addUnordered(sum, sumOf(child, hashValue));
  }
  node.sum = sum;
  node.by = hashValue;
  return sum;
}

function find<K extends Key, V>(root: Node<K, V>, hash: number, key: K): Leaf<K, V> | undefined {
  let node = root;
  for (let shift = 0; node instanceof Branch; shift += 5) {
    const bit = bitOf(hash, shift);
    if ((node.bitmap & bit) === 0) return undefined;
    node = node.children[indexOf(node.bitmap, bit)]!;
  }
  if (node instanceof Leaf) return node.key === key ? node : undefined;
  return node.children.find((leaf) => leaf.key === key);
}

/** The node with the leaf put in; the same node where it had an identical one. `shift`: bits of the hash used above. */
function put<K extends Key, V>(node: Node<K, V>, shift: number, leaf: Leaf<K, V>): Node<K, V> {
  if (node instanceof Branch) {
    const bit = bitOf(leaf.hash, shift);
    const index = indexOf(node.bitmap, bit);
    if ((node.bitmap & bit) === 0) {
      const children = node.children.toSpliced(index, 0, leaf);
      return new Branch(node.bitmap | bit, children, node.size + 1);
    }
    return withChild(node, index, put(node.children[index]!, shift + 5, leaf));
  }
  if (node.hash !== leaf.hash) return fork(node, leaf, shift);
  if (node instanceof Leaf) {
    if (node.key !== leaf.key) return new Bucket([node, leaf].sort(byKey));
    return Object.is(node.value, leaf.value) ? node : leaf;
  }
  const index = node.children.findIndex(({ key }) => key === leaf.key);
  if (index < 0) return new Bucket([...node.children, leaf].sort(byKey));
  return Object.is(node.children[index]!.value, leaf.value) ? node : new Bucket(node.children.with(index, leaf));
}

/** The node without the key: the same node where it is not in it, null where nothing else is. */
function remove<K extends Key, V>(node: Node<K, V>, shift: number, hash: number, key: K): Node<K, V> | null {
  if (node instanceof Leaf) return node.key === key ? null : node;
  if (node instanceof Bucket) {
    const rest = node.children.filter((leaf) => leaf.key !== key);
    if (rest.length === node.size) return node;
    return rest.length === 1 ? rest[0]! : new Bucket(rest);
  }
  const bit = bitOf(hash, shift);
  if ((node.bitmap & bit) === 0) return node;
  const index = indexOf(node.bitmap, bit);
  const child = remove(node.children[index]!, shift + 5, hash, key);
  if (child !== null) return withChild(node, index, child);
  const rest = node.children.toSpliced(index, 1);
  return rest.length === 1 && !(rest[0] instanceof Branch)
    ? rest[0]!
    : new Branch(node.bitmap ^ bit, rest, node.size - 1);
}

/** The branch with one child exchanged. An only child that is no branch takes the branch's place: that is canonical. */
function withChild<K extends Key, V>(node: Branch<K, V>, index: number, child: Node<K, V>): Node<K, V> {
  const before = node.children[index]!;
  if (child === before) return node;
  if (node.children.length === 1 && !(child instanceof Branch)) return child;
  return new Branch(node.bitmap, node.children.with(index, child), node.size - before.size + child.size);
}

/** A branch over two nodes of different hashes: as deep as their hashes agree. */
function fork<K extends Key, V>(node: Leaf<K, V> | Bucket<K, V>, leaf: Leaf<K, V>, shift: number): Branch<K, V> {
  const a = bitOf(node.hash, shift);
  const b = bitOf(leaf.hash, shift);
  const size = node.size + 1;
  if (a === b) return new Branch(a, [fork(node, leaf, shift + 5)], size);
  // unsigned, because the bit of fragment 31 is the sign
  return new Branch(a | b, a >>> 0 < b >>> 0 ? [node, leaf] : [leaf, node], size);
}

function walk<K extends Key, V>(node: Node<K, V>, visit: (value: V, key: K) => void): void {
  if (node instanceof Leaf) visit(node.value, node.key);
  else for (const child of node.children) walk(child, visit);
}

function* leaves<K extends Key, V>(root: Node<K, V> | null): Generator<Leaf<K, V>, void> {
  const waiting: Node<K, V>[] = root === null ? [] : [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node instanceof Leaf) yield node;
    else for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
}

function byKey<K extends Key>(a: { key: K }, b: { key: K }): number {
  if (typeof a.key !== typeof b.key) return typeof a.key === 'number' ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

/** The bit for the five bits of the hash from `shift` on. */
function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & 31);
}

/** Where the child of this bit is: how many lower bits are set. Counting bits in parallel after H. S. Warren, "Hacker's Delight". */
function indexOf(bitmap: number, bit: number): number {
  let x = bitmap & (bit - 1);
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * 32-bit hash of a key for its place in the trie, mixed by Murmur3's finaliser (A. Appleby): small integers never collide.
 * Exported for tests, which look for keys that do. @throws Error for NaN
 */
export function hashKey(key: Key): number {
  let hash = 0;
  if (typeof key === 'number' && (key | 0) === key) {
    hash = key;
  } else {
    assert(key === key, 'NaN is no key');
    const text = typeof key === 'string' ? key : `number ${key}`;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x5bd1e995);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
