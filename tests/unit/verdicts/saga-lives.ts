/** How sagas and process managers go where nothing disturbs them, each as it may end, step by step. */
import type { EventRef } from '../../../src/trace/record.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { answerOf, type Command, type Move, type SagaRun } from './saga-run.ts';

export type Step = (run: SagaRun) => unknown;

const command = (instance: string, name: string, to: string, token: string): Command => ({ instance, name, to, token });

/** A command of an instance is recorded, or called for by itself, and comes to whoever is to carry it out. */
function asked(given: Command, { sending, saga }: Options, happens: Step[]): { issued: Command[]; steps: Step[] } {
  if (sending === 'direct' || saga === 'stateless')
    return { issued: [], steps: [(run) => run.call(given), ...arrives(given, happens)] };
  return { issued: [given], steps: [(run) => run.sendOut(given), ...arrives(given, happens)] };
}

const arrives = (given: Command, happens: Step[]): Step[] => [(run) => run.arrive(given), ...happens];

/** An answer is given, told, and makes the instance move. */
const answered = (answer: EventRef, instance: string, to: string, given: Move = {}): Step[] => {
  const { eventId, eventType: type } = answer;
  const token = answer.aggregateId.split('/')[1] ?? '';
  return [
    (run) => run.answer(answer, instance),
    (run) => run.tell(answer),
    (run) => run.move(instance, to, { received: { type, eventId, token }, ...given }),
  ];
};

export type TripFate =
  'completed' | 'noHotel' | 'timedOut' | 'manual' | 'rejected' | 'uncompensated' | 'calledOff' | 'waits';

/** A trip, from its booking to its end. */
export function tripLife(trip: string, fate: TripFate, options: Options): Step[] {
  const request = asked(command(trip, 'RequestEmployeeApproval', 'approver', 'r1'), options, [
    (run) => run.execute(command(trip, 'RequestEmployeeApproval', 'approver', 'r1'), 'asked'),
  ]);
  const flights = command(trip, 'BookFlights', 'airline', 'f1');
  const book = asked(flights, options, [(run) => run.execute(flights, 'booked')]);
  const decided = options.planning === 'recorded' ? { decided: { route: 'r1' } } : {};
  const begins: Step = (run) =>
    run.move(trip, 'Approval', {
      received: { type: 'Initialize' },
      context: { route: 'r1' },
      ...decided,
      commands: request.issued,
      timers: [{ timer: 'ApprovalDeadline', token: 'r1#0' }],
    });
  const on = { context: { route: 'r1' } };
  if (fate === 'rejected') {
    return [begins, ...request.steps, ...answered(answerOf('approver', 'r1', 'RouteRejected'), trip, 'Ended', on)];
  }
  if (fate === 'waits') return [begins, ...request.steps];
  return [
    begins,
    ...request.steps,
    ...answered(answerOf('approver', 'r1', 'RouteConfirmed'), trip, 'Flights', {
      ...on,
      commands: book.issued,
      timers: [{ timer: 'FlightDeadline', token: 'f1' }],
    }),
    ...book.steps,
    ...afterFlights(trip, fate, options),
  ];
}

function afterFlights(trip: string, fate: TripFate, options: Options): Step[] {
  const on = { context: { route: 'r1' } };
  const room = command(trip, 'BookHotel', 'hotel', 'h1');
  const book = asked(room, options, fate === 'noHotel' ? [] : [(run) => run.execute(room, 'booked')]);
  const booked = answered(answerOf('airline', 'f1', 'FlightBooked'), trip, 'Hotel', {
    ...on,
    commands: book.issued,
    timers: [{ timer: 'HotelDeadline', token: 'h1' }],
  });
  const undo = (what: [string, string, string], token: string): { issued: Command[]; steps: Step[] } => {
    const [name, to, thing] = what;
    const cancel = command(trip, name, to, token);
    return asked(cancel, options, [(run) => run.execute(cancel, 'cancelled', thing)]);
  };
  const flights = undo(['CancelFlights', 'airline', 'airline-f1'], 'f1');
  if (fate === 'timedOut' || fate === 'manual') {
    const received = { type: 'FlightDeadline', token: 'f1' };
    const cancels: Step = (run) => run.move(trip, 'Cancelling', { ...on, received, commands: flights.issued });
    if (fate === 'timedOut')
      return [
        cancels,
        ...flights.steps,
        ...answered(answerOf('airline', 'f1', 'FlightsCancelled', 2), trip, 'Ended', on),
      ];
    const pending = { context: { route: 'r1', pending: ['f1'] } };
    return [
      cancels,
      (run) => run.move(trip, 'Manual', { ...pending, received: { type: 'CancelDeadline', token: '#0' } }),
    ];
  }
  if (fate === 'uncompensated')
    return [
      ...booked,
      (run) => run.move(trip, 'Ended', { ...on, received: { type: 'HotelBookingFailed', token: 'h1' } }),
    ];
  if (fate === 'noHotel') {
    return [
      ...booked,
      ...book.steps,
      ...answered(answerOf('hotel', 'h1', 'HotelBookingFailed'), trip, 'Cancelling', {
        ...on,
        commands: flights.issued,
      }),
      ...flights.steps,
      ...answered(answerOf('airline', 'f1', 'FlightsCancelled', 2), trip, 'Ended', on),
    ];
  }
  const completes = [
    ...booked,
    ...book.steps,
    ...answered(answerOf('hotel', 'h1', 'HotelBooked'), trip, 'Completed', on),
  ];
  if (fate !== 'calledOff') return completes;
  const hotel = undo(['CancelHotel', 'hotel', 'hotel-h1'], 'h1');
  const commands = [...flights.issued, ...hotel.issued];
  return [
    ...completes,
    (run) => run.move(trip, 'Cancelling', { ...on, received: { type: 'TripCancelRequested' }, commands }),
    ...flights.steps,
    ...hotel.steps,
    (run) => run.move(trip, 'Ended', { ...on, received: { type: 'HotelCancelled', token: 'h1' } }),
  ];
}

