/** Random scenarios of the three buses: consumers that die, fail and are slow, buses that go down, and people who step in. */
import fc from 'fast-check';
import { changeOptions } from '../../src/trace/option-rules.ts';
import type { Failure, Input, Intervention, Options, Scenario } from '../../src/trace/scenario.ts';
import { scenarios } from './scenarios.ts';
import { tooLong } from './story.ts';

const subscription = fc.constantFrom('adServing', 'billing');
const consumer = fc.constantFrom(
  'consumer:adServing',
  'consumer:adServing-2',
  'consumer:billing',
  'consumer:billing-2',
);
const effect = fc.constantFrom('apply', 'acknowledge', 'recordInbox', 'checkInbox');

const failure: fc.Arbitrary<Failure> = fc.oneof(
  fc.tuple(fc.constantFrom('rebalance' as const, 'redeliver' as const), subscription).map(([type, name]): Failure => ({
    type,
    subscription: name,
  })),
  subscription.map((name): Failure => ({ type: 'drop', subscription: name })),
  fc.tuple(consumer, fc.constantFrom(0, 2000, 6000, 9000)).map(([process, by]): Failure => ({
    type: 'slow',
    process,
    by,
  })),
  fc.integer({ min: 100, max: 4000 }).map((ms): Failure => ({ type: 'busDown', for: ms })),
  fc.tuple(subscription, fc.integer({ min: 1, max: 7 })).map(([name, times]): Failure => ({
    type: 'consumerFails',
    subscription: name,
    times,
  })),
  fc
    .tuple(consumer, fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined }))
    .map(([process, restartAfter]): Failure => ({
      type: 'crash',
      process,
      ...(restartAfter !== undefined && { restartAfter }),
    })),
  fc.tuple(consumer, fc.constantFrom('before', 'after'), effect).map(([process, when, at]): Failure => ({
    type: 'crash',
    process,
    point: `${when}:${at}`,
    restartAfter: 900,
  })),
);

const intervention: fc.Arbitrary<Intervention> = fc.oneof(
  subscription.map((name): Intervention => ({ type: 'redrive', subscription: name })),
  fc.tuple(subscription, fc.nat(3)).map(([name, offset]): Intervention => ({
    type: 'replay',
    subscription: name,
    offset,
  })),
);

type Doing = Input extends infer I ? (I extends Input ? Omit<I, 'at'> : never) : never;

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 6, arbitrary: failure.map((what): Doing => ({ kind: 'failure', failure: what })) },
  { weight: 2, arbitrary: intervention.map((what): Doing => ({ kind: 'intervention', intervention: what })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Doing>(
      { kind: 'command', name: 'ActivateCampaign' },
      { kind: 'command', name: 'DeactivateCampaign' },
      { kind: 'command', name: 'DeactivateCampaign', payload: { id: '124' } },
      { kind: 'command', name: 'DeactivateCampaign', payload: { reason: tooLong } },
    ),
  },
);

const options: fc.Arbitrary<Partial<Options>> = fc
  .record({
    bus: fc.constantFrom('queue', 'pubsub', 'log'),
    requeue: fc.constantFrom('head', 'tail'),
    consumers: fc.constantFrom('single', 'competing'),
    confirm: fc.constantFrom('confirmed', 'none'),
    inbox: fc.constantFrom('none', 'sameTransaction', 'before', 'after', 'version'),
  })
  .map(({ requeue, confirm, ...rest }) => ({
    ...rest,
    ...(rest.bus === 'queue' && { requeue }),
    ...(rest.bus !== 'pubsub' && { confirm }),
  }));

/** Scenarios that use everything the buses have, and end settled. */
export const busScenarios: fc.Arbitrary<Scenario> = fc
  .record({
    scenario: scenarios(6),
    options,
    more: fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), doing), { maxLength: 12 }),
  })
  .map(({ scenario, options: chosen, more }) => {
    const added = more.map(([at, what]) => ({ ...what, at }));
    const inputs = [...scenario.inputs.filter(({ kind }) => kind !== 'disarm'), ...added].sort((a, b) => a.at - b.at);
    const settled: Input = { at: (inputs.at(-1)?.at ?? 0) + 3000, kind: 'settle' };
    return { ...scenario, options: changeOptions(scenario.options, chosen), inputs: [...inputs, settled] };
  });
