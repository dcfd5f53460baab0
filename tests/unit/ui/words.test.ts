import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Failure, Input, Intervention, Options, Scenario } from '../../../src/trace/scenario.ts';
import { en } from '../../../src/ui/i18n/en.ts';
import { enChoices } from '../../../src/ui/i18n/en-choices.ts';
import { enFlows } from '../../../src/ui/i18n/en-flows.ts';
import { enLater } from '../../../src/ui/i18n/en-later.ts';
import { ko } from '../../../src/ui/i18n/ko.ts';
import { koChoices } from '../../../src/ui/i18n/ko-choices.ts';
import { koFlows } from '../../../src/ui/i18n/ko-flows.ts';
import { koLater } from '../../../src/ui/i18n/ko-later.ts';
import type { OptionWords } from '../../../src/ui/i18n/option-words.ts';
import { cell, fit, seconds, span, visible } from '../../../src/ui/format.ts';
import { everyChoice } from '../../../src/ui/controls/failure-choices.ts';
import { shownOptions } from '../../../src/ui/controls/option-groups.ts';
import { optionValues } from '../../../src/trace/option-values.ts';
import { explain } from '../../../src/ui/shell/problem.ts';
import { unjudged } from '../../../src/ui/promises.ts';
import { Judgement } from '../../../src/playback/judgement.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';

const korean = /[가-힣]/;
const languages = { en, ko } as const;
const laterLanguages = { en: enLater, ko: koLater } as const;
const choiceWords = { en: enChoices, ko: koChoices } as const;

/** Why the simulation turns commands, effects, failures and interventions down. */
const refusalCodes = [
  ...['notOnThisBus', 'noDeadLetters', 'offsetBeyondEnd', 'nothingIsParked', 'nothingIsClaimed', 'nothingToLose'],
  ...['messageTooLarge', 'tooLarge', 'offline', 'overflow', 'stale', 'versionConflict', 'down', 'alreadyDown'],
  ...['unknownSubscription', 'unknownProcess', 'unknownPoint', 'notInThisFlow', 'nothingWaits'],
];

const interventions: Intervention[] = [
  { type: 'redrive', subscription: 'billing' },
  { type: 'redrive', subscription: 'billing', message: 'm7' },
  { type: 'unpark' },
  { type: 'replay', subscription: 'billing', offset: 3 },
];

/** Every text of a table, functions left out. */
function texts(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[`${path}${key}`, value]];
    return typeof value === 'object' && value !== null ? texts(value as object, `${path}${key}.`) : [];
  });
}

test('both languages say the same things', () => {
  const names = (table: object) =>
    texts(table)
      .map(([path]) => path)
      .sort();
  expect(names(ko)).toEqual(names(en));
  expect(names(koLater)).toEqual(names(enLater));
  expect(names(koFlows)).toEqual(names(enFlows));
});

test('Korean is Korean, but for names', () => {
  const same = [...texts(ko), ...texts(koLater), ...texts(koFlows)].filter(
    ([path, text]) => !korean.test(text) && !/handler$|speeds\.|language$/.test(path),
  );
  expect(same).toEqual([]);
});

test('before anything is judged, the page shows what the judge says of an empty run', () => {
  expect(unjudged).toEqual(new Judgement(partsOf(defaultOptions), []).at(0));
});

/** Runs in which all sorts of things go wrong. */
function troubled(options: Partial<Options>, failures: Failure[]): Scenario {
  const inputs = failures.flatMap((failure, index): Input[] => [
    { at: index * 9000, kind: 'failure', failure },
    { at: index * 9000, kind: 'command', name: index % 2 ? 'DeactivateCampaign' : 'ActivateCampaign' },
    { at: index * 9000 + 200, kind: 'command', name: 'ActivateCampaign' },
  ]);
  return {
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    seed: 7,
    options,
    inputs: [...inputs, { at: 400_000, kind: 'settle' }],
  };
}

/** Options that bring every part, every effect and every kind of bus into play, each with others. */
const grounds: Partial<Options>[] = [
  {},
  { publish: 'afterCommit' },
  { publish: 'insideAggregate', bus: 'pubsub' },
  { outbox: 'document', inbox: 'before' },
  { relay: 'cursorPolling', inbox: 'after' },
  { relay: 'logTailing', bus: 'log', confirm: 'none' },
  { relays: 2, claim: 'aggregate', cleanup: 'on', consumers: 'competing', failingRow: 'park' },
  { afterPublish: 'delete', inbox: 'version' },
  { afterPublish: 'markFirst', dedupWindow: 'short', inbox: 'sameTransaction' },
];

const everything = (options: Partial<Options>): Failure[] => {
  const all = { ...defaultOptions, ...options };
  const view = new Playback(partsOf(all)).viewAt(0);
  return everyChoice({ options: all, view }).flatMap(({ choices }) => choices.map(({ failure }) => failure));
};

