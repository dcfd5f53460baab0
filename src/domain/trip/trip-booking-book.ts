/**
 * The trip booking process manager as the book has it (Khononov, Learning Domain-Driven Design, listing 09-06, and the text
 * about hotels): each event is taken in whatever state, for whichever route or booking, and silence lasts for ever.
 */
import type { MachineConfig } from '../../messaging/saga-machine.ts';
import { because, initialTrip, issue, record } from './trip-booking-words.ts';

const asksApproval = ['planRoute', record, issue('RequestEmployeeApproval')];

/** The machine of listing 09-06. */
export const asInTheBook: MachineConfig = {
  id: 'tripBooking',
  initial: 'New',
  context: initialTrip,
  on: {
    Initialize: [
      { guard: 'routeLeft', target: '.Approval', actions: ['initialize', ...asksApproval] },
      { target: '.Ended', actions: ['initialize', because('NoRoute'), issue('NotifyTraveler')] },
    ],
    RouteConfirmed: [{ target: '.Flights', actions: ['takeRoute', 'newFlight', issue('BookFlights')] }],
    RouteRejected: [{ target: '.Manager', actions: ['takeRoute', issue('RequestRerouting')] }],
    // where no route is left, nobody has said what to do
    ReroutingConfirmed: [{ guard: 'anotherRouteLeft', target: '.Approval', actions: ['rejectRoute', ...asksApproval] }],
    FlightBooked: [{ target: '.Hotel', actions: ['newHotel', issue('BookHotel')] }],
    HotelBooked: [{ target: '.Completed', actions: [because('Completed'), issue('NotifyTraveler')] }],
    HotelBookingFailed: [
      {
        target: '.Cancelling',
        actions: [because('HotelUnavailable'), 'cancelFlight', issue('CancelFlights', { of: 'pending' })],
      },
    ],
    FlightsCancelled: [{ target: '.Ended', actions: ['crossOff'] }],
  },
  states: {
    New: {},
    Approval: { tags: ['waiting'], meta: { waitsFor: 'approver' } },
    Manager: { tags: ['waiting'], meta: { waitsFor: 'manager' } },
    Flights: { tags: ['waiting'], meta: { waitsFor: 'airline' } },
    Hotel: { tags: ['waiting'], meta: { waitsFor: 'hotel' } },
    Cancelling: { tags: ['waiting'], meta: { waitsFor: 'airline' } },
    Completed: { tags: ['ended'] },
    Ended: { tags: ['ended'] },
  },
};
