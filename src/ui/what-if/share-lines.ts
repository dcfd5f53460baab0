/** The picture of shares along a run: step k is as wide as the others and begins at x = k; a share of 1 is at y = 0. */
import type { Stretch } from './no-return.ts';

const high = 100;

/** The line of the shares, and the ground under it; stretches that are known to nobody leave gaps. */
export function shareLines(stretches: readonly Stretch[]): { line: string; area: string } {
  let [line, area] = ['', ''];
  let end: number | null = null;
  for (const { first, last, share } of stretches) {
    if (share === null) continue;
    const y = (1 - share) * high;
    line += end === first ? `V${y}H${last + 1}` : `M${first} ${y}H${last + 1}`;
    area += `M${first} ${high}V${y}H${last + 1}V${high}Z`;
    end = last + 1;
  }
  return { line, area };
}

/** The moment before or after a step, in the order of the run; the step itself where there is none. */
export function momentBeside(moments: readonly number[], step: number, way: 1 | -1): number {
  const found = way === 1 ? moments.find((moment) => moment > step) : moments.findLast((moment) => moment < step);
  return found ?? step;
}
