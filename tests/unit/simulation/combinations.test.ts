import { expect, test } from 'vitest';
import { Unsupported, completeOptions } from '../../../src/simulation/options.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import { chapterOptions, combinations } from '../../support/combinations.ts';
import { activate, deactivate, fail, settle } from '../../support/story.ts';

const { sensible, others } = combinations(chapterOptions);

const scenario = (options: Partial<Options>, inputs: Input[]): Scenario => ({
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 5,
  options,
  inputs,
});

/** Two commands, and enough trouble that every option has something to say. */
const troubled: Input[] = [
  fail({ type: 'crash', process: 'relay', point: 'after:publish', restartAfter: 900 }),
  fail({ type: 'crash', process: 'service', point: 'after:commit', restartAfter: 500 }),
  // messages pile up before a handler that throws
  fail({ type: 'slow', process: 'consumer:billing', by: 6000 }),
  fail({ type: 'consumerFails', subscription: 'billing', times: 1 }),
  activate(0),
  activate(100, '456'),
  fail({ type: 'slow', process: 'relay', by: 7000 }, 1500),
  fail({ type: 'slow', process: 'service', by: 900 }, 1900),
  deactivate(2000),
  fail({ type: 'slow', process: 'consumer:billing', by: 0 }, 9000),
  fail({ type: 'crash', process: 'consumer:billing', restartAfter: 800 }, 11_000),
  fail({ type: 'slow', process: 'relay', by: 0 }, 12_000),
  deactivate(13_000, '456'),
  settle(40_000),
];

const quiet = [activate(0), deactivate(15_000), settle(40_000)];

/** What a run comes to, without the records that say who was at it. */
const effects = ({ records }: Trace): string[] =>
  records
    .filter((record) => record.kind === 'consumer.effectApplied')
    .map(({ subscription, eventType }) => `${subscription} ${eventType}`)
    .sort();

test('there are many, and every other one is refused with its reason', () => {
  expect(sensible.length).toBeGreaterThan(1000);
  for (const options of others) {
    expect(() => completeOptions({ flow: 'campaign', options })).toThrow(Unsupported);
    try {
      completeOptions({ flow: 'campaign', options });
    } catch (error) {
      expect((error as Unsupported).reason).toMatch(/^(needs|notBeside)/);
    }
  }
});

test('without failures and without haste, every combination brings each effect to each subscriber', () => {
  for (const options of sensible) {
    const trace = simulate(scenario(options, quiet));
    expect([...new Set(effects(trace))], JSON.stringify(options)).toEqual([
      'adServing CampaignActivated',
      'adServing CampaignDeactivated',
      'billing CampaignActivated',
      'billing CampaignDeactivated',
    ]);
    expect(trace.verdicts['delivered']?.status, JSON.stringify(options)).toBe('holds');
    if (options.relays === 1 || options.claim !== 'none') {
      expect(trace.verdicts['effectAtMostOnce']?.status, JSON.stringify(options)).toBe('holds');
    }
  }
});

test('in trouble, every combination comes to rest', () => {
  for (const options of sensible) {
    const { records } = simulate(scenario(options, troubled));
    expect(records.at(-1), JSON.stringify(options)).toMatchObject({ kind: 'run.settled', quiet: true });
  }
});

test('every value of every option changes what happens', () => {
  const hashes = new Map<string, string>();
  const key = (options: Options) => JSON.stringify(chapterOptions.map((name) => options[name]));
  const hashOf = (options: Options): string => {
    const known = hashes.get(key(options));
    if (known !== undefined) return known;
    const { records } = simulate(scenario({ ...options }, troubled));
    const hash = JSON.stringify(records.map(({ kind, at, process }) => [kind, at, process]));
    hashes.set(key(options), hash);
    return hash;
  };
  for (const name of chapterOptions) {
    const pairs = sensible.flatMap((options) =>
      sensible
        .filter(
          (other) =>
            other[name] !== options[name] && chapterOptions.every((o) => o === name || other[o] === options[o]),
        )
        .map((other) => [options, other] as const),
    );
    expect(pairs.length, name).toBeGreaterThan(0);
    const different = pairs.filter(([a, b]) => hashOf(a) !== hashOf(b));
    expect(different.length / pairs.length, name).toBeGreaterThan(0.25);
  }
});
