/** What the explorer says of sagas and process managers: whole ones hold, and whatever is taken out of them is found. */
import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { ExploreReport } from '../../../src/trace/exploration.ts';
import type { Flow, Options } from '../../../src/trace/scenario.ts';
import { explored } from '../../support/exploring.ts';

const book = { name: 'BookTrip', payload: { destination: 'Lisbon' } };
const activate = { name: 'ActivateCampaign' };

const trip = (options: Partial<Options>, failures: number): ExploreReport =>
  explored({ flow: 'trip', options, commands: [book], failures });

const brokenIn = (report: ExploreReport): string[] =>
  Object.entries(report.verdicts).flatMap(([id, { status }]) => (status === 'broken' ? [id] : []));

describe('whole ones', () => {
  test('a trip, whoever says yes or no and whoever says nothing: no promise is broken without a failure', () => {
    const report = trip({ answers: 'manual' }, 0);
    expect(report.complete).toBe(true);
    expect(brokenIn(report)).toEqual([]);
    expect(report.states).toBeGreaterThan(4000);
  });

  test('a trip with two failures of any kind: nothing that the process manager answers for', () => {
    const report = trip({}, 2);
    expect(report.complete).toBe(true);
    // the bus hands out twice, and a command can be lost for good; an answer that is doubled has two ways to the bus
    const ofOthers = ['noDuplicateDelivery', 'commandsExecuted', 'firstOrder', 'gapFree', 'monotone'];
    expect(brokenIn(report).sort()).toEqual(ofOthers.sort());
    expect(report.states).toBeGreaterThan(100_000);
  });

  test('campaign publishing with a failure of any kind: nothing that the saga answers for', () => {
    const report = explored({ flow: 'campaign', options: { saga: 'guarded' }, commands: [activate], failures: 1 });
    expect(report.complete).toBe(true);
    // billing has no inbox here, rows stay in the outbox, and a command can be lost for good
    const ofOthers = ['noDuplicateDelivery', 'effectAtMostOnce', 'convergence', 'boundedOutbox', 'commandsExecuted'];
    expect(brokenIn(report).sort()).toEqual(ofOthers.sort());
  });
});

interface Mutant {
  /** What is missing. */
  without: string;
  flow: Flow;
  options?: Partial<Options>;
  mutation: Partial<Options>;
  breaks: string;
  /** Fewest failures, fewest steps. */
  shortest: string;
}

const manual = { answers: 'manual' } as const;

const mutants: Mutant[] = [
  { without: 'deadlines', flow: 'trip', mutation: { deadlines: 'off' }, breaks: 'processEnds', shortest: '1 in 8' },
  {
    without: 'a deadline of publishing',
    flow: 'campaign',
    options: { saga: 'guarded' },
    mutation: { deadlines: 'off' },
    breaks: 'processEnds',
    shortest: '1 in 16',
  },
  {
    without: 'a cancellation after the hotels have refused',
    flow: 'trip',
    options: manual,
    mutation: { compensation: 'off' },
    breaks: 'compensationEnds',
    shortest: '0 in 60',
  },
  {
    without: 'a cancellation after a flight deadline',
    flow: 'trip',
    mutation: { compensation: 'off' },
    breaks: 'compensationEnds',
    shortest: '1 in 24',
  },
  {
    without: 'a guard on a duplicate',
    flow: 'trip',
    mutation: { saga: 'eventSourced' },
    breaks: 'noContradiction',
    shortest: '1 in 23',
  },
  {
    without: 'a guard on a redelivered activation',
    flow: 'campaign',
    options: { saga: 'guarded' },
    mutation: { saga: 'eventSourced' },
    breaks: 'noContradiction',
    shortest: '1 in 20',
  },
  {
    without: 'a tombstone',
    flow: 'trip',
    mutation: { tombstones: 'off' },
    breaks: 'compensationSound',
    shortest: '1 in 32',
  },
  {
    without: 'a token in the timer',
    flow: 'trip',
    options: manual,
    mutation: { tokens: 'off' },
    breaks: 'timerToken',
    shortest: '1 in 33',
  },
  {
    without: 'a version check on the instance',
    flow: 'trip',
    options: { consumers: 'competing' },
    mutation: { instances: 'unchecked' },
    breaks: 'sagaSerial',
    shortest: '1 in 46',
  },
  {
    without: 'the decision in the history',
    flow: 'trip',
    mutation: { planning: 'recomputed' },
    breaks: 'replayDeterminism',
    shortest: '0 in 4',
  },
  {
    without: 'an outbox for the commands',
    flow: 'trip',
    mutation: { sending: 'direct' },
    breaks: 'commandRecorded',
    shortest: '0 in 4',
  },
];

test.each(mutants)('$flow without $without: found in the fewest steps', (mutant) => {
  const { flow, options, mutation, breaks, shortest } = mutant;
  const commands = [flow === 'trip' ? book : activate];
  const report = explored({
    flow,
    options: { ...options, ...mutation },
    commands,
    failures: Number(shortest[0]),
    promises: [breaks],
  });
  const { failures, steps, scenario } = report.verdicts[breaks]!;
  expect(`${failures} in ${steps}`).toBe(shortest);
  // the run that shows it, and the same with the whole machine
  expect(simulate(scenario!).verdicts[breaks]!.status).toBe('broken');
  expect(simulate({ ...scenario!, options: options ?? {} }).verdicts[breaks]!.status).not.toBe('broken');
});
