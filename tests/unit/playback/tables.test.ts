import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostRecent } from '../../../src/playback/tables.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { completeOptions } from '../../../src/simulation/options.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { scenarios } from '../../support/scenarios.ts';

function viewOf(scenario: Scenario) {
  const playback = new Playback(partsOf(completeOptions(scenario)));
  const { records } = simulate(scenario);
  playback.append(records);
  return playback.viewAt(records.length);
}

test('the keys remembered as the last written are those of the newest rows', () => {
  fc.assert(
    fc.property(scenarios(), (scenario) => {
      for (const { rows, recent } of Object.values(viewOf(scenario).tables)) {
        const named = [...rows.values()].filter(({ key }) => typeof key === 'string');
        expect(new Set(recent)).toEqual(new Set(named.map(({ key }) => key)));
        const writtenBy = recent.map((key) => rows.get(key)!.writtenBy);
        expect(writtenBy).toEqual([...writtenBy].sort((a, b) => b - a));
      }
    }),
  );
});

test('they are bounded, however many rows there are', () => {
  const inputs = Array.from({ length: 240 }, (_, i) => ({
    at: i * 10,
    kind: 'command' as const,
    name: 'ActivateCampaign',
    payload: { id: `c${i}` },
  }));
  const { campaigns } = viewOf({ format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 2, inputs }).tables;
  expect(campaigns!.rows.size).toBe(241);
  expect(campaigns!.recent.length).toBe(mostRecent);
});
