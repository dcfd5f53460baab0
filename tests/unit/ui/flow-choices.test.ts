/** What the page offers in the flows with sagas is what the simulation takes; and all of it has words. */
import { describe, expect, test } from 'vitest';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { completed } from '../../../src/trace/defaults.ts';
import type { Flow, Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import { AskedLog, answersOf, playable, waiting } from '../../../src/ui/controls/asked.ts';
import type { Choice } from '../../../src/ui/controls/common-failures.ts';
import { commonIn } from '../../../src/ui/controls/flow-failures.ts';
import { breakable, everyChoice } from '../../../src/ui/controls/failure-choices.ts';
import { en } from '../../../src/ui/i18n/en.ts';
import { enChoices } from '../../../src/ui/i18n/en-choices.ts';
import { enFlows } from '../../../src/ui/i18n/en-flows.ts';
import { enLater } from '../../../src/ui/i18n/en-later.ts';
import { ko } from '../../../src/ui/i18n/ko.ts';
import { koChoices } from '../../../src/ui/i18n/ko-choices.ts';
import { koFlows } from '../../../src/ui/i18n/ko-flows.ts';
import { koLater } from '../../../src/ui/i18n/ko-later.ts';

type Ground = [flow: Flow, options: Partial<Options>];
const languages = { en, ko } as const;
const later = { en: enLater, ko: koLater } as const;
const choiceWords = { en: enChoices, ko: koChoices } as const;

const grounds: Ground[] = [
  ['campaign', { saga: 'guarded' }],
  ['campaign', { saga: 'guarded', sending: 'direct', publish: 'afterCommit', answers: 'manual' }],
  ['campaign', { saga: 'eventSourced', bus: 'log', consumers: 'competing' }],
  ['campaign', { saga: 'stateless', bus: 'pubsub', publish: 'insideAggregate' }],
  ['trip', {}],
  ['trip', { saga: 'eventSourced', sending: 'direct', bus: 'log', answers: 'manual' }],
  ['budget', {}],
  ['budget', { boundary: 'together', relays: 2, claim: 'row' }],
  ['budget', { boundary: 'tooLarge', writes: 'optimistic', bus: 'pubsub' }],
];

const scenario = ([flow, options]: Ground, inputs: Input[]): Scenario => ({
  format: 'sagascope/scenario',
  version: 1,
  flow,
  seed: 5,
  options,
  inputs,
});

const starts: Record<Flow, Input> = {
  campaign: { at: 0, kind: 'command', name: 'ActivateCampaign' },
  trip: { at: 0, kind: 'command', name: 'BookTrip', payload: { destination: 'Tokyo' } },
  budget: { at: 0, kind: 'command', name: 'ActivateCampaign', payload: { campaign: 'A', amount: 60 } },
};

/** The whole situation after some inputs. */
function after(ground: Ground, inputs: Input[]) {
  const [flow, named] = ground;
  const options = completed(flow, named);
  const parts = partsOf(options, flow);
  const playback = new Playback(parts);
  const { records } = simulate(scenario(ground, inputs));
  playback.append(records);
  return { options, parts, view: playback.viewAt(records.length), end: records.at(-1)?.at ?? 0 };
}

/** What a run says to a failure given at its end; null where it does not turn it down. */
function refusal(ground: Ground, inputs: Input[], at: number, { failure }: Choice): string | null {
  const { records } = simulate(scenario(ground, [...inputs, { at, kind: 'failure', failure }]));
  const refused = records.find((record) => record.kind === 'failure.refused');
  return refused?.kind === 'failure.refused' ? refused.reason : null;
}

describe.each(grounds)('%s %j', (...ground) => {
  const [flow, named] = ground;
  const options = completed(flow, named);
  const everything = () => everyChoice(after(ground, [])).flatMap(({ choices }) => choices);

  test('what is offered is taken, what is greyed is turned down', () => {
    for (const inputs of [[], [starts[flow]]]) {
      const { end, ...situation } = after(ground, inputs);
      const all = everyChoice(situation).flatMap(({ choices }) => choices);
      expect(all.length).toBeGreaterThan(20);
      for (const choice of [...all, ...commonIn(situation)]) {
        const said = `${JSON.stringify(choice)} ${inputs.length}`;
        expect(refusal(ground, inputs, end, choice) !== null, said).toBe(choice.disabled !== null);
      }
    }
  });

  test('every process and every participant can be broken', () => {
    const { view, parts } = after(ground, []);
    expect(breakable(view, parts.participants)).toEqual(
      expect.arrayContaining([...Object.keys(view.processes), ...parts.participants]),
    );
  });

  test.each(Object.entries(languages))('every failure has a name of its own: %s', (language, { records }) => {
    const failures = everything().map(({ failure }) => failure);
    const names = failures.map((failure) => records.failure(failure, options));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/undefined|[a-z][A-Z]|consumer:|-2/);
    const words = choiceWords[language as 'en' | 'ko'];
    for (const what of failures) {
      if (what.type !== 'crash' || !what.point) continue;
      const said = records.failure(what, options);
      expect(
        [words.before, words.after, words.between].some((word) => said.includes(word)),
        said,
      ).toBe(true);
    }
  });

  test('records are sentences in both languages, whatever goes wrong', () => {
    const failures = everything().map(({ failure }) => failure);
    const inputs = failures.flatMap((failure, index): Input[] => [
      { at: index * 9000, kind: 'failure', failure },
      { ...starts[flow], at: index * 9000 },
    ]);
    const { records } = simulate(scenario(ground, [...inputs, { at: 900_000, kind: 'settle' }]));
    expect(records.length).toBeGreaterThan(250);
    for (const record of records) {
      for (const [language, { records: words }] of Object.entries(later)) {
        const said = words.sentence(record);
        expect(said, `${language} ${record.kind}`).toMatch(/\.$/);
        expect(said, `${language} ${record.kind}`).not.toMatch(/undefined|NaN|\[object/);
        if (language === 'ko') expect(said).toMatch(/[가-힣]/);
        // a reason code that nobody has put into words
        expect(said, record.kind).not.toMatch(/: [a-z]+[A-Z]\w*\.$/);
      }
    }
  });
});

describe('what participants are asked', () => {
  test('grows with the trace, and is known at every step', () => {
    const ground: Ground = ['campaign', { saga: 'guarded', answers: 'manual' }];
    const inputs: Input[] = [starts.campaign, { at: 5000, kind: 'command', name: 'ConfirmPublishing' }];
    const { records } = simulate(scenario(ground, inputs));
    const log = new AskedLog();
    const at = (cursor: number) => log.at(records, cursor);
    expect(at(0)).toEqual([]);
    const asked = records.findIndex(({ kind }) => kind === 'participant.executed') + 1;
    expect(at(asked)).toMatchObject([{ participant: 'publishing', instance: '123:1', status: 'asked', answers: [] }]);
    expect(waiting(at(asked))?.token).toBe('123:1');
    const answered = records.findIndex(({ kind }) => kind === 'participant.answered') + 1;
    expect(at(answered)).toMatchObject([{ answers: ['PublishingConfirmed'] }]);
    expect(waiting(at(answered))).toBeNull();
    // back again
    expect(at(asked)).toMatchObject([{ answers: [] }]);
  });

  test('the reader plays those who can answer', () => {
    expect(playable(['publishing', 'operator', 'traveler'])).toEqual(['publishing']);
    for (const { yes, no } of Object.values(answersOf)) {
      for (const words of [enFlows, koFlows]) {
        for (const name of [yes, no] as (keyof typeof words.short)[]) {
          expect(words.commands[name]).toContain(words.short[name]);
        }
      }
    }
  });
});
