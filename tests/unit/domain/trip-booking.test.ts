/** Table D5 of semantics.md, row by row, and what does not stand in it: every other event changes nothing. */
import { describe, expect, test } from 'vitest';
import { cheapestRoute } from '../../../src/domain/trip/routes.ts';
import { tripBooking as trip } from '../../../src/domain/trip/trip-booking.process-manager.ts';
import type { Envelope } from '../../../src/messaging/envelope.ts';
import type { Decision, Incoming, SagaSettings } from '../../../src/messaging/saga.ts';
import { guarded, played, told } from './playing.ts';

const happening = (type: string, token?: string): Incoming => ({
  type,
  ...(token !== undefined && { token }),
  payload: {},
});
const initialize = (destination = 'Seoul'): Incoming => ({ type: 'Initialize', payload: { destination } });
/** `RouteConfirmed r1` */
const read = (text: string): Incoming => {
  const [type = '', word] = text.split(' ');
  return type === 'Initialize' ? initialize(word) : happening(type, word);
};
const row = (settings: SagaSettings, way: string) =>
  played(trip, settings, ...(way === '' ? [] : way.split(', ').map(read)));
const outcome = (settings: SagaSettings, way: string, event: string) =>
  told(trip.decide(settings, row(settings, way), read(event)));

const approval = 'Initialize Seoul';
const manager = `${approval}, RouteRejected r1`;
const flights = `${approval}, RouteConfirmed r1`;
const hotel = `${flights}, FlightBooked f1`;
const otherHotel = `${hotel}, HotelBookingFailed h1`;
const secondRoute = `${manager}, ReroutingConfirmed r1`;
const thirdRoute = `${secondRoute}, RouteRejected r2, ReroutingConfirmed r2`;
const soldOut = `${flights}, FlightBookingFailed f1`;
const cancelling = `${otherHotel}, HotelBookingFailed h2`;
const cancellingBoth = `${hotel}, HotelDeadline h1`;
const completed = `${hotel}, HotelBooked h1`;
const ended = `${cancelling}, FlightsCancelled f1`;
const manual = `${cancellingBoth}, CancelDeadline #0, CancelDeadline #1, CancelDeadline #2`;

const asks = (n: number) => `Approval; RequestEmployeeApproval(r${n}); ApprovalDeadline(r${n}#0)`;
const notified = (reason: string) => `Ended; NotifyTraveler(${reason})`;
const both = 'Cancelling; CancelFlights(f1) CancelHotel(h1); CancelDeadline(#0)';
const flightOnly = 'Cancelling; CancelFlights(f1); CancelDeadline(#0)';

