import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settingOf, simulate } from '../../../src/simulation/simulate.ts';
import { judgeAll } from '../../../src/verdicts/judge.ts';
import { oracle } from '../../support/oracle.ts';
import { scenarios } from '../../support/scenarios.ts';

const statuses = (verdicts: Record<string, { status: string }>) =>
  Object.fromEntries(Object.entries(verdicts).map(([id, { status }]) => [id, status]));

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
    { numRuns: 600 },
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
