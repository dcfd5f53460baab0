/** What else could become of a run, in lists and figures: the explorer's own answers, and planted ones. */
import { describe, expect, test } from 'vitest';
import { explore } from '../../../src/explorer/explore.ts';
import { fatesOf } from '../../../src/explorer/fate.ts';
import { strikesIn } from '../../../src/explorer/strikes.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { completed } from '../../../src/trace/defaults.ts';
import type { ExploreVerdict, Fate, Strike } from '../../../src/trace/exploration.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import type { Verdicts } from '../../../src/trace/trace.ts';
import { firstPromise, momentsOf, noReturnIn, stretchesOf } from '../../../src/ui/what-if/no-return.ts';
import { outlookOf } from '../../../src/ui/what-if/outlook.ts';
import { momentBeside, shareLines } from '../../../src/ui/what-if/share-lines.ts';
import { alarms, strikeRows, summaryOf } from '../../../src/ui/what-if/strikes.ts';
import { tellingRecord, tellingSteps } from '../../../src/ui/verify/telling.ts';

function drained<Told>(search: Generator<unknown, Told>): Told {
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
  }
}

const sound: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 1,
  inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign' }],
};
const { records, verdicts } = simulate(sound);
const published = records.findIndex(({ kind }) => kind === 'relay.published') + 1;

/** The service dies with its commit: the event is lost. */
const lost: Scenario = {
  ...sound,
  options: { publish: 'afterCommit' },
  inputs: [
    {
      at: 0,
      kind: 'failure',
      failure: { type: 'crash', process: 'service', point: 'after:commit', restartAfter: 500 },
    },
    ...sound.inputs,
    { at: 3000, kind: 'settle' },
  ],
};

describe('what can still go wrong', () => {
  const judged = Object.keys(verdicts);
  const outlookAt = (step: number, failures: number) => {
    const report = drained(explore({ flow: 'campaign', failures, from: { scenario: sound, records: step } }));
    return { report, outlook: outlookOf(judged, { progress: { states: 0, broken: {} }, report }) };
  };

  test('between publish and mark: an effect twice, and what is no alarm behind it', () => {
    const { outlook, report } = outlookAt(published, 1);
    expect(outlook.breakable.map(({ key }) => key)).toEqual([
      'noDuplicateDelivery',
      'effectAtMostOnce',
      'convergence',
      'boundedOutbox',
    ]);
    expect(outlook.breakable.map(({ harmless }) => harmless)).toEqual([false, false, false, true]);
    expect([outlook.already, outlook.unknown]).toEqual([[], []]);
    expect(outlook.safe).toHaveLength(judged.length - 4);
    // told from there on
    const verdict = report.verdicts['effectAtMostOnce']!;
    const steps = tellingSteps(verdict, published);
    expect(steps[0]!.record.seq).toBeGreaterThanOrEqual(published);
    expect(steps.at(-1)).toMatchObject({ breaking: true });
    expect(tellingSteps(verdict).length).toBeGreaterThan(steps.length);
  });

  test('at the end nothing that matters', () => {
    const { breakable } = outlookAt(records.length, 1).outlook;
    expect(breakable.filter(({ harmless }) => !harmless)).toEqual([]);
  });

  test('what is broken already is told apart', () => {
    const run = simulate(lost);
    const report = drained(
      explore({
        flow: 'campaign',
        options: { publish: 'afterCommit' },
        failures: 0,
        from: { scenario: lost, records: run.records.length },
      }),
    );
    const { already, breakable } = outlookOf(Object.keys(run.verdicts), {
      progress: { states: 0, broken: {} },
      report,
    });
    expect(already).toContain('delivered');
    expect(breakable).toEqual([]);
  });

  test('a search that was stopped has seen nothing to hold, and takes nothing for harmless', () => {
    const broken: Record<string, ExploreVerdict> = { noDuplicateDelivery: { status: 'broken', failures: 1, steps: 3 } };
    const outlook = outlookOf(judged, { progress: { states: 10, broken }, report: null });
    expect(outlook.safe).toEqual([]);
    expect(outlook.unknown).toHaveLength(judged.length - 1);
    expect(outlook.breakable[0]).toMatchObject({ key: 'noDuplicateDelivery', harmless: false });
  });
});

