import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settingOf, simulate } from '../../../src/simulation/simulate.ts';
import type { Failure, Flow, Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import { verdictFold } from '../../../src/verdicts/judge.ts';
import { oracle } from '../../support/oracle.ts';
import { sagaScenarios } from '../../support/saga-scenarios.ts';
import { aboutSagas, statuses } from './tally.ts';

test('on simulated sagas the promises are judged as the oracle judges them, at the end and on the way', () => {
  fc.assert(
    fc.property(sagaScenarios(12), fc.nat(), (scenario, at) => {
      const { records, verdicts } = simulate(scenario);
      const setting = settingOf(scenario);
      expect(statuses(verdicts)).toEqual(oracle(records, setting));
      const { start, step } = verdictFold(setting);
      const part = records.slice(0, at % (records.length + 1));
      expect(statuses(part.reduce(step, start).verdicts)).toEqual(oracle(part, setting));
    }),
    { numRuns: 150 },
  );
});

/** What belongs to the saga as it should be: whoever takes one of these away may see a promise broken. */
const sound: Partial<Options> = { saga: 'guarded' };
const kept: (keyof Options)[] = ['bus', 'consumers', 'requeue', 'writes', 'relays', 'claim', 'afterPublish', 'answers'];

test('a saga with all its guards keeps every promise, whatever fails, but that a command may be lost on its way', () => {
  fc.assert(
    fc.property(sagaScenarios(8, ['campaign', 'trip']), (scenario) => {
      const named = Object.entries(scenario.options ?? {}).filter(([name]) => kept.includes(name as keyof Options));
      const options = { ...(Object.fromEntries(named) as Partial<Options>), ...sound };
      const { verdicts } = simulate({ ...scenario, options });
      const broken = Object.entries(verdicts).filter(([id, { status }]) => aboutSagas.has(id) && status === 'broken');
      expect(broken.filter(([id]) => id !== 'commandsExecuted')).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('what tracks the answers writes campaigns as any other command does', () => {
  fc.assert(
    fc.property(sagaScenarios(8, ['campaign', 'budget']), (scenario) => {
      const { relayWrites: _, ...options } = scenario.options ?? {};
      const { verdicts } = simulate({ ...scenario, options });
      for (const id of [
        'atomicCapture',
        'noLostUpdate',
        'noResurrection',
        'stableIdentity',
        'causality',
        'oneAggregatePerTx',
      ])
        expect(verdicts[id]?.status, id).not.toBe('broken');
    }),
    { numRuns: 150 },
  );
});

const sends = (at: number, name: string, payload = {}): Input => ({ at, kind: 'command', name, payload });
const fails = (failure: Failure, at = 0): Input => ({ at, kind: 'failure', failure });

/** What is broken of the promises about sagas, and of these others. */
function brokenIn(flow: Flow, options: Partial<Options>, inputs: Input[]): string[] {
  const all = [...inputs, { at: 90_000, kind: 'settle' as const }].toSorted((a, b) => a.at - b.at);
  const scenario: Scenario = { format: 'sagascope/scenario', version: 1, flow, options, seed: 7, inputs: all };
  const { verdicts } = simulate(scenario);
  return Object.keys(verdicts).filter((id) => aboutSagas.has(id) && verdicts[id]!.status === 'broken');
}

interface Fault {
  flow: Flow;
  options: Partial<Options>;
  inputs: Input[];
  broken: string;
  cure: Partial<Options>;
}

const activate = sends(0, 'ActivateCampaign');
const book = sends(0, 'BookTrip', { destination: 'Seoul' });
const guarded: Partial<Options> = { saga: 'guarded' };
const diesAt = (process: string, point: string): Input => fails({ type: 'crash', process, point, restartAfter: 500 });

const faults: Record<string, Fault> = {
  'F54 the start of a saga without a memory comes again': {
    flow: 'campaign',
    options: { saga: 'stateless' },
    inputs: [activate, diesAt('consumer:saga', 'before:acknowledge')],
    broken: 'noContradiction',
    cure: guarded,
  },
  'F55 so it does where everything is recorded and nothing guarded': {
    flow: 'campaign',
    options: { saga: 'eventSourced' },
    inputs: [activate, diesAt('consumer:saga', 'before:acknowledge')],
    broken: 'noContradiction',
    cure: guarded,
  },
  'F56 two handlers of one instance, and nobody looks at the version': {
    flow: 'trip',
    options: { instances: 'unchecked' },
    inputs: [book, sends(7000, 'CancelTrip')],
    broken: 'sagaSerial',
    cure: {},
  },
  'F57 a start that is handled twice at once': {
    flow: 'campaign',
    options: { saga: 'eventSourced', instances: 'unchecked', consumers: 'competing' },
    inputs: [activate, fails({ type: 'duplicate', subscription: 'saga' })],
    broken: 'oneInstance',
    cure: { ...guarded, consumers: 'competing' },
  },
  'F58 the answer comes before the instance is stored': {
    flow: 'trip',
    options: { sending: 'direct', deadlines: 'off' },
    inputs: [book, fails({ type: 'slow', process: 'service', by: 3000 })],
    broken: 'processEnds',
    cure: { deadlines: 'off' },
  },
  'F60 nobody answers': {
    flow: 'trip',
    options: { deadlines: 'off' },
    inputs: [book, fails({ type: 'silence', service: 'hotel' })],
    broken: 'processEnds',
    cure: {},
  },
  'F60 nobody answers a saga without a memory': {
    flow: 'campaign',
    options: { saga: 'stateless' },
    inputs: [activate, fails({ type: 'silence', service: 'publishing' })],
    broken: 'processEnds',
    cure: guarded,
  },
  'F61 the campaign is told both': {
    flow: 'campaign',
    options: { ...guarded, contradiction: 'newestWins' },
    inputs: [activate, sends(8000, 'RejectPublishing')],
    broken: 'noContradiction',
    cure: guarded,
  },
  'F62 what has ended is deleted, and its start comes again': {
    flow: 'trip',
    options: { finished: 'deleted' },
    inputs: [book, sends(20_000, 'BookTrip', { destination: 'Seoul' })],
    broken: 'oneInstance',
    cure: {},
  },
  'F63 a deadline of a route that was given up': {
    flow: 'trip',
    options: { tokens: 'off', answers: 'manual' },
    inputs: [book, sends(2400, 'RejectRoute'), sends(5200, 'ConfirmRerouting')],
    broken: 'timerToken',
    cure: { answers: 'manual' },
  },
  'F64 the cancellation overtakes the booking': {
    flow: 'trip',
    options: { tombstones: 'off' },
    inputs: [book, fails({ type: 'delay', subscription: 'airline', by: 9000 })],
    broken: 'compensationSound',
    cure: {},
  },
  'F65 nothing is compensated': {
    flow: 'trip',
    options: { compensation: 'off' },
    inputs: [book, sends(8500, 'CancelTrip')],
    broken: 'compensationEnds',
    cure: {},
  },
  'F66 an answer that comes twice books twice': {
    flow: 'trip',
    options: { saga: 'eventSourced' },
    inputs: [book, fails({ type: 'duplicate', subscription: 'processManager' })],
    broken: 'noContradiction',
    cure: {},
  },
  'F67 a yes to a route that was refused': {
    flow: 'trip',
    options: { tokens: 'off', answers: 'manual' },
    inputs: [
      book,
      sends(3000, 'RejectRoute'),
      sends(7000, 'ConfirmRerouting'),
      sends(11_000, 'ApproveRoute', { token: 'r1' }),
    ],
    broken: 'noContradiction',
    cure: { answers: 'manual' },
  },
  'F68 the route is chosen anew whenever the history is replayed': {
    flow: 'trip',
    options: { planning: 'recomputed' },
    inputs: [book],
    broken: 'replayDeterminism',
    cure: {},
  },
  'F71 two aggregates for one rule': {
    flow: 'budget',
    options: {},
    inputs: [
      sends(0, 'ActivateCampaign', { campaign: 'A', amount: 60 }),
      sends(10, 'ActivateCampaign', { campaign: 'B', amount: 70 }),
    ],
    broken: 'boundaryKept',
    cure: { boundary: 'together' },
  },
  'ghost commands of a handler that calls by itself': {
    flow: 'trip',
    options: { sending: 'direct' },
    inputs: [book],
    broken: 'commandRecorded',
    cure: {},
  },
  'a command that is lost': {
    flow: 'trip',
    options: {},
    inputs: [book, fails({ type: 'drop', subscription: 'traveler' })],
    broken: 'commandsExecuted',
    cure: {},
  },
};

describe('what goes wrong with sagas breaks a promise, and what cures it keeps them all', () => {
  test.each(Object.entries(faults))('%s', (name, { flow, options, inputs, broken, cure }) => {
    expect(brokenIn(flow, options, inputs)).toContain(broken);
    // against that there is no cure but sending again
    if (name !== 'a command that is lost') expect(brokenIn(flow, cure, inputs)).toEqual([]);
  });
});
