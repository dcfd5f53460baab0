/**
 * The machine of the trip booking process manager, as JSON, with all that can go wrong. Its variant as the book has it is
 * `trip-booking-book.ts`.
 */
import type { MachineAction, MachineConfig, MachineTransition, Transitions } from '../../messaging/saga-machine.ts';
import { cutShort, transitions, varied, withoutCommands } from '../../messaging/saga-variants.ts';
import { withoutGuards, withoutRecords, withoutTimers } from '../../messaging/saga-variants.ts';
import type { SagaSettings } from '../../messaging/saga.ts';
import { asInTheBook } from './trip-booking-book.ts';
import { because, initialTrip, issue, record } from './trip-booking-words.ts';

const setTimer = (timer: string): MachineAction => ({ type: 'setTimer', params: { timer } });

/** It is over; the traveler is told why. */
const ends = (reason: string): MachineTransition => ({
  target: 'Ended',
  actions: [because(reason), issue('NotifyTraveler')],
});
/** What is booked, or may be, is cancelled, and that is waited for. */
const cancels = (reason: string, what: 'flight' | 'both', params = {}): MachineTransition => ({
  target: 'Cancelling',
  actions: [
    because(reason),
    'cancelFlight',
    ...(what === 'both' ? ['cancelHotel'] : []),
    issue('CancelFlights', { of: 'pending', ...params }),
    ...(what === 'both' ? [issue('CancelHotel', { of: 'pending', ...params })] : []),
    setTimer('CancelDeadline'),
  ],
});
const asksApproval = ['planRoute', record, issue('RequestEmployeeApproval'), setTimer('ApprovalDeadline')];
const books = ['newFlight', issue('BookFlights'), setTimer('FlightDeadline')];
const booksHotel = ['newHotel', issue('BookHotel'), setTimer('HotelDeadline')];
const asksRerouting = ['startTrying', issue('RequestRerouting'), setTimer('ManagerDeadline')];

/** A success of something given up: nobody would pay for it knowingly. */
const cancelsLate: Transitions = {
  FlightBooked: [{ guard: 'ourFlight', actions: [issue('CancelFlights', { of: 'event', late: true })] }],
  HotelBooked: [{ guard: 'ourHotel', actions: [issue('CancelHotel', { of: 'event', late: true })] }],
};

/** Nobody has answered: asks once more, and then no longer waits. */
const reminded = (target: string, timer: string, again: string, reason: string): MachineTransition[] => [
  { guard: 'ofThisTry and remindersLeft', target, actions: ['countTry', issue(again), setTimer(timer)] },
  { guard: 'ofThisTry', ...ends(reason) },
];

/** Of the rest of what is to be cancelled, one thing less. */
const crossedOff: MachineTransition[] = [
  { guard: 'pending and lastPending', target: 'Ended', actions: ['crossOff'] },
  { guard: 'pending', actions: ['crossOff'] },
];

const givenUp: Transitions = { TripCancelRequested: [{ target: 'Ended', actions: [because('Cancelled')] }] };