describe('every failure side by side', () => {
  const rows = strikeRows(drained(strikesIn({ scenario: sound, records: published })));

  test('first without, then what breaks something new, then the harmless ones', () => {
    expect(rows[0]!.strike.failure).toBeNull();
    expect(rows[0]!.breaks).toEqual([{ key: 'boundedOutbox', harmless: true }]);
    expect(rows[1]!.strike.failure).toMatchObject({ type: 'crash', process: 'relay' });
    expect(rows[1]!.breaks.map(({ key }) => key)).toContain('effectAtMostOnce');
    expect(rows.slice(2).flatMap(({ breaks }) => breaks)).toEqual([]);
    expect(rows.map(alarms)).toEqual([false, true, false, false, false, false, false]);
    expect(summaryOf(rows)).toEqual({
      failures: 6,
      breaking: 1,
      promises: ['noDuplicateDelivery', 'effectAtMostOnce', 'convergence'],
    });
  });

  test('a run that did not come to rest says so, and what waits for a person too', () => {
    const strike = (failure: Strike['failure'], judged: Verdicts): Strike => ({
      failure,
      scenario: sound,
      records: 1,
      rests: 1,
      verdicts: judged,
    });
    const slow: Strike['failure'] = { type: 'slow', process: 'relay', by: 1 };
    const [, row] = strikeRows([
      strike(null, { delivered: { status: 'holds' }, outboxDrains: { status: 'holds' } }),
      strike(slow, { delivered: { status: 'unknown' }, outboxDrains: { status: 'parked' } }),
    ]);
    expect(row!.open).toEqual([
      { key: 'delivered', status: 'unknown' },
      { key: 'outboxDrains', status: 'parked' },
    ]);
    expect(strikeRows([])).toEqual([]);
  });
});

describe('the point of no return', () => {
  const run = simulate(lost);
  const { moments } = momentsOf(run.records);

  test('moments are where a step has ended; an armed failure strikes within one', () => {
    expect(moments[0]).toBe(0);
    expect(moments.at(-1)).toBe(run.records.length);
    const crashed = run.records.findIndex(({ kind }) => kind === 'process.crashed');
    expect(moments).not.toContain(crashed);
    expect(moments.length).toBeLessThan(run.records.length);
  });

  test('a long run is looked at evenly, from its first step to its last', () => {
    const long = Array.from({ length: 2000 }, (_, i) => ({ ...run.records[0]!, seq: i, at: i })) as TraceRecord[];
    const some = momentsOf(long, 300);
    expect(some.all).toBe(false);
    expect(some.moments).toHaveLength(300);
    expect([some.moments[0], some.moments.at(-1)]).toEqual([0, 2000]);
    const gaps = some.moments.slice(1).map((moment, i) => moment - some.moments[i]!);
    expect([Math.min(...gaps), Math.max(...gaps)]).toEqual([6, 7]);
  });

  test('the event is lost at the crash, and that is what is told', () => {
    const fates = drained(fatesOf({ scenario: lost, promise: 'delivered', moments, failures: 0 }));
    const found = noReturnIn(moments, fates);
    expect(found.status).toBe('found');
    if (found.status !== 'found') return;
    expect(tellingRecord(run.records.slice(found.before!, found.at))!.kind).toBe('process.crashed');
    const [before, after] = stretchesOf(moments, fates);
    expect(before).toMatchObject({ first: 0, share: 0 });
    expect(after).toEqual({ first: before!.last + 1, last: run.records.length, share: 1 });
  });

  const fates = (...shares: (number | null)[]): Fate[] => shares.map((share, i) => ({ records: i * 2, share }));
  const at = [0, 2, 4, 6];

  test('there is none, it is there from the beginning, or nobody knows', () => {
    expect(noReturnIn(at, fates(0, 0.5, 1, 1))).toEqual({ status: 'found', before: 2, at: 4 });
    expect(noReturnIn(at, fates(0, 1, 0.5, 1))).toEqual({ status: 'found', before: 4, at: 6 });
    expect(noReturnIn(at, fates(1, 1, 1, 1))).toEqual({ status: 'found', before: null, at: 0 });
    expect(noReturnIn(at, fates(0, 0.5, 1, 0.5))).toEqual({ status: 'none' });
    expect(noReturnIn(at, fates(0, 0.5, 1, null))).toEqual({ status: 'open' });
    expect(noReturnIn(at, fates(0, null, 1, 1))).toEqual({ status: 'late', at: 4 });
    // not all has come yet
    expect(noReturnIn(at, [])).toEqual({ status: 'open' });
    expect(noReturnIn(at, fates(0, 1, 1, 1).slice(2))).toEqual({ status: 'late', at: 4 });
  });

  test('the picture has a gap where nothing is known, and steps where the share changes', () => {
    const stretches = stretchesOf(at, fates(0, 0, null, 1));
    expect(stretches).toEqual([
      { first: 0, last: 2, share: 0 },
      { first: 3, last: 4, share: null },
      { first: 5, last: 6, share: 1 },
    ]);
    expect(shareLines(stretches).line).toBe('M0 100H3M5 0H7');
    expect(shareLines(stretchesOf(at, fates(0, 0.5, 0.5, 1))).line).toBe('M0 100H1V50H5V0H7');
    expect([momentBeside(at, 3, 1), momentBeside(at, 3, -1), momentBeside(at, 6, 1), momentBeside(at, 0, -1)]).toEqual([
      4, 2, 6, 0,
    ]);
  });

  test('it begins with what is broken, else with what the outbox does not keep by itself', () => {
    expect(firstPromise(run.verdicts, completed('campaign', lost.options))).toBe('delivered');
    expect(firstPromise(verdicts, completed('campaign'))).toBe('delivered');
    expect(firstPromise(verdicts, completed('campaign', { publish: 'insideAggregate' }))).toBe('noPhantom');
    expect(firstPromise({}, completed('campaign'))).toBeUndefined();
  });
});
