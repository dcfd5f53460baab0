/** What the page offers is what the simulation takes, and what it greys is what the simulation turns down. */
import { describe, expect, test } from 'vitest';
import { deliveryLimit } from '../../../src/patterns/message-bus/queue.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { completed, defaultOptions, defaultsOf } from '../../../src/trace/defaults.ts';
import { conflictOf, withOption } from '../../../src/trace/option-rules.ts';
import { flows } from '../../../src/trace/option-values.ts';
import type { Flow, Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import { common, type Choice } from '../../../src/ui/controls/common-failures.ts';
import {
  breakable,
  byEffect,
  choicesFor,
  everyChoice,
  waitingChoices,
} from '../../../src/ui/controls/failure-choices.ts';
import { canStepIn, endOfLog, stepIns, stepInsAt } from '../../../src/ui/controls/interventions.ts';
import {
  changedOptions,
  groupsOf,
  offered,
  optionGroups,
  resetBy,
  shownOptions,
  valuesIn,
} from '../../../src/ui/controls/option-groups.ts';
import { untilDeadLetter } from '../../../src/ui/format.ts';

const scenario = (options: Partial<Options>, inputs: Input[]): Scenario => ({
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 5,
  options,
  inputs,
});

const activate = (at = 0, id?: string): Input => ({
  at,
  kind: 'command',
  name: 'ActivateCampaign',
  ...(id && { payload: { id } }),
});

/** The whole situation after some inputs, and then `more`. */
function after(options: Partial<Options>, inputs: Input[] = []) {
  const all = { ...defaultOptions, ...options };
  const playback = new Playback(partsOf(all));
  const { records } = simulate(scenario(options, inputs));
  playback.append(records);
  return { options: all, view: playback.viewAt(records.length), end: records.at(-1)?.at ?? 0 };
}

/** What a run says to a failure given at its end; null where it does not turn it down. */
function refusal(options: Partial<Options>, inputs: Input[], at: number, { failure }: Choice): string | null {
  const { records } = simulate(scenario(options, [...inputs, { at, kind: 'failure', failure }]));
  const refused = records.find((record) => record.kind === 'failure.refused');
  return refused?.kind === 'failure.refused' ? refused.reason : null;
}

const grounds: Partial<Options>[] = [
  {},
  { publish: 'afterCommit' },
  { publish: 'insideAggregate', bus: 'pubsub' },
  { outbox: 'document', inbox: 'before' },
  { relay: 'cursorPolling', fence: 'on', inbox: 'after' },
  { relay: 'logTailing', bus: 'log', confirm: 'none' },
  { relays: 2, claim: 'row', cleanup: 'on', consumers: 'competing' },
  { relays: 2, claim: 'aggregate', failingRow: 'park', bus: 'log', consumers: 'competing' },
  { afterPublish: 'delete', inbox: 'version' },
  { afterPublish: 'markFirst', inbox: 'sameTransaction', requeue: 'tail' },
];

describe.each(grounds)('%j', (options) => {
  test('what is offered is taken, what is greyed is turned down', () => {
    for (const inputs of [[], [activate()]]) {
      const { end, ...situation } = after(options, inputs);
      const all = everyChoice(situation).flatMap(({ choices }) => choices);
      expect(all.length).toBeGreaterThan(30);
      for (const choice of [...all, ...common(situation)]) {
        const said = `${JSON.stringify(choice)} ${inputs.length}`;
        expect(refusal(options, inputs, end, choice) !== null, said).toBe(choice.disabled !== null);
      }
    }
  });

  test('every process there is can be broken', () => {
    const { view } = after(options);
    expect(breakable(view)).toEqual(expect.arrayContaining(Object.keys(view.processes)));
  });
});

test('what is down can be restarted, and not crashed', () => {
  const { records } = simulate(
    scenario({}, [
      { at: 0, kind: 'failure', failure: { type: 'crash', process: 'relay' } },
      { at: 0, kind: 'failure', failure: { type: 'busDown', for: 3000 } },
    ]),
  );
  const playback = new Playback(partsOf(defaultOptions));
  playback.append(records);
  const down = records.findIndex(({ kind }) => kind === 'bus.wentDown') + 1;
  const situation = { options: defaultOptions, view: playback.viewAt(down) };
  const of = (part: string, type: string) => choicesFor(part, situation).find(({ failure }) => failure.type === type);
  expect(of('relay', 'crash')?.disabled).toBe('isDown');
  expect(of('relay', 'restart')?.disabled).toBeNull();
  expect(of('bus', 'busDown')?.disabled).toBe('busIsDown');
});

test('the crash that costs most is at the gap between publishing and marking', () => {
  const points = (options: Partial<Options>) =>
    common(after(options)).flatMap(({ failure }) => (failure.type === 'crash' ? [failure.point] : []));
  expect(points({})).toEqual(['after:commit', 'before:markPublished']);
  expect(points({ afterPublish: 'delete' })).toEqual(['after:commit', 'before:deletePublished']);
  expect(points({ afterPublish: 'markFirst' })).toEqual(['after:commit', 'after:markPublished']);
});

test('crash points stand effect by effect', () => {
  const { effects, others } = byEffect(choicesFor('service', after({})));
  expect(effects.map(({ effect, disabled }) => [effect, disabled])).toEqual([
    ['load', null],
    ['commit', null],
    ['publish', 'neverPublishes'],
  ]);
  expect(effects.every(({ points }) => points.map(({ when }) => when).join() === 'before,after')).toBe(true);
  expect(others.map(({ failure }) => failure.type)).toEqual(['crash', 'abortTransaction', 'slow', 'restart']);
});

test('messages that wait behind the first can be reached, on a queue', () => {
  const inputs: Input[] = [
    { at: 0, kind: 'failure', failure: { type: 'crash', process: 'consumer:billing' } },
    ...[0, 1, 2].map((n) => activate(n * 4000, `c${n}`)),
  ];
  const behind = waitingChoices('billing', after({}, inputs));
  expect(behind.map(({ place, message }) => [place, message.aggregateId])).toEqual([
    [2, 'c1'],
    [3, 'c2'],
  ]);
  const { end, ...situation } = after({}, inputs);
  for (const { choices } of waitingChoices('billing', situation))
    for (const choice of choices) expect(refusal({}, inputs, end, choice)).toBeNull();
  expect(waitingChoices('billing', after({ bus: 'log' }, inputs))).toEqual([]);
});

test('five failures make a dead letter, as the words say', () => {
  expect(untilDeadLetter).toBe(deliveryLimit);
});

describe('stepping in', () => {
  /** What a run says to an intervention at its end. */
  function steppedIn(options: Partial<Options>, inputs: Input[], at: number, input: Partial<Input>) {
    const { records } = simulate(scenario(options, [...inputs, { at, ...input } as Input]));
    return records.filter(({ kind }) => kind.startsWith('intervention.')).map(({ kind }) => kind);
  }

  test('nothing where nothing is wrong', () => {
    expect(canStepIn(after({}))).toBe(false);
    expect(canStepIn(after({}, [activate()]))).toBe(false);
  });

  test('dead letters are re-driven where they lie', () => {
    const inputs: Input[] = [
      { at: 0, kind: 'failure', failure: { type: 'consumerFails', subscription: 'billing', times: 5 } },
      activate(),
    ];
    const { end, ...situation } = after({}, inputs);
    const [found] = stepIns(situation);
    expect(found).toEqual({ intervention: { type: 'redrive', subscription: 'billing' }, disabled: null });
    expect(stepInsAt('queue:billing', situation)).toHaveLength(1);
    expect(stepInsAt('queue:adServing', situation)).toEqual([]);
    expect(steppedIn({}, inputs, end, { kind: 'intervention', intervention: found!.intervention })).toEqual([
      'intervention.done',
    ]);
  });

  test('parked rows are published again, by a relay that is up', () => {
    const payload = { reason: 'too long for the bus. '.repeat(60) };
    const inputs: Input[] = [{ at: 0, kind: 'command', name: 'DeactivateCampaign', payload }];
    const options = { failingRow: 'park' } as const;
    const { end, ...situation } = after(options, inputs);
    expect(situation.view.outbox.parked).toBe(1);
    expect(stepInsAt('relay', situation)).toEqual([{ intervention: { type: 'unpark' }, disabled: null }]);
    const down: Input[] = [...inputs, { at: end, kind: 'failure', failure: { type: 'crash', process: 'relay' } }];
    expect(stepIns(after(options, down))).toMatchObject([{ disabled: 'relayMustBeUp' }]);
    const unpark = { kind: 'intervention', intervention: { type: 'unpark' } } as const;
    expect(steppedIn(options, inputs, end, unpark)).toEqual(['intervention.done']);
    expect(steppedIn(options, down, end, unpark)).toEqual(['intervention.refused']);
  });

  test('a log is read again up to its end', () => {
    const { end, ...situation } = after({ bus: 'log' }, [activate()]);
    const replay = (offset: number) => ({
      kind: 'intervention' as const,
      intervention: { type: 'replay' as const, subscription: 'billing', offset },
    });
    expect(endOfLog(situation)).toBe(1);
    expect(endOfLog(after({}, [activate()]))).toBe(0);
    expect(steppedIn({ bus: 'log' }, [activate()], end, replay(1))).toEqual(['intervention.done']);
    expect(steppedIn({ bus: 'log' }, [activate()], end, replay(2))).toEqual(['intervention.refused']);
  });
});

describe('options', () => {
  test('each option of the chapter is on the page once', () => {
    expect([...shownOptions].sort()).toEqual(Object.keys(defaultOptions).sort());
    expect(new Set(shownOptions).size).toBe(shownOptions.length);
    expect(optionGroups).toHaveLength(5);
  });

  test('a flow shows the options it has a choice of, and the saga of the campaign only its kind until there is one', () => {
    const names = (flow: Flow, named: Partial<Options> = {}) =>
      groupsOf(flow, completed(flow, named)).flatMap(({ main, fine }) => [...main, ...fine]);
    const campaign = names('campaign');
    expect(campaign).toEqual(expect.arrayContaining(['publish', 'relayWrites', 'claim', 'saga', 'lateSuccess']));
    for (const name of ['boundary', 'planning', 'compensation', 'answers']) expect(campaign).not.toContain(name);
    expect(names('campaign', { saga: 'guarded' })).toContain('answers');
    expect(names('trip')).toEqual([
      ...['saga', 'answers', 'sending', 'notFound', 'instances', 'finished', 'deadlines', 'tokens', 'compensation'],
      ...['tombstones', 'planning', 'bus', 'requeue', 'consumers', 'inbox'],
    ]);
    const budget = names('budget');
    expect(budget[0]).toBe('boundary');
    expect(budget).toEqual(expect.arrayContaining(['writes', 'relay', 'fence', 'claim', 'compensation']));
    for (const name of ['saga', 'answers', 'relayWrites', 'publish']) expect(budget).not.toContain(name);
    expect(valuesIn('trip', 'saga')).toEqual(['eventSourced', 'guarded']);
    expect(valuesIn('trip', 'inbox')).toEqual(['none', 'sameTransaction']);
  });

  test('whatever a flow offers can be had, by choices one after the other', () => {
    for (const flow of flows) {
      const seen = new Set<string>();
      const open: Options[] = [defaultsOf(flow)];
      // two choices lead to every value: what it needs, and itself
      for (let round = 0; round < 3; round++) {
        for (const options of open.splice(0)) {
          for (const group of groupsOf(flow, options)) {
            for (const name of [...group.main, ...group.fine]) {
              for (const { value, reason } of offered(flow, options, name)) {
                if (reason !== null || seen.has(`${name}=${value}`)) continue;
                seen.add(`${name}=${value}`);
                open.push(withOption(options, name, value, flow));
              }
            }
          }
        }
      }
      const all = shownOptions.flatMap((name) => valuesIn(flow, name).map((value) => `${name}=${value}`));
      const shown = all.filter((pair) => valuesIn(flow, pair.split('=')[0] as keyof Options).length > 1);
      expect(
        shown.filter((pair) => !seen.has(pair)),
        flow,
      ).toEqual([]);
    }
  });

  test('what can be chosen leaves options that go together, and says what falls back', () => {
    for (const ground of grounds) {
      const options: Options = { ...defaultOptions, ...ground };
      expect(conflictOf(options)).toBeNull();
      for (const name of shownOptions) {
        for (const { value, reason } of offered('campaign', options, name)) {
          if (reason !== null) continue;
          const reset = resetBy('campaign', options, name, value);
          const next = { ...options, [name]: value };
          for (const other of reset) Object.assign(next, { [other]: defaultOptions[other] });
          expect(conflictOf(next), `${name}=${value} on ${JSON.stringify(ground)}`).toBeNull();
          if (conflictOf({ ...options, [name]: value }) === null) expect(reset).toEqual([]);
        }
      }
    }
  });

  test('back to one relay: its claims fall back', () => {
    const options: Options = { ...defaultOptions, relays: 2, claim: 'row' };
    expect(resetBy('campaign', options, 'relays', 1)).toEqual(['claim']);
    expect(changedOptions('campaign', options)).toEqual(['relays', 'claim']);
    const reasons = offered('campaign', options, 'relay').map(({ reason }) => reason);
    expect(reasons).toEqual([null, 'notBesideClaims', 'notBesideClaims']);
  });
});