const guarded: MachineConfig = {
  id: 'tripBooking',
  initial: 'New',
  context: initialTrip,
  on: {
    // a ticket nobody here has ordered
    FlightBooked: [
      {
        guard: 'unknownFlight',
        actions: [issue('CancelFlights', { of: 'event', late: true }), issue('Alert', { late: true })],
      },
    ],
    HotelBooked: [
      {
        guard: 'unknownHotel',
        actions: [issue('CancelHotel', { of: 'event', late: true }), issue('Alert', { late: true })],
      },
    ],
  },
  states: {
    New: {
      on: {
        Initialize: [
          { guard: 'routeLeft', target: 'Approval', actions: ['initialize', ...asksApproval] },
          { target: 'Ended', actions: ['initialize', because('NoRoute'), issue('NotifyTraveler')] },
        ],
      },
    },
    Approval: {
      tags: ['waiting'],
      meta: { waitsFor: 'approver' },
      on: {
        RouteConfirmed: [{ guard: 'ofThisRoute', target: 'Flights', actions: ['takeRoute', ...books] }],
        RouteRejected: [{ guard: 'ofThisRoute', target: 'Manager', actions: asksRerouting }],
        ApprovalDeadline: reminded('Approval', 'ApprovalDeadline', 'RequestEmployeeApproval', 'ApprovalTimedOut'),
        ...givenUp,
      },
    },
    Manager: {
      tags: ['waiting'],
      meta: { waitsFor: 'manager' },
      on: {
        ReroutingConfirmed: [
          {
            guard: 'ofThisRoute and reroutesLeft and anotherRouteLeft',
            target: 'Approval',
            actions: ['rejectRoute', ...asksApproval],
          },
          { guard: 'ofThisRoute and reroutesLeft', ...ends('NoRoute') },
          { guard: 'ofThisRoute', ...ends('TooManyRejections') },
        ],
        ReroutingRejected: [{ guard: 'ofThisRoute', ...ends('Rejected') }],
        ManagerDeadline: reminded('Manager', 'ManagerDeadline', 'RequestRerouting', 'ManagerTimedOut'),
        ...givenUp,
      },
    },
    Flights: {
      tags: ['waiting'],
      meta: { waitsFor: 'airline' },
      on: {
        FlightBooked: [{ guard: 'ofThisFlight', target: 'Hotel', actions: booksHotel }],
        // another route has another price, which is approved anew
        FlightBookingFailed: [
          {
            guard: 'ofThisFlight and reroutesLeft and anotherRouteLeft',
            target: 'Approval',
            actions: ['rejectRoute', ...asksApproval],
          },
          { guard: 'ofThisFlight', ...ends('FlightsUnavailable') },
        ],
        // silence says nothing: it may be booked
        FlightDeadline: [{ guard: 'ofThisFlight', ...cancels('FlightTimedOut', 'flight') }],
        TripCancelRequested: [cancels('Cancelled', 'flight')],
      },
    },
    Hotel: {
      tags: ['waiting'],
      meta: { waitsFor: 'hotel' },
      on: {
        HotelBooked: [
          { guard: 'ofThisHotel', target: 'Completed', actions: [because('Completed'), issue('NotifyTraveler')] },
        ],
        HotelBookingFailed: [
          { guard: 'ofThisHotel and hotelLeft', target: 'Hotel', actions: booksHotel },
          { guard: 'ofThisHotel', ...cancels('HotelUnavailable', 'flight') },
        ],
        HotelDeadline: [{ guard: 'ofThisHotel', ...cancels('HotelTimedOut', 'both') }],
        TripCancelRequested: [cancels('Cancelled', 'both')],
      },
    },
    Cancelling: {
      tags: ['waiting'],
      meta: { waitsFor: 'airline' },
      on: {
        FlightsCancelled: crossedOff,
        HotelCancelled: crossedOff,
        CancelDeadline: [
          {
            guard: 'ofThisCancelling and cancelTriesLeft',
            target: 'Cancelling',
            actions: [
              'countTry',
              issue('CancelFlights', { of: 'pending' }),
              issue('CancelHotel', { of: 'pending' }),
              setTimer('CancelDeadline'),
            ],
          },
          {
            guard: 'ofThisCancelling',
            target: 'Manual',
            actions: [issue('Alert', { about: 'leftovers', late: true })],
          },
        ],
      },
    },
    Completed: { tags: ['ended'], on: { TripCancelRequested: [cancels('Cancelled', 'both', { late: true })] } },
    Ended: { tags: ['ended'], on: cancelsLate },
    Manual: { tags: ['ended'], on: cancelsLate },
  },
};

/** An instance made by an answer: it has no destination, and goes on as if it had asked. */
const madeByAnswer: Transitions = {
  RouteConfirmed: [{ target: 'Flights', actions: ['takeRoute', ...books] }],
  RouteRejected: [{ target: 'Manager', actions: ['takeRoute', ...asksRerouting] }],
};

/** The machine under these settings. */
export const configOf = (settings: SagaSettings): MachineConfig =>
  settings.saga === 'eventSourced'
    ? asInTheBook
    : varied(
        guarded,
        [settings.notFound === 'create', transitions('New', madeByAnswer)],
        [
          settings.tokens === 'off',
          withoutGuards('ofThisRoute', 'ofThisTry', 'ofThisFlight', 'ofThisHotel', 'ofThisCancelling'),
        ],
        [settings.compensation === 'off', cutShort('Cancelling', 'Ended', ['because'])],
        [settings.compensation === 'off', withoutCommands('CancelFlights', 'CancelHotel')],
        [settings.deadlines === 'off', withoutTimers],
        [settings.planning === 'recomputed', withoutRecords],
      );
