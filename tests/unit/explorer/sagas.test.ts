/** What the explorer says of sagas and process managers: whole ones hold, and whatever is taken out of them is found. */
import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { explored, inShort } from '../../support/exploring.ts';

const trip = (options: Partial<Options>, failures: number) =>
  explored({ flow: 'trip', options, commands: [{ name: 'BookTrip', payload: { destination: 'Lisbon' } }], failures });

/** Broken by one failure whatever the process manager does: the bus hands out twice, and a command can be lost for good. */
const unavoidable = ['noDuplicateDelivery', 'commandsExecuted'];

const brokenIn = (report: ReturnType<typeof trip>): string[] =>
  Object.entries(report.verdicts).flatMap(([id, { status }]) => (status === 'broken' ? [id] : []));

test('without a failure a trip breaks no promise', () => {
  const report = trip({}, 0);
  expect(report.complete).toBe(true);
  expect(brokenIn(report)).toEqual([]);
});

test('one failure of any kind breaks nothing that the process manager answers for', () => {
  const report = trip({}, 1);
  expect(report.complete).toBe(true);
  expect(brokenIn(report).sort()).toEqual([...unavoidable].sort());
  expect(report.states).toBeGreaterThan(5000);
});

describe('what is taken out of it is found, in the fewest steps', () => {
  test.each([
    ['deadlines', { deadlines: 'off' }, 'processEnds', '1 in 8'],
    ['compensation', { compensation: 'off' }, 'compensationEnds', '1 in 24'],
    ['tombstones', { tombstones: 'off' }, 'compensationSound', '1 in 32'],
  ] as [string, Partial<Options>, string, string][])('%s', (_, options, promise, shortest) => {
    const report = trip(options, 1);
    expect(report.complete).toBe(true);
    expect(inShort(report)[promise]).toBe(shortest);
    const { scenario } = report.verdicts[promise]!;
    expect(simulate(scenario!).verdicts[promise]!.status).toBe('broken');
    expect(simulate({ ...scenario!, options: {} }).verdicts[promise]!.status).not.toBe('broken');
  });
});
