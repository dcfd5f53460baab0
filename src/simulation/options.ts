/** The options of a flow, and which of them this version can run. */
import { defaultOptions } from '../trace/defaults.ts';
import type { Flow, Options, Scenario } from '../trace/scenario.ts';

/** What this version runs for real; everything else is refused rather than pretended. */
export const supported: {
  readonly flows: readonly Flow[];
  readonly options: { readonly [K in keyof Options]: readonly Options[K][] };
} = {
  flows: ['campaign'],
  options: {
    publish: ['insideAggregate', 'afterCommit', 'outbox'],
    outbox: ['table'],
    relay: ['polling'],
    relays: [1],
    claim: ['none'],
    afterPublish: ['mark'],
    bus: ['queue'],
    requeue: ['head'],
    consumers: ['single'],
    inbox: ['none', 'sameTransaction'],
    writes: ['serialised', 'optimistic'],
    saga: ['guarded'],
    answers: ['automatic'],
    boundary: ['apart'],
  },
};

/** A scenario asks for something this version can't run. `place` is its path in the scenario. */
export class Unsupported extends Error {
  override name = 'Unsupported';
  readonly place: string;
  readonly value: string;
  constructor(place: string, value: string) {
    super(`this version can't run ${place} = ${value}`);
    this.place = place;
    this.value = value;
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
  return options;
}
