/** What the inspector's tabs about sagas and boundaries work out of a run's records. */
import { describe, expect, test } from 'vitest';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { machinesOf } from '../../../src/simulation/saga/settings.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { completed } from '../../../src/trace/defaults.ts';
import type { RecordKind, TraceRecord } from '../../../src/trace/record.ts';
import type { Flow, Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import { agrees, historyOf, lineOf } from '../../../src/ui/inspector/history.ts';
import { answersAt, disagreement, excessOf, LensLog } from '../../../src/ui/inspector/lens.ts';
import { sagaColumnsOf, sagaIndexes } from '../../../src/ui/inspector/saga-columns.ts';
import { changesOf, SagaLog } from '../../../src/ui/inspector/saga-log.ts';
import { newestRows } from '../../../src/ui/rows.ts';

const command = (at: number, name: string, payload?: Record<string, string | number>): Input => ({
  at,
  kind: 'command',
  name,
  ...(payload && { payload }),
});

function play(flow: Flow, options: Partial<Options>, inputs: Input[]) {
  const scenario: Scenario = { format: 'sagascope/scenario', version: 1, flow, seed: 3, options, inputs };
  const { records } = simulate(scenario);
  const all = completed(flow, options);
  const playback = new Playback(partsOf(all, flow, machinesOf(flow, all)));
  playback.append(records);
  return { records, playback, options: all, end: records.length };
}

/** The cursor behind the nth record of a kind. */
function after(records: readonly TraceRecord[], kind: RecordKind, nth = 1): number {
  let seen = 0;
  return records.findIndex((record) => record.kind === kind && ++seen === nth) + 1;
}

const settle: Input = { at: 200_000, kind: 'settle' };

describe('instances', () => {
  const trip = play('trip', {}, [command(0, 'BookTrip', { destination: 'Tokyo' }), settle]);
  const log = new SagaLog().read(trip.records);

  test('none before the first step, and one with its age, its wait and its deadline after it', () => {
    expect(log.instancesAt(0)).toEqual([]);
    const began = after(trip.records, 'timer.set');
    const [instance] = log.instancesAt(began);
    expect(instance).toMatchObject({
      id: 'T1',
      definition: 'tripBooking',
      state: 'Approval',
      version: 1,
      waiting: true,
      waitsFor: 'approver',
      ended: false,
      deleted: false,
    });
    const set = trip.records[began - 1]!;
    expect(instance!.until).toBe(set.kind === 'timer.set' ? set.due : null);
    // before its timer is written down, nobody knows until when
    expect(log.instancesAt(after(trip.records, 'saga.moved'))[0]!.until).toBeNull();
  });

  test('an ended one waits for nobody', () => {
    expect(log.instancesAt(trip.end)).toMatchObject([
      { state: 'Completed', ended: true, waiting: false, until: null, waitsFor: null },
    ]);
  });

  test('every step says what came in, how the state changed and what went out', () => {
    const steps = log.stepsOf('T1', trip.end);
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [null, 'Approval'],
      ['Approval', 'Flights'],
      ['Flights', 'Hotel'],
      ['Hotel', 'Completed'],
    ]);
    expect(steps.map(({ received }) => received.type)).toEqual([
      'Initialize',
      'RouteConfirmed',
      'FlightBooked',
      'HotelBooked',
    ]);
    expect(steps[1]!.commands).toMatchObject([{ name: 'BookFlights', to: 'airline', token: 'f1', direct: false }]);
    expect(steps[1]!.timers).toMatchObject([{ timer: 'FlightDeadline', token: 'f1' }]);
    expect(changesOf(steps[1]!)).toContainEqual(['flight', '', 'f1']);
    expect(log.stepsOf('T1', steps[2]!.seq)).toHaveLength(2);
    expect(log.stepsOf('nobody', trip.end)).toEqual([]);
  });

  test('what changed nothing is kept with its reason', () => {
    const unmoved = log.unmovedAt(trip.end);
    expect(unmoved.length).toBeGreaterThan(1);
    expect(unmoved.every(({ received }) => received.type.endsWith('Deadline'))).toBe(true);
    expect(unmoved.at(-1)).toMatchObject({ instance: 'T1', reason: 'late', state: 'Completed', policy: null });
    expect(log.unmovedAt(0)).toEqual([]);
  });

  test('grows with the trace, and begins anew with another', () => {
    const growing = new SagaLog();
    const records = trip.records.slice(0, 10);
    growing.read(records);
    expect(growing.instancesAt(10)).toHaveLength(1);
    records.push(...trip.records.slice(10));
    expect(growing.read(records).stepsOf('T1', trip.end)).toEqual(log.stepsOf('T1', trip.end));
    expect(growing.read([]).instancesAt(99)).toEqual([]);
  });

  test('a message without an instance is counted with what was done about it', () => {
    const { records, end } = play('trip', {}, [command(0, 'CancelTrip'), settle]);
    expect(new SagaLog().read(records).unmovedAt(end)).toMatchObject([{ reason: 'notFound', policy: 'discard' }]);
  });

  test('direct calls belong to the step that was saved, and stand alone where nothing is', () => {
    const { records, end } = play('campaign', { saga: 'guarded', sending: 'direct' }, [
      command(0, 'ActivateCampaign'),
      settle,
    ]);
    const [step] = new SagaLog().read(records).stepsOf('123:1', end);
    expect(step!.commands).toMatchObject([{ name: 'SubmitAdvertisement', to: 'publishing', direct: true }]);
    const stateless = play('campaign', { saga: 'stateless' }, [command(0, 'ActivateCampaign'), settle]);
    const calls = new SagaLog().read(stateless.records).callsAt(stateless.end);
    expect(calls.map(({ name }) => name)).toContain('SubmitAdvertisement');
  });

  test('a deleted one is gone, and one that lost a race has a conflict', () => {
    const { records, end } = play('campaign', { saga: 'guarded', finished: 'deleted', lateSuccess: 'compensate' }, [
      command(0, 'ActivateCampaign'),
      command(30_000, 'DeactivateCampaign', { reason: 'x' }),
      settle,
    ]);
    expect(new SagaLog().read(records).instancesAt(end)).toMatchObject([{ deleted: true, ended: true }]);
  });
});

