import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Failure, Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import { en } from '../../../src/ui/i18n/en.ts';
import { ko } from '../../../src/ui/i18n/ko.ts';
import { cell, fit, seconds, span, visible } from '../../../src/ui/format.ts';
import { breakable, choicesFor } from '../../../src/ui/controls/failure-choices.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/campaign-flow.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';

const korean = /[가-힣]/;
const languages = { en, ko } as const;

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
});

test('Korean is Korean, but for names', () => {
  const same = texts(ko).filter(([path, text]) => !korean.test(text) && !/handler$|speeds\.|language$/.test(path));
  expect(same).toEqual([]);
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

const everything = (options: Partial<Options>): Failure[] => {
  const all = { ...defaultOptions, ...options };
  const view = new Playback(partsOf(all)).viewAt(0);
  return breakable.flatMap((part) => choicesFor(part, { options: all, view }).map(({ failure }) => failure));
};

describe.each(['outbox', 'afterCommit', 'insideAggregate'] as const)('records of %s', (publish) => {
  test.each(['none', 'sameTransaction'] as const)('are sentences in both languages, inbox %s', (inbox) => {
    const { records } = simulate(troubled({ publish, inbox }, everything({ publish, inbox })));
    expect(records.length).toBeGreaterThan(500);
    for (const record of records) {
      for (const [language, { records: words }] of Object.entries(languages)) {
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

test('every failure the page offers has a name of its own, in both languages', () => {
  for (const { records } of Object.values(languages)) {
    const names = [...new Set(everything({}).map((failure) => JSON.stringify(failure)))].map((text) =>
      records.failure(JSON.parse(text) as Failure),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/undefined/);
  }
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
