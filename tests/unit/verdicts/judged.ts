/** What a promise says of a trace by hand. Every such trace is also put before the oracle. */
import { expect } from 'vitest';
import type { Verdict } from '../../../src/trace/trace.ts';
import { judgeAll } from '../../../src/verdicts/judge.ts';
import { oracle } from '../../support/oracle.ts';
import type { Run } from './run.ts';

/** A trace by hand, and what the promises are to know of it. */
type Judged = Pick<Run, 'records' | 'setting'>;

/** The verdict on one promise, or undefined where it is not judged. */
export function judge(
  { records, setting: known }: Judged,
  id: string,
  whom = known.subscriptions,
): Verdict | undefined {
  const setting = { ...known, subscriptions: whom };
  const verdicts = judgeAll(records, setting);
  expect(Object.fromEntries(Object.entries(verdicts).map(([name, { status }]) => [name, status]))).toEqual(
    oracle(records, setting),
  );
  return verdicts[id];
}

/** Expects the promise to be broken at this step, and gives the sentence that says so. */
export function broken(run: Judged, id: string, at: number): string | undefined {
  const verdict = judge(run, id);
  expect(verdict).toMatchObject({ status: 'broken', at });
  return verdict?.because;
}
