/** Every failure that can strike at one moment of a run, each in a run of its own: what comes of it. */
import { settingOf, simulate } from '../simulation/simulate.ts';
import type { Strike, StrikesRequest } from '../trace/exploration.ts';
import type { Failure, Input, Scenario } from '../trace/scenario.ts';
import { concrete, type Happening } from './concrete.ts';
import { readyFor, scenarioFor } from './prepare.ts';
import { replayed } from './replay.ts';
import { width } from './situation.ts';

/**
 * Strikes each failure at that moment, each in a run that is otherwise the same up to there, takes the commands that are
 * still to come, and lets it settle. Yields all so far, the run without any failure first.
 * @throws Unsupported for a flow or an option this version can't run
 */
export function* strikesIn({ scenario, records }: StrikesRequest): Generator<readonly Strike[], readonly Strike[]> {
  const request = { flow: scenario.flow, failures: 1, from: { scenario, records } };
  const base = scenarioFor(request);
  const { subscriptions } = settingOf(base);
  const ready = readyFor(request, base, subscriptions, { apart: false, halves: false, memo: false });
  const { moves, rules, origin, commands } = ready;
  const tuple = new Int32Array(width);
  moves.start(tuple);
  const failing = moves.offers(tuple).all.filter(({ kind }) => kind !== 0);
  const happenings: Happening[] = failing.map((offer) => moves.happening(tuple, offer));
  const strikes: Strike[] = [];
  for (const happening of [null, ...happenings]) {
    const made = replayed(() => concrete(base, rules, origin, [], happening ? [happening] : [], false));
    if (made === null) continue;
    const { inputs } = made;
    const struckAt = Math.max(origin.moment.world.now, ...inputs.map(({ at }) => at));
    const settle: Input = { at: commands.at(-1)?.at ?? 0, kind: 'settle' };
    const rest = [...commands, settle].map((input) => ({
      ...input,
      at: Math.max(struckAt, input.at),
    }));
    const failure = happening && 'failure' in happening ? (inputs.at(-1) as { failure: Failure }).failure : null;
    strikes.push(outcome({ ...made, inputs: [...inputs, ...rest] }, failure));
    yield strikes.slice();
  }
  return strikes;
}

function outcome(scenario: Scenario, failure: Failure | null): Strike {
  const { records, verdicts } = simulate(scenario);
  return { failure, scenario, records: records.length, rests: records.at(-1)?.at ?? 0, verdicts };
}