/** State by the way to it; event; what happens. In the order of table D5. */
const rows: [way: string, event: string, expected: string][] = [
  ['', 'Initialize Seoul', asks(1)],
  ['', 'Initialize Atlantis', notified('NoRoute')],
  ['', 'RouteConfirmed r1', 'unexpected'],
  [approval, 'RouteConfirmed r1', 'Flights; BookFlights(f1); FlightDeadline(f1)'],
  [approval, 'RouteRejected r1', 'Manager; RequestRerouting(r1); ManagerDeadline(r1#0)'],
  [approval, 'ApprovalDeadline r1#0', 'Approval; RequestEmployeeApproval(r1); ApprovalDeadline(r1#1)'],
  [`${approval}, ApprovalDeadline r1#0`, 'ApprovalDeadline r1#1', notified('ApprovalTimedOut')],
  [`${approval}, ApprovalDeadline r1#0`, 'RouteConfirmed r1', 'Flights; BookFlights(f1); FlightDeadline(f1)'],
  [approval, 'TripCancelRequested', 'Ended'],
  [manager, 'ReroutingConfirmed r1', asks(2)],
  [
    'Initialize Nowhere, RouteRejected r1, ReroutingConfirmed r1, RouteRejected r2',
    'ReroutingConfirmed r2',
    notified('NoRoute'),
  ],
  [`${thirdRoute}, RouteRejected r3`, 'ReroutingConfirmed r3', notified('TooManyRejections')],
  [manager, 'ReroutingRejected r1', notified('Rejected')],
  [manager, 'ManagerDeadline r1#0', 'Manager; RequestRerouting(r1); ManagerDeadline(r1#1)'],
  [`${manager}, ManagerDeadline r1#0`, 'ManagerDeadline r1#1', notified('ManagerTimedOut')],
  [manager, 'TripCancelRequested', 'Ended'],
  [flights, 'FlightBooked f1', 'Hotel; BookHotel(h1); HotelDeadline(h1)'],
  [flights, 'FlightBookingFailed f1', asks(2)],
  [
    'Initialize Nowhere, RouteConfirmed r1, FlightBookingFailed f1, RouteConfirmed r2',
    'FlightBookingFailed f2',
    notified('FlightsUnavailable'),
  ],
  [`${thirdRoute}, RouteConfirmed r3`, 'FlightBookingFailed f1', notified('FlightsUnavailable')],
  [flights, 'FlightDeadline f1', flightOnly],
  [flights, 'TripCancelRequested', flightOnly],
  [hotel, 'HotelBooked h1', 'Completed; NotifyTraveler(Completed)'],
  [hotel, 'HotelBookingFailed h1', 'Hotel; BookHotel(h2); HotelDeadline(h2)'],
  [otherHotel, 'HotelBooked h2', 'Completed; NotifyTraveler(Completed)'],
  [otherHotel, 'HotelBookingFailed h2', flightOnly],
  [hotel, 'HotelDeadline h1', both],
  [hotel, 'TripCancelRequested', both],
  [cancelling, 'FlightsCancelled f1', 'Ended'],
  [cancellingBoth, 'FlightsCancelled f1', 'Cancelling'],
  [cancellingBoth, 'HotelCancelled h1', 'Cancelling'],
  [`${cancellingBoth}, FlightsCancelled f1`, 'HotelCancelled h1', 'Ended'],
  [`${cancellingBoth}, HotelCancelled h1`, 'FlightsCancelled f1', 'Ended'],
  [cancellingBoth, 'CancelDeadline #0', 'Cancelling; CancelFlights(f1) CancelHotel(h1); CancelDeadline(#1)'],
  [`${cancellingBoth}, FlightsCancelled f1`, 'CancelDeadline #0', 'Cancelling; CancelHotel(h1); CancelDeadline(#1)'],
  [`${cancellingBoth}, HotelCancelled h1`, 'CancelDeadline #0', 'Cancelling; CancelFlights(f1); CancelDeadline(#1)'],
  [`${cancellingBoth}, CancelDeadline #0, CancelDeadline #1`, 'CancelDeadline #2', 'Manual; late Alert(leftovers)'],
  [completed, 'TripCancelRequested', 'Cancelling; late CancelFlights(f1) late CancelHotel(h1); CancelDeadline(#0)'],
  // duplicates of what is consumed
  [approval, 'Initialize Seoul', 'unexpected'],
  [flights, 'RouteConfirmed r1', 'unexpected'],
  [manager, 'RouteRejected r1', 'unexpected'],
  [hotel, 'FlightBooked f1', 'stale'],
  [completed, 'HotelBooked h1', 'late'],
  [`${cancellingBoth}, FlightsCancelled f1`, 'FlightsCancelled f1', 'stale'],
  // of an old route, an old booking, an old deadline
  [secondRoute, 'RouteConfirmed r1', 'stale'],
  [secondRoute, 'RouteRejected r1', 'stale'],
  [`${secondRoute}, RouteRejected r2`, 'ReroutingConfirmed r1', 'stale'],
  [`${secondRoute}, RouteRejected r2`, 'ReroutingRejected r1', 'stale'],
  [`${soldOut}, RouteConfirmed r2`, 'FlightBooked f1', 'stale'],
  [`${soldOut}, RouteConfirmed r2`, 'FlightBookingFailed f1', 'stale'],
  [`${soldOut}, RouteConfirmed r2`, 'FlightDeadline f1', 'stale'],
  [soldOut, 'FlightBooked f1', 'stale'],
  [otherHotel, 'HotelBooked h1', 'stale'],
  [otherHotel, 'HotelBookingFailed h1', 'stale'],
  [otherHotel, 'HotelDeadline h1', 'stale'],
  [`${approval}, ApprovalDeadline r1#0`, 'ApprovalDeadline r1#0', 'stale'],
  [secondRoute, 'ApprovalDeadline r1#0', 'stale'],
  [flights, 'ApprovalDeadline r1#0', 'unexpected'],
  [`${manager}, ManagerDeadline r1#0`, 'ManagerDeadline r1#0', 'stale'],
  [`${secondRoute}, RouteRejected r2`, 'ManagerDeadline r1#0', 'stale'],
  [hotel, 'FlightDeadline f1', 'unexpected'],
  [`${cancellingBoth}, CancelDeadline #0`, 'CancelDeadline #0', 'stale'],
  [cancellingBoth, 'HotelBooked h1', 'stale'],
  [cancellingBoth, 'FlightBooked f1', 'stale'],
  [cancellingBoth, 'TripCancelRequested', 'unexpected'],
  // a second ticket, that nobody here has asked for
  ...[approval, manager, flights, hotel, cancelling, completed, ended, manual].flatMap((way): typeof rows => {
    const state = row(guarded, way)!.state;
    return [
      [way, 'FlightBooked f9', `${state}; late CancelFlights(f9) late Alert(f9)`],
      [way, 'HotelBooked h9', `${state}; late CancelHotel(h9) late Alert(h9)`],
      [way, 'FlightBookingFailed f9', state === 'Flights' ? 'stale' : ignoredIn(state)],
    ];
  }),
  // after the end
  [ended, 'FlightBooked f1', 'Ended; late CancelFlights(f1)'],
  [ended, 'HotelBooked h2', 'Ended; late CancelHotel(h2)'],
  [manual, 'FlightBooked f1', 'Manual; late CancelFlights(f1)'],
  [manual, 'HotelBooked h1', 'Manual; late CancelHotel(h1)'],
  ...[ended, manual].flatMap((way): typeof rows =>
    [
      'RouteConfirmed r1',
      'HotelBookingFailed h1',
      'FlightsCancelled f1',
      'CancelDeadline #0',
      'TripCancelRequested',
      'Initialize Seoul',
    ].map((event) => [way, event, 'late']),
  ),
];

