/** What a person does to put things right, taken in. */
import type { Intervention } from '../trace/scenario.ts';
import type { Kinds, Mechanics } from './mechanics.ts';
import type { Step } from './step.ts';

/** Records and does it, or refuses it with the reason. `input`: index of the input that asks for it. */
export function intervene<K extends Kinds>(
  mechanics: Mechanics<K>,
  step: Step<K['model']>,
  intervention: Intervention,
  input: number,
): void {
  const refused = mechanics.cannotIntervene(step, intervention);
  if (refused !== null) {
    step.record({ kind: 'intervention.refused', process: 'user', input, intervention, reason: refused });
    return;
  }
  const cause = step.record({ kind: 'intervention.done', process: 'user', input, intervention });
  mechanics.intervene(step, intervention, cause);
}
