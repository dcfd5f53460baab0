/** Random scenarios of the campaign flow: commands, failures of every kind, options. */
import fc from 'fast-check';
import { effectsOf } from '../../src/trace/crash-points.ts';
import { offDefault } from '../../src/trace/defaults.ts';
import type { Failure, Input, Intervention, Options, Scenario } from '../../src/trace/scenario.ts';
import { chosen, combinations, runnable } from './combinations.ts';
import { tooLong } from './story.ts';

const processes = [
  'service',
  'relay',
  'relay',
  'relay-2',
  'cleaner',
  'consumer:adServing',
  'consumer:billing',
  'consumer:billing-2',
];

/** A point that the process may come to, under some options at least. */
const pointOf = (process: string): fc.Arbitrary<string> => {
  const effects = new Set(everyOptions.flatMap((options) => effectsOf(process.replace(/-2$/, ''), options)));
  return fc.tuple(fc.constantFrom('before', 'after'), fc.constantFrom(...effects)).map((point) => point.join(':'));
};
const everyOptions = combinations([
  'publish',
  'outbox',
  'relay',
  'relays',
  'claim',
  'afterPublish',
  'bus',
  'inbox',
]).sensible;
const subscription = fc.constantFrom('adServing', 'billing');

const crash = fc
  .constantFrom(...processes)
  .chain((process) =>
    fc.record({
      process: fc.constant(process),
      point: fc.option(pointOf(process), { nil: undefined }),
      restartAfter: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
    }),
  )
  .map(({ process, point, restartAfter }): Failure => ({
    type: 'crash',
    process,
    ...(point !== undefined && { point }),
    ...(restartAfter !== undefined && { restartAfter }),
  }));

const onMessage = fc
  .record({
    type: fc.constantFrom('drop' as const, 'duplicate' as const, 'delay' as const, 'deliverNow' as const),
    subscription: fc.option(subscription, { nil: undefined }),
    by: fc.option(fc.integer({ min: 1, max: 4000 }), { nil: undefined }),
  })
  .map(({ type, subscription: to, by }): Failure => ({ type, ...(to && { subscription: to }), ...(by && { by }) }));

/** Any failure, those included that this flow refuses. */
export const failures: fc.Arbitrary<Failure> = fc.oneof(
  { weight: 6, arbitrary: crash },
  { weight: 3, arbitrary: onMessage },
  fc.record({ type: fc.constant('restart' as const), process: fc.constantFrom(...processes, 'nobody') }),
  fc.record({
    type: fc.constant('slow' as const),
    process: fc.constantFrom(...processes),
    by: fc.integer({ min: 0, max: 3000 }),
  }),
  fc
    .option(fc.constantFrom(...processes), { nil: undefined })
    .map((process): Failure => ({ type: 'abortTransaction', ...(process && { process }) })),
  fc.record({ type: fc.constant('busDown' as const), for: fc.integer({ min: 1, max: 4000 }) }),
  fc.constantFrom<Failure>({ type: 'refusePublish' }, { type: 'loseConfirmation' }),
  fc.record({ type: fc.constant('consumerFails' as const), subscription, times: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ type: fc.constant('redeliver' as const), subscription }),
  fc.constantFrom<Failure>(
    { type: 'silence', service: 'publishing' },
    { type: 'rebalance', subscription: 'billing' },
    { type: 'rebalance', subscription: 'adServing' },
    { type: 'expireLease', process: 'relay' },
    { type: 'expireLease', process: 'relay-2' },
  ),
);

const command = fc
  .record({
    name: fc.constantFrom(
      'ActivateCampaign',
      'DeactivateCampaign',
      'DeactivateCampaign',
      'ActivateCampaign',
      'NoSuchCommand',
    ),
    id: fc.option(fc.constantFrom('123', '124', '125'), { nil: undefined }),
    reason: fc.option(fc.oneof(fc.string({ maxLength: 12 }), fc.constant(tooLong)), { nil: undefined }),
  })
  .map(({ name, id, reason }) => ({
    kind: 'command' as const,
    name,
    payload: { ...(id && { id }), ...(reason !== undefined && { reason }) },
  }));

const intervention: fc.Arbitrary<Intervention> = fc.oneof(
  fc.record({ type: fc.constant('redrive' as const), subscription }),
  fc.constant<Intervention>({ type: 'unpark' }),
  fc.record({ type: fc.constant('replay' as const), subscription, offset: fc.nat(3) }),
);

type Doing = Input extends infer I ? (I extends Input ? Omit<I, 'at'> : never) : never;

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 5, arbitrary: command },
  { weight: 4, arbitrary: failures.map((failure): Doing => ({ kind: 'failure', failure })) },
  { weight: 1, arbitrary: intervention.map((what): Doing => ({ kind: 'intervention', intervention: what })) },
  { weight: 1, arbitrary: fc.nat(6).map((input): Doing => ({ kind: 'disarm', input })) },
  { weight: 1, arbitrary: fc.constant<Doing>({ kind: 'settle' }) },
);

/** Options that go together: chosen one after the other, as a reader does it; about half of them off their defaults. */
const options: fc.Arbitrary<Partial<Options>> = fc
  .array(fc.tuple(fc.constantFrom(...runnable, 'publish' as const, 'publish' as const), fc.nat(4)), { maxLength: 14 })
  .map((choices) => offDefault(chosen(choices)));

/** Scenarios of up to `most` inputs, some of them at the same time, ending settled about half the time. */
export const scenarios = (most = 12): fc.Arbitrary<Scenario> =>
  fc
    .record({
      options,
      seed: fc.integer({ min: 0, max: 0xffffffff }),
      steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 1500 }), doing), { minLength: 1, maxLength: most }),
      settled: fc.boolean(),
      choices: fc.option(fc.array(fc.nat(5), { maxLength: 30 }), { nil: undefined, freq: 4 }),
    })
    .map(({ options: chosen, seed, steps, settled, choices }) => {
      let at = 0;
      const inputs: Input[] = steps.map(([gap, what]) => ({ ...what, at: (at += gap) }));
      if (settled) inputs.push({ at: at + 5000, kind: 'settle' });
      return {
        format: 'sagascope/scenario' as const,
        version: 1 as const,
        flow: 'campaign' as const,
        options: chosen,
        seed,
        inputs,
        ...(choices && { choices }),
      };
    });
