import { describe, expect, test } from 'vitest';
import { windows, windowsOf } from '../../../src/verdicts/boundary-facts.ts';
import { broken, judge } from './judged.ts';
import { budgetLife } from './saga-lives.ts';
import { SagaRun } from './saga-run.ts';

const holds = { status: 'holds' };

const windowsIn = (run: SagaRun) => {
  const { start, step } = windows(run.options);
  return windowsOf(run.records.reduce(step, start), run.records.length);
};

describe('boundaryKept', () => {
  test('is broken by the commit that makes it too much, where two aggregates share the rule', () => {
    const run = new SagaRun('budget');
    run.campaign('A', { state: 'ACTIVE', amount: 60 });
    run.campaign('B', { state: 'DRAFT', amount: 70 });
    const at = run.campaign('B', { state: 'ACTIVE', amount: 70 });
    expect(broken(run, 'boundaryKept', at)).toBe(
      'With this commit of the service the active campaigns come to 130, and the budget allows 100: 30 too much.',
    );
  });

  test('goes by the limit as it is, and by campaigns that are active', () => {
    const run = new SagaRun('budget');
    run.write(['budgets', 'budget', { limit: 200, reserved: { A: 900 } }]);
    run.campaign('A', { state: 'ACTIVE', amount: 150 });
    run.campaign('B', { state: 'DEACTIVATED', amount: 150 });
    run.transact([{ table: 'campaigns', op: 'delete', key: 'A' }]);
    run.campaign('B', { state: 'ACTIVE', amount: 150 });
    expect(judge(run.settle(), 'boundaryKept')).toEqual(holds);
    const at = run.write(['budgets', 'budget', { limit: 140 }]);
    expect(judge(run, 'boundaryKept')).toMatchObject({ status: 'broken', at, reason: { over: 10 } });
  });

  test.each([
    ['together', 'budgets', 'budget'],
    ['tooLarge', 'accounts', 'account'],
  ] as const)('is judged by the commitments where one aggregate has them: %s', (boundary, table, key) => {
    const run = new SagaRun('budget', { boundary });
    for (const step of budgetLife('A', 100, run.options)) step(run);
    run.campaign('B', { state: 'ACTIVE', amount: 500 });
    expect(judge(run.settle(), 'boundaryKept')).toEqual(holds);
    const at = run.write([table, key, { limit: 100, commitments: { A: 60, B: 70 } }]);
    expect(judge(run, 'boundaryKept')).toMatchObject({ status: 'broken', at, reason: { total: 130, over: 30 } });
  });

  test('is judged in the flow of the budget alone', () => {
    expect(judge(new SagaRun('campaign'), 'boundaryKept')).toBeUndefined();
  });
});

describe('the windows', () => {
  test('are open from the commit that breaks the rule to the one that mends it', () => {
    const run = new SagaRun('budget');
    run.campaign('A', { state: 'ACTIVE', amount: 60 });
    const first = run.campaign('B', { state: 'ACTIVE', amount: 70 });
    run.campaign('C', { state: 'ACTIVE', amount: 20 });
    run.settle();
    const mended = run.campaign('B', { state: 'DEACTIVATED', amount: 70 });
    const second = run.write(['budgets', 'budget', { limit: 50 }]);
    run.settle();
    expect(windowsIn(run)).toEqual([
      { from: { seq: first, at: first * 10 }, to: { seq: mended, at: mended * 10 }, over: 50, records: 4 },
      { from: { seq: second, at: second * 10 }, to: null, over: 30, records: 3 },
    ]);
  });

  test('are none where the rule holds, whatever else is written', () => {
    const run = new SagaRun('budget', { boundary: 'together' });
    for (const step of budgetLife('A', 100, run.options)) step(run);
    run.write(['publishers', 'publisher', { views: 5 }]);
    expect(windowsIn(run)).toEqual([]);
  });

  test('numbers that are none count for nothing', () => {
    const run = new SagaRun('budget', { boundary: 'together' });
    run.write(['budgets', 'budget', { limit: 100, commitments: { A: 'much', B: Number.POSITIVE_INFINITY, C: 40 } }]);
    run.write(['budgets', 'budget', { commitments: null }]);
    expect(windowsIn(run)).toEqual([]);
  });
});

describe('oneAggregatePerTx', () => {
  test('is broken by a transaction that writes two', () => {
    const run = new SagaRun('budget', { boundary: 'together' });
    const at = run.write(['budgets', 'budget', { limit: 100 }], ['campaigns', 'A', { state: 'ACTIVE' }]);
    expect(broken(run, 'oneAggregatePerTx', at)).toBe(
      'One transaction of the service writes budgets budget and campaigns A: two aggregates that can only change together.',
    );
  });

  test('is broken by a saga that writes an aggregate with its own instance, or two instances', () => {
    const run = new SagaRun('trip');
    const at = run.write(['sagas', 'T1', {}], ['sagas', 'T2', {}]);
    expect(judge(run, 'oneAggregatePerTx')).toMatchObject({ status: 'broken', at });
  });

  test('is kept by what belongs to one, and by the marks of a relay', () => {
    const run = new SagaRun('campaign');
    run.move('123:1', 'Awaiting');
    run.write(['campaigns', '123', {}], ['campaigns', '123', {}], ['outbox', '1', {}], ['history', '7', {}]);
    const rows = ['123', '456'].map((key) => ({ table: 'campaigns', op: 'put' as const, key, row: { id: key } }));
    run.transact(rows, { process: 'relay-2' });
    expect(judge(run, 'oneAggregatePerTx')).toEqual({ status: 'pending' });
  });
});