function ignoredIn(state: string): string {
  return ['Completed', 'Ended', 'Manual'].includes(state) ? 'late' : 'unexpected';
}

describe('table D5', () => {
  test.each(rows)('%s | %s: %s', (way, event, expected) => {
    expect(outcome(guarded, way, event)).toBe(expected);
  });

  test('the reason says why it ended', () => {
    const reasons = (ways: string[]) => ways.map((way) => row(guarded, way)!.context['reason']);
    expect(
      reasons([
        `${approval}, TripCancelRequested`,
        `${manager}, TripCancelRequested`,
        `${flights}, TripCancelRequested, FlightsCancelled f1`,
        `${flights}, FlightDeadline f1, FlightsCancelled f1`,
        `${hotel}, TripCancelRequested, FlightsCancelled f1, HotelCancelled h1`,
        ended,
        `${cancellingBoth}, FlightsCancelled f1, HotelCancelled h1`,
      ]),
    ).toEqual([
      'Cancelled',
      'Cancelled',
      'Cancelled',
      'FlightTimedOut',
      'Cancelled',
      'HotelUnavailable',
      'HotelTimedOut',
    ]);
  });

  test('whoever is waited for is named, and nobody at the end', () => {
    const waits = (way: string, event: string) =>
      (trip.decide(guarded, row(guarded, way), read(event)) as Decision).waitsFor;
    expect(waits('', approval)).toBe('approver');
    expect(waits(approval, 'RouteRejected r1')).toBe('manager');
    expect(waits(approval, 'RouteConfirmed r1')).toBe('airline');
    expect(waits(flights, 'FlightBooked f1')).toBe('hotel');
    expect(waits(hotel, 'HotelDeadline h1')).toBe('airline');
    expect(waits(cancellingBoth, 'FlightsCancelled f1')).toBe('hotel');
    expect(waits(cancelling, 'FlightsCancelled f1')).toBeNull();
  });

  test('whoever is told that there is no route is told where to', () => {
    const decision = trip.decide(guarded, null, initialize('Atlantis')) as Decision;
    expect(decision.commands[0]!.payload).toEqual({ destination: 'Atlantis', reason: 'NoRoute' });
  });

  test('what is cancelled is crossed off', () => {
    expect(row(guarded, ended)!.context['pending']).toEqual([]);
    expect(row(guarded, `${cancellingBoth}, FlightsCancelled f1`)!.context['pending']).toEqual(['h1']);
  });

  test('the leftovers are named', () => {
    const way = `${cancellingBoth}, FlightsCancelled f1, CancelDeadline #0, CancelDeadline #1`;
    const decision = trip.decide(guarded, row(guarded, way), read('CancelDeadline #2')) as Decision;
    expect(decision.commands[0]).toMatchObject({ to: 'operator', payload: { about: 'leftovers', leftovers: ['h1'] } });
    expect(decision).toMatchObject({ to: 'Manual', ended: true });
  });

  test('every waiting state has a deadline, and every deadline leads somewhere', () => {
    const { states } = trip.config(guarded) as unknown as { states: Record<string, { tags?: string[]; on?: object }> };
    for (const [name, { tags = [], on = {} }] of Object.entries(states)) {
      if (!tags.includes('waiting')) continue;
      expect([name, Object.keys(on).some((type) => type.endsWith('Deadline'))]).toEqual([name, true]);
    }
  });

  test('a cancellation that is sent again has a number of its own', () => {
    const { context } = row(guarded, `${cancelling}, CancelDeadline #0, CancelDeadline #1`)!;
    expect(context['asked']).toMatchObject({ 'CancelFlights/f1': 3, 'BookFlights/f1': 1 });
  });
});

