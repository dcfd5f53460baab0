/** The promises for who looks at many runs at once: which of them a record breaks, and which are broken at rest. */
import type { RecordKind, TraceRecord } from '../trace/record.ts';
import { factsStep, noFacts } from './facts-fold.ts';
import type { Facts } from './facts.ts';
import type { JudgedPromise, Reason } from './promise.ts';
import { promises } from './promises.ts';
import type { Setting } from './setting.ts';

/** Judges without keeping anything: what is known is in the facts. */
export interface Examiner {
  /** The promises that apply, by their names. */
  readonly promises: readonly string[];
  /** The facts before the first record. */
  readonly start: Facts;
  /** The facts after one more record. */
  step(facts: Facts, record: TraceRecord): Facts;
  /** The promises that this record breaks, given what was known before it. */
  breaks(facts: Facts, record: TraceRecord): readonly string[];
  /** The promises that are broken where nothing more will happen. */
  atRest(facts: Facts): readonly string[];
}

type Check = readonly [id: string, check: (record: TraceRecord, before: Facts) => Reason | null];

const none: readonly string[] = [];

/** An examiner of the promises that apply in this setting. `among`: their names, where only some are asked for. */
export function examinerOf(setting: Setting, among?: readonly string[]): Examiner {
  const judged = promises.filter(
    ({ id, applies }) => (among?.includes(id) ?? true) && (applies?.(setting.options, setting.flow) ?? true),
  );
  const checks = checksOf(judged);
  return {
    promises: judged.map(({ id }) => id),
    start: noFacts(setting),
    step: factsStep(setting),
    breaks: (facts, record) => {
      const here = checks.get(record.kind);
      if (here === undefined) return none;
      const broken = here.filter(([, check]) => check(record, facts) !== null);
      return broken.length === 0 ? none : broken.map(([id]) => id);
    },
    atRest: (facts) =>
      judged.flatMap((promise) =>
        promise.kind === 'liveness' && promise.judge(facts)?.status === 'broken' ? [promise.id] : [],
      ),
  };
}

function checksOf(judged: readonly JudgedPromise[]): ReadonlyMap<string, readonly Check[]> {
  const byKind = new Map<string, Check[]>();
  for (const { id, breaks = {} } of judged) {
    for (const kind of Object.keys(breaks) as RecordKind[]) {
      const checks = byKind.get(kind) ?? [];
      checks.push([id, breaks[kind] as Check[1]]);
      byKind.set(kind, checks);
    }
  }
  return byKind;
}
