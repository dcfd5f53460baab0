/** A live run's scenario: it grows by what the reader does, and a branch of it ends where the reader stands. */
import type { Input, Scenario } from '../trace/scenario.ts';
import type { World } from './model.ts';

/** The scenario without what had not been taken by then. */
export function asTaken({ choices, ...scenario }: Scenario, { inputsTaken, choicesTaken }: World): Scenario {
  const taken = choices?.slice(0, choicesTaken);
  return { ...scenario, inputs: scenario.inputs.slice(0, inputsTaken), ...(taken && { choices: taken }) };
}

/** The scenario with one more input before those that are still to come; what refers to these by number is moved along. */
export function withInput(scenario: Scenario, index: number, input: Input): Scenario {
  const later = scenario.inputs
    .slice(index)
    .map((other) => (other.kind === 'disarm' && other.input >= index ? { ...other, input: other.input + 1 } : other));
  return { ...scenario, inputs: [...scenario.inputs.slice(0, index), input, ...later] };
}
