import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settingOf, simulate } from '../../../src/simulation/simulate.ts';
import { judgeAll } from '../../../src/verdicts/judge.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { oracle } from '../../support/oracle.ts';
import { scenarios } from '../../support/scenarios.ts';

const statuses = (verdicts: Record<string, { status: string }>) =>
  Object.fromEntries(Object.entries(verdicts).map(([id, { status }]) => [id, status]));

/** The rarest break: an event is published inside the aggregate, and then the transaction is rolled back. */
const phantom: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  options: { publish: 'insideAggregate' },
  seed: 1,
  inputs: [
    { at: 0, kind: 'command', name: 'ActivateCampaign' },
    { at: 0, kind: 'failure', failure: { type: 'abortTransaction', process: 'service' } },
    { at: 5000, kind: 'settle' },
  ],
};

test('on simulated runs the promises are judged as an independent recomputation judges them, at the end and on the way', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(scenarios(10), fc.double({ min: 0, max: 1, noNaN: true }), (scenario, share) => {
      const { records, verdicts } = simulate(scenario);
      const setting = settingOf(scenario);
      expect(statuses(verdicts)).toEqual(oracle(records, setting));
      const prefix = records.slice(0, Math.floor(share * records.length));
      expect(statuses(judgeAll(prefix, setting))).toEqual(oracle(prefix, setting));
      for (const [id, { status }] of Object.entries(verdicts)) seen.add(`${id} ${status}`);
    }),
    // what chance may miss is among them for certain
    { numRuns: 600, examples: [[phantom, 0.5]] },
  );
  // a comparison that never met a broken promise would show little
  for (const id of ['noPhantom', 'noEarlyDelivery', 'delivered', 'noDuplicateDelivery', 'effectAtMostOnce']) {
    expect(seen, id).toContain(`${id} broken`);
  }
});

test('a broken promise names a record of the trace, and says why in one sentence', () => {
  fc.assert(
    fc.property(scenarios(10), (scenario) => {
      const { records, verdicts } = simulate(scenario);
      for (const verdict of Object.values(verdicts)) {
        if (verdict.status !== 'broken') continue;
        expect(records[verdict.at!]?.seq).toBe(verdict.at);
        expect(verdict.because).toMatch(/^\p{Lu}.*\.$/u);
        expect(verdict.because).not.toMatch(/undefined|null|NaN|it came about/);
      }
    }),
    { numRuns: 300 },
  );
});
