import { expect, test } from 'vitest';
import type { Flow, Input, Options } from '../../../src/trace/scenario.ts';
import { book, playFlow, send, silence } from '../../support/saga-story.ts';
import { activate, fail, settle, statuses } from '../../support/story.ts';

interface Mutant {
  /** What is missing. */
  without: string;
  flow: Flow;
  /** The options of the whole machine, and what takes a piece out of it. */
  options?: Partial<Options>;
  mutation: Partial<Options>;
  inputs: () => Input[];
  breaks: string;
}

const manual = { answers: 'manual' } as const;

const mutants: Mutant[] = [
  {
    without: 'a deadline, and the airline is silent',
    flow: 'trip',
    mutation: { deadlines: 'off' },
    inputs: () => [book(), fail(silence('airline'))],
    breaks: 'processEnds',
  },
  {
    without: 'a deadline, and the publishing service is silent',
    flow: 'campaign',
    options: { saga: 'guarded' },
    mutation: { deadlines: 'off' },
    inputs: () => [activate(), fail(silence('publishing'))],
    breaks: 'processEnds',
  },
  {
    without: 'a cancellation after the hotels have refused',
    flow: 'trip',
    options: manual,
    mutation: { compensation: 'off' },
    inputs: () => [
      book(),
      send('ApproveRoute', 4000),
      send('ConfirmFlights', 8000),
      send('RefuseHotel', 12_000),
      send('RefuseHotel', 16_000),
    ],
    breaks: 'compensationEnds',
  },
  {
    without: 'a cancellation after a flight deadline',
    flow: 'trip',
    mutation: { compensation: 'off' },
    inputs: () => [book(), fail(silence('airline'))],
    breaks: 'compensationEnds',
  },
  {
    without: 'a guard on a duplicate',
    flow: 'trip',
    mutation: { saga: 'eventSourced' },
    inputs: () => [book(), fail({ type: 'duplicate', subscription: 'processManager' })],
    breaks: 'noContradiction',
  },
  {
    without: 'a guard on a redelivered activation',
    flow: 'campaign',
    options: { saga: 'guarded' },
    mutation: { saga: 'eventSourced' },
    inputs: () => [
      activate(),
      fail({ type: 'crash', process: 'consumer:saga', point: 'before:acknowledge', restartAfter: 500 }),
    ],
    breaks: 'noContradiction',
  },
  {
    without: 'a tombstone, and the cancellation overtakes the booking',
    flow: 'trip',
    mutation: { tombstones: 'off' },
    inputs: () => [book(), fail({ type: 'delay', subscription: 'airline', by: 12_000 })],
    breaks: 'compensationSound',
  },
  {
    without: 'a token in the timer',
    flow: 'trip',
    mutation: { tokens: 'off' },
    inputs: () => [book(), fail(silence('approver')), send('RejectRoute', 2200), send('ConfirmRerouting', 5050)],
    breaks: 'timerToken',
  },
  {
    without: 'a row that stays when the trip has ended',
    flow: 'trip',
    mutation: { finished: 'deleted' },
    inputs: () => [book(), book(25_000)],
    breaks: 'oneInstance',
  },
  {
    without: 'a version check on the instance',
    flow: 'trip',
    mutation: { instances: 'unchecked' },
    inputs: () => [book(), book(20)],
    breaks: 'sagaSerial',
  },
  {
    without: 'the decision in the history',
    flow: 'trip',
    mutation: { planning: 'recomputed' },
    inputs: () => [book()],
    breaks: 'replayDeterminism',
  },
  {
    without: 'an outbox for the commands',
    flow: 'trip',
    mutation: { sending: 'direct' },
    inputs: () => [
      book(),
      fail({ type: 'crash', process: 'consumer:processManager', point: 'before:commitInstance', restartAfter: 500 }),
    ],
    breaks: 'commandRecorded',
  },
  {
    without: 'one aggregate for the rule',
    flow: 'budget',
    options: { boundary: 'together' },
    mutation: { boundary: 'apart' },
    inputs: () => [
      send('ActivateCampaign', 0, { campaign: 'A', amount: 60 }),
      send('ActivateCampaign', 500, { campaign: 'B', amount: 60 }),
    ],
    breaks: 'boundaryKept',
  },
];

test.each(mutants)('$flow without $without: $breaks is broken, and kept with it', (mutant) => {
  const { flow, options, mutation, inputs, breaks } = mutant;
  const played = (changed: Partial<Options>) =>
    statuses(playFlow(flow, { ...options, ...changed }, ...inputs(), settle(120_000)));
  expect(played(mutation)[breaks]).toBe('broken');
  expect(played({})[breaks] ?? 'holds').toBe('holds');
});
