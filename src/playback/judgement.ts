/** The promises as judged anywhere in a trace. Apart from the playback: a page that shows no record yet needs no judge. */
import type { FlowParts } from '../trace/control.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Verdicts } from '../trace/trace.ts';
import { verdictFold, type VerdictState } from '../verdicts/judge.ts';
import { Checkpoints } from './checkpoints.ts';
import { missingIn, type Missing } from './missing.ts';
import type { View } from './view.ts';

/** Judges a growing trace. Nothing it hands out ever changes. */
export class Judgement {
  readonly #states: Checkpoints<VerdictState>;

  /** @param records the list itself, which may grow: what was added is judged when it is asked for */
  constructor(parts: FlowParts, records: readonly TraceRecord[]) {
    this.#states = new Checkpoints(verdictFold(parts), records);
  }

  /** The promises after the first `cursor` records; the same object as long as no verdict changes. */
  at(cursor: number): Verdicts {
    this.#states.extend();
    return this.#states.at(cursor).verdicts;
  }

  /** What subscribers lack there. @param view the view at the same cursor */
  missingAt(cursor: number, view: View): readonly Missing[] {
    this.#states.extend();
    const { facts, settlement } = this.#states.at(cursor);
    return missingIn(facts, view, settlement === 'quiet');
  }
}