describe.each(grounds)('on %j', (options) => {
  test('records are sentences in both languages', () => {
    const { records } = simulate(troubled(options, everything(options)));
    expect(records.length).toBeGreaterThan(500);
    for (const record of records) {
      for (const [language, { records: words }] of Object.entries(laterLanguages)) {
        const said = words.sentence(record);
        expect(said, `${language} ${record.kind}`).toMatch(/\.$/);
        expect(said, `${language} ${record.kind}`).not.toMatch(/undefined|NaN|\[object/);
        if (language === 'ko') expect(said).toMatch(korean);
        // a reason code that nobody has put into words
        expect(said, record.kind).not.toMatch(/: [a-z]+[A-Z]\w*\.$/);
      }
    }
  });
});

describe.each(grounds)('on %j', (options) => {
  const all = { ...defaultOptions, ...options };
  test.each(Object.entries(languages))('every failure the page offers has a name of its own: %s', (_, { records }) => {
    const names = everything(options).map((failure) => records.failure(failure, all));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/undefined|[a-z][A-Z]|consumer:|-2/);
  });

  test.each(Object.entries(choiceWords))(
    'a crash point has a word of its name on its button: %s',
    (language, words) => {
      const { failure } = languages[language as 'en' | 'ko'].records;
      for (const what of everything(options)) {
        if (what.type !== 'crash' || !what.point) continue;
        const said = failure(what, all);
        expect([words.before, words.after, words.between].some((word) => said.includes(word))).toBe(true);
      }
    },
  );
});

describe.each(Object.entries(choiceWords))('words for choices: %s', (language, words) => {
  const { pattern } = languages[language as 'en' | 'ko'];
  const { records } = laterLanguages[language as 'en' | 'ko'];
  const options = { ...pattern.options, ...words.fine } as Record<string, OptionWords<string>>;

  test('every option and every value has them', () => {
    for (const name of shownOptions) {
      const { label, values } = options[name]!;
      const hints = words.hints[name];
      expect(label, name).not.toBe('');
      expect(Object.keys(values).sort()).toEqual(optionValues[name].map(String).sort());
      expect(Object.keys(hints.values).sort()).toEqual(Object.keys(values).sort());
      for (const text of [hints.about, ...Object.values(hints.values)]) expect(text, name).toMatch(/\.$/);
    }
  });

  test('no two values of the page are called the same, and what is seen of one is in its name', () => {
    const all = shownOptions.flatMap((name) => Object.values(options[name]!.values));
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { short, name } of all) expect(name.toLowerCase(), short).toContain(short.toLowerCase());
  });

  test('every reason against a value, a failure or an intervention is a sentence', () => {
    for (const text of [...Object.values(words.reasons), ...Object.values(words.disabled)])
      expect(text).toMatch(/^[A-Z가-힣I].*\.$/);
  });

  test('every code the simulation turns something down with has words', () => {
    for (const code of refusalCodes) expect(records.reason(code), code).not.toBe(code);
  });

  test('every intervention is named', () => {
    const names = interventions.map((what) => records.intervention(what));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/undefined|billing/);
  });
});

test('both languages say the same things about choices, and Korean is Korean', () => {
  const paths = (table: object) => texts(table).map(([path]) => path);
  expect(paths(koChoices).sort()).toEqual(paths(enChoices).sort());
  expect(texts(koChoices).filter(([, text]) => !korean.test(text) && !/^\d$/.test(text))).toEqual([]);
});

test('a crash before marking is between publish and mark, unless rows are marked first', () => {
  const point = 'before:markPublished';
  const first = { ...defaultOptions, afterPublish: 'markFirst' } as const;
  expect(en.records.failure({ type: 'crash', process: 'relay-2', point })).toBe(
    'Relay 2 crashes between publish and mark',
  );
  expect(en.records.failure({ type: 'crash', process: 'relay', point }, first)).toBe('Relay crashes before mark');
  expect(ko.records.failure({ type: 'crash', process: 'relay', point }, first)).toBe('표시 전 릴레이 중단');
  // a record does not know
  expect(en.records.failure({ type: 'crash', process: 'relay', point }, null)).toBe('Relay crashes before mark');
});

test('five exceptions are a dead letter only on a queue', () => {
  const what: Failure = { type: 'consumerFails', subscription: 'billing', times: 5 };
  expect(en.records.failure(what)).toBe('Billing throws 5 times: a dead letter');
  expect(en.records.failure(what, { ...defaultOptions, bus: 'log' })).toBe('Billing throws 5 times');
});

test('options that contradict each other are refused with the value and the reason', () => {
  const problem = { code: 'unsupported', place: 'options.claim = row', reason: 'needsTwoRelays' } as const;
  expect(explain('address', problem, enLater.problems, en, enChoices)).toBe(
    'What the address asks for was not opened (unsupported). Its options do not go together. ' +
      'Claims by row: Only with two relays. At options.claim = row.',
  );
  expect(explain('file', problem, koLater.problems, ko, koChoices)).toContain(
    '행 단위 선점: 릴레이가 둘일 때만 됩니다.',
  );
  // until the words are there
  expect(explain('file', problem, enLater.problems, en)).toContain('This version can’t run it.');
});

test('the failures of the contract have these names', () => {
  const { failure } = en.records;
  expect(failure({ type: 'crash', process: 'service', point: 'after:commit' })).toBe('Service crashes after commit');
  expect(failure({ type: 'crash', process: 'relay', point: 'before:markPublished' })).toBe(
    'Relay crashes between publish and mark',
  );
  expect(failure({ type: 'abortTransaction', process: 'service' })).toBe('Abort the next transaction');
  expect(failure({ type: 'busDown', for: 3000 })).toBe('Bus down for 3 s');
});

test('numbers and texts fit', () => {
  expect(seconds(12_500)).toBe('12.50');
  expect([span(500), span(3000), span(1500)]).toEqual(['500 ms', '3 s', '1.5 s']);
  expect(fit('CampaignActivated', 10)).toBe('CampaignA…'.slice(0, 9) + '…');
  expect(fit('short', 10)).toBe('short');
  expect(visible('a\u202Eb\u0000c')).toBe('abc');
  expect([cell(null), cell(['a', 1]), cell({ b: 1 })]).toEqual(['', 'a, 1', '{"b":1}']);
});
