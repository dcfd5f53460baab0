/** Seeded chance as integers: one uint32 of state, the same numbers in every engine. Mulberry32 (T. Ettinger, public domain). */

/** The state that follows `state`. */
export const nextChance = (state: number): number => (state + 0x6d2b79f5) >>> 0;

/** An integer from 0 to `count` - 1, drawn from `state`; every such integer is as likely, to within `count` in 2^32. */
export function draw(state: number, count: number): number {
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % count;
}