export type PublishingFate = 'confirmed' | 'rejected' | 'timedOut' | 'deactivated' | 'unanswered';

/** The publishing of a campaign in its first activation. `campaign`: '123' or '456'. */
export function publishingLife(campaign: string, fate: PublishingFate, options: Options): Step[] {
  const key = `${campaign}:1`;
  const submit = command(key, 'SubmitAdvertisement', 'publishing', key);
  const submission = asked(submit, options, [(run) => run.execute(submit, 'listed')]);
  const row = { state: 'ACTIVE', activation: 1 };
  const activated: EventRef = {
    eventId: `${campaign}.2`,
    eventType: 'CampaignActivated',
    aggregateId: campaign,
    aggregateVersion: 2,
    transactionId: `tx-${campaign}.2`,
  };
  const moves = options.saga !== 'stateless';
  const move = (to: string, given: Move = {}): Step[] => (moves ? [(run) => run.move(key, to, given)] : []);
  const timers =
    options.deadlines === 'on' && options.saga === 'guarded' ? [{ timer: 'ResponseTimeout', token: '1' }] : [];
  const begins: Step[] = [
    (run) => run.campaign(campaign, row),
    (run) => run.tell(activated),
    ...move('Awaiting', { received: { type: 'CampaignActivated' }, commands: submission.issued, timers }),
    ...submission.steps,
  ];
  if (fate === 'unanswered') return begins;
  const track = (name: string, status: string) => {
    const tell = command(key, name, 'service', key);
    return asked(tell, options, [(run) => run.campaign(campaign, { ...row, publishing: { status } })]);
  };
  if (fate === 'deactivated') {
    const withdraw = command(key, 'WithdrawAdvertisement', 'publishing', key);
    const withdrawal = asked(withdraw, options, [(run) => run.execute(withdraw, 'withdrawn', `publishing-${key}`)]);
    return [
      ...begins,
      (run) => run.campaign(campaign, { ...row, state: 'DEACTIVATED' }),
      ...move('Withdrawn', { received: { type: 'CampaignDeactivated' }, commands: withdrawal.issued }),
      ...withdrawal.steps,
    ];
  }
  if (fate === 'timedOut') {
    const told = track('TrackPublishingTimeout', 'TIMED_OUT');
    return [
      ...begins,
      ...move('TimedOut', { received: { type: 'ResponseTimeout', token: '1' }, commands: told.issued }),
      ...told.steps,
    ];
  }
  const confirmed = fate === 'confirmed';
  const told = track(
    confirmed ? 'TrackPublishingConfirmation' : 'TrackPublishingRejection',
    confirmed ? 'CONFIRMED' : 'REJECTED',
  );
  const answer = answerOf('publishing', key, confirmed ? 'PublishingConfirmed' : 'PublishingRejected');
  return [
    ...begins,
    (run) => run.answer(answer, key),
    (run) => run.tell(answer),
    ...move(confirmed ? 'Confirmed' : 'Rejected', { received: { type: answer.eventType }, commands: told.issued }),
    ...told.steps,
  ];
}

/** A campaign asks for an amount of the budget, and lets go of it again. */
export function budgetLife(
  campaign: string,
  amount: number,
  { boundary }: Options,
  before: Record<string, number>,
): Step[] {
  if (boundary !== 'apart') {
    const [table, key] = boundary === 'together' ? ['budgets', 'budget'] : ['accounts', 'account'];
    const holds =
      (own: number): Step =>
      (run) =>
        run.write([table!, key!, { limit: 100, commitments: { ...before, [campaign]: own } }]);
    return [holds(amount), holds(0)];
  }
  const instance = `${campaign}:1`;
  const reserve = { instance, name: 'ReserveBudget', to: 'service', token: instance };
  const give = { instance, name: 'ReleaseBudget', to: 'service', token: instance };
  return [
    (run) => run.campaign(campaign, { state: 'ACTIVE', amount }),
    (run) => run.move(instance, 'Reserving', { received: { type: 'CampaignActivated' }, commands: [reserve] }),
    (run) => run.arrive(reserve),
    (run) => run.write(['budgets', 'budget', { limit: 100, reserved: { [campaign]: amount } }]),
    (run) => run.move(instance, 'Reserved', { received: { type: 'BudgetReserved' } }),
    (run) => run.campaign(campaign, { state: 'DEACTIVATED', amount }),
    (run) =>
      run.move(instance, 'Ended', { received: { type: 'CampaignDeactivated' }, commands: [{ ...give, late: true }] }),
    (run) => run.arrive(give),
  ];
}
