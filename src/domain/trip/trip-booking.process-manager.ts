/**
 * The trip booking process manager (Khononov, Learning Domain-Driven Design, ch. 9): a trip is planned, approved, booked, and
 * taken back where a part of it can't be had. It is started explicitly and chooses its way by earlier answers, which a saga
 * does not. The full table is `trip-booking-config.ts`; here is what the names in it mean.
 */
import { assign, initialTransition, setup, transition } from 'xstate';
import { own } from '../../base/own.ts';
import type { Envelope, Payload } from '../../messaging/envelope.ts';
import { decider, type Engine, type MachineParts } from '../../messaging/saga-machine.ts';
import type { Incoming, SagaDefinition } from '../../messaging/saga.ts';
import { approvedHotels, cheapestRoute, type Route } from './routes.ts';
import { configOf } from './trip-booking-config.ts';
import type { TripContext } from './trip-booking-words.ts';

/** How long people and services have for their answer, in virtual ms. */
export const deadlines = { approval: 6000, manager: 6000, flight: 5000, hotel: 5000, cancel: 3000 } as const;
/** How often a person is reminded, another route is tried, a cancellation is sent again. */
export const maxRemind = 1;
export const maxReroute = 2;
export const maxCancelTries = 2;

/** `f2` of `f`: the second one. Was it asked for by us? */
const isOurs = (letter: string, count: number, token = ''): boolean => {
  const number = Number(token.slice(letter.length));
  return token === `${letter}${number}` && number >= 1 && number <= count;
};
const knowsItself = ({ route, reason }: TripContext): boolean => route !== '' || reason !== '';

/** The next route: what was decided when this is a replay, else the cheapest by the prices of now. */
function nextRoute(context: TripContext, { payload, replayed }: Incoming, refused: string[]): Route | null {
  if (replayed?.decided) {
    const { name, price } = replayed.decided as Route & Payload;
    return { name, price };
  }
  const destination = context.destination === '' ? destinationIn(payload) : context.destination;
  const names = refused.flatMap((token) => own(context.routes, token)?.name ?? []);
  return cheapestRoute(destination, names, replayed?.received ?? Object.keys(context.routes).length);
}
const destinationIn = ({ destination }: Payload): string => (typeof destination === 'string' ? destination : '');

/** The bookings a cancellation is for: all that are waited for, or the one the event speaks of. */
const toCancel = ({ pending }: TripContext, { token }: Incoming, letter: string, { of }: Payload): string[] =>
  of === 'event' ? [token ?? ''] : pending.filter((booking) => booking.startsWith(letter));

const cancellation = (letter: string, to: string) => (context: TripContext, event: Incoming, params: Payload) =>
  toCancel(context, event, letter, params).map((token) => ({ to, token, payload: { booking: token } }));

const request = (to: string) => (context: TripContext) => {
  const { destination, route, routes } = context;
  return [{ to, token: route, payload: { destination, route: own(routes, route) ?? null } }];
};

