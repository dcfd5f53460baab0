/** Random traces of sagas and process managers: like those of a run, with a few things gone wrong, or without any sense. */
import fc from 'fast-check';
import { defaultsOf } from '../../../src/trace/defaults.ts';
import { conflictOf } from '../../../src/trace/option-rules.ts';
import { flows, optionValues } from '../../../src/trace/option-values.ts';
import type { Flow, Options } from '../../../src/trace/scenario.ts';
import type { RandomTrace } from './random-script.ts';
import { budgetLife, publishingLife, tripLife, type PublishingFate, type Step, type TripFate } from './saga-lives.ts';
import { answerOf, SagaRun, type Command } from './saga-run.ts';

const any = <K extends keyof Options>(name: K) =>
  fc.constantFrom(...(optionValues[name] as unknown as readonly Options[K][]));

interface Chosen {
  flow: Flow;
  options: Options;
}

/** Options of a flow with a saga that go together. */
const chosen: fc.Arbitrary<Chosen> = fc
  .record({
    flow: fc.constantFrom(...flows),
    saga: fc.constantFrom<Options['saga']>('stateless', 'eventSourced', 'guarded', 'guarded', 'guarded'),
    boundary: fc.constantFrom<Options['boundary']>('apart', 'apart', 'together', 'tooLarge'),
    sending: fc.constantFrom<Options['sending']>('outbox', 'outbox', 'direct'),
    deadlines: any('deadlines'),
    planning: any('planning'),
    bus: any('bus'),
  })
  .map(({ flow, ...rest }) => {
    const defaults = defaultsOf(flow);
    let options: Options = { ...defaults, ...rest };
    for (let found = conflictOf(options, flow); found !== null; found = conflictOf(options, flow)) {
      options = { ...options, [found.name]: found.name === 'saga' ? 'guarded' : defaults[found.name] };
    }
    return { flow, options };
  });

const instances: Record<Flow, readonly [string, string]> = {
  campaign: ['123:1', '456:1'],
  trip: ['T1', 'T2'],
  budget: ['A:1', 'B:1'],
};

const states = ['Approval', 'Flights', 'Hotel', 'Cancelling', 'Completed', 'Ended', 'Manual', 'Awaiting', 'Confirmed'];
const commands: readonly [string, string, string][] = [
  ['BookFlights', 'airline', 'f1'],
  ['BookFlights', 'airline', 'f2'],
  ['CancelFlights', 'airline', 'f1'],
  ['BookHotel', 'hotel', 'h1'],
  ['CancelHotel', 'hotel', 'h1'],
  ['SubmitAdvertisement', 'publishing', '123:1'],
  ['WithdrawAdvertisement', 'publishing', '123:1'],
  ['TrackPublishingConfirmation', 'service', '123:1'],
  ['NotifyTraveler', 'traveler', ''],
];
const received: readonly [string, string][] = [
  ['RouteConfirmed', 'r1'],
  ['RouteRejected', 'r1'],
  ['ApprovalDeadline', 'r1#0'],
  ['ApprovalDeadline', 'r1#1'],
  ['FlightDeadline', 'f1'],
  ['ResponseTimeout', '1'],
  ['TripCancelRequested', ''],
  ['HotelBooked', 'h1'],
];
const effects = ['booked', 'cancelled', 'prevented', 'listed', 'withdrawn', 'asked'] as const;

interface Odd {
  what: number;
  which: number;
  n: number;
  m: number;
}

type Mishap = (run: SagaRun, instance: string, command: Command, odd: Odd) => unknown;

