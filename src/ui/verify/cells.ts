/** What a cell of the matrix says: the promise of its column under the options of its row. */
import type { ExploreProgress, ExploreReport, ExploreVerdict } from '../../trace/exploration.ts';

/** `died`: the worker stopped, again and again. Else it said why, by a code of the page's problems or in words of its own. */
interface Failed {
  readonly status: 'failed';
  readonly died: boolean;
  readonly message: string;
}

/** What has become of a row. `bounds`: the key of those it was explored within. */
export type Outcome = { readonly bounds: string } & (
  { readonly status: 'explored'; readonly report: ExploreReport } | Failed
);

export type CellState =
  /** Not judged under these options. */
  | { readonly status: 'off' }
  /** Nobody has asked. */
  | { readonly status: 'untried' }
  /** In the queue. */
  | { readonly status: 'waiting' }
  | { readonly status: 'trying'; readonly states: number }
  | { readonly status: 'holds'; readonly states: number }
  /** `stopped`: there are more states; else it was broken in a way that no run shows. */
  | { readonly status: 'unknown'; readonly states: number; readonly stopped: boolean }
  | { readonly status: 'broken'; readonly verdict: ExploreVerdict }
  | Failed;

/** A cell and whether it was explored within other bounds than are asked for now. */
export type Cell = CellState & { readonly stale: boolean };

/** Where the row of a cell stands. */
export interface Standing {
  readonly outcome: Outcome | undefined;
  readonly progress: ExploreProgress | undefined;
  readonly queued: boolean;
  /** The key of the bounds asked for now. */
  readonly bounds: string;
}

/** What the cell of a promise says. `judged`: the promise applies under the options of the row. */
export function cellOf(promise: string, judged: boolean, { outcome, progress, queued, bounds }: Standing): Cell {
  if (!judged) return { status: 'off', stale: false };
  const valid = outcome?.bounds === bounds;
  if (outcome && (valid || (!progress && !queued))) return { ...decided(promise, outcome), stale: !valid };
  if (progress) {
    const verdict = progress.broken[promise];
    // fewest failures first: what is broken once is not broken with fewer
    return verdict
      ? { status: 'broken', verdict, stale: false }
      : { status: 'trying', states: progress.states, stale: false };
  }
  return { status: queued ? 'waiting' : 'untried', stale: false };
}

function decided(promise: string, outcome: Outcome): CellState {
  if (outcome.status === 'failed') return { status: 'failed', died: outcome.died, message: outcome.message };
  const verdict = outcome.report.verdicts[promise];
  if (!verdict) return { status: 'off' };
  if (verdict.status === 'broken') return { status: 'broken', verdict };
  const { states, complete } = outcome.report;
  return verdict.status === 'holds' ? { status: 'holds', states } : { status: 'unknown', states, stopped: !complete };
}
