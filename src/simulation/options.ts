/** The options of a flow, and which of them this version can run. */
import { defaultOptions } from '../trace/defaults.ts';
import { conflictOf, type OptionReason } from '../trace/option-rules.ts';
import { optionValues } from '../trace/option-values.ts';
import type { Flow, Options, Scenario } from '../trace/scenario.ts';

/** What this version runs for real; everything else is refused rather than pretended. */
export const supported: {
  readonly flows: readonly Flow[];
  readonly options: { readonly [K in keyof Options]: readonly Options[K][] };
} = {
  flows: ['campaign'],
  options: {
    ...optionValues,
    saga: ['none'],
    answers: ['automatic'],
    boundary: ['apart'],
  },
};

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
  if (!supported.flows.includes(scenario.flow)) throw new Unsupported('flow', scenario.flow);
  const options: Options = { ...defaultOptions, ...scenario.options };
  for (const [name, value] of Object.entries(options)) {
    const known = supported.options[name as keyof Options] as readonly unknown[] | undefined;
    if (!known?.includes(value)) throw new Unsupported(`options.${name}`, String(value));
  }
  const conflict = conflictOf(options);
  if (conflict) throw new Unsupported(`options.${conflict.name}`, String(options[conflict.name]), conflict.reason);
  return options;
}