/** A timeout comes: the one that was set last, or one of before. */
const timeout: Mishap = (run, instance, _, { n, m }) => {
  const set = run.records.findLast((record) => record.kind === 'timer.set' && record.instance === instance);
  if (set?.kind !== 'timer.set') return;
  const token = m % 3 === 0 ? set.token : 'r0#9';
  run.move(instance, pick(states, n), { received: { type: set.timer, token } });
};

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** What may happen to an instance at any time, whether it makes sense or not. */
const mishaps: readonly Mishap[] = [
  (run, instance, _, { n, m }) => {
    const [type, token] = pick(received, m);
    const route = { context: { route: pick(['r1', 'r2'], n) } };
    run.move(instance, pick(states, n), { received: { type, token }, ...(m % 3 === 0 && route) });
  },
  // decided on what is no longer there, or as if nothing were
  (run, instance, _, { n }) => run.move(instance, pick(states, n), { version: 2 }),
  (run, instance, _, { n }) => run.move(instance, pick(states, n), { from: null, version: 1 }),
  (run, instance, _, { n }) => run.move(instance, pick(states, n), { version: 9 }),
  (run, instance, command, { n }) => run.move(instance, pick(states, n), { commands: [command] }),
  timeout,
  timeout,
  timeout,
  (run, instance) => run.forgetInstance(instance),
  (run, instance, _, { n }) => run.miss(instance, 'FlightBooked', pick(['discard', 'retry'], n)),
  (run, instance, _, { m }) => {
    const [timer, token] = pick(received, m);
    run.add({ kind: 'timer.set', process: run.consumer, task: 'saga-1', instance, timer, token, due: 1 });
  },
  (run, instance, _, { n, m }) =>
    run.move(instance, pick(states, n), { decided: { route: 'r2' }, recorded: m % 2 === 0, context: { route: 'r2' } }),
  (run, _, command) => run.issue(command),
  (run, _, command) => run.issue({ ...command, late: true }),
  (run, _, command) => run.call(command),
  (run, _, command) => run.arrive(command),
  (run, _, command) => run.sendOut(command),
  (run, _, command) => run.lose(command),
  (run, _, command) => run.silence(command),
  (run, _, command, { n }) => run.execute(command, pick(effects, n)),
  (run, _, command, { n }) => run.execute(command, pick(effects, n)),
  (run, _, command, { n }) => run.execute(command, pick(effects, n), `${command.to}-7`, n % 2 === 0),
  (run, _, command, { n }) => run.pass(command, pick(['known', 'prevented', 'nothingThere'], n)),
  (run, instance, { to, token }, { n }) => run.answer(answerOf(to, token, 'FlightBooked', 1 + (n % 2)), instance),
  (run, _, { to, token }, { n }) => run.tell(answerOf(to, token, 'FlightBooked', 1 + (n % 2))),
  (run, instance, { to, token }) => {
    const answer = answerOf(to, token, 'FlightBooked');
    run.answer(answer, instance);
    run.deadLetter(answer, run.flow === 'trip' ? 'processManager' : 'saga', 'm1');
  },
  (run, _, { to, token }, { n }) => {
    const answer = answerOf(to, token, 'FlightBooked');
    const subscription = run.flow === 'trip' ? 'processManager' : 'saga';
    if (n % 2 === 0) run.drop(answer, subscription, 'm1');
    else run.redrive(answer, subscription, 'm1');
  },
  (run, instance, _, { n, m }) => {
    const publishing = pick([undefined, { status: 'CONFIRMED' }, { status: 'REJECTED' }, { status: 'TIMED_OUT' }], n);
    const state = pick(['ACTIVE', 'ACTIVE', 'DEACTIVATED'], m);
    const id = instance.slice(0, -2);
    run.campaign(id, { state, activation: 1 + (m % 2), amount: 20 * (n % 5), ...(publishing && { publishing }) });
  },
  (run, _, __, { n, m }) => run.write(['budgets', 'budget', { limit: 20 * (n % 6), commitments: { A: 15 * (m % 9) } }]),
  (run, _, __, { n, m }) =>
    run.write(['accounts', 'account', { limit: 20 * (n % 6), commitments: { A: 15 * (m % 9) } }]),
  (run, instance) =>
    run.write(
      ['campaigns', instance.slice(0, -2), { state: 'ACTIVE', amount: 10 }],
      ['budgets', 'budget', { limit: 100 }],
    ),
  (run, _, __, { n }) => run.end(pick(['done', 'failed'], n), { process: run.consumer, task: `${run.consumer}-1` }),
  (run) => run.crash(run.consumer, `${run.consumer}-1`),
  (run) => run.settle(),
];

