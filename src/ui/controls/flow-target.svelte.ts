/** What the next command of a trip or of the budget is about, for the buttons and the keys alike. */
import type { Payload } from '../../trace/scenario.ts';

/** The trips that commands can be sent to. */
export const trips = ['T1', 'T2', 'T3'] as const;

/** Where trips go: suggestions, the last of them without a route; any other place has two. */
export const destinations = ['Tokyo', 'Paris', 'Seoul', 'Atlantis'] as const;

/** The campaigns of the budget. */
export const budgeted = ['A', 'B', 'C'] as const;

export const trip = $state<{ id: (typeof trips)[number]; destination: string; reason: string }>({
  id: trips[0],
  destination: destinations[0],
  reason: '',
});

export const money = $state<{
  campaign: (typeof budgeted)[number];
  amount: number | null;
  budget: number | null;
  views: number | null;
}>({
  campaign: budgeted[0],
  amount: 60,
  budget: 80,
  views: 10,
});

/** The payload that names a trip, where it is not the first one. */
export const tripNamed = (): Payload => (trip.id === trips[0] ? {} : { id: trip.id });

/** A number as a command may carry it: whole and not negative. */
export const whole = (value: number | null): number =>
  Math.max(0, Math.min(1_000_000, Math.round(Number(value ?? 0) || 0)));
