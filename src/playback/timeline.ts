/** One trace and a cursor that may stand anywhere in it. A cursor is a number of records: those before it have happened. */
import type { FlowParts } from '../trace/control.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Verdicts } from '../trace/trace.ts';
import { verdictFold, type VerdictState } from '../verdicts/judge.ts';
import { Checkpoints } from './checkpoints.ts';
import { viewFold } from './fold.ts';
import { isInteresting } from './interesting.ts';
import type { View } from './view.ts';

/** A growing trace that can be looked at from any step. Nothing it hands out ever changes. */
export class Playback {
  readonly #records: TraceRecord[] = [];
  readonly #views: Checkpoints<View>;
  readonly #verdicts: Checkpoints<VerdictState>;
  /** `seq` of the records about an event, by its id. */
  readonly #about = new Map<string, number[]>();
  /** Event ids by outbox position: records of the relay name rows. */
  readonly #rows = new Map<number, string>();

  constructor(parts: FlowParts) {
    this.#views = new Checkpoints(viewFold(parts), this.#records);
    this.#verdicts = new Checkpoints(verdictFold(parts), this.#records);
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
    for (const record of records) {
      this.#records.push(record);
      for (const eventId of this.#eventsOf(record)) this.#file(eventId, record.seq);
    }
    this.#views.extend();
    this.#verdicts.extend();
  }

  /** What is true after the first `cursor` records. A cursor outside of the trace means its nearer end. */
  viewAt(cursor: number): View {
    return this.#views.at(cursor);
  }

  /** The promises as judged there; the same object as long as no verdict changes. */
  verdictsAt(cursor: number): Verdicts {
    return this.#verdicts.at(cursor).verdicts;
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

  /** Every record that speaks of the event, in order. */
  recordsAbout(eventId: string): TraceRecord[] {
    return (this.#about.get(eventId) ?? []).map((seq) => this.#records[seq]!);
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

  #file(eventId: string, seq: number): void {
    const about = this.#about.get(eventId);
    if (about) about.push(seq);
    else this.#about.set(eventId, [seq]);
  }

  #eventsOf(record: TraceRecord): string[] {
    if (record.kind === 'outbox.appended') this.#rows.set(record.position, record.eventId);
    if (record.kind === 'relay.fetched') return record.positions.flatMap((position) => this.#rows.get(position) ?? []);
    if ('events' in record) return record.events.map(({ eventId }) => eventId);
    return 'eventId' in record && record.eventId !== undefined ? [record.eventId] : [];
  }
}
