/** Exploring from the middle of a run: what can still go wrong there, and what can no longer. */
import { expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { explored } from '../../support/exploring.ts';

const scenario: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 7,
  inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign' }],
};
const { records } = simulate(scenario);
const after = (wanted: (record: TraceRecord) => boolean): number => records.findIndex(wanted) + 1;

const from = (upTo: number, failures: number) =>
  explored({ flow: 'campaign', commands: [], failures, from: { scenario, records: upTo } });

test('before the row is marked a crash still doubles the event; the run up to there stays as it was', () => {
  const published = after(({ kind }) => kind === 'relay.published');
  const { verdicts, complete } = from(published, 1);
  expect(complete).toBe(true);
  const { status, failures, steps, scenario: found } = verdicts['effectAtMostOnce']!;
  expect({ status, failures }).toEqual({ status: 'broken', failures: 1 });
  expect(steps).toBeLessThan(14);
  const told = simulate(found!);
  expect(told.verdicts['effectAtMostOnce']!.status).toBe('broken');
  expect(told.records.slice(0, published)).toEqual(records.slice(0, published));
});

test('once all is acknowledged nothing can go wrong any more', () => {
  const { verdicts, complete } = from(records.length, 1);
  expect(complete).toBe(true);
  const broken = Object.entries(verdicts).flatMap(([id, { status }]) => (status === 'broken' ? [id] : []));
  expect(broken).toEqual(['boundedOutbox']); // published rows are kept
});

test('what is broken already is said to be', () => {
  const broken: Scenario = { ...scenario, options: { afterPublish: 'markFirst' } };
  const run = simulate(broken);
  const upTo = run.verdicts['markImpliesAccepted']!.at! + 1;
  const report = explored({ flow: 'campaign', commands: [], failures: 0, from: { scenario: broken, records: upTo } });
  expect(report.verdicts['markImpliesAccepted']).toEqual({ status: 'broken', failures: 0, steps: 0 });
});