describe('routes', () => {
  test('a rejected route is not proposed again, and the choice is recorded', () => {
    const decision = trip.decide(guarded, row(guarded, manager), read('ReroutingConfirmed r1')) as Decision;
    const { routes, rejected } = decision.context as { routes: Record<string, { name: string }>; rejected: string[] };
    expect(rejected).toEqual(['r1']);
    expect(routes['r2']!.name).not.toBe(routes['r1']!.name);
    expect(decision.decided).toEqual({ type: 'RouteGenerated', route: 'r2', ...routes['r2'] });
    expect(decision.commands[0]!.payload).toEqual({ destination: 'Seoul', route: routes['r2'] });
  });

  test('a route that is chosen because flights are sold out is recorded too', () => {
    const decision = trip.decide(guarded, row(guarded, flights), read('FlightBookingFailed f1')) as Decision;
    expect(decision.decided).toMatchObject({ type: 'RouteGenerated', route: 'r2' });
  });

  test('there are three to each known destination, two to any other, none to Atlantis', () => {
    const count = (destination: string) => {
      const names: string[] = [];
      for (;;) {
        const next = cheapestRoute(destination, names, 0);
        if (!next) return names.length;
        names.push(next.name);
      }
    };
    expect(['Seoul', 'Paris', 'Tokyo', 'constructor', 'Atlantis'].map(count)).toEqual([3, 3, 3, 2, 0]);
  });

  test('the cheapest of now need not be that of then', () => {
    expect(cheapestRoute('Seoul', [], 0)).not.toEqual(cheapestRoute('Seoul', [], 4));
    expect(cheapestRoute('Seoul', [], 0)!.name).not.toBe(cheapestRoute('Seoul', [], 4)!.name);
  });
});

