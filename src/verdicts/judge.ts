/** The judgement of all promises over a growing trace. */
import type { RecordKind, TraceRecord } from '../trace/record.ts';
import type { Verdict, Verdicts } from '../trace/trace.ts';
import { factsStep, noFacts } from './facts-fold.ts';
import type { Facts } from './facts.ts';
import type { Fold } from './fold.ts';
import type { Finding, JudgedPromise, Reason } from './promise.ts';
import { promises } from './promises.ts';
import { sentenceOf } from './sentences.ts';
import type { Setting } from './setting.ts';

/** What is known and judged after some records. */
export interface VerdictState {
  readonly facts: Facts;
  /** At rest ('quiet'), stopped at the step limit, or neither: whatever happens next ends a rest. */
  readonly settlement: 'running' | 'quiet' | 'stopped';
  /** Promises broken so far: the first break stays. */
  readonly broken: Verdicts;
  /** The judgement of every promise that applies. The same object as before wherever no verdict changed. */
  readonly verdicts: Verdicts;
}

interface NamedCheck {
  readonly id: string;
  readonly check: (record: TraceRecord, before: Facts) => Reason | null;
}

/**
 * The fold that judges: `start`, and `step` from one record to the next. Reading the verdicts of a state costs nothing.
 * Promises that make no sense under the setting's options are not judged, and cost nothing either.
 * @param among which promises; all of them unless given
 */
export function verdictFold(setting: Setting, among: readonly JudgedPromise[] = promises): Fold<VerdictState> {
  const judged = among.filter((promise) => promise.applies?.(setting.options, setting.flow) ?? true);
  const checks = checksByKind(judged);
  const stepFacts = factsStep(setting);
  const start: VerdictState = {
    facts: noFacts(setting),
    settlement: 'running',
    broken: {},
    verdicts: verdictsOf(judged, 'running', {}),
  };
  return {
    start,
    step: (state, record) => {
      const facts = stepFacts(state.facts, record);
      const broken = breakSafety(checks.get(record.kind), state, record);
      if (record.kind === 'run.settled') return settle(judged, facts, broken, record.quiet);
      if (broken !== state.broken || state.settlement !== 'running') {
        return { facts, settlement: 'running', broken, verdicts: verdictsOf(judged, 'running', broken) };
      }
      const { settlement, verdicts } = state;
      return facts === state.facts ? state : { facts, settlement, broken, verdicts };
    },
  };
}

/** Judges a whole trace. */
export function judgeAll(records: Iterable<TraceRecord>, setting: Setting, among = promises): Verdicts {
  const { start, step } = verdictFold(setting, among);
  let state = start;
  for (const record of records) state = step(state, record);
  return state.verdicts;
}

function checksByKind(judged: readonly JudgedPromise[]): Map<string, NamedCheck[]> {
  const byKind = new Map<string, NamedCheck[]>();
  for (const promise of judged) {
    const { id, breaks = {} } = promise;
    for (const kind of Object.keys(breaks) as RecordKind[]) {
      const checks = byKind.get(kind) ?? [];
      checks.push({ id, check: breaks[kind] as NamedCheck['check'] });
      byKind.set(kind, checks);
    }
  }
  return byKind;
}

/** The promises broken so far, and those this record breaks. */
function breakSafety(
  checks: readonly NamedCheck[] | undefined,
  { broken, facts }: VerdictState,
  record: TraceRecord,
): Verdicts {
  if (checks === undefined) return broken;
  let all = broken;
  for (const { id, check } of checks) {
    const reason = id in all ? null : check(record, facts);
    if (reason) all = { ...all, [id]: verdictOf('broken', { at: record.seq, reason }) };
  }
  return all;
}

/** Nothing is left to do, or the run was stopped: only in the first case is it known what will never happen. */
function settle(judged: readonly JudgedPromise[], facts: Facts, before: Verdicts, quiet: boolean): VerdictState {
  if (!quiet) return { facts, settlement: 'stopped', broken: before, verdicts: verdictsOf(judged, 'stopped', before) };
  const found: Verdicts = { ...before };
  const broken: Verdicts = { ...before };
  for (const promise of judged) {
    const finding = promise.kind === 'liveness' && !(promise.id in before) ? promise.judge(facts) : null;
    if (finding === null) continue;
    found[promise.id] = verdictOf(finding.status, finding);
    if (finding.status === 'broken') broken[promise.id] = found[promise.id]!;
  }
  return { facts, settlement: 'quiet', broken, verdicts: verdictsOf(judged, 'quiet', found) };
}

const verdictOf = (status: Verdict['status'], { at, reason }: Finding): Verdict => ({
  status,
  at,
  because: sentenceOf(reason),
  reason,
});

const stopped: Reason = { code: 'stopped' };

const unbroken: Record<VerdictState['settlement'], Verdict> = {
  running: { status: 'pending' },
  quiet: { status: 'holds' },
  stopped: { status: 'unknown', because: sentenceOf(stopped), reason: stopped },
};

function verdictsOf(
  judged: readonly JudgedPromise[],
  settlement: VerdictState['settlement'],
  found: Verdicts,
): Verdicts {
  return Object.fromEntries(judged.map(({ id }) => [id, found[id] ?? unbroken[settlement]]));
}