describe('changes of what an instance knows', () => {
  test('only what is new in an object is told', () => {
    expect(changesOf({ before: { a: 1, m: { x: 1 } }, after: { a: 1, m: { x: 1, y: 2 }, l: [1] } })).toEqual([
      ['m.y', undefined, 2],
      ['l', undefined, [1]],
    ]);
  });
});

describe('the history', () => {
  const { playback, end } = play('trip', {}, [command(0, 'BookTrip', { destination: 'Tokyo' }), settle]);
  const lines = historyOf(playback.viewAt(end).tables['history'], 'T1');

  test('says what was received, decided and issued, in this order', () => {
    expect(lines.slice(0, 4).map(({ kind }) => kind)).toEqual(['received', 'decided', 'issued', 'received']);
    expect(lines[0]).toMatchObject({ text: 'Initialize', version: 1 });
    expect(lines[2]!.text).toBe('RequestEmployeeApproval r1 → approver');
    expect(historyOf(undefined, 'T1')).toEqual([]);
    expect(historyOf(playback.viewAt(end).tables['history'], 'T2')).toEqual([]);
  });

  test('what is rebuilt is compared with what is stored', () => {
    const step = { entry: {}, state: 'Hotel', context: { flight: 'f1' } };
    const stored = { state: 'Hotel', context: { flight: 'f1' } };
    expect(agrees({ steps: [step], stored, records: 9 })).toBe(true);
    expect(agrees({ steps: [step], stored: { ...stored, state: 'Ended' }, records: 9 })).toBe(false);
    expect(agrees({ steps: [step], stored: { ...stored, context: {} }, records: 9 })).toBe(false);
    expect(agrees({ steps: [step], stored: null, records: 9 })).toBeNull();
    expect(agrees({ steps: [], stored, records: 9 })).toBeNull();
    expect(lineOf({})).toEqual({ kind: 'received', text: '' });
  });
});

