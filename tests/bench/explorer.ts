/** How fast our own explorer is, over the very handlers that the page runs, records and promises included. */
import { explore } from '../../src/explorer/explore.ts';
import { readyFor, scenarioFor, type Manner } from '../../src/explorer/prepare.ts';
import { Search } from '../../src/explorer/search.ts';
import type { ExploreReport, ExploreRequest } from '../../src/trace/exploration.ts';
import type { BenchRow } from './database.ts';

const commands = [{ name: 'ActivateCampaign' }, { name: 'DeactivateCampaign', payload: { reason: 'budget' } }];

/** Two relays that know nothing of each other, two failures: the larger half of a row of the matrix. */
const large: ExploreRequest = { flow: 'campaign', options: { relays: 2 }, commands, failures: 2 };

/** A process manager with its participants, two failures. */
const trip: ExploreRequest = {
  flow: 'trip',
  commands: [{ name: 'BookTrip', payload: { destination: 'Lisbon' } }],
  failures: 2,
};

const whole: Manner = { apart: true, halves: false, memo: true };
const rounds = 3;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Walks one subscription's space to its end. */
function walk(request: ExploreRequest, manner: Manner): { seconds: number; states: number; bytes: number } {
  const start = performance.now();
  const { moves, promises } = readyFor(request, scenarioFor(request), ['billing'], manner);
  const search = new Search(moves, promises, request.failures, 3_000_000);
  for (const _ of search.run());
  if (!search.complete) throw new Error('the space is larger than the bench allows');
  return { seconds: (performance.now() - start) / 1000, states: search.reached.states, bytes: search.bytes };
}

function reportOf(request: ExploreRequest): ExploreReport {
  const search = explore(request);
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
  }
}

/** Milliseconds to the shortest way to break a promise. @throws where it is not broken by so many failures */
function toBreak(request: ExploreRequest, promise: string): number {
  const start = performance.now();
  const { status } = reportOf({ ...request, promises: [promise] }).verdicts[promise]!;
  if (status !== 'broken') throw new Error(`${promise} is not broken`);
  return performance.now() - start;
}

const classics: [name: string, request: ExploreRequest, promise: string][] = [
  [
    'publish after commit',
    { flow: 'campaign', options: { publish: 'afterCommit' }, commands, failures: 1 },
    'delivered',
  ],
  ['publish inside', { flow: 'campaign', options: { publish: 'insideAggregate' }, commands, failures: 1 }, 'noPhantom'],
  ['no inbox', { flow: 'campaign', commands, failures: 1 }, 'effectAtMostOnce'],
];

/**
 * Medians of searches made in turns.
 * @param naive distinct states a second of the naive search of `outbox-naive.ts`, measured in the same run
 */
export function benchExplorer(naive: number): BenchRow[] {
  const unreduced: ReturnType<typeof walk>[] = [];
  const reduced: ReturnType<typeof walk>[] = [];
  for (let i = 0; i < rounds; i++) {
    unreduced.push(walk(large, whole));
    reduced.push(walk(large, { ...whole, halves: true }));
  }
  const start = performance.now();
  const ofTrip = reportOf(trip);
  const tripSeconds = (performance.now() - start) / 1000;
  const seconds = (of: typeof unreduced): number => median(of.map((one) => one.seconds));
  const { states, bytes } = unreduced[0]!;
  const rate = states / seconds(unreduced);
  const ratio = Number((rate / naive).toFixed(1));
  return [
    {
      bench: `explore two relays, 2 failures, ${states} states`,
      value: Math.round(rate),
      unit: 'distinct states/s',
      peer: 'naive, medium',
      ratio,
    },
    { bench: 'explore two relays, memory of the states', value: Math.round(bytes / states), unit: 'bytes/state' },
    {
      bench: 'explore two relays, both sides of the bus apart',
      value: Number(seconds(reduced).toFixed(2)),
      unit: 's',
      peer: 'against each other',
      ratio: Number((seconds(unreduced) / seconds(reduced)).toFixed(1)),
    },
    {
      bench: `explore a trip, 2 failures, ${ofTrip.states} states`,
      value: Math.round(ofTrip.states / tripSeconds),
      unit: 'distinct states/s',
      peer: 'naive, medium',
      ratio: Number((ofTrip.states / tripSeconds / naive).toFixed(1)),
    },
    ...classics.map(([name, request, promise]) => ({
      bench: `explore until ${promise} breaks: ${name}`,
      value: Math.round(median(Array.from({ length: rounds }, () => toBreak(request, promise)))),
      unit: 'ms',
    })),
  ];
}
