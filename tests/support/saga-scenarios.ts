/** Random scenarios of the flows with a saga, a process manager, or the budget: commands, answers, failures, options. */
import fc from 'fast-check';
import { effectsOf } from '../../src/trace/crash-points.ts';
import { completed, defaultsOf, offDefault } from '../../src/trace/defaults.ts';
import { withOption } from '../../src/trace/option-rules.ts';
import { flows, optionNames, optionValues } from '../../src/trace/option-values.ts';
import type { Failure, Flow, Input, Options, Scenario } from '../../src/trace/scenario.ts';

/** The processes of a flow that can be crashed. */
const processes: Readonly<Record<Flow, readonly string[]>> = {
  campaign: ['service', 'relay', 'consumer:saga', 'consumer:saga', 'consumer:saga-2', 'consumer:billing'],
  trip: ['service', 'relay', 'consumer:processManager', 'consumer:processManager', 'consumer:processManager-2'],
  budget: ['service', 'relay', 'relay-2', 'consumer:saga', 'consumer:saga-2'],
};

/** Who is sent commands and answers, or is no participant of the flow. */
export const services = ['publishing', 'approver', 'manager', 'airline', 'hotel', 'traveler', 'operator', 'nobody'];

const names: Readonly<Record<Flow, readonly string[]>> = {
  campaign: ['ActivateCampaign', 'ActivateCampaign', 'DeactivateCampaign', 'ConfirmPublishing', 'RejectPublishing'],
  trip: [
    'BookTrip',
    'BookTrip',
    'CancelTrip',
    'ApproveRoute',
    'RejectRoute',
    'ConfirmRerouting',
    'RefuseRerouting',
    'ConfirmFlights',
    'RefuseFlights',
    'ConfirmHotel',
    'RefuseHotel',
  ],
  budget: ['ActivateCampaign', 'ActivateCampaign', 'DeactivateCampaign', 'ChangeBudget', 'RecordViews'],
};

const ids: Readonly<Record<Flow, readonly string[]>> = {
  campaign: ['123', '124', '123:1'],
  trip: ['T1', 'T2'],
  budget: ['A', 'B'],
};

const command = (flow: Flow): fc.Arbitrary<Doing> =>
  fc
    .record({
      name: fc.constantFrom(...names[flow]),
      id: fc.option(fc.constantFrom(...ids[flow]), { nil: undefined }),
      token: fc.option(fc.constantFrom('r1', 'r2', 'f1', 'h1', '123:1'), { nil: undefined, freq: 3 }),
      destination: fc.option(fc.constantFrom('Seoul', 'Paris', 'Atlantis', ''), { nil: undefined }),
      amount: fc.constantFrom(40, 60, 80, 120),
    })
    .map(({ name, id, token, destination, amount }): Doing => {
      const own = flow === 'budget' ? { ...(id && { campaign: id }), amount, views: 5 } : id !== undefined && { id };
      const payload = { ...own, ...(token && { token }), ...(destination !== undefined && { destination }) };
      return { kind: 'command', name, payload };
    });

const crash = (flow: Flow): fc.Arbitrary<Failure> =>
  fc.constantFrom(...processes[flow]).chain((process) => {
    const points = ['stateless', 'eventSourced', 'guarded'].flatMap((saga) =>
      (['direct', 'outbox'] as const).flatMap((sending) =>
        effectsOf(process, { ...completed(flow), saga: saga as Options['saga'], sending }, flow),
      ),
    );
    return fc
      .record({
        when: fc.constantFrom('before', 'after'),
        effect: fc.constantFrom(...new Set(points)),
        armed: fc.boolean(),
        restartAfter: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
      })
      .map(({ when, effect, armed, restartAfter }): Failure => ({
        type: 'crash',
        process,
        ...(armed && { point: `${when}:${effect}` }),
        ...(restartAfter !== undefined && { restartAfter }),
      }));
  });

