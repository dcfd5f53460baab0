/** How sagas and process managers go where nothing disturbs them, each as it may end, step by step. */
import type { EventRef, ParticipantEffect } from '../../../src/trace/record.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { answerOf, type Command, type Move, type SagaRun } from './saga-run.ts';

export type Step = (run: SagaRun) => unknown;

/** What a command of an instance comes to. */
interface Asked {
  /** Where it is called for before anything is stored. */
  first: Step[];
  /** Where it is recorded, and sent afterwards. */
  issued: Command[];
  then: Step[];
}

/** A command is recorded, or called for by itself, and comes to whoever is to carry it out. */
function asked(given: Command, { sending, saga }: Options, ...happens: Step[]): Asked {
  const arrives: Step[] = [(run) => run.arrive(given), ...happens];
  if (sending === 'direct' || saga === 'stateless') {
    return { first: [(run) => run.call(given), ...arrives], issued: [], then: [] };
  }
  return { first: [], issued: [given], then: [(run) => run.sendOut(given), ...arrives] };
}

/** An instance moves, and asks for something. */
const moves = (instance: string, to: string, given: Move, ...asks: Asked[]): Step[] => [
  ...asks.flatMap(({ first }) => first),
  (run) => run.move(instance, to, { ...given, commands: asks.flatMap(({ issued }) => issued) }),
  ...asks.flatMap(({ then }) => then),
];

/** An answer is given and told, and makes the instance move. */
const answered = (answer: EventRef, instance: string, to: string, given: Move, ...asks: Asked[]): Step[] => {
  const { eventId, eventType: type } = answer;
  const token = answer.aggregateId.split('/')[1] ?? '';
  return [
    (run) => run.answer(answer, instance),
    (run) => run.tell(answer),
    ...moves(instance, to, { received: { type, eventId, token }, ...given }, ...asks),
  ];
};

export type TripFate =
  'completed' | 'noHotel' | 'timedOut' | 'manual' | 'rejected' | 'uncompensated' | 'calledOff' | 'waits';

/** A trip, from its booking to its end. */
export function tripLife(trip: string, fate: TripFate, options: Options): Step[] {
  const ask = (name: string, to: string, token: string, effect: ParticipantEffect | null): Asked => {
    const given = { instance: trip, name, to, token };
    return asked(given, options, ...(effect ? [(run: SagaRun) => run.execute(given, effect)] : []));
  };
  const decided = options.planning === 'recorded' ? { decided: { route: 'r1' } } : {};
  const on = { context: { route: 'r1' } };
  const begins = moves(
    trip,
    'Approval',
    { received: { type: 'Initialize' }, ...on, ...decided, timers: [{ timer: 'ApprovalDeadline', token: 'r1#0' }] },
    ask('RequestEmployeeApproval', 'approver', 'r1', 'asked'),
  );
  if (fate === 'waits') return begins;
  if (fate === 'rejected')
    return [...begins, ...answered(answerOf('approver', 'r1', 'RouteRejected'), trip, 'Ended', on)];
  const cancelFlights = ask('CancelFlights', 'airline', 'f1', 'cancelled');
  const cancelHotel = ask('CancelHotel', 'hotel', 'h1', 'cancelled');
  const flights = [
    ...begins,
    ...answered(
      answerOf('approver', 'r1', 'RouteConfirmed'),
      trip,
      'Flights',
      { ...on, timers: [{ timer: 'FlightDeadline', token: 'f1' }] },
      ask('BookFlights', 'airline', 'f1', 'booked'),
    ),
  ];
  const cancelled = answered(answerOf('airline', 'f1', 'FlightsCancelled', 2), trip, 'Ended', on);
  if (fate === 'timedOut' || fate === 'manual') {
    const received = { type: 'FlightDeadline', token: 'f1' };
    const gives = [...flights, ...moves(trip, 'Cancelling', { ...on, received }, cancelFlights)];
    if (fate === 'timedOut') return [...gives, ...cancelled];
    const pending = { context: { route: 'r1', pending: ['f1'] }, received: { type: 'CancelDeadline', token: '#0' } };
    return [...gives, ...moves(trip, 'Manual', pending)];
  }
  const hotel = [
    ...flights,
    ...answered(
      answerOf('airline', 'f1', 'FlightBooked'),
      trip,
      'Hotel',
      { ...on, timers: [{ timer: 'HotelDeadline', token: 'h1' }] },
      ask('BookHotel', 'hotel', 'h1', fate === 'completed' || fate === 'calledOff' ? 'booked' : null),
    ),
  ];
  const none = answerOf('hotel', 'h1', 'HotelBookingFailed');
  if (fate === 'uncompensated') return [...hotel, ...answered(none, trip, 'Ended', on)];
  if (fate === 'noHotel') return [...hotel, ...answered(none, trip, 'Cancelling', on, cancelFlights), ...cancelled];
  const completes = [...hotel, ...answered(answerOf('hotel', 'h1', 'HotelBooked'), trip, 'Completed', on)];
  if (fate === 'completed') return completes;
  return [
    ...completes,
    ...moves(trip, 'Cancelling', { ...on, received: { type: 'TripCancelRequested' } }, cancelFlights, cancelHotel),
    ...moves(trip, 'Ended', { ...on, received: { type: 'HotelCancelled', token: 'h1' } }),
  ];
}