const odd: fc.Arbitrary<Odd> = fc.record({
  what: fc.nat(mishaps.length - 1),
  which: fc.nat(1),
  n: fc.nat(40),
  m: fc.nat(40),
});

function happen(run: SagaRun, all: Odd): void {
  const instance = instances[run.flow][all.which]!;
  const [name, to, token] = pick(commands, all.n);
  mishaps[all.what]!(run, instance, { instance, name, to, token }, all);
}

const tripFates: readonly TripFate[] = [
  'completed',
  'noHotel',
  'timedOut',
  'manual',
  'rejected',
  'uncompensated',
  'calledOff',
  'waits',
];
const publishingFates: readonly PublishingFate[] = ['confirmed', 'rejected', 'timedOut', 'deactivated', 'unanswered'];

/** Two lives of a flow. */
function livesOf({ flow, options }: Chosen, [first, second]: readonly [number, number]): Step[][] {
  if (flow === 'trip') {
    return [tripLife('T1', pick(tripFates, first), options), tripLife('T2', pick(tripFates, second), options)];
  }
  if (flow === 'campaign') {
    const [one, two] = [pick(publishingFates, first), pick(publishingFates, second)];
    return [publishingLife('123', one, options), publishingLife('456', two, options)];
  }
  const [a, b] = [20 * (first % 5), 20 * (second % 5)];
  return [budgetLife('A', a, options, {}), budgetLife('B', b, options, { A: a })];
}

type Edit = { at: number; what: 'drop' | 'again' | 'late' | 'odd' | 'settle'; by: number; odd: Odd };
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(60),
  what: fc.constantFrom('drop', 'again', 'late', 'odd', 'odd', 'odd', 'settle'),
  by: fc.integer({ min: 1, max: 12 }),
  odd,
});

function edited(steps: readonly Step[], edits: readonly Edit[]): Step[] {
  const all = [...steps];
  for (const { at, what, by, odd: strange } of edits) {
    const index = at % (all.length + 1);
    const step = all[index];
    if (what === 'odd' || step === undefined) all.splice(index, 0, (run) => happen(run, strange));
    else if (what === 'settle') all.splice(index, 0, (run) => run.settle());
    else if (what === 'again') all.splice(index + by, 0, step);
    else all.splice(index, 1);
    if (what === 'late' && step) all.splice(index + by, 0, step);
  }
  return all;
}

/** Both lists as one, each in its order. */
function merged([one = [], two = []]: Step[][], turns: readonly boolean[]): Step[] {
  const [first, second] = [[...one], [...two]];
  const all: Step[] = [];
  for (let i = 0; first.length + second.length > 0; i++) {
    const from = first.length > 0 && (turns[i % turns.length] || second.length === 0) ? first : second;
    all.push(from.shift()!);
  }
  return all;
}

function play({ flow, options }: Chosen, steps: readonly Step[]): RandomTrace {
  const run = new SagaRun(flow, options);
  for (const step of steps) step(run);
  return { records: run.records, setting: run.setting };
}

/** A trace that might almost be a run's. */
export const plausibleSaga: fc.Arbitrary<RandomTrace> = fc
  .record({
    what: chosen,
    fates: fc.tuple(fc.nat(40), fc.nat(40)),
    turns: fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
    edits: fc.array(edit, { maxLength: 4 }),
    quiet: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  })
  .map(({ what, fates, turns, edits, quiet }) =>
    play(what, [...edited(merged(livesOf(what, fates), turns), edits), (run) => run.settle(quiet)]),
  );

const senseless: fc.Arbitrary<RandomTrace> = fc
  .record({ what: chosen, odds: fc.array(odd, { maxLength: 40 }) })
  .map(({ what, odds }) =>
    play(
      what,
      odds.map(
        (one): Step =>
          (run) =>
            happen(run, one),
      ),
    ),
  );

export const randomSaga: fc.Arbitrary<RandomTrace> = fc.oneof(
  { weight: 2, arbitrary: plausibleSaga },
  { weight: 1, arbitrary: senseless },
);
