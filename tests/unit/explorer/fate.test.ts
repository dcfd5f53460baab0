/** The point of no return: from some step on every continuation breaks the promise, and before it some do. */
import { expect, test } from 'vitest';
import { fatesOf, shareOf } from '../../../src/explorer/fate.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Fate } from '../../../src/trace/exploration.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';

/** The service dies between its commit and its publish: the event is lost. */
const lost: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  options: { publish: 'afterCommit' },
  seed: 3,
  inputs: [
    { at: 0, kind: 'command', name: 'ActivateCampaign' },
    {
      at: 0,
      kind: 'failure',
      failure: { type: 'crash', process: 'service', point: 'before:publish', restartAfter: 500 },
    },
  ],
};

test('an event is lost from the crash on, whatever happens then; before, it is up to chance', () => {
  const { records, verdicts } = simulate(lost);
  const shareAt = (upTo: number, failures: number) =>
    shareOf({ flow: 'campaign', failures, from: { scenario: lost, records: upTo } }, 'delivered')!;
  const crashed = records.findIndex(({ kind }) => kind === 'process.crashed');
  const committed = records.findIndex(({ kind }) => kind === 'transaction.committed');
  expect(verdicts['delivered']!.status).toBe('pending');
  expect(shareAt(crashed + 1, 0)).toBe(1);
  expect(shareAt(committed + 1, 0)).toBe(0);
  const chance = shareAt(committed + 1, 1);
  expect(chance).toBeGreaterThan(0);
  expect(chance).toBeLessThan(1);
});

test('the shares of a small space are those counted by hand', () => {
  // without failures nothing is lost; and publishing inside the aggregate, the handler may start before the commit or after
  const early = shareOf(
    {
      flow: 'campaign',
      options: { publish: 'insideAggregate' },
      commands: [{ name: 'ActivateCampaign' }],
      failures: 0,
    },
    'noEarlyDelivery',
  );
  // two subscriptions: each arrives first, or the commit does
  expect(early).toBeCloseTo(1 - 0.5 * 0.5, 6);
});

test('moment by moment; the run of the crash is lost from the crash on', () => {
  const { records } = simulate(lost);
  const moments = records.map((_, i) => i + 1);
  // the crash and what announces it are one step
  const crashed = records.findIndex(({ kind }) => kind === 'failure.struck') + 1;
  let last: readonly Fate[] = [];
  const order: number[] = [];
  for (const fates of fatesOf({ scenario: lost, promise: 'delivered', moments, failures: 0 })) {
    order.push(fates.find(({ records: at }) => !last.some((other) => other.records === at))!.records);
    expect(fates.length).toBe(last.length + 1);
    last = fates;
  }
  expect(order.slice(0, 2)).toEqual([records.length, 1]);
  expect(last.map(({ records: at }) => at)).toEqual(moments);
  for (const { records: at, share } of last) expect([at, share]).toEqual([at, at < crashed ? expect.any(Number) : 1]);
  expect(last.find(({ share }) => share === 1)!.records).toBe(crashed);
});
