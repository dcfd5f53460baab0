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

const reads =
  (kind: 'load' | 'fetch'): Route =>
  (to) => ({ kind, from: 'database', to });
const writes =
  (kind: 'commit' | 'mark' | 'apply'): Route =>
  (from) => ({ kind, from, to: 'database' });
const calls =
  (kind: 'event' | 'acknowledge'): Route =>
  (from) => ({ kind, from, to: 'bus' });

/** Which way each effect goes, seen from the process it happens in. Effects without a way are not drawn. */
const routes: Readonly<Record<string, Route>> = {
  load: reads('load'),
  reservePosition: reads('fetch'),
  commit: writes('commit'),
  publish: calls('event'),
  fetchUnpublished: reads('fetch'),
  claimUnpublished: reads('fetch'),
  fetchPending: reads('fetch'),
  claimPending: reads('fetch'),
  reloadDocument: reads('fetch'),
  readPosition: reads('fetch'),
  fetchAfter: reads('fetch'),
  fetchChanges: reads('fetch'),
  fetchPublished: reads('fetch'),
  fetchParked: reads('fetch'),
  markPublished: writes('mark'),
  deletePublished: writes('mark'),
  storePosition: writes('mark'),
  countAttempt: writes('mark'),
  releaseLeases: writes('mark'),
  removePublished: writes('mark'),
  unpark: writes('mark'),
  checkInbox: reads('fetch'),
  recordInbox: writes('apply'),
  apply: writes('apply'),
  acknowledge: calls('acknowledge'),
  loadInstance: reads('load'),
  commitInstance: writes('commit'),
  fetchCommands: reads('fetch'),
  markSent: writes('mark'),
};

/** Effects that send a command to whoever carries it out: `subscription` of the record says to whom. */
export const sends: readonly string[] = ['sendCommand', 'callParticipant'];

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

type Named = { readonly subscription: string; readonly message: string };

/** What travels from the bus to a consumer has no task yet. */
const isDelivery = ({ from, message }: Flight): boolean => from === 'bus' && message !== null;

/** Says of a flight whether it takes this message to its consumer. */
export const deliveryOf =
  ({ subscription, message }: Named) =>
  (flight: Flight): boolean =>
    isDelivery(flight) && flight.message === message && flight.subscription === subscription;

const arrived = (flights: Flights, named: Named): Flights => {
  const travels = deliveryOf(named);
  return keep(flights, (flight) => !travels(flight));
};

/** Whatever travels to a subscription is back where it came from; on a log, only what comes from this partition. */
const recalled = (
  flights: Flights,
  { subscription, partition }: { subscription: string; partition?: number },
): Flights =>
  keep(
    flights,
    (flight) =>
      !isDelivery(flight) ||
      flight.subscription !== subscription ||
      (partition !== undefined && flight.partition !== partition),
  );

function begin(flights: Flights, record: RecordOf<'effect.begun'>, before: View): Flights {
  const rest = ofTask(flights, record);
  const { process, subscription: to = '' } = record;
  const route = sends.includes(record.effect)
    ? ({ kind: 'command', from: process, to } as const)
    : own(routes, record.effect)?.(process);
  if (!route) return rest;
  const { kind, from } = route;
  const { effect, task, at, until, seq, eventId = null, eventType, message = null, subscription = null } = record;
  const label = kind === 'event' || kind === 'command' ? (eventType ?? effect) : effect;
  const id = `effect ${seq}`;
  const copy = copyOf(record, before);
  const partition = null;
  return [
    ...rest,
    { id, kind, from, to: route.to, label, at, until, task, eventId, message, subscription, partition, copy },
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
function taken(flights: Flights, { eventId }: { eventId: string }): Flights {
  const first = flights
    .filter((flight) => flight.kind === 'event' && flight.to === 'bus' && flight.eventId === eventId)
    .reduce<Flight | null>((best, flight) => (best === null || flight.until < best.until ? flight : best), null);
  return first ? keep(flights, (flight) => flight !== first) : flights;
}

function dispatch(flights: Flights, record: RecordOf<'bus.dispatched'>, before: View): Flights {
  const { seq, subscription, eventType: label, eventId, message, at, until, partition = null } = record;
  const flight: Flight = {
    id: `delivery ${seq}`,
    kind: 'event',
    from: 'bus',
    to: record.to ?? consumerOf(subscription),
    label,
    at,
    until,
    task: null,
    eventId,
    message,
    subscription,
    partition,
    copy: receptionOf(before.subscribers, subscription, eventId).sent + 1,
  };
  return [...arrived(flights, record), flight];
}

/** An answer is on its way to the bus; the reader's command that gave it has arrived. */
function answered(flights: Flights, record: RecordOf<'participant.answered'>): Flights {
  const { seq, process, eventType: label, eventId, at, until, commandId } = record;
  const rest = commandId === undefined ? flights : received(flights, { commandId });
  const flight: Flight = {
    id: `answer ${seq}`,
    kind: 'event',
    from: process,
    to: 'bus',
    label,
    at,
    until,
    task: null,
    eventId,
    message: null,
    subscription: null,
    partition: null,
    copy: 1,
  };
  return [...rest, flight];
}

const received = (flights: Flights, { commandId }: { commandId: string }): Flights =>
  keep(flights, ({ id }) => id !== commandFlight(commandId));

export const flightChanges: Changes<Flights, View> = {
  'command.sent': (flights, { commandId, name: label, at, until, process, to = 'service' }) => [
    ...flights,
    {
      id: commandFlight(commandId),
      kind: 'command',
      from: process,
      to,
      label,
      at,
      until,
      task: null,
      eventId: null,
      message: null,
      subscription: null,
      partition: null,
      copy: 1,
    },
  ],
  'command.received': received,
  'command.refused': received,

  'effect.begun': begin,
  'effect.waited': ofTask,
  'aggregate.loaded': ofTask,
  'transaction.committed': ofTask,
  'transaction.aborted': ofTask,
  'outbox.reserved': ofTask,
  'relay.fetched': ofTask,
  'relay.advanced': ofTask,
  'relay.historyLost': ofTask,
  'saga.loaded': ofTask,
  'saga.called': ofTask,
  'relay.commandsFetched': ofTask,
  'relay.commandSent': ofTask,
  'participant.answered': answered,
  'inbox.checked': ofTask,
  'bus.accepted': taken,
  'bus.refused': ofTask,
  'bus.acknowledged': ofTask,
  'bus.acknowledgementIgnored': ofTask,
  'task.ended': ofTask,

  'bus.dispatched': dispatch,
  'bus.buffered': arrived,
  'bus.delivered': arrived,
  'bus.redelivered': arrived,
  'bus.dropped': arrived,
  'bus.delayed': arrived,
  // nothing that travels may arrive before what is at the head now
  'bus.promoted': recalled,
  'bus.assigned': recalled,
  'bus.rewound': recalled,
  // what was under way to a consumer is still in its queue
  'bus.wentDown': (flights) => keep(flights, (flight) => !isDelivery(flight)),
  'process.crashed': (flights, { tasks, process }) =>
    keep(flights, (flight) =>
      flight.task === null ? !(isDelivery(flight) && flight.to === process) : !tasks.includes(flight.task),
    ),
};
