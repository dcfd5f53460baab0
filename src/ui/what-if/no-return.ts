/** The point of no return: from which step on whatever happens breaks a promise. */
import type { Fate } from '../../trace/exploration.ts';
import type { RecordKind, TraceRecord } from '../../trace/record.ts';
import type { Verdicts } from '../../trace/trace.ts';
import type { Options } from '../../trace/scenario.ts';
import { rowOf } from '../promises.ts';

/** At most so many moments are asked about. */
export const mostMoments = 300;

/** What the reader does is a step of its own, even at the time of the step before. */
const inputs: ReadonlySet<RecordKind> = new Set<RecordKind>([
  'command.sent',
  'command.refused',
  'failure.armed',
  'failure.disarmed',
  'failure.refused',
  'intervention.done',
  'intervention.refused',
  'run.settling',
]);

/**
 * The moments of a run, by how many records are written: before its first step, and after each of its steps. Where there
 * are more than `most`, as many as that, evenly, the first and the last among them.
 */
export function momentsOf(records: readonly TraceRecord[], most = mostMoments): { moments: number[]; all: boolean } {
  const ends = [0];
  const armed = new Set<number>();
  records.forEach((record, index) => {
    if (record.kind === 'failure.armed') armed.add(record.input);
    const next = records[index + 1];
    // what was armed strikes within another step
    const strikes = next?.kind === 'failure.struck' && !armed.has(next.input);
    if (!next || next.at !== record.at || inputs.has(next.kind) || strikes) ends.push(index + 1);
  });
  if (ends.length <= most) return { moments: ends, all: true };
  const moments = Array.from({ length: most }, (_, i) => ends[Math.round((i * (ends.length - 1)) / (most - 1))]!);
  return { moments, all: false };
}

/** Whether nothing can keep the promise any more; the shares of a cycle come only so near to 1. */
export const isLost = (share: number): boolean => share > 1 - 1e-7;

/** Steps with one share, the first and the last. Null: too many states. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly share: number | null;
}

/** The shares along the run, as far as they are known: the steps behind a moment, up to the next, share what becomes of that. */
export function stretchesOf(moments: readonly number[], fates: readonly Fate[]): Stretch[] {
  const known = new Map(fates.map(({ records, share }) => [records, share]));
  const stretches: Stretch[] = [];
  moments.forEach((last, index) => {
    const share = known.get(last);
    if (share === undefined) return;
    const first = index === 0 ? last : moments[index - 1]! + 1;
    const before = stretches.at(-1);
    if (before && before.last === first - 1 && before.share === share)
      stretches[stretches.length - 1] = { ...before, last };
    else stretches.push({ first, last, share });
  });
  return stretches;
}

/**
 * The same, where it tips over at this step: all records between two moments are of one step of the run, and which of them
 * stands for it is a matter of telling. `before`: the moment before.
 */
export const tippingAt = (stretches: readonly Stretch[], before: number, step: number): Stretch[] =>
  stretches.map(({ first, last, share }) => ({
    first: first === before + 1 ? step : first,
    last: last === before ? step - 1 : last,
    share,
  }));

/**
 * Where it lies. `found`: between two moments, by their records; `before` is null where it lies before the first of them.
 * `late`: not before that one, at the latest; what is before it is not known. `open`: nothing can be said as yet, or at all.
 */
export type NoReturn =
  | { readonly status: 'found'; readonly before: number | null; readonly at: number }
  | { readonly status: 'late'; readonly at: number }
  | { readonly status: 'none' | 'open' };

/** The first moment from which on the share is 1. */
export function noReturnIn(moments: readonly number[], fates: readonly Fate[]): NoReturn {
  const known = new Map(fates.map(({ records, share }) => [records, share]));
  let at: number | null = null;
  for (const moment of moments.toReversed()) {
    const share = known.get(moment) ?? null;
    if (share !== null && isLost(share)) at = moment;
    else if (at === null) return { status: share === null ? 'open' : 'none' };
    else return share === null ? { status: 'late', at } : { status: 'found', before: moment, at };
  }
  return at === null ? { status: 'open' } : { status: 'found', before: null, at };
}

/** The promise to begin with: the first that is broken, else the first that is not kept by the way events are published. */
export function firstPromise(verdicts: Verdicts, { publish }: Pick<Options, 'publish'>): string | undefined {
  const { shown, rest } = rowOf(verdicts);
  const all = [...shown, ...rest];
  const broken = all.find(({ verdict, harmless }) => verdict.status === 'broken' && !harmless);
  const kept = publish === 'insideAggregate' ? [] : ['noPhantom', 'noEarlyDelivery'];
  return (broken ?? all.find(({ key }) => !kept.includes(key)))?.key;
}