const onTheWay = (flow: Flow): fc.Arbitrary<Failure> =>
  fc
    .record({
      type: fc.constantFrom('drop' as const, 'duplicate' as const, 'delay' as const, 'deliverNow' as const),
      subscription: fc.constantFrom(flow === 'trip' ? 'processManager' : 'saga', ...services),
      by: fc.option(fc.integer({ min: 1, max: 9000 }), { nil: undefined }),
    })
    .map(({ by, ...failure }): Failure => ({ ...failure, ...(by && { by }) }));

const failure = (flow: Flow): fc.Arbitrary<Failure> => {
  const subscription = flow === 'trip' ? 'processManager' : 'saga';
  return fc.oneof(
    { weight: 4, arbitrary: crash(flow) },
    { weight: 4, arbitrary: onTheWay(flow) },
    { weight: 2, arbitrary: fc.constantFrom(...services).map((service): Failure => ({ type: 'silence', service })) },
    fc.constantFrom<Failure>(
      { type: 'abortTransaction' },
      { type: 'abortTransaction', process: `consumer:${subscription}` },
      { type: 'busDown', for: 3000 },
      { type: 'refusePublish' },
      { type: 'loseConfirmation' },
      { type: 'consumerFails', subscription, times: 2 },
      { type: 'redeliver', subscription },
      { type: 'rebalance', subscription },
      { type: 'slow', process: `consumer:${subscription}`, by: 2500 },
      { type: 'slow', process: 'relay', by: 1500 },
    ),
  );
};

type Doing = Input extends infer I ? (I extends Input ? Omit<I, 'at'> : never) : never;

const doing = (flow: Flow): fc.Arbitrary<Doing> =>
  fc.oneof(
    { weight: 6, arbitrary: command(flow) },
    { weight: 4, arbitrary: failure(flow).map((what): Doing => ({ kind: 'failure', failure: what })) },
    { weight: 1, arbitrary: fc.constant<Doing>({ kind: 'settle' }) },
  );

/** Options that go together, with a saga in the campaign flow: chosen one after the other, as a reader does it. */
const options = (flow: Flow): fc.Arbitrary<Partial<Options>> =>
  fc
    .tuple(
      fc.constantFrom<Options['saga']>('stateless', 'eventSourced', 'guarded', 'guarded'),
      fc.array(fc.tuple(fc.constantFrom(...optionNames), fc.nat(4)), { maxLength: 12 }),
    )
    .map(([saga, choices]) => {
      const first = flow === 'budget' || (flow === 'trip' && saga === 'stateless') ? 'guarded' : saga;
      let chosen = withOption<keyof Options>(defaultsOf(flow), 'saga', first, flow);
      for (const [name, index] of choices) {
        if (name === 'saga') continue;
        const values = optionValues[name];
        chosen = withOption(chosen, name, values[index % values.length] as never, flow);
      }
      return offDefault(chosen, flow);
    });

/** Scenarios of up to `most` inputs of these flows, ending settled about half the time. */
export const sagaScenarios = (most = 12, among: readonly Flow[] = flows): fc.Arbitrary<Scenario> =>
  fc.constantFrom(...among).chain((flow) =>
    fc
      .record({
        options: options(flow),
        seed: fc.integer({ min: 0, max: 0xffffffff }),
        steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), doing(flow)), { minLength: 1, maxLength: most }),
        settled: fc.boolean(),
        choices: fc.option(fc.array(fc.nat(5), { maxLength: 30 }), { nil: undefined, freq: 4 }),
      })
      .map(({ options: chosen, seed, steps, settled, choices }): Scenario => {
        let at = 0;
        const inputs: Input[] = steps.map(([gap, what]) => ({ ...what, at: (at += gap) }));
        if (settled) inputs.push({ at: at + 60_000, kind: 'settle' });
        return {
          format: 'sagascope/scenario',
          version: 1,
          flow,
          seed,
          inputs,
          options: chosen,
          ...(choices && { choices }),
        };
      }),
  );
