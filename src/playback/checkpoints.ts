/** Any state of a fold over a growing list of records, in a bounded number of steps. */
import type { TraceRecord } from '../trace/record.ts';
import type { Fold } from '../verdicts/fold.ts';

/** Records from one kept state to the next, as long as the trace is not very long. */
export const firstSpacing = 128;
/** At most this many states are kept: a longer trace keeps every second one, and so on. */
export const mostCheckpoints = 1024;

interface Place<S> {
  readonly cursor: number;
  readonly state: S;
}

/**
 * States kept along the way. Immutable states share what they have in common, so keeping one costs little. Up to
 * 128 × 1024 records no state is more than 127 steps away, and the next one after that which was asked for last is one.
 */
export class Checkpoints<S> {
  readonly #fold: Fold<S>;
  readonly #records: readonly TraceRecord[];
  /** `#kept[i]`: after the first i × `#spacing` records. */
  #kept: S[];
  #spacing = firstSpacing;
  #end: Place<S>;
  #asked: Place<S>;

  /** @param records a list that only ever grows; after it did, call `extend` */
  constructor(fold: Fold<S>, records: readonly TraceRecord[]) {
    this.#fold = fold;
    this.#records = records;
    this.#kept = [fold.start];
    this.#end = { cursor: 0, state: fold.start };
    this.#asked = this.#end;
    this.extend();
  }

  /** Takes in what was added to the records: one step for each. */
  extend(): void {
    let { cursor, state } = this.#end;
    while (cursor < this.#records.length) {
      state = this.#fold.step(state, this.#records[cursor]!);
      cursor++;
      if (cursor % this.#spacing === 0) this.#keep(state);
    }
    this.#end = { cursor, state };
  }

  /** The state after the first `cursor` records; a cursor outside of the list means its nearer end. */
  at(cursor: number): S {
    const goal = Math.min(Math.max(0, Math.trunc(cursor)), this.#end.cursor);
    if (goal === this.#end.cursor) return this.#end.state;
    if (goal === this.#asked.cursor) return this.#asked.state;
    const index = Math.floor(goal / this.#spacing);
    let from: Place<S> = { cursor: index * this.#spacing, state: this.#kept[index]! };
    if (this.#asked.cursor > from.cursor && this.#asked.cursor <= goal) from = this.#asked;
    let { state } = from;
    for (let i = from.cursor; i < goal; i++) state = this.#fold.step(state, this.#records[i]!);
    this.#asked = { cursor: goal, state };
    return state;
  }

  #keep(state: S): void {
    this.#kept.push(state);
    if (this.#kept.length <= mostCheckpoints) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#spacing *= 2;
  }
}
