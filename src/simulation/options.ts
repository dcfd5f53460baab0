/** The options of a flow, and which of them this version can run. */
import { completed } from '../trace/defaults.ts';
import { conflictOf, type OptionReason } from '../trace/option-rules.ts';
import { flows, optionValues } from '../trace/option-values.ts';
import type { Options, Scenario } from '../trace/scenario.ts';

/**
 * A scenario asks for something this version can't run. `place` is its path in the scenario; `reason` says which other
 * option it does not go with, where that is why.
 */
export class Unsupported extends Error {
  override name = 'Unsupported';
  readonly place: string;
  readonly value: string;
  readonly reason: OptionReason | null;
  constructor(place: string, value: string, reason: OptionReason | null = null) {
    super(`this version can't run ${place} = ${value}${reason ? ` (${reason})` : ''}`);
    this.place = place;
    this.value = value;
    this.reason = reason;
  }
}

/** The scenario's options, completed. @throws Unsupported for a flow or an option this version can't run */
export function completeOptions(scenario: Pick<Scenario, 'flow' | 'options'>): Options {
  const { flow } = scenario;
  if (!flows.includes(flow)) throw new Unsupported('flow', String(flow));
  const options = completed(flow, scenario.options);
  for (const [name, value] of Object.entries(options)) {
    const known = optionValues[name as keyof Options] as readonly unknown[] | undefined;
    if (!known?.includes(value)) throw new Unsupported(`options.${name}`, String(value));
  }
  const conflict = conflictOf(options, flow);
  if (conflict) throw new Unsupported(`options.${conflict.name}`, String(options[conflict.name]), conflict.reason);
  return options;
}
