/**
 * What is under way between two parts. A flight says from where to where and between which times, so that where it is can
 * be drawn for any time from the view alone. It ends with the record that says what came of it.
 */
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import { receptionOf } from './subscribers.ts';
import type { Flight, FlightKind, View } from './view.ts';

type Flights = View['flights'];
type Route = (process: string) => { kind: FlightKind; from: string; to: string };

/** Which way each effect goes, seen from the process it happens in. Effects without a way are not drawn. */
const routes: Readonly<Record<string, Route>> = {
  load: (to) => ({ kind: 'load', from: 'database', to }),
  commit: (from) => ({ kind: 'commit', from, to: 'database' }),
  publish: (from) => ({ kind: 'event', from, to: 'bus' }),
  fetchUnpublished: (to) => ({ kind: 'fetch', from: 'database', to }),
  markPublished: (from) => ({ kind: 'mark', from, to: 'database' }),
  apply: (from) => ({ kind: 'apply', from, to: 'database' }),
  acknowledge: (from) => ({ kind: 'acknowledge', from, to: 'bus' }),
};

/** The flight of a command from the reader, by the command's id. */
export const commandFlight = (commandId: string): string => `command ${commandId}`;

/** The part that takes a subscription's messages. */
export const consumerOf = (subscription: string): string => `consumer:${subscription}`;

/** How far a flight has come at a time, 0 to 1. */
export function progressOf({ at, until }: Pick<Flight, 'at' | 'until'>, time: number): number {
  return until <= at ? 1 : Math.min(1, Math.max(0, (time - at) / (until - at)));
}

/** Keeps the flights that `stay` says; the very list where all do. */
function keep(flights: Flights, stay: (flight: Flight) => boolean): Flights {
  return flights.every(stay) ? flights : flights.filter(stay);
}

const ofTask = (flights: Flights, { task }: { task: string }): Flights =>
  keep(flights, (flight) => flight.task !== task);

/** What travels to a consumer has no task yet. One message at a time is under way to each. */
const isDelivery = ({ from, message }: Flight): boolean => from === 'bus' && message !== null;
const toConsumer = (flights: Flights, subscription: string): Flights =>
  keep(flights, (flight) => !isDelivery(flight) || flight.to !== consumerOf(subscription));
const recalled = (flights: Flights, { subscription }: { subscription: string }): Flights =>
  toConsumer(flights, subscription);

function begin(flights: Flights, record: RecordOf<'effect.begun'>, before: View): Flights {
  const rest = ofTask(flights, record);
  const route = own(routes, record.effect)?.(record.process);
  if (!route) return rest;
  const { effect, task, at, until, seq, eventId = null, eventType, message = null } = record;
  const label = route.kind === 'event' ? (eventType ?? effect) : effect;
  return [
    ...rest,
    { id: `effect ${seq}`, ...route, label, at, until, task, eventId, message, copy: copyOf(record, before) },
  ];
}

/** An event published again is a second copy; one applied again is a second effect. Other effects have no copies. */
function copyOf({ effect, eventId, subscription }: RecordOf<'effect.begun'>, { events, subscribers }: View): number {
  if (eventId === undefined) return 1;
  if (effect === 'publish') return (events.get(eventId)?.accepted ?? 0) + 1;
  if (effect === 'apply' && subscription !== undefined)
    return receptionOf(subscribers, subscription, eventId).applied + 1;
  return 1;
}

/** The bus's answer names no task: of two relays with the same event, the one that was due first is answered first. */
function accepted(flights: Flights, { eventId }: { eventId: string }): Flights {
  const first = flights
    .filter((flight) => flight.kind === 'event' && flight.to === 'bus' && flight.eventId === eventId)
    .reduce<Flight | null>((best, flight) => (best === null || flight.until < best.until ? flight : best), null);
  return first ? keep(flights, (flight) => flight !== first) : flights;
}

function dispatch(flights: Flights, record: RecordOf<'bus.dispatched'>, before: View): Flights {
  const { seq, subscription, eventType: label, eventId, message, at, until } = record;
  const copy = receptionOf(before.subscribers, subscription, eventId).sent + 1;
  const to = consumerOf(subscription);
  return [
    ...toConsumer(flights, subscription),
    { id: `delivery ${seq}`, kind: 'event', from: 'bus', to, label, at, until, task: null, eventId, message, copy },
  ];
}

const arrived = (flights: Flights, { commandId }: { commandId: string }): Flights =>
  keep(flights, ({ id }) => id !== commandFlight(commandId));

export const flightChanges: Changes<Flights, View> = {
  'command.sent': (flights, { commandId, name: label, at, until, process }) => [
    ...flights,
    {
      id: commandFlight(commandId),
      kind: 'command',
      from: process,
      to: 'service',
      label,
      at,
      until,
      task: null,
      eventId: null,
      message: null,
      copy: 1,
    },
  ],
  'command.received': arrived,
  'command.refused': arrived,

  'effect.begun': begin,
  'effect.waited': ofTask,
  'aggregate.loaded': ofTask,
  'transaction.committed': ofTask,
  'transaction.aborted': ofTask,
  'relay.fetched': ofTask,
  'bus.accepted': accepted,
  'bus.refused': ofTask,
  'bus.acknowledged': ofTask,
  'bus.acknowledgementIgnored': ofTask,
  'task.ended': ofTask,

  'bus.dispatched': dispatch,
  'bus.delivered': recalled,
  'bus.redelivered': recalled,
  'bus.dropped': recalled,
  'bus.delayed': recalled,
  'bus.promoted': recalled,
  // what was under way to a consumer is still in its queue
  'bus.wentDown': (flights) => keep(flights, (flight) => !isDelivery(flight)),
  'process.crashed': (flights, { tasks, process }) =>
    keep(flights, (flight) =>
      flight.task === null ? !(isDelivery(flight) && flight.to === process) : !tasks.includes(flight.task),
    ),
};
