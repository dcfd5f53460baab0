/** The headless door: a flow, commands and bounds in; which promises hold, and the shortest way to break the others, out. */
import { allParts } from '../simulation/all-parts.ts';
import type { Parts as BuiltOf } from '../simulation/rig.ts';
import { rulesOf, startMoment, stepInMemory, type Rules } from '../simulation/running.ts';
import { settingOf } from '../simulation/simulate.ts';
import type { ExploreProgress, ExploreReport, ExploreRequest, ExploreVerdict } from '../trace/exploration.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Input, Scenario } from '../trace/scenario.ts';
import { hasSaga } from '../trace/saga-parts.ts';
import { judgeAll } from '../verdicts/judge.ts';
import { examinerOf } from '../verdicts/examiner.ts';
import { concrete, Diverged } from './concrete.ts';
import { halvesOf, Moves } from './moves.ts';
import type { Trying } from './action.ts';
import { beginningOf, originIn, type Origin } from './origin.ts';
import { Parts } from './parts.ts';
import { Search, type Break } from './search.ts';
import { Space } from './space.ts';

/** Different states after which a search is given up, unless the request says otherwise. */
export const mostStates = 3_000_000;

/** Failures that are tried unless the request says which. */
const usual = [
  'abortTransaction',
  'crash service',
  'crash relay',
  'crash consumer',
  'refusePublish',
  'loseConfirmation',
  'drop',
  'redeliver',
  'rebalance',
  'expireLease',
];

/** Where a saga takes part, also these: what befalls commands on their way, and those who get them. */
const ofSagas = ['silence', 'drop', 'duplicate', 'delay'];

/** How a search goes about it. What it finds is the same. */
export interface Manner {
  /** Each subscription by itself: what one does, no other can tell. */
  readonly apart: boolean;
  /** What lies before the bus and what lies behind it one after the other, where that makes no difference. */
  readonly halves: boolean;
  /** Steps that are known are looked up. */
  readonly memo: boolean;
  /** Changes the rules before anything happens: so a test plants a mistake. */
  readonly plant?: (rules: Rules) => void;
}

/**
 * Tries everything within the bounds of the request, and reports. What it says is exact: `holds` where all states were seen,
 * and a broken promise comes with a run that breaks it, with the fewest failures and the fewest steps.
 * @throws Unsupported for a flow or an option this version can't run
 */
export function* explore(
  request: ExploreRequest,
  manner: Manner = { apart: true, halves: true, memo: true },
): Generator<ExploreProgress, ExploreReport> {
  const base = scenarioFor(request);
  const { subscriptions } = settingOf(base);
  const groups = manner.apart ? subscriptions.map((name) => [name]) : [subscriptions];
  const verdicts: Record<string, ExploreVerdict> = {};
  let [states, transitions, complete] = [0, 0, true];
  for (const group of groups) {
    const ready = searchOf(request, base, group, manner);
    const { search, promises } = ready;
    for (const _ of search.run()) {
      const { reached } = search;
      const counts = { states: states + reached.states, transitions: transitions + reached.transitions };
      yield {
        ...reached,
        ...counts,
        broken: Object.fromEntries(Object.entries(verdicts).filter(([, { status }]) => status === 'broken')),
      };
    }
    const before = judgeAll(ready.origin.records, settingOf(base));
    for (const id of promises) {
      if (before[id]?.status === 'broken') {
        verdicts[id] = { status: 'broken', failures: 0, steps: 0 };
        continue;
      }
      const found = search.breakOf(id);
      const verdict = found ? brokenBy(found, id, base, ready, commandsOf(request)) : unbroken(search.complete);
      verdicts[id] = worse(verdicts[id], verdict);
    }
    states += search.reached.states;
    transitions += search.reached.transitions;
    complete &&= search.complete;
  }
  return { verdicts, states, transitions, complete };
}

