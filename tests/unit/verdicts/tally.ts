/** How judgements of random traces are counted. */
import type { Verdicts } from '../../../src/trace/trace.ts';
import { subjects } from '../../../src/ui/controls/promise-subjects.ts';

/** The statuses alone. */
export const statuses = (verdicts: Verdicts) =>
  Object.fromEntries(Object.entries(verdicts).map(([id, { status }]) => [id, status]));

/** Promises that are judged only where a saga takes part, or could. */
export const aboutSagas: ReadonlySet<string> = new Set([...subjects.sagas, ...subjects.boundaries]);

/** How often each promise was met in each state: a comparison that never met a broken promise would show little. */
export class Tally {
  readonly #met = new Map<string, number>();

  add(verdicts: Verdicts): void {
    for (const [id, { status }] of Object.entries(verdicts)) {
      this.#met.set(`${id} ${status}`, this.times(id, status) + 1);
    }
  }

  times(id: string, status: string): number {
    return this.#met.get(`${id} ${status}`) ?? 0;
  }
}
