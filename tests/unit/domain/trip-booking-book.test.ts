/** The process manager as the book has it: every event is taken in whatever state. */
import { describe, expect, test } from 'vitest';
import { tripBooking as trip } from '../../../src/domain/trip/trip-booking.process-manager.ts';
import type { Decision, Incoming } from '../../../src/messaging/saga.ts';
import { asInTheBook, played, told } from './playing.ts';

const event = (type: string, token?: string): Incoming => ({
  type,
  ...(token !== undefined && { token }),
  payload: type === 'Initialize' ? { destination: 'Seoul' } : {},
});
const start = event('Initialize');
const after = (...all: Incoming[]) => played(trip, asInTheBook, start, ...all);
const outcome = (incoming: Incoming, ...before: Incoming[]) =>
  told(trip.decide(asInTheBook, after(...before), incoming));

const confirmed = event('RouteConfirmed', 'r1');
const rejected = event('RouteRejected', 'r1');
const rerouting = event('ReroutingConfirmed', 'r1');
const booked = event('FlightBooked', 'f1');
const noHotel = event('HotelBookingFailed', 'h1');

describe('as in the book', () => {
  test('the way through', () => {
    expect(told(trip.decide(asInTheBook, null, start))).toBe('Approval; RequestEmployeeApproval(r1)');
    expect(outcome(confirmed)).toBe('Flights; BookFlights(f1)');
    expect(outcome(rejected)).toBe('Manager; RequestRerouting(r1)');
    expect(outcome(rerouting, rejected)).toBe('Approval; RequestEmployeeApproval(r2)');
    expect(outcome(booked, confirmed)).toBe('Hotel; BookHotel(h1)');
    expect(outcome(event('HotelBooked', 'h1'), confirmed, booked)).toBe('Completed; NotifyTraveler(Completed)');
    expect(outcome(noHotel, confirmed, booked)).toBe('Cancelling; CancelFlights(f1)');
    expect(outcome(event('FlightsCancelled', 'f1'), confirmed, booked, noHotel)).toBe('Ended');
  });

  test('the chosen route is recorded', () => {
    expect((trip.decide(asInTheBook, null, start) as Decision).decided).toMatchObject({
      type: 'RouteGenerated',
      route: 'r1',
    });
  });

  test('a route that is confirmed twice is booked twice', () => {
    expect(outcome(confirmed, confirmed)).toBe('Flights; BookFlights(f2)');
    expect(outcome(confirmed, confirmed, booked)).toBe('Flights; BookFlights(f2)');
  });

  test('a route that was refused is booked when its confirmation comes late', () => {
    const row = after(rejected, rerouting);
    const { commands, context } = trip.decide(asInTheBook, row, confirmed) as Decision;
    const { routes, route } = context as { routes: Record<string, unknown>; route: string };
    expect(route).toBe('r1');
    expect(commands[0]).toMatchObject({ name: 'BookFlights', payload: { route: routes['r1'] } });
  });

  test('a route nobody has proposed is booked without knowing which', () => {
    const { commands } = trip.decide(asInTheBook, after(), event('RouteConfirmed', 'constructor')) as Decision;
    expect(commands[0]!.payload).toEqual({ destination: 'Seoul', booking: 'f1', route: null });
  });

  test('silence, refusals and requests to stop are not heard', () => {
    for (const type of [
      'ApprovalDeadline',
      'FlightDeadline',
      'FlightBookingFailed',
      'ReroutingRejected',
      'TripCancelRequested',
    ])
      expect(outcome(event(type, 'f1'), confirmed)).toBe('unexpected');
    expect(JSON.stringify(trip.config(asInTheBook))).not.toContain('setTimer');
  });

  test('where no route is left, nobody has said what to do', () => {
    const left = [rejected, rerouting, event('RouteRejected', 'r2'), rerouting, event('RouteRejected', 'r3')];
    expect(outcome(rerouting, ...left)).toBe('stale');
    const nowhere = { ...start, payload: { destination: 'Atlantis' } };
    expect(told(trip.decide(asInTheBook, null, nowhere))).toBe('Ended; NotifyTraveler(NoRoute)');
  });
});
