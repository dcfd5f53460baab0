/** What the trip's two machines are written with: the beginning of an instance, and the actions both know. */
import type { MachineAction } from '../../messaging/saga-machine.ts';
import type { Route } from './routes.ts';

/** What an instance knows. */
export type TripContext = {
  destination: string;
  /** The route it is about now, `r1`, `r2`, …; all of them are in `routes`. */
  route: string;
  routes: Record<string, Route>;
  rejected: string[];
  reroutes: number;
  /** How often it has asked again in this state. */
  tries: number;
  /** The bookings it is about now, `f1` and `h1`, …, and how many there were. */
  flight: string;
  flights: number;
  hotel: string;
  hotels: number;
  /** Bookings that are being cancelled. */
  pending: string[];
  /** Why it ends. */
  reason: string;
};

/** Before anything is known. */
export const initialTrip: TripContext = {
  destination: '',
  route: '',
  routes: {},
  rejected: [],
  reroutes: 0,
  tries: 0,
  flight: '',
  flights: 0,
  hotel: '',
  hotels: 0,
  pending: [],
  reason: '',
};

/** Issues a command. */
export const issue = (command: string, params: Record<string, unknown> = {}): MachineAction => ({
  type: 'issue',
  params: { command, ...params },
});

/** Says why it ends. */
export const because = (reason: string): MachineAction => ({ type: 'because', params: { reason } });

/** The route that was chosen goes into the history. */
export const record: MachineAction = { type: 'record', params: { decision: 'RouteGenerated' } };
