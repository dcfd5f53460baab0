/** The judgement of all promises over a growing trace. */
import type { RecordKind, TraceRecord } from '../trace/record.ts';
import type { Verdict, Verdicts } from '../trace/trace.ts';
import { noFacts, stepFacts } from './facts-fold.ts';
import type { Facts } from './facts.ts';
import { takesInput, type Fold } from './fold.ts';
import type { Finding, JudgedPromise, Reason } from './promise.ts';
import { promises } from './promises.ts';
import { sentenceOf } from './sentences.ts';

/** What is known and judged after some records. */
export interface VerdictState {
  readonly facts: Facts;
  /** At rest ('quiet'), stopped at the step limit, or neither. An input ends a rest. */
  readonly settlement: 'running' | 'quiet' | 'stopped';
  /** Promises broken so far: the first break stays. */
  readonly broken: Verdicts;
  /** The judgement of every promise. The same object as before wherever no verdict changed. */
  readonly verdicts: Verdicts;
}

type Check = (record: TraceRecord, before: Facts) => Reason | null;

/**
 * The fold that judges: `start`, and `step` from one record to the next. Reading the verdicts of a state costs nothing.
 * @param subscriptions whom every committed event must reach
 * @param judged which promises; all of them unless given
 */
export function verdictFold(subscriptions: readonly string[], judged: readonly JudgedPromise[] = promises): Fold<VerdictState> {
  const checks = checksByKind(judged);
  const facts = noFacts(subscriptions);
  const start: VerdictState = { facts, settlement: 'running', broken: {}, verdicts: verdictsOf(judged, 'running', {}, {}) };
  return {
    start,
    step: (state, record) => {
      let broken = state.broken;
      for (const { id, check } of checks.get(record.kind) ?? []) {
        const reason = id in broken ? null : check(record, state.facts);
        if (reason) broken = { ...broken, [id]: verdictOf('broken', { at: record.seq, reason }) };
      }
      const next = stepFacts(state.facts, record);
      const settlement = settle(state.settlement, record);
      const atRest = record.kind === 'run.settled' && record.quiet ? judgeAtRest(judged, next, broken) : {};
      for (const [id, verdict] of Object.entries(atRest)) if (verdict.status === 'broken') broken = { ...broken, [id]: verdict };
      const same = broken === state.broken && settlement === state.settlement && record.kind !== 'run.settled';
      if (same && next === state.facts) return state;
      const verdicts = same ? state.verdicts : verdictsOf(judged, settlement, broken, atRest);
      return { facts: next, settlement, broken, verdicts };
    },
  };
}

/** Judges a whole trace. `subscriptions`: whom every committed event must reach. */
export function judgeAll(records: Iterable<TraceRecord>, subscriptions: readonly string[], judged = promises): Verdicts {
  const { start, step } = verdictFold(subscriptions, judged);
  let state = start;
  for (const record of records) state = step(state, record);
  return state.verdicts;
}

function checksByKind(judged: readonly JudgedPromise[]): Map<string, { id: string; check: Check }[]> {
  const byKind = new Map<string, { id: string; check: Check }[]>();
  for (const promise of judged) {
    if (promise.kind !== 'safety') continue;
    for (const kind of Object.keys(promise.breaks) as RecordKind[]) {
      const checks = byKind.get(kind) ?? [];
      checks.push({ id: promise.id, check: promise.breaks[kind] as Check });
      byKind.set(kind, checks);
    }
  }
  return byKind;
}

function settle(before: VerdictState['settlement'], record: TraceRecord): VerdictState['settlement'] {
  if (record.kind === 'run.settled') return record.quiet ? 'quiet' : 'stopped';
  return before !== 'running' && takesInput(record) ? 'running' : before;
}

/** Promises of liveness that are not kept, now that nothing is left to do. Lost means: not delivered at rest. */
function judgeAtRest(judged: readonly JudgedPromise[], facts: Facts, broken: Verdicts): Verdicts {
  const found: Verdicts = {};
  for (const promise of judged) {
    if (promise.kind !== 'liveness' || promise.id in broken) continue;
    const finding = promise.judge(facts);
    if (finding) found[promise.id] = verdictOf(finding.status, finding);
  }
  return found;
}

const verdictOf = (status: Verdict['status'], { at, reason }: Finding): Verdict => ({ status, at, because: sentenceOf(reason), reason });

const stopped: Reason = { code: 'stopped' };

const unbroken: Record<VerdictState['settlement'], Verdict> = {
  running: { status: 'pending' },
  quiet: { status: 'holds' },
  stopped: { status: 'unknown', because: sentenceOf(stopped), reason: stopped },
};

function verdictsOf(judged: readonly JudgedPromise[], settlement: VerdictState['settlement'], broken: Verdicts, atRest: Verdicts): Verdicts {
  return Object.fromEntries(judged.map(({ id }) => [id, broken[id] ?? atRest[id] ?? unbroken[settlement]]));
}
