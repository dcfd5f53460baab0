/** One trace and a cursor that may stand anywhere in it. A cursor is a number of records: those before it have happened. */
import type { FlowParts } from '../trace/control.ts';
import type { TraceRecord } from '../trace/record.ts';
import { Checkpoints } from './checkpoints.ts';
import { viewFold } from './fold.ts';
import { isInteresting } from './interesting.ts';
import type { View } from './view.ts';

/** A growing trace that can be looked at from any step. Nothing it hands out ever changes. */
export class Playback {
  readonly #records: TraceRecord[] = [];
  readonly #views: Checkpoints<View>;

  constructor(parts: FlowParts) {
    this.#views = new Checkpoints(viewFold(parts), this.#records);
  }

  /** All records, in order: the list itself, to be read only. */
  get records(): readonly TraceRecord[] {
    return this.#records;
  }

  /** Adds records, which must go on where the last ones ended (`seq` without a gap). @throws RangeError otherwise */
  append(records: readonly TraceRecord[]): void {
    const expected = this.#records.length;
    const gap = records.findIndex(({ seq }, index) => seq !== expected + index);
    if (gap >= 0) throw new RangeError(`record ${expected + gap} is missing: got ${records[gap]!.seq}`);
    for (const record of records) this.#records.push(record);
    this.#views.extend();
  }

  /** What is true after the first `cursor` records. A cursor outside of the trace means its nearer end. */
  viewAt(cursor: number): View {
    return this.#views.at(cursor);
  }

  /** The cursor behind everything that has happened by this virtual time (ms): how many records have `at` ≤ `time`. */
  recordAtTime(time: number): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#records[middle]!.at <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How it came to this record: the causal chain, from what the reader did to the record itself. Empty for an unknown `seq`. */
  chainOf(seq: number): TraceRecord[] {
    const chain: TraceRecord[] = [];
    let record = this.#records[seq];
    while (record) {
      chain.push(record);
      const cause: number = record.cause ?? -1;
      // a cause comes before its effect, whatever an imported file says
      record = cause < record.seq ? this.#records[cause] : undefined;
    }
    return chain.reverse();
  }

  /**
   * The nearest cursor before or behind `from` whose last record is one to stop at; the trace's end or start where there
   * is none.
   */
  nextInteresting(from: number, direction: 'forward' | 'back'): number {
    const step = direction === 'forward' ? 1 : -1;
    const last = this.#records.length;
    let cursor = Math.min(Math.max(from, 0), last) + step;
    while (cursor > 0 && cursor <= last) {
      if (isInteresting(this.#records[cursor - 1]!)) return cursor;
      cursor += step;
    }
    return cursor <= 0 ? 0 : last;
  }

  /** Whether the record before this cursor is one to stop at. */
  stopsAt(cursor: number): boolean {
    const record = this.#records[cursor - 1];
    return record !== undefined && isInteresting(record);
  }
}
