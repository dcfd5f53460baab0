/** Which records of a growing trace match: each record is looked at once, however often the list is drawn. */
import type { TraceRecord } from '../../trace/record.ts';

export interface Question {
  query: string;
  /** Which records at all; null: every one. */
  among: ((record: TraceRecord) => boolean) | null;
  /** The record as the reader sees it; a new function asks anew. */
  sentence: (record: TraceRecord) => string;
}

/** The matching records: `seq` of each, in order; `length` of them are valid. */
export interface Matches {
  seqs: readonly number[];
  length: number;
}

export class RecordFilter {
  #records: readonly TraceRecord[] | null = null;
  #question: Question | null = null;
  #looked = 0;
  #seqs: number[] = [];

  /** What matches now. `length`: how many of the records there are. */
  ask(records: readonly TraceRecord[], question: Question): Matches {
    if (records !== this.#records || !same(question, this.#question) || records.length < this.#looked) {
      this.#records = records;
      this.#question = question;
      this.#looked = 0;
      this.#seqs = [];
    }
    const query = question.query.trim().toLowerCase();
    for (; this.#looked < records.length; this.#looked++) {
      const record = records[this.#looked]!;
      if (question.among && !question.among(record)) continue;
      if (query && !`${question.sentence(record)} ${record.kind}`.toLowerCase().includes(query)) continue;
      this.#seqs.push(record.seq);
    }
    return { seqs: this.#seqs, length: this.#seqs.length };
  }
}

/** The place in the matches of the last one before `cursor`; -1 where there is none. */
export function placeBefore({ seqs, length }: Matches, cursor: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seqs[middle]! < cursor) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const same = (a: Question, b: Question | null): boolean =>
  b !== null && a.query === b.query && a.among === b.among && a.sentence === b.sentence;
