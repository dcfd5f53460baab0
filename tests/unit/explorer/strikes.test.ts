/** Every failure at one moment, side by side: each in a run of its own. */
import { expect, test } from 'vitest';
import { strikesIn } from '../../../src/explorer/strikes.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Strike } from '../../../src/trace/exploration.ts';
import { readTraceFile } from '../../../src/trace/read.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';

const scenario: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 7,
  inputs: [
    { at: 0, kind: 'command', name: 'ActivateCampaign' },
    { at: 60, kind: 'command', name: 'DeactivateCampaign', payload: { reason: 'budget' } },
  ],
};
const { records } = simulate(scenario);

function strikesAt(upTo: number): readonly Strike[] {
  const search = strikesIn({ scenario, records: upTo });
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
  }
}

const named = ({ failure }: Strike): string =>
  failure === null ? 'none' : failure.type === 'crash' ? `crash ${failure.process}` : failure.type;
const brokenBy = ({ verdicts }: Strike): string[] =>
  Object.entries(verdicts).flatMap(([id, { status }]) => (status === 'broken' ? [id] : []));

test('published and not yet marked: of all that can strike, the relay’s crash alone doubles the effect', () => {
  const published = records.findIndex(({ kind }) => kind === 'relay.published') + 1;
  const strikes = strikesAt(published);
  const byName = Object.fromEntries(strikes.map((strike) => [named(strike), strike]));
  expect(Object.keys(byName)).toEqual(
    expect.arrayContaining([
      'none',
      'crash service',
      'crash relay',
      'crash consumer:adServing',
      'crash consumer:billing',
    ]),
  );
  expect(brokenBy(byName['none']!)).not.toContain('effectAtMostOnce');
  expect(brokenBy(byName['crash relay']!)).toContain('effectAtMostOnce');
  expect(brokenBy(byName['crash service']!)).not.toContain('effectAtMostOnce');
});

test('a command that comes much later is waited for, and the run can be kept as a file', () => {
  const [first, second] = scenario.inputs;
  const slow: Scenario = { ...scenario, inputs: [first!, { ...second!, at: 6000 }] };
  const search = strikesIn({ scenario: slow, records: 12 });
  for (let next = search.next(); !next.done; next = search.next()) {
    const struck = next.value.at(-1)!.scenario;
    expect(struck.inputs.at(-1)).toEqual({ at: 6000, kind: 'settle' });
    expect(readTraceFile(JSON.stringify(struck))).toMatchObject({ ok: true });
  }
});

test('each is a run of its own: the same up to there, then this failure, then all that was still to come', () => {
  for (const upTo of [1, 12, 25]) {
    const strikes = strikesAt(upTo);
    expect(strikes[0]!.failure).toBeNull();
    expect(strikes.length).toBeGreaterThan(3);
    for (const { failure, scenario: struck, verdicts, records: count, rests } of strikes) {
      const run = simulate(struck);
      expect(run.records.slice(0, upTo)).toEqual(records.slice(0, upTo));
      const after = run.records.slice(upTo);
      expect(run.records.filter(({ kind }) => kind === 'command.sent').length).toBe(2);
      expect(after.filter(({ kind }) => kind === 'failure.refused')).toEqual([]);
      expect(run.records.some(({ kind }) => kind === 'process.crashed')).toBe(failure?.type === 'crash');
      expect([run.verdicts, run.records.length, run.records.at(-1)!.at]).toEqual([verdicts, count, rests]);
      expect(Object.values(verdicts).map(({ status }) => status)).not.toContain('pending');
    }
  }
});