describe('the consistency lens', () => {
  const race = [
    command(0, 'ActivateCampaign', { campaign: 'A', amount: 60 }),
    command(200, 'ActivateCampaign', { campaign: 'B', amount: 60 }),
    settle,
  ];

  test('apart: the sides disagree on the way, and the rule is broken for a while', () => {
    const { records, playback, options, end } = play('budget', {}, race);
    const log = new LensLog().read(records, options);
    expect(log.windowsAt(0)).toEqual([]);
    const [window, ...more] = log.windowsAt(end);
    expect(more).toEqual([]);
    expect(window!.over).toBe(20);
    expect(window!.to!.at - window!.from.at).toBeGreaterThan(1000);
    expect(window!.records).toBeGreaterThan(10);
    // still open in the middle
    expect(log.windowsAt(window!.from.seq + 5)).toMatchObject([{ to: null, records: 5 }]);

    const broken = answersAt(playback.viewAt(window!.from.seq + 1), 'apart');
    expect(broken).toMatchObject({ limit: 100, budget: { total: 0 }, campaigns: { total: 120 } });
    expect([excessOf(broken), disagreement(broken)]).toEqual([20, 120]);
    const healed = answersAt(playback.viewAt(end), 'apart');
    expect([excessOf(healed), disagreement(healed)]).toEqual([0, 0]);
    expect(healed.campaigns!.amounts).toHaveLength(1);
  });

  test('together: one side, and the rule always holds', () => {
    const { records, playback, options, end } = play('budget', { boundary: 'together' }, race);
    expect(new LensLog().read(records, options).windowsAt(end)).toEqual([]);
    for (const cursor of [0, end]) {
      const answers = answersAt(playback.viewAt(cursor), 'together');
      expect(answers.limit).toBe(100);
      expect(answers.campaigns).toBeNull();
      expect([excessOf(answers), disagreement(answers)]).toEqual([0, 0]);
    }
    expect(answersAt(playback.viewAt(end), 'together').budget.amounts).toEqual([['A', 60]]);
  });

  test('all in one: what races collides, and is counted by aggregate', () => {
    const inputs = [0, 1, 2, 3].flatMap((n) => [
      command(n * 50, 'RecordViews', { campaign: 'A', views: 5 }),
      command(n * 50 + 10, 'ActivateCampaign', { campaign: `C${n}`, amount: 10 }),
    ]);
    const { records, options, end } = play('budget', { boundary: 'tooLarge', writes: 'optimistic' }, [
      ...inputs,
      settle,
    ]);
    const log = new LensLog().read(records, options);
    const [[aggregate, count]] = log.conflictsAt(end) as [[string, number]];
    expect(aggregate).toBe('account');
    expect(count).toBeGreaterThan(1);
    expect(log.conflictsAt(0)).toEqual([]);
    const aborted = records.filter((one) => one.kind === 'transaction.aborted' && one.reason === 'conflict');
    expect(count).toBe(aborted.length);
  });
});

describe('tables', () => {
  const flows: [Flow, Partial<Options>, Input][] = [
    ['trip', {}, command(0, 'BookTrip', { destination: 'Tokyo' })],
    ['budget', {}, command(0, 'ActivateCampaign', { campaign: 'A', amount: 60 })],
    ['budget', { boundary: 'tooLarge' }, command(0, 'ActivateCampaign', { campaign: 'A', amount: 60 })],
    ['campaign', { saga: 'guarded' }, command(0, 'ActivateCampaign')],
  ];
  test.each(flows)('of %s %j: every column says something of some row', (flow, options, input) => {
    const { playback, end } = play(flow, options, [input, settle]);
    const { tables } = playback.viewAt(end);
    for (const [name, table] of Object.entries(tables)) {
      const rows = newestRows(table, 50);
      const columns = sagaColumnsOf(name, rows);
      if (!columns || rows.length === 0) continue;
      expect(columns[0]!.value(rows[0]!), name).not.toBe('');
      for (const { value } of columns) for (const row of rows) expect(value(row), name).not.toMatch(/undefined|object/);
      expect(new Set(columns.map(({ head }) => head)).size).toBe(columns.length);
      expect(name === 'campaigns' || name in sagaIndexes, name).toBe(true);
    }
  });
});
