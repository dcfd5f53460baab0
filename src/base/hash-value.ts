/** Hash of plain immutable data by its content, made for worlds that change a little at a time. */
import { assert } from './assert.ts';
import { addUnordered, combine, hashString } from './hash.ts';
import { PersistentMap } from './persistent-map.ts';

// Seeds that keep types apart: 1 from '1', [] from {} and from an empty map.
const stringSeed = 0x51;
const otherNumberSeed = 0x52;
const arraySeed = 0x53;
const undefinedHash = hashString('undefined', 0x54);
const nullHash = hashString('null', 0x54);
const trueHash = hashString('true', 0x54);
const falseHash = hashString('false', 0x54);
const numberTag = hashString('number', 0x54);
const objectTag = hashString('object', 0x54);
const mapTag = hashString('map', 0x54);

const names = new Map<string, number>();
const mostNames = 1000;

/** Hashes of objects and arrays met before. Not state: it holds nothing that their content does not say. */
const known = new WeakMap<object, number>();
/** Values looked at so far: the difference says how much work a hash was. */
let visited = 0;
/** Hashing a smaller object again is quicker than keeping its hash: most live for one step. */
const worthKeeping = 24;

/**
 * Hash of a value by its content, an integer from 0 to 2^53 - 1. Objects count without the order of their keys and without
 * keys whose value is undefined; 0 and -0 are one number; a PersistentMap counts by its entries. Objects and arrays are
 * hashed once and then remembered, so they must never change, and after a small change to a nested value only the path
 * to it is hashed again.
 * @throws Error for what is not plain data: functions, symbols, bigints, and objects of classes
 */
export function hashValue(value: unknown): number {
  visited++;
  switch (typeof value) {
    case 'string':
      return hashString(value, stringSeed);
    case 'number':
      return hashNumber(value);
    case 'boolean':
      return value ? trueHash : falseHash;
    case 'undefined':
      return undefinedHash;
    case 'object':
      return value === null ? nullHash : hashObject(value);
    default:
      throw new Error(`a ${typeof value} is no plain data`);
  }
}

function hashNumber(value: number): number {
  if (!Number.isSafeInteger(value)) return hashString(String(value), otherNumberSeed);
  // both halves of the integer; floor keeps the sign, so that -1 and 2^32 - 1 differ
  return combine(numberTag, combine(Math.floor(value / 0x100000000) >>> 0, value >>> 0));
}

function hashObject(value: object): number {
  // a map remembers by itself, in its nodes
  if (value instanceof PersistentMap) return combine(mapTag, value.hash(hashValue));
  const before = known.get(value);
  if (before !== undefined) return before;
  const start = visited;
  const hash = Array.isArray(value) ? hashArray(value) : hashRecord(value);
  if (visited - start >= worthKeeping) known.set(value, hash);
  return hash;
}

function hashArray(values: readonly unknown[]): number {
  let hash = combine(arraySeed, values.length);
  for (const value of values) hash = combine(hash, hashValue(value));
  return hash;
}

function hashRecord(record: object): number {
  const prototype: unknown = Object.getPrototypeOf(record);
  // the top of a prototype chain, of whatever realm: rows read from a database may come from another one
  assert(prototype === null || Object.getPrototypeOf(prototype) === null, 'only plain objects are hashed');
  let sum = 0;
  for (const key of Object.keys(record)) {
    const value = (record as Record<string, unknown>)[key];
    if (value !== undefined) sum = addUnordered(sum, combine(hashName(key), hashValue(value)));
  }
  return combine(objectTag, sum);
}

/** The same few names of fields come again and again; a name that is data is not worth the place. */
function hashName(key: string): number {
  const before = names.get(key);
  if (before !== undefined) return before;
  const hash = hashString(key);
  if (names.size < mostNames) names.set(key, hash);
  return hash;
}