describe('variants', () => {
  test('without tokens the answer to an old route books that route', () => {
    const off: SagaSettings = { ...guarded, tokens: 'off' };
    expect(outcome(off, secondRoute, 'RouteConfirmed r1')).toBe('Flights; BookFlights(f1); FlightDeadline(f1)');
    const { commands } = trip.decide(off, row(off, secondRoute), read('RouteConfirmed r1')) as Decision;
    const { routes } = row(off, secondRoute)!.context as { routes: Record<string, unknown> };
    expect(commands[0]!.payload['route']).toEqual(routes['r1']);
  });

  test('without tokens a stale deadline cancels what has just begun', () => {
    const off: SagaSettings = { ...guarded, tokens: 'off' };
    expect(outcome(off, `${soldOut}, RouteConfirmed r2`, 'FlightDeadline f1')).toBe(
      'Cancelling; CancelFlights(f2); CancelDeadline(#0)',
    );
  });

  test('without deadlines no timer is set, none is heard, and nobody is called to help', () => {
    const off: SagaSettings = { ...guarded, deadlines: 'off' };
    expect(outcome(off, '', approval)).toBe('Approval; RequestEmployeeApproval(r1)');
    expect(outcome(off, flights, 'FlightDeadline f1')).toBe('unexpected');
    expect(JSON.stringify(trip.config(off))).not.toMatch(/Deadline|Manual/);
  });

  test('without compensation it just ends', () => {
    const off: SagaSettings = { ...guarded, compensation: 'off' };
    expect(outcome(off, otherHotel, 'HotelBookingFailed h2')).toBe('Ended');
    expect(outcome(off, hotel, 'HotelDeadline h1')).toBe('Ended');
    expect(outcome(off, flights, 'TripCancelRequested')).toBe('Ended');
    expect(outcome(off, `${flights}, FlightDeadline f1`, 'FlightBooked f1')).toBe('late');
    expect(row(off, `${hotel}, HotelDeadline h1`)!.context).toMatchObject({ reason: 'HotelTimedOut', pending: [] });
    expect(JSON.stringify(trip.config(off))).not.toMatch(/Cancelling|Manual|CancelFlights|CancelHotel|CancelDeadline/);
  });

  test('a planning that is not recorded leaves nothing in the history', () => {
    const decision = trip.decide({ ...guarded, planning: 'recomputed' }, null, initialize()) as Decision;
    expect(decision.decided).toBeUndefined();
    expect(told(decision)).toBe(asks(1));
  });

  test('an instance made by an answer has no destination', () => {
    const create: SagaSettings = { ...guarded, notFound: 'create' };
    expect(outcome(create, '', 'RouteConfirmed r1')).toBe('Flights; BookFlights(f1); FlightDeadline(f1)');
    expect(outcome(create, '', 'RouteRejected r1')).toBe('Manager; RequestRerouting(r1); ManagerDeadline(r1#0)');
    expect(outcome(create, '', 'HotelBooked h1')).toBe('stale');
  });
});

describe('what concerns the process manager', () => {
  const envelope = (type: string, payload: Record<string, unknown>) =>
    trip.correlate({ ...({ id: 'a1', aggregateId: 'airline/f1' } as Envelope), type, payload });

  test('an answer names the process and what it answers', () => {
    expect(envelope('FlightBooked', { instance: 'T1', token: 'f1' })).toEqual({
      instance: 'T1',
      incoming: { type: 'FlightBooked', token: 'f1', payload: { instance: 'T1', token: 'f1' }, eventId: 'a1' },
    });
  });

  test('anything else concerns nobody', () => {
    expect(envelope('FlightBooked', { token: 'f1' })).toBeNull();
    expect(envelope('FlightBooked', { instance: 'T1' })).toBeNull();
    expect(envelope('CampaignActivated', { instance: 'T1', token: 'f1' })).toBeNull();
  });
});
