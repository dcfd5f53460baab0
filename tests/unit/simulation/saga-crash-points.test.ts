import { expect, test } from 'vitest';
import { processesOf } from '../../../src/simulation/flow.ts';
import { effectsOf } from '../../../src/trace/crash-points.ts';
import { completed } from '../../../src/trace/defaults.ts';
import { conflictOf } from '../../../src/trace/option-rules.ts';
import type { Flow, Input, Options } from '../../../src/trace/scenario.ts';
import { book, playFlow, send, states } from '../../support/saga-story.ts';
import { activate, all, deactivate, fail, settle, statuses } from '../../support/story.ts';

interface Case {
  flow: Flow;
  options: Partial<Options>;
  process: string;
  point: string;
}

const inputs: Readonly<Record<Flow, () => Input[]>> = {
  campaign: () => [activate(), deactivate(15_000)],
  trip: () => [book(), book(100, { id: 'T2', destination: 'Paris' })],
  budget: () => [
    send('ActivateCampaign', 0, { campaign: 'A', amount: 60 }),
    send('ActivateCampaign', 300, { campaign: 'B', amount: 60 }),
  ],
};

const variants: [Flow, Partial<Options>][] = (['queue', 'pubsub', 'log'] as const).flatMap((bus) => [
  ['campaign', { saga: 'guarded', bus }],
  ['campaign', { saga: 'eventSourced', bus }],
  ['campaign', { saga: 'stateless', bus }],
  ['campaign', { saga: 'guarded', bus, sending: 'direct' }],
  ['campaign', { saga: 'guarded', bus, publish: 'afterCommit' }],
  ['trip', { bus }],
  ['trip', { bus, saga: 'eventSourced', sending: 'direct' }],
  ['trip', { bus, instances: 'locked' }],
  ['budget', { bus }],
]);

const named = (flow: Flow, options: Partial<Options>) => `${flow} ${JSON.stringify(options)}`;

const cases = variants.flatMap(([flow, options]) => {
  const all = completed(flow, options);
  expect(conflictOf(all, flow), named(flow, options)).toBeNull();
  const theirs = processesOf(all, flow).filter((process) =>
    /^(service|relay|consumer:(saga|processManager))$/.test(process),
  );
  return theirs.flatMap((process) =>
    effectsOf(process, all, flow).flatMap((effect) =>
      ['before', 'after'].map((when): Case => ({ flow, options, process, point: `${when}:${effect}` })),
    ),
  );
});

/** Those that a process manager or saga with all its guards must keep, whoever dies once. */
const kept = [
  'oneInstance',
  'commandRecorded',
  'noContradiction',
  'sagaSerial',
  'terminalQuiet',
  'timerToken',
  'compensationSound',
  'replayDeterminism',
  'processEnds',
  'commandsExecuted',
  'compensationEnds',
];

test.each(cases)('$flow $options: $process dies $point, once, and nothing is stuck after', (given) => {
  const { flow, options, process, point } = given;
  const trace = playFlow(
    flow,
    options,
    fail({ type: 'crash', process, point, restartAfter: 900 }),
    ...inputs[flow](),
    settle(90_000),
  );
  expect(all(trace, 'process.crashed')).toMatchObject([{ process, point }]);
  expect(trace.records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
  const guarded = completed(flow, options).saga === 'guarded' && options.sending !== 'direct';
  // what pub/sub drops, or the service forgets to publish, never reaches the saga: it waits, or was not started
  if (!guarded || options.bus === 'pubsub') return;
  const verdicts = statuses(trace);
  for (const promise of kept) expect([promise, verdicts[promise] ?? 'holds']).toEqual([promise, 'holds']);
  if (flow !== 'trip') return;
  const ends = ['T1', 'T2'].map((trip) => states(trace, trip).at(-1));
  // a command that dies with the service is the reader's to give again
  if (process === 'service') expect(['Completed', undefined]).toEqual(expect.arrayContaining(ends));
  // a crash may take longer than a deadline allows
  else expect(['Completed', 'Ended']).toEqual(expect.arrayContaining(ends));
});
