/**
 * Hashing without the platform: 53-bit hashes from two 32-bit lanes, equal in every engine. Not cryptographic: it tells
 * equal runs from different ones, not honest files from forged ones.
 */

/** The two lanes of a string's hash: what they start with, and what they are multiplied by for each code unit. */
export const start = { a: 0xdeadbeef, b: 0x41c6ce57 } as const;
export const factor = { a: 0x85ebca6b, b: 0xc2b2ae35 } as const;

/** Hash of a string, an integer from 0 to 2^53 - 1. Lanes after Murmur3's mixing constants and finaliser (A. Appleby). */
export function hashString(text: string, seed = 0): number {
  let a = start.a ^ seed;
  let b = start.b ^ seed;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, factor.a);
    b = Math.imul(b ^ c, factor.b);
  }
  return finish(a, b);
}

/** Mixes two hashes in order: `combine(a, b)` differs from `combine(b, a)`. */
export function combine(first: number, second: number): number {
  const a = Math.imul((first >>> 0) ^ 0x9e3779b9, 0x85ebca6b) ^ (second >>> 0);
  const b = Math.imul(((first / 0x100000000) >>> 0) ^ 0x7f4a7c15, 0xc2b2ae35) ^ ((second / 0x100000000) >>> 0);
  return finish(a, b);
}

/** Adds two hashes so that order does not matter; for the content of sets and maps. */
export function addUnordered(first: number, second: number): number {
  const low = (first >>> 0) + (second >>> 0);
  const high = ((first / 0x100000000) >>> 0) + ((second / 0x100000000) >>> 0) + (low > 0xffffffff ? 1 : 0);
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0);
}

/** A hash as 14 hexadecimal digits. */
export function toHex(hash: number): string {
  return hash.toString(16).padStart(14, '0');
}

/** The hash that two lanes come to. */
export function finish(first: number, second: number): number {
  let a = first;
  let b = second;
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1fffff) * 0x100000000 + (a >>> 0);
}
