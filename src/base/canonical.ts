/**
 * Canonical JSON: equal values have equal text, whatever the order their keys were written in. The hash of a run is
 * taken over it, so it is made for speed: the sorted keys of every shape of object are worked out once.
 */

/** Deeper than any file that can be read back; a cycle ends here. */
export const maxDepth = 64;

/** Payloads have shapes without end: the memory of shapes starts anew when it has grown to this. */
const maxShapes = 4096;

/** What is thrown for such a value. */
export const tooDeep = (): RangeError => new RangeError(`nested deeper than ${maxDepth}`);

/** Objects whose keys come in the same order share a shape: a node of a tree whose edges are the keys. */
class Shape {
  /** The first edge stands apart: most nodes have only one, and comparing is cheaper than looking up. */
  key = '';
  child: Shape | null = null;
  others: Map<string, Shape> | null = null;
  ordered: Ordered | null = null;
}

/** Keys in canonical order, and each as it is written. */
export interface Ordered {
  readonly keys: readonly string[];
  readonly heads: readonly string[];
}

let root = new Shape();
let shapes = 0;

/**
 * The canonical JSON of a plain JSON value: keys sorted by UTF-16 code unit, no white space, keys whose value is
 * undefined left out, `-0` written as `0`.
 * @throws TypeError for what JSON doesn't have (functions, undefined in an array, non-finite numbers, class instances)
 * @throws RangeError for values nested deeper than 64, such as cycles
 */
export function canonical(value: unknown): string {
  return write(value, 0);
}

/** Whether two plain JSON values say the same; key order and undefined keys don't matter. @throws as `canonical` does */
export function equalJson(first: unknown, second: unknown): boolean {
  return first === second || canonical(first) === canonical(second);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`not JSON: ${value}`);
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= maxDepth) throw tooDeep();
      return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value as JsonObject, depth + 1);
    default:
      throw new TypeError(`not JSON: ${typeof value}`);
  }
}

type JsonObject = { [key: string]: unknown };

function writeArray(list: readonly unknown[], depth: number): string {
  let out = '[';
  for (let i = 0; i < list.length; i++) out += (i > 0 ? ',' : '') + write(list[i], depth);
  return out + ']';
}

function writeObject(object: JsonObject, depth: number): string {
  const { keys, heads } = shapeOf(object);
  let out = '';
  for (let i = 0; i < keys.length; i++) {
    const value = object[keys[i]!];
    if (value !== undefined) out += (out === '' ? '{' : ',') + heads[i]! + write(value, depth);
  }
  return out === '' ? '{}' : out + '}';
}

/** The keys of an object in canonical order, and each as it is written. @throws TypeError for an instance of a class */
export function shapeOf(object: object): Ordered {
  if (Object.getPrototypeOf(object) !== Object.prototype && !isPlain(object))
    throw new TypeError('not JSON: a class instance');
  let shape = root;
  for (const key in object) shape = shape.key === key && shape.child ? shape.child : follow(shape, key);
  return shape.ordered ?? order(shape, object);
}

/** Short strings are scanned faster here than `JSON.stringify` is called. */
function quote(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x20 || c === 0x22 || c === 0x5c || (c >= 0xd800 && c <= 0xdfff)) return JSON.stringify(text);
  }
  return '"' + text + '"';
}

/** Objects without a prototype are plain too, and those of another frame, whose prototype is a stranger's. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function follow(shape: Shape, key: string): Shape {
  if (!shape.child) {
    shape.key = key;
    return (shape.child = addShape());
  }
  shape.others ??= new Map();
  let next = shape.others.get(key);
  if (!next) shape.others.set(key, (next = addShape()));
  return next;
}

function addShape(): Shape {
  if (++shapes > maxShapes) {
    root = new Shape();
    shapes = 0;
  }
  return new Shape();
}

function order(shape: Shape, object: object): Ordered {
  const keys = Object.keys(object).sort();
  return (shape.ordered = { keys, heads: keys.map((key) => `${quote(key)}:`) });
}