const scenarioFor = ({ flow, options, from }: ExploreRequest): Scenario => ({
  format: 'sagascope/scenario',
  version: 1,
  flow,
  ...(options && { options }),
  seed: 1,
  ...from?.scenario,
  inputs: [],
  choices: [],
});

const commandsOf = ({ commands }: Pick<ExploreRequest, 'commands'>): Extract<Input, { kind: 'command' }>[] =>
  commands.map(({ name, payload }) => ({ at: 0, kind: 'command', name, ...(payload && { payload }) }));

interface Ready {
  readonly search: Search;
  readonly rules: Rules;
  readonly origin: Origin;
  readonly promises: readonly string[];
}

/** A search in which these subscriptions move and others stand still. */
function searchOf(
  { commands, failures, failureTypes, promises, maxStates, from }: ExploreRequest,
  base: Scenario,
  subscriptions: readonly string[],
  { memo, halves, plant }: Manner,
  builtOf: BuiltOf = allParts,
): Ready {
  const rules = rulesOf(base, builtOf);
  plant?.(rules);
  const origin = from ? originIn(rules, from.scenario, from.records) : beginningOf(rules, base.seed);
  const examiner = examinerOf({ ...settingOf(base), subscriptions }, promises);
  const all = [...new Set([...usual, ...(hasSaga(rules.options, base.flow) ? ofSagas : [])])];
  const kinds = all.filter((kind) => failureTypes?.some((type) => type === kind.split(' ')[0]) ?? true);
  const trying: Trying = { options: rules.options, subscriptions, kinds, commands: commands.length, failures };
  const parts = new Parts(rules, (name) => subscriptions.includes(name));
  const space = new Space(rules, trying, examiner, commandsOf({ commands }), origin);
  const moves = new Moves(space, parts, trying, { memo, halves: halves ? halvesOf(rules.options) : null });
  const search = new Search(moves, examiner.promises, failures, maxStates ?? mostStates);
  return { search, rules, origin, promises: examiner.promises };
}

const unbroken = (complete: boolean): ExploreVerdict => ({ status: complete ? 'holds' : 'unknown' });

/** A verdict with the run that shows it. */
function brokenBy(
  { failures, steps, happenings, atRest }: Break,
  promise: string,
  base: Scenario,
  { rules, origin }: Ready,
  commands: readonly Extract<Input, { kind: 'command' }>[],
): ExploreVerdict {
  const scenario = replayed(() => concrete(base, rules, origin, commands, happenings, atRest));
  const told = scenario && tellOf(rules, scenario, promise, atRest);
  return { status: 'broken', failures, steps, ...(scenario && told && { scenario, told }) };
}

/** What happens in a run up to where it breaks a promise; null where it does not. */
function tellOf(rules: Rules, scenario: Scenario, promise: string, atRest: boolean): ExploreVerdict['told'] | null {
  const records = recordsOf(rules, scenario);
  const verdict = judgeAll(records, settingOf(scenario))[promise];
  if (verdict?.status !== 'broken') return null;
  return { records: atRest ? records : records.slice(0, verdict.at! + 1), verdict };
}

function recordsOf(rules: Rules, { inputs, choices = [], seed }: Scenario): TraceRecord[] {
  const running: Rules = { ...rules, program: { inputs, choices } };
  const records: TraceRecord[] = [];
  for (let next = stepInMemory(running, startMoment(running, seed)); next; next = stepInMemory(running, next.moment))
    records.push(...next.records);
  return records;
}

function replayed(make: () => Scenario): Scenario | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof Diverged) return null;
    throw error;
  }
}

/** Of what two searches say about a promise, what is true of both together. */
function worse(one: ExploreVerdict | undefined, other: ExploreVerdict): ExploreVerdict {
  if (one === undefined) return other;
  const rank = ({ status, failures = 0, steps = 0 }: ExploreVerdict): number =>
    status === 'broken' ? failures * 1e6 + steps : status === 'unknown' ? 1e12 : 1e13;
  return rank(other) < rank(one) ? other : one;
}
