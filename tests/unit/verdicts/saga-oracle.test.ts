import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeAll, verdictFold } from '../../../src/verdicts/judge.ts';
import { promises } from '../../../src/verdicts/promises.ts';
import { oracle } from '../../support/oracle.ts';
import { SagaRun } from './saga-run.ts';
import { plausibleSaga, randomSaga } from './saga-script.ts';
import { tripLife } from './saga-lives.ts';
import { aboutSagas, statuses, Tally } from './tally.ts';

test('of sagas, too, verdicts and oracle agree after every record of random traces', () => {
  fc.assert(
    fc.property(randomSaga, ({ records, setting }) => {
      const { start, step } = verdictFold(setting);
      let state = start;
      for (const record of records) {
        state = step(state, record);
        if (record.seq % 7 === 0 || record.kind === 'run.settled') {
          expect(statuses(state.verdicts)).toEqual(oracle(records.slice(0, record.seq + 1), setting));
        }
      }
      expect(statuses(state.verdicts)).toEqual(oracle(records, setting));
    }),
    { numRuns: 300 },
  );
});

test('they agree on thousands of traces in which every promise about sagas is kept and broken', () => {
  const tally = new Tally();
  fc.assert(
    fc.property(plausibleSaga, ({ records, setting }) => {
      const verdicts = judgeAll(records, setting);
      expect(statuses(verdicts)).toEqual(oracle(records, setting));
      tally.add(verdicts);
    }),
    { numRuns: 2000 },
  );
  for (const id of aboutSagas) {
    expect(tally.times(id, 'broken'), `${id} broken`).toBeGreaterThan(4);
    expect(tally.times(id, 'holds'), `${id} holds`).toBeGreaterThan(10);
  }
});

test('every break of a saga has its step and its words, and stays', () => {
  fc.assert(
    fc.property(randomSaga, ({ records, setting }) => {
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
        before = after;
      }
    }),
    { numRuns: 150 },
  );
});

test('the cost of a record does not grow with the number of instances', () => {
  const run = new SagaRun('trip');
  for (let trip = 0; trip < 1500; trip++) {
    for (const step of tripLife(`T${trip}`, 'calledOff', run.options)) step(run);
  }
  const { start, step } = verdictFold(run.setting);
  const { records } = run;
  const quarter = Math.floor(records.length / 4);
  for (let i = 0; i < 2; i++) records.reduce(step, start);
  let state = start;
  const spans = [0, 1, 2, 3].map((part) => {
    const begun = process.cpuUsage();
    state = records.slice(part * quarter, (part + 1) * quarter).reduce(step, state);
    return (process.cpuUsage(begun).user / quarter).toFixed(2);
  });
  console.log(`verdicts on sagas, µs a record by quarters of ${records.length} records: ${spans.join(', ')}`);
  expect(state.verdicts['processEnds']).toEqual({ status: 'pending' });
});
