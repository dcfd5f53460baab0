/** The rows of the Verify view: which there are, and which is nearest to another. */
import { describe, expect, test } from 'vitest';
import { conflictOf } from '../../../src/trace/option-rules.ts';
import { flows } from '../../../src/trace/option-values.ts';
import type { Flow } from '../../../src/trace/scenario.ts';
import {
  boundsKey,
  commandsOf,
  defaultBounds,
  failureTypes,
  failureTypesIn,
  requestOf,
} from '../../../src/ui/verify/bounds.ts';
import { readAsked, writeAsked } from '../../../src/ui/verify/cell-address.ts';
import { movedBy } from '../../../src/ui/verify/grid.ts';
import { nearest } from '../../../src/ui/verify/neighbour.ts';
import { columnsOf, distinctRows, presetsOf, rowOf, rowsOf, type Preset } from '../../../src/ui/verify/rows.ts';
import { chapterOptions, combinations } from '../../support/combinations.ts';

describe('rows', () => {
  const all = flows.flatMap((flow) => presetsOf[flow].map((preset) => [flow, preset] as const));

  test.each(all)('%s, %s: different choices of options that go together', (flow, preset) => {
    const rows = rowsOf(flow, preset);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(({ options }) => conflictOf(options, flow) !== null)).toEqual([]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  test('all combinations are those that the rules leave', () => {
    const names = chapterOptions.filter((name) => name !== 'requeue');
    const { sensible } = combinations(names);
    const wanted = sensible.filter(({ inbox }) => inbox === 'none' || inbox === 'sameTransaction');
    expect(rowsOf('campaign', 'all')).toHaveLength(wanted.length);
  });

  test('choices that come to the same are one row', () => {
    const rows = distinctRows('campaign', [{}, { claim: 'row' }, { relays: 2 }, { bus: 'queue' }]);
    expect(rows.map(({ key }) => key)).toEqual(['', 'relays=2']);
  });

  test('columns are the promises judged in any row', () => {
    expect(columnsOf([rowOf('campaign', {})], 'campaign')).not.toContain('singleClaim');
    expect(columnsOf([rowOf('campaign', {}), rowOf('campaign', { relays: 2, claim: 'row' })], 'campaign')).toContain(
      'singleClaim',
    );
    expect(columnsOf(rowsOf('trip', 'mutants'), 'trip')).toContain('compensationSound');
  });
});

describe('the nearest row', () => {
  const from = rowOf('campaign', {});
  const far = rowOf('campaign', { relays: 2, inbox: 'sameTransaction' });
  const near = rowOf('campaign', { inbox: 'sameTransaction' });

  test('differs in the fewest options, and says in which', () => {
    expect(nearest(from, [far, near])).toEqual({ row: near, differs: { inbox: 'sameTransaction' } });
  });
  test('is never the row itself', () => expect(nearest(from, [from])).toBeNull());
  test('is the cheapest, then the first of those as near', () => {
    const other = rowOf('campaign', { bus: 'log' });
    expect(nearest(from, [other, near])?.row).toBe(other);
    expect(nearest(from, [other, near], (row) => (row === other ? 2 : 1))?.row).toBe(near);
  });
});

describe('bounds', () => {
  test('a request says what is off the usual', () => {
    const bounds = { ...defaultBounds('campaign'), failures: 2 };
    expect(requestOf('campaign', rowOf('campaign', { relays: 2 }), bounds)).toEqual({
      flow: 'campaign',
      options: { relays: 2 },
      commands: [{ name: 'ActivateCampaign' }, { name: 'DeactivateCampaign' }],
      failures: 2,
      maxStates: 1_000_000,
    });
  });
  test('types are named once one is left out', () => {
    const { failureTypes: left } = requestOf('campaign', rowOf('campaign', {}), {
      ...defaultBounds('campaign'),
      without: ['crash'],
    });
    expect(left).toEqual(failureTypes.filter((type) => type !== 'crash'));
  });
  test('those are offered that can strike in one of the rows', () => {
    const offered = (preset: Preset, flow: Flow = 'campaign') => failureTypesIn(rowsOf(flow, preset), flow);
    expect(offered('chapter')).toEqual(expect.arrayContaining(['crash', 'redeliver', 'expireLease']));
    expect(offered('chapter')).not.toContain('silence');
    expect(offered('overPubsub')).toContain('drop');
    expect(offered('overPubsub')).not.toContain('redeliver');
    expect(offered('overLog')).toContain('rebalance');
    for (const type of ['drop', 'duplicate', 'delay', 'silence']) {
      expect(offered('sagas')).toContain(type);
      expect(offered('mutants', 'trip')).toContain(type);
    }
    expect(failureTypesIn([rowOf('budget', { boundary: 'together' })], 'budget')).not.toContain('silence');
  });
  test('their key does not depend on the order in which types were left out', () => {
    const bounds = defaultBounds('trip');
    expect(boundsKey({ ...bounds, without: ['drop', 'crash'] })).toBe(
      boundsKey({ ...bounds, without: ['crash', 'drop'] }),
    );
  });
  test('the budget needs both of its commands', () => expect(commandsOf('budget', 2)).toHaveLength(2));
});

describe('the address of a cell', () => {
  test.each(flows)('%s: what is written is read again', (flow) => {
    const row = rowsOf(flow, presetsOf[flow][0]).at(-1)!;
    const bounds = { ...defaultBounds(flow), failures: 3, maxStates: 100_000, without: ['crash', 'drop'] as const };
    const preset = presetsOf[flow].at(-1)!;
    const asked = { flow, bounds, preset, row, promise: columnsOf([row], flow)[0]! };
    expect(readAsked(writeAsked(asked, '?lang=ko&publish=outbox'))).toEqual({ ...asked, passedOver: [] });
    expect(writeAsked(asked, '?lang=ko')).toContain('lang=ko');
  });

  test('nothing is said that is as usual', () => {
    const bounds = defaultBounds('campaign');
    const asked = { flow: 'campaign', bounds, preset: 'chapter', row: null, promise: null } as const;
    expect(writeAsked(asked, '?view=verify&step=3')).toBe('?flow=campaign&view=verify');
  });

  test('what nobody understands is named, and the defaults stand in', () => {
    const search =
      '?flow=trip&view=verify&failures=9&commands=x&states=7&without=sneeze&promise=nope&row=colour%3Dred&rows=chapter';
    const { passedOver, bounds, preset, row, promise } = readAsked(search);
    expect([...passedOver].sort()).toEqual([
      'commands=x',
      'failures=9',
      'promise=nope',
      'row=colour=red',
      'rows=chapter',
      'states=7',
      'without=sneeze',
    ]);
    expect({ bounds, preset, row, promise }).toEqual({
      bounds: defaultBounds('trip'),
      preset: 'mutants',
      row: null,
      promise: null,
    });
  });

  test('options that do not go together come to a row that does', () => {
    expect(readAsked('?row=claim%3Drow').row).toEqual(rowOf('campaign', {}));
  });
});

test('arrow keys stay in the grid', () => {
  const size = { rows: 3, columns: 2 };
  const go = (key: string, row: number, column: number, ctrlKey = false) =>
    movedBy({ key, ctrlKey }, { row, column }, size);
  expect(go('ArrowUp', 0, 0)).toEqual({ row: 0, column: 0 });
  expect(go('ArrowDown', 2, 1)).toEqual({ row: 2, column: 1 });
  expect(go('ArrowLeft', 1, 0)).toEqual({ row: 1, column: -1 });
  expect(go('ArrowRight', 1, -1)).toEqual({ row: 1, column: 0 });
  expect(go('End', 0, 0, true)).toEqual({ row: 2, column: 1 });
  expect(go('Home', 2, 1)).toEqual({ row: 2, column: 0 });
  expect(go('x', 0, 0)).toBeNull();
});