/** What the names in its JSON mean. */
export const tripParts: MachineParts<TripContext> = {
  config: configOf,
  guards: {
    ofThisRoute: ({ route }, { token }) => token === route,
    ofThisTry: ({ route, tries }, { token }) => token === `${route}#${tries}`,
    ofThisCancelling: ({ tries }, { token }) => token === `#${tries}`,
    ofThisFlight: ({ flight }, { token }) => token === flight,
    ofThisHotel: ({ hotel }, { token }) => token === hotel,
    remindersLeft: ({ tries }) => tries < maxRemind,
    reroutesLeft: ({ reroutes }) => reroutes < maxReroute,
    cancelTriesLeft: ({ tries }) => tries < maxCancelTries,
    routeLeft: (context, event) => nextRoute(context, event, context.rejected) !== null,
    anotherRouteLeft: (context, event) => nextRoute(context, event, [...context.rejected, context.route]) !== null,
    hotelLeft: ({ hotels }) => hotels < approvedHotels.length,
    pending: ({ pending }, { token }) => pending.includes(token ?? ''),
    lastPending: ({ pending }) => pending.length === 1,
    ourFlight: ({ flights }, { token }) => isOurs('f', flights, token),
    ourHotel: ({ hotels }, { token }) => isOurs('h', hotels, token),
    unknownFlight: (context, { token }) => knowsItself(context) && !isOurs('f', context.flights, token),
    unknownHotel: (context, { token }) => knowsItself(context) && !isOurs('h', context.hotels, token),
  },
  updates: {
    initialize: (_context, { payload }) => ({ destination: destinationIn(payload) }),
    planRoute: (context, event) => {
      const route = nextRoute(context, event, context.rejected);
      const token = `r${Object.keys(context.routes).length + 1}`;
      return route ? { route: token, routes: { ...context.routes, [token]: route }, tries: 0 } : {};
    },
    takeRoute: ({ route }, { token }) => ({ route: token ?? route }),
    rejectRoute: ({ rejected, route, reroutes }) => ({ rejected: [...rejected, route], reroutes: reroutes + 1 }),
    startTrying: () => ({ tries: 0 }),
    countTry: ({ tries }) => ({ tries: tries + 1 }),
    newFlight: ({ flights }) => ({ flights: flights + 1, flight: `f${flights + 1}`, tries: 0 }),
    newHotel: ({ hotels }) => ({ hotels: hotels + 1, hotel: `h${hotels + 1}` }),
    cancelFlight: ({ pending, flight }) => ({ pending: [...pending, flight], tries: 0 }),
    cancelHotel: ({ pending, hotel }) => ({ pending: [...pending, hotel] }),
    crossOff: ({ pending }, { token }) => ({ pending: pending.filter((booking) => booking !== token) }),
    because: (_context, _event, { reason }) => ({ reason: reason as string }),
  },
  commands: {
    RequestEmployeeApproval: request('approver'),
    RequestRerouting: request('manager'),
    BookFlights: ({ destination, route, routes, flight }) => [
      { to: 'airline', token: flight, payload: { destination, booking: flight, route: own(routes, route) ?? null } },
    ],
    CancelFlights: cancellation('f', 'airline'),
    BookHotel: ({ destination, hotel, hotels }) => {
      const name = approvedHotels[(hotels - 1) % approvedHotels.length]!;
      return [{ to: 'hotel', token: hotel, payload: { destination, booking: hotel, hotel: name } }];
    },
    CancelHotel: cancellation('h', 'hotel'),
    NotifyTraveler: ({ destination, reason }) => [{ to: 'traveler', token: reason, payload: { destination, reason } }],
    Alert: ({ pending }, { token = '' }, { about }) => [
      about === 'leftovers'
        ? { to: 'operator', token: 'leftovers', payload: { about, leftovers: pending } }
        : { to: 'operator', token, payload: { about: 'unknownBooking', booking: token } },
    ],
  },
  timers: {
    ApprovalDeadline: ({ route, tries }) => ({ token: `${route}#${tries}`, after: deadlines.approval }),
    ManagerDeadline: ({ route, tries }) => ({ token: `${route}#${tries}`, after: deadlines.manager }),
    FlightDeadline: ({ flight }) => ({ token: flight, after: deadlines.flight }),
    HotelDeadline: ({ hotel }) => ({ token: hotel, after: deadlines.hotel }),
    CancelDeadline: ({ tries }) => ({ token: `#${tries}`, after: deadlines.cancel }),
  },
  decisions: { RouteGenerated: ({ route, routes }) => ({ route, ...own(routes, route) }) },
  attemptOf: ({ tries }) => tries,
  waitsFor: ({ pending }, named) => (pending.length > 0 && pending.every((id) => id.startsWith('h')) ? 'hotel' : named),
};

const answers = [
  ...['RouteConfirmed', 'RouteRejected', 'ReroutingConfirmed', 'ReroutingRejected'],
  ...['FlightBooked', 'FlightBookingFailed', 'FlightsCancelled', 'HotelBooked', 'HotelBookingFailed', 'HotelCancelled'],
];

/** Whoever answers names the process that asked, and what it was asked for. */
function correlate({ id, type, payload }: Envelope): ReturnType<SagaDefinition['correlate']> {
  const { instance, token } = payload;
  if (!answers.includes(type) || typeof instance !== 'string' || typeof token !== 'string') return null;
  return { instance, incoming: { type, token, payload, eventId: id } };
}

/** The process manager of the trip flow. */
export const tripBooking: SagaDefinition = {
  id: 'tripBooking',
  version: 1,
  config: configOf,
  correlate,
  starters: ['Initialize'],
  decide: decider({ setup, assign, initialTransition, transition } as unknown as Engine, tripParts),
};
