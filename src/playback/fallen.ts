/** What was lost on the way, and what a crash would lose now. */
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { commandFlight, consumerOf, progressOf } from './flights.ts';
import type { Carried, Fallen, Flight, View } from './view.ts';

/** How many fallen messages a view keeps. */
export const keptFallen = 8;

const fall = (fallen: View['fallen'], ...more: Fallen[]): View['fallen'] =>
  more.length === 0 ? fallen : [...fallen, ...more].slice(-keptFallen);

type Where = Pick<Fallen, 'kind' | 'label' | 'from' | 'to'>;

function fallenFlight(
  { id, kind, label, from, to, ...times }: Flight,
  { at, seq }: { at: number; seq: number },
  reason: Fallen['reason'],
): Fallen {
  return { id, kind, label, from, to, progress: progressOf(times, at), at, seq, reason };
}

/** Falls where it flew; where no flight is known, at the end of its way. */
function fallFrom(
  flight: Flight | undefined,
  otherwise: Where,
  record: { at: number; seq: number },
  reason: Fallen['reason'],
): Fallen {
  const { at, seq } = record;
  return flight
    ? fallenFlight(flight, record, reason)
    : { id: `fallen ${seq}`, ...otherwise, progress: 1, at, seq, reason };
}

/** Everything the dying tasks had under way, and the events that only they knew of. */
function crash(
  fallen: View['fallen'],
  record: RecordOf<'process.crashed'>,
  { flights, carried, events }: View,
): View['fallen'] {
  const { at, seq, tasks, process } = record;
  const dying = flights.filter(({ task }) => task !== null && tasks.includes(task));
  const inside = carried
    .filter(
      ({ task, eventId }) =>
        tasks.includes(task) && !dying.some((flight) => flight.kind === 'event' && flight.eventId === eventId),
    )
    .map(({ eventId }): Fallen => {
      const label = events.get(eventId)?.eventType ?? eventId;
      return {
        id: `fallen ${seq} ${eventId}`,
        kind: 'event',
        label,
        from: process,
        to: process,
        progress: 0,
        at,
        seq,
        reason: 'crash',
      };
    });
  return fall(fallen, ...dying.map((flight) => fallenFlight(flight, record, 'crash')), ...inside);
}

export const fallenChanges: Changes<View['fallen'], View> = {
  'process.crashed': crash,
  'bus.refused': (fallen, record, { flights }) => {
    const flight = flights.find(({ task, kind }) => task === record.task && kind === 'event');
    return fall(
      fallen,
      fallFrom(flight, { kind: 'event', label: record.eventType, from: record.process, to: 'bus' }, record, 'refused'),
    );
  },
  'command.refused': (fallen, record, { flights }) => {
    const flight = flights.find(({ id }) => id === commandFlight(record.commandId));
    return fall(
      fallen,
      fallFrom(
        flight,
        { kind: 'command', label: record.name, from: 'user', to: record.process },
        record,
        'serviceDown',
      ),
    );
  },
  'bus.dropped': (fallen, record, { flights }) => {
    const { message, subscription, eventType: label, at, seq } = record;
    const flight = flights.find((other) => other.message === message && other.from === 'bus');
    if (flight) return fall(fallen, fallenFlight(flight, record, 'dropped'));
    const place = { from: 'bus', to: consumerOf(subscription), progress: 0 };
    return fall(fallen, { id: `fallen ${seq}`, kind: 'event', label, ...place, at, seq, reason: 'dropped' });
  },
};

const notTaken = (view: View, eventId: string): boolean => (view.events.get(eventId)?.accepted ?? 0) === 0;
const drop = (carried: View['carried'], gone: (one: Carried) => boolean): View['carried'] =>
  carried.some(gone) ? carried.filter((one) => !gone(one)) : carried;

export const carriedChanges: Changes<View['carried'], View> = {
  'transaction.committed': (carried, { task, events }, before) => {
    const left = events.filter(({ eventId }) => notTaken(before, eventId)).map(({ eventId }) => ({ eventId, task }));
    return left.length === 0 ? carried : [...carried, ...left];
  },
  'outbox.appended': (carried, { eventId }) => drop(carried, (one) => one.eventId === eventId),
  // marked before it is published: the outbox has forgotten it
  'outbox.marked': (carried, { task, eventId }, before) =>
    notTaken(before, eventId) ? [...carried, { eventId, task }] : carried,
  'bus.accepted': (carried, { eventId }) => drop(carried, (one) => one.eventId === eventId),
  'task.ended': (carried, { task, outcome }) =>
    outcome === 'killed' ? carried : drop(carried, (one) => one.task === task),
  'process.crashed': (carried, { tasks }) => drop(carried, ({ task }) => tasks.includes(task)),
};
