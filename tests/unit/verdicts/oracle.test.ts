import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeAll, verdictFold } from '../../../src/verdicts/judge.ts';
import { promises } from '../../../src/verdicts/promises.ts';
import { oracle } from '../../support/oracle.ts';
import { plausible, randomScript } from './random-script.ts';
import { Run } from './run.ts';
import { event } from './script.ts';
import { aboutSagas, statuses, Tally } from './tally.ts';

test('verdicts and oracle agree after every record of random traces', () => {
  fc.assert(
    fc.property(randomScript, ({ records, setting }) => {
      const { start, step } = verdictFold(setting);
      let state = start;
      for (const record of records) {
        state = step(state, record);
        // the oracle is slow: a look now and then, and at each end
        if (record.seq % 11 === 0 || record.kind === 'run.settled') {
          expect(statuses(state.verdicts)).toEqual(oracle(records.slice(0, record.seq + 1), setting));
        }
      }
      expect(statuses(state.verdicts)).toEqual(oracle(records, setting));
    }),
    { numRuns: 300 },
  );
});

test('they agree at the end of thousands of traces that a run might have written, in which every promise is kept and broken', () => {
  const tally = new Tally();
  fc.assert(
    fc.property(plausible, ({ records, setting }) => {
      const verdicts = judgeAll(records, setting);
      expect(statuses(verdicts)).toEqual(oracle(records, setting));
      tally.add(verdicts);
    }),
    { numRuns: 6000 },
  );
  for (const { id } of promises) {
    if (aboutSagas.has(id)) continue;
    expect(tally.times(id, 'broken'), `${id} broken`).toBeGreaterThan(4);
    expect(tally.times(id, 'holds'), `${id} holds`).toBeGreaterThan(10);
  }
  for (const id of ['delivered', 'effectAtLeastOnce', 'outboxDrains']) {
    expect(tally.times(id, 'parked'), `${id} parked`).toBeGreaterThan(5);
  }
});

test('the first break stays, at its step; a safety promise breaks at the record that breaks it', () => {
  fc.assert(
    fc.property(randomScript, ({ records, setting }) => {
      const { start, step } = verdictFold(setting);
      let before = start;
      for (const record of records) {
        const after = step(before, record);
        for (const { id, kind } of promises) {
          const [was, is] = [before.verdicts[id], after.verdicts[id]];
          if (was?.status === 'broken') expect(is).toBe(was);
          else if (is?.status === 'broken') {
            expect(is.at).toBeLessThanOrEqual(record.seq);
            if (kind === 'safety') expect(is.at).toBe(record.seq);
            expect(is.because).toMatch(/^[A-Z].*\.$/);
            expect(is.because).not.toMatch(/undefined|null|NaN|\[object/);
          }
        }
        if (JSON.stringify(before.verdicts) === JSON.stringify(after.verdicts) && record.kind !== 'run.settled') {
          expect(after.verdicts).toBe(before.verdicts);
        }
        before = after;
      }
    }),
    { numRuns: 150 },
  );
});

test('folding on from a state leaves it as it was, and comes out where a whole judgement does', () => {
  fc.assert(
    fc.property(randomScript, fc.nat(), ({ records, setting }, at) => {
      const { start, step } = verdictFold(setting);
      const middle = at % (records.length + 1);
      const kept = records.slice(0, middle).reduce(step, start);
      const verdicts = JSON.stringify(kept.verdicts);
      const end = records.slice(middle).reduce(step, kept);
      expect(JSON.stringify(kept.verdicts)).toBe(verdicts);
      expect(records.slice(middle).reduce(step, kept).verdicts).toEqual(end.verdicts);
      expect(judgeAll(records, setting)).toEqual(end.verdicts);
    }),
    { numRuns: 150 },
  );
});

test('only the promises asked for are judged', () => {
  const script = new Run();
  script.commit(event(2));
  const judged = promises.filter(({ id }) => id === 'delivered');
  expect(Object.keys(judgeAll(script.settle().records, script.setting, judged))).toEqual(['delivered']);
});

test('a record of an unknown kind, or of one no promise speaks of, changes nothing but a rest', () => {
  const script = new Run();
  const { start, step } = verdictFold(script.setting);
  script.add({ kind: 'process.slowed', process: 'relay', by: 3 });
  expect(step(start, script.last('process.slowed'))).toBe(start);
  expect(step(start, { ...script.last('process.slowed'), kind: 'moon.rose' } as never)).toBe(start);
  const settled = new Run().settle().records.reduce(step, start);
  expect(step(settled, script.last('process.slowed')).verdicts).toEqual(start.verdicts);
});

test('the cost of a record does not grow with the trace', () => {
  const script = new Run();
  for (let version = 2; version <= 2001; version++) {
    const one = event(version);
    script.commit(one, { row: version });
    script.publish(
      one,
      { adServing: `a${version}`, billing: `b${version}` },
      { row: version, task: `relay-${version}` },
    );
    script.mark(one, version, { task: `relay-${version}` });
    script.handle(one, 'adServing', `a${version}`);
    script.handle(one, 'billing', `b${version}`);
  }
  const { start, step } = verdictFold(script.setting);
  const { records } = script;
  const quarter = records.length / 4;
  for (let i = 0; i < 4; i++) records.reduce(step, start);
  let state = start;
  const spans = [0, 1, 2, 3].map((part) => {
    const begun = process.cpuUsage();
    state = records.slice(part * quarter, (part + 1) * quarter).reduce(step, state);
    return (process.cpuUsage(begun).user / quarter).toFixed(2);
  });
  console.log(`verdicts, µs a record by quarters of ${records.length} records without plumbing: ${spans.join(', ')}`);
  expect(state.verdicts['effectOrder']).toEqual({ status: 'pending' });
});
