/** Where an exploration starts: at the beginning, or in the middle of a run. */
import { nextChoice } from '../kernel/kernel.ts';
import { startMoment, stepInMemory, type Moment, type Rules } from '../simulation/running.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Input, Scenario } from '../trace/scenario.ts';

/** A run up to some moment, and the choices with which it comes there again. */
export interface Origin {
  readonly moment: Moment;
  readonly inputs: readonly Input[];
  readonly choices: readonly number[];
  readonly records: readonly TraceRecord[];
  /** What is still to come of the run's inputs. */
  readonly left: readonly Input[];
}

/** The beginning. `seed`: uint32 */
export const beginningOf = (rules: Rules, seed = 1): Origin => ({
  moment: startMoment(rules, seed),
  inputs: [],
  choices: [],
  records: [],
  left: [],
});

/**
 * The moment at which a run has written so many records, or the end of it. From there on the explorer sends the
 * commands.
 */
export function originIn(rules: Rules, scenario: Scenario, records: number): Origin {
  const program = { inputs: scenario.inputs, choices: scenario.choices ?? [] };
  const running: Rules = { ...rules, program };
  const written: TraceRecord[] = [];
  const choices: number[] = [];
  let moment = startMoment(running, scenario.seed);
  while (written.length < records) {
    const choice = nextChoice(moment.world, program);
    const next = stepInMemory(running, moment);
    if (next === null) break;
    if (choice !== null) choices.push(choice);
    written.push(...next.records);
    moment = next.moment;
  }
  const { inputsTaken } = moment.world;
  const [inputs, left] = [scenario.inputs.slice(0, inputsTaken), scenario.inputs.slice(inputsTaken)];
  return { moment, inputs, choices, records: written, left };
}
