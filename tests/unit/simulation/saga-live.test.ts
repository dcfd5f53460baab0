import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsFor } from '../../../src/simulation/late-parts.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { completed } from '../../../src/trace/defaults.ts';
import { flows } from '../../../src/trace/option-values.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { page } from '../../support/live-page.ts';
import { sagaScenarios } from '../../support/saga-scenarios.ts';
import { tableOf } from '../../support/story.ts';

const trip: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'trip',
  seed: 5,
  inputs: [
    { at: 0, kind: 'command', name: 'BookTrip', payload: { destination: 'Seoul' } },
    { at: 0, kind: 'failure', failure: { type: 'silence', service: 'hotel' } },
  ],
};

test('a run that is opened in the middle of a trip goes on with the same instance, the same timers, to the same end', async () => {
  const whole = simulate(trip).records;
  const ends: string[] = [];
  for (let at = 0; at < whole.length; at += 7) {
    const { open, advance, records, read, all } = page();
    await open(trip, { records: at });
    await advance(null);
    expect(records()).toEqual(whole);
    await read();
    ends.push(JSON.stringify(all('tables')[0]!.tables));
  }
  expect(new Set(ends).size).toBe(1);
  expect(whole.filter(({ kind }) => kind === 'timer.fired').length).toBeGreaterThan(2);
});

test('the history read back from the database makes the instance that is stored', async () => {
  await fc.assert(
    fc.asyncProperty(sagaScenarios(8), async (scenario) => {
      const { open, rebuild, all } = page();
      await open({ ...scenario, options: { ...scenario.options, planning: 'recorded' } }, 'rest');
      const rows = tableOf(simulate(scenario), 'sagas');
      for (const row of rows) {
        await rebuild(row['id'] as string);
        const { steps, stored } = all('rebuilt').at(-1)!;
        if (scenario.options?.instances === 'unchecked') continue; // what is overwritten is in the history all the same
        expect(steps.at(-1)).toMatchObject({ state: stored!.state, context: stored!.context });
      }
    }),
    { numRuns: 100 },
  );
});

test('the part of sagas is fetched by those who need it alone', async () => {
  for (const flow of flows) {
    expect((await partsFor(flow, completed(flow))).sagas === null).toBe(flow === 'campaign');
  }
  expect((await partsFor('campaign', completed('campaign', { saga: 'stateless' }))).sagas).not.toBe(null);
});
