/** What the Verify view hands out, and how it tells a counterexample. */
import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { ExploreReport, ExploreVerdict } from '../../../src/trace/exploration.ts';
import { optionNames } from '../../../src/trace/option-values.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { defaultBounds } from '../../../src/ui/verify/bounds.ts';
import { cellOf, type Cell, type Outcome } from '../../../src/ui/verify/cells.ts';
import { rowOf } from '../../../src/ui/verify/rows.ts';
import { tellingSteps } from '../../../src/ui/verify/telling.ts';
import { testOf } from '../../../src/ui/verify/test-text.ts';
import { csvField, csvOf, jsonOf } from '../../../src/ui/verify/verdict-files.ts';
import { enVerify } from '../../../src/ui/i18n/en-verify.ts';
import { koVerify } from '../../../src/ui/i18n/ko-verify.ts';

const scenario: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 1,
  inputs: [
    {
      at: 0,
      kind: 'failure',
      failure: { type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 1500 },
    },
    { at: 0, kind: 'command', name: 'ActivateCampaign' },
    { at: 9000, kind: 'settle' },
  ],
};
const trace = simulate(scenario);
const found = trace.verdicts['effectAtMostOnce']!;
const verdict: ExploreVerdict = {
  status: 'broken',
  failures: 1,
  steps: 12,
  scenario,
  told: { records: trace.records.slice(0, found.at! + 1), verdict: found },
};
const report: ExploreReport = {
  verdicts: { effectAtMostOnce: verdict, delivered: { status: 'holds' } },
  states: 4711,
  transitions: 9000,
  complete: true,
};
const outcome: Outcome = { bounds: 'b', status: 'explored', report };
const standing = { outcome: undefined, progress: undefined, queued: false, bounds: 'b' };

describe('a cell', () => {
  const cases: [string, Cell, Cell][] = [
    ['not judged', cellOf('x', false, { ...standing, outcome }), { status: 'off', stale: false }],
    ['not asked for', cellOf('x', true, standing), { status: 'untried', stale: false }],
    ['in the queue', cellOf('x', true, { ...standing, queued: true }), { status: 'waiting', stale: false }],
    [
      'found to hold',
      cellOf('delivered', true, { ...standing, outcome }),
      { status: 'holds', states: 4711, stale: false },
    ],
    [
      'found within other bounds',
      cellOf('delivered', true, { ...standing, outcome, bounds: 'c' }),
      { status: 'holds', states: 4711, stale: true },
    ],
    [
      'found within other bounds, asked for anew',
      cellOf('delivered', true, { ...standing, outcome, bounds: 'c', queued: true }),
      { status: 'waiting', stale: false },
    ],
    [
      'failed',
      cellOf('delivered', true, { ...standing, outcome: { bounds: 'b', status: 'failed', died: true, message: 'm' } }),
      { status: 'failed', died: true, message: 'm', stale: false },
    ],
  ];
  test.each(cases)('%s', (_name, cell, wanted) => expect(cell).toEqual(wanted));

  test('under way: what is broken already is said', () => {
    const progress = { states: 5, transitions: 9, failures: 1, depth: 3, broken: { effectAtMostOnce: verdict } };
    const under = { ...standing, progress, queued: true };
    expect(cellOf('delivered', true, under)).toEqual({ status: 'trying', states: 5, stale: false });
    expect(cellOf('effectAtMostOnce', true, under)).toEqual({ status: 'broken', verdict, stale: false });
  });
});

describe('files', () => {
  const verdicts = {
    flow: 'campaign',
    bounds: { ...defaultBounds('campaign'), without: ['drop'] as const },
    rows: [rowOf('campaign', {}), rowOf('campaign', { relays: 2 })],
    columns: ['delivered', 'effectAtMostOnce', 'singleClaim'],
    cell: (row: { key: string }, promise: string): Cell =>
      cellOf(promise, promise !== 'singleClaim', { ...standing, outcome: row.key === '' ? outcome : undefined }),
  } as const;

  test('CSV: a line a row and promise, what is not judged left out', () => {
    const lines = csvOf(verdicts).split('\r\n');
    expect(lines[0]).toBe(['flow', ...optionNames, 'promise', 'status', 'failures', 'steps', 'states'].join(','));
    expect(lines).toHaveLength(1 + 4 + 1);
    expect(lines[1]).toMatch(/^campaign,outbox,table,.*,delivered,holds,,,4711$/);
    expect(lines[2]).toMatch(/,effectAtMostOnce,broken,1,12,$/);
    expect(lines[3]).toMatch(/,delivered,notTried,,,$/);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@a', "'@a"],
    ['\tx', "'\tx"],
    ['a,b', '"a,b"'],
    ['say "a"', '"say ""a"""'],
    ['=a,"b"', `"'=a,""b"""`],
    [-1, '-1'],
    [undefined, ''],
  ])('no field is a formula, or ends its line: %s', (value, wanted) => expect(csvField(value)).toBe(wanted));

  test('JSON: the bounds, and each row with all its options', () => {
    const file = JSON.parse(jsonOf(verdicts)) as Record<string, unknown> & { rows: { options: object }[] };
    expect(file).toMatchObject({
      format: 'sagascope/verdicts',
      version: 1,
      flow: 'campaign',
      bounds: { commands: [{ name: 'ActivateCampaign' }, { name: 'DeactivateCampaign' }], failures: 1 },
      rows: [
        {
          promises: {
            delivered: { status: 'holds', states: 4711 },
            effectAtMostOnce: { status: 'broken', failures: 1, steps: 12 },
          },
        },
        { promises: { delivered: { status: 'notTried' } } },
      ],
    });
    expect(Object.keys(file.rows[0]!.options)).toHaveLength(optionNames.length);
    expect((file['bounds'] as { failureTypes: string[] }).failureTypes).not.toContain('drop');
  });

  test('the text of a test has the scenario in it, and what it expects', () => {
    const text = testOf(scenario, 'effectAtMostOnce');
    expect(text).toContain(`expect(simulate(scenario).verdicts["effectAtMostOnce"]?.status).toBe('broken')`);
    const literal = /const scenario: Scenario = (\{[\s\S]*?\n\});/.exec(text)![1]!;
    expect(simulate(JSON.parse(literal) as Scenario).hash).toBe(trace.hash);
  });
});

describe('a counterexample is told', () => {
  const steps = tellingSteps(verdict);

  test('without the plumbing, the break last', () => {
    expect(steps.length).toBeLessThan(verdict.told!.records.length / 2);
    expect(steps.at(-1)).toMatchObject({ breaking: true, record: { seq: found.at } });
    expect(steps.filter(({ breaking }) => breaking)).toHaveLength(1);
  });
  test('its failures marked, each once', () => {
    expect(steps.filter(({ failure }) => failure).map(({ record }) => record.kind)).toEqual(['process.crashed']);
  });
  test('or not at all where nothing is known of it', () => {
    expect(tellingSteps({ status: 'broken' })).toEqual([]);
  });
});

test('both languages say the same things, in numbers too', () => {
  const paths = (table: object, path = ''): string[] =>
    Object.entries(table).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null ? paths(value as object, `${path}${key}.`) : [`${path}${key}`],
    );
  expect(paths(koVerify).sort()).toEqual(paths(enVerify).sort());
  expect(enVerify.cell.states(1_234_567)).toBe('1.2 M states');
  expect(koVerify.cell.states(1_234_567)).toBe('상태 123만개');
  expect(enVerify.run.left(30)).toBe('about 30 seconds left');
  expect(enVerify.run.left(200)).toBe('about 3 minutes left');
});