export type PublishingFate = 'confirmed' | 'rejected' | 'timedOut' | 'deactivated' | 'unanswered';

/** The publishing of a campaign in its first activation. */
export function publishingLife(campaign: string, fate: PublishingFate, options: Options): Step[] {
  const key = `${campaign}:1`;
  const row = { state: 'ACTIVE', activation: 1 };
  const ask = (name: string, to: string, happens: (run: SagaRun, command: Command) => unknown): Asked => {
    const given = { instance: key, name, to, token: key };
    return asked(given, options, (run) => happens(run, given));
  };
  const track = (what: string, status: string): Asked =>
    ask(`TrackPublishing${what}`, 'service', (run) => run.campaign(campaign, { ...row, publishing: { status } }));
  // a saga without a memory only calls
  const goes = (to: string, given: Move, ...asks: Asked[]): Step[] =>
    options.saga === 'stateless' ? asks.flatMap(({ first }) => first) : moves(key, to, given, ...asks);
  const timed = options.deadlines === 'on' && options.saga === 'guarded';
  const activated: EventRef = {
    eventId: `${campaign}.2`,
    eventType: 'CampaignActivated',
    aggregateId: campaign,
    aggregateVersion: 2,
    transactionId: `tx-${campaign}.2`,
  };
  const begins: Step[] = [
    (run) => run.campaign(campaign, row),
    (run) => run.tell(activated),
    ...goes(
      'Awaiting',
      {
        received: { type: 'CampaignActivated' },
        ...(timed && { timers: [{ timer: 'ResponseTimeout', token: '1' }] }),
      },
      ask('SubmitAdvertisement', 'publishing', (run, command) => run.execute(command, 'listed')),
    ),
  ];
  const withdrawal = ask('WithdrawAdvertisement', 'publishing', (run, command) => run.execute(command, 'withdrawn'));
  const received = { type: 'ResponseTimeout', token: '1' };
  const answer = answerOf('publishing', key, fate === 'confirmed' ? 'PublishingConfirmed' : 'PublishingRejected');
  const answers: Step[] = [(run) => run.answer(answer, key), (run) => run.tell(answer)];
  const told = { received: { type: answer.eventType } };
  const ends: Record<PublishingFate, Step[]> = {
    unanswered: [],
    deactivated: [
      (run) => run.campaign(campaign, { ...row, state: 'DEACTIVATED' }),
      ...goes('Withdrawn', { received: { type: 'CampaignDeactivated' } }, withdrawal),
    ],
    timedOut: goes('TimedOut', { received }, withdrawal, track('Timeout', 'TIMED_OUT')),
    confirmed: [...answers, ...goes('Confirmed', told, track('Confirmation', 'CONFIRMED'))],
    rejected: [
      (run) =>
        run.execute(
          { instance: key, name: 'SubmitAdvertisement', to: 'publishing', token: key },
          'withdrawn',
          undefined,
          true,
        ),
      ...answers,
      ...goes('Rejected', told, track('Rejection', 'REJECTED')),
    ],
  };
  return [...begins, ...ends[fate]];
}

/** A campaign asks for an amount of the budget, and lets go of it again. `before`: what others have of it. */
export function budgetLife(
  campaign: string,
  amount: number,
  { boundary }: Options,
  before: Record<string, number> = {},
): Step[] {
  if (boundary !== 'apart') {
    const [table, key] =
      boundary === 'together' ? (['budgets', 'budget'] as const) : (['accounts', 'account'] as const);
    const holds =
      (own: number): Step =>
      (run) =>
        run.write([table, key, { limit: 100, commitments: { ...before, [campaign]: own } }]);
    return [holds(amount), holds(0)];
  }
  const instance = `${campaign}:1`;
  const reserve = { instance, name: 'ReserveBudget', to: 'service', token: instance };
  const release = { instance, name: 'ReleaseBudget', to: 'service', token: instance, late: true as const };
  return [
    (run) => run.campaign(campaign, { state: 'ACTIVE', amount }),
    (run) => run.move(instance, 'Reserving', { received: { type: 'CampaignActivated' }, commands: [reserve] }),
    (run) => run.arrive(reserve),
    (run) => run.write(['budgets', 'budget', { limit: 100, reserved: { [campaign]: amount } }]),
    (run) => run.move(instance, 'Reserved', { received: { type: 'BudgetReserved' } }),
    (run) => run.campaign(campaign, { state: 'DEACTIVATED', amount }),
    (run) => run.move(instance, 'Ended', { received: { type: 'CampaignDeactivated' }, commands: [release] }),
    (run) => run.arrive(release),
  ];
}
