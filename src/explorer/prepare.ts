/** From a request to the moves of its space. */
import { allParts } from '../simulation/all-parts.ts';
import type { Parts as BuiltOf } from '../simulation/rig.ts';
import { rulesOf, type Rules } from '../simulation/running.ts';
import { settingOf } from '../simulation/simulate.ts';
import type { ExploreRequest } from '../trace/exploration.ts';
import { hasSaga } from '../trace/saga-parts.ts';
import type { Input, Scenario } from '../trace/scenario.ts';
import { examinerOf } from '../verdicts/examiner.ts';
import type { Trying } from './action.ts';
import { halvesOf, Moves } from './moves.ts';
import { beginningOf, originIn, type Origin } from './origin.ts';
import { Parts } from './parts.ts';
import { Space } from './space.ts';

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

/** What the request explores, before anything has happened in it. */
export const scenarioFor = ({ flow, options, from }: ExploreRequest): Scenario => ({
  format: 'sagascope/scenario',
  version: 1,
  flow,
  ...(options && { options }),
  seed: 1,
  ...from?.scenario,
  inputs: [],
  choices: [],
});

type Command = Extract<Input, { kind: 'command' }>;

/** The commands it sends: those it names, or those that are still to come in the run it starts in. */
const commandsOf = ({ commands }: Pick<ExploreRequest, 'commands'>, { left }: Origin): Command[] =>
  commands
    ? commands.map(({ name, payload }) => ({ at: 0, kind: 'command', name, ...(payload && { payload }) }))
    : left.filter((input): input is Command => input.kind === 'command');

/** All that walking takes. */
export interface Ready {
  readonly moves: Moves;
  readonly rules: Rules;
  readonly origin: Origin;
  readonly promises: readonly string[];
  readonly commands: readonly Command[];
}

/** Moves in which these subscriptions go on and others stand still. */
export function readyFor(
  request: ExploreRequest,
  base: Scenario,
  subscriptions: readonly string[],
  { memo, halves, plant }: Manner,
  builtOf: BuiltOf = allParts,
): Ready {
  const { failures, failureTypes, promises, from } = request;
  const rules = rulesOf(base, builtOf);
  plant?.(rules);
  const origin = from ? originIn(rules, from.scenario, from.records) : beginningOf(rules, base.seed);
  const commands = commandsOf(request, origin);
  const examiner = examinerOf({ ...settingOf(base), subscriptions }, promises);
  const all = [...new Set([...usual, ...(hasSaga(rules.options, base.flow) ? ofSagas : [])])];
  const kinds = all.filter((kind) => failureTypes?.some((type) => type === kind.split(' ')[0]) ?? true);
  const trying: Trying = { options: rules.options, subscriptions, kinds, commands: commands.length, failures };
  const parts = new Parts(rules, (name) => subscriptions.includes(name));
  const space = new Space(rules, trying, examiner, commands, origin);
  const moves = new Moves(space, parts, trying, { memo, halves: halves ? halvesOf(rules.options) : null });
  return { moves, rules, origin, promises: examiner.promises, commands };
}
