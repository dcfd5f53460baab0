/** What was lost on the way, and what a crash would lose now. */
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import { entriesOf } from './documents.ts';
import { commandFlight, consumerOf, deliveryOf, progressOf, sends } from './flights.ts';
import type { Carried, Fallen, FallenReason, Flight, HeldMessage, View } from './view.ts';

/** How many fallen messages a view keeps. */
export const keptFallen = 8;

const fall = (fallen: View['fallen'], ...more: Fallen[]): View['fallen'] =>
  more.length === 0 ? fallen : [...fallen, ...more].slice(-keptFallen);

type Where = Pick<Fallen, 'kind' | 'label' | 'from' | 'to'>;

function fallenFlight(
  { id, kind, label, from, to, ...times }: Flight,
  { at, seq }: { at: number; seq: number },
  reason: FallenReason,
): Fallen {
  return { id, kind, label, from, to, progress: progressOf(times, at), at, seq, reason };
}

/** Falls where it flew; where no flight is known, at the end of its way. */
function fallFrom(
  flight: Flight | undefined,
  otherwise: Where,
  record: { at: number; seq: number },
  reason: FallenReason,
): Fallen {
  const { at, seq } = record;
  return flight
    ? fallenFlight(flight, record, reason)
    : { id: `fallen ${seq}`, ...otherwise, progress: 1, at, seq, reason };
}

/** Events that die inside a part, by their types. */
function fallInside(
  part: string,
  labels: readonly string[],
  { at, seq }: { at: number; seq: number },
  reason: FallenReason,
): Fallen[] {
  return labels.map((label, nth) => {
    const id = `fallen ${seq} ${nth}`;
    return { id, kind: 'event', label, from: part, to: part, progress: 0, at, seq, reason };
  });
}

/** Everything the dying tasks had under way, and the events that only they or the process's memory knew of. */
function crash(
  fallen: View['fallen'],
  record: RecordOf<'process.crashed'>,
  { flights, carried, events, queues }: View,
): View['fallen'] {
  const { tasks, process } = record;
  const dying = flights.filter(({ task }) => task !== null && tasks.includes(task));
  const inside = carried
    .filter(
      ({ task, eventId }) =>
        tasks.includes(task) && !dying.some((flight) => flight.kind === 'event' && flight.eventId === eventId),
    )
    .map(({ eventId }) => events.get(eventId)?.eventType ?? eventId);
  const isHere = ({ consumer, buffered }: HeldMessage): boolean => buffered && consumer === process;
  const remembered = Object.values(queues)
    .flatMap(({ inFlight, buffered }) => [...inFlight.filter(isHere), ...buffered.filter(isHere)])
    .map(({ eventType }) => eventType);
  return fall(
    fallen,
    ...dying.map((flight) => fallenFlight(flight, record, 'crash')),
    ...fallInside(process, [...inside, ...remembered], record, 'crash'),
  );
}

/** Falls on its way, in the memory it waited in, or at the end at which it was struck. */
function drop(fallen: View['fallen'], record: RecordOf<'bus.dropped'>, { flights, queues }: View): View['fallen'] {
  const { message, subscription, eventType: label, at, seq, reason = 'dropped' } = record;
  const flight = flights.find(deliveryOf(record));
  if (flight) return fall(fallen, fallenFlight(flight, record, reason));
  const held = own(queues, subscription)?.buffered.find((other) => other.message === message);
  if (held) return fall(fallen, ...fallInside(held.consumer, [label], record, reason));
  const place = { from: 'bus', to: consumerOf(subscription), progress: record.reason ? 1 : 0 };
  return fall(fallen, { id: `fallen ${seq}`, kind: 'event', label, ...place, at, seq, reason });
}

/** Entries of a document's outbox that nobody has published, and that the version now written does not have. */
function overwritten(fallen: View['fallen'], record: RecordOf<'transaction.committed'>, before: View): View['fallen'] {
  const lost: string[] = [];
  for (const { table, key, row } of record.writes) {
    const known = own(before.tables, table);
    if (!known?.documents) continue;
    const pending = entriesOf(known.rows.get(key)?.row).filter(
      ({ published, eventId }) => !published && notTaken(before, eventId),
    );
    if (pending.length === 0) continue;
    const kept = new Set(entriesOf(row).map(({ eventId }) => eventId));
    for (const { eventId, eventType } of pending) if (!kept.has(eventId)) lost.push(eventType);
  }
  return fall(fallen, ...fallInside('database', lost, record, 'overwritten'));
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
  'bus.dropped': drop,
  'participant.dropped': (fallen, { to, name: label, at, seq }, { processes }) => {
    const sender = Object.keys(processes).find((name) => sends.includes(processes[name]?.task?.effect ?? ''));
    const from = sender ?? 'relay';
    return fall(fallen, {
      id: `fallen ${seq}`,
      kind: 'command',
      label,
      from,
      to,
      progress: 0.6,
      at,
      seq,
      reason: 'dropped',
    });
  },
  'transaction.committed': overwritten,
};

/** Neither the bus has it, nor does anybody believe so. */
function notTaken({ events }: View, eventId: string): boolean {
  const event = events.get(eventId);
  return !event || (event.accepted === 0 && !event.unnoticed);
}

const putDown = (carried: View['carried'], gone: (one: Carried) => boolean): View['carried'] =>
  carried.some(gone) ? carried.filter((one) => !gone(one)) : carried;

/** Marked or deleted before it is published: the outbox has forgotten it. */
function markedFirst(
  carried: View['carried'],
  { task, eventId }: { task: string; eventId: string },
  before: View,
): View['carried'] {
  const known = carried.some((one) => one.task === task && one.eventId === eventId);
  return known || !notTaken(before, eventId) ? carried : [...carried, { eventId, task }];
}

export const carriedChanges: Changes<View['carried'], View> = {
  'transaction.committed': (carried, { task, events }, before) => {
    const left = events.filter(({ eventId }) => notTaken(before, eventId)).map(({ eventId }) => ({ eventId, task }));
    return left.length === 0 ? carried : [...carried, ...left];
  },
  'outbox.appended': (carried, { eventId }) => putDown(carried, (one) => one.eventId === eventId),
  'outbox.marked': markedFirst,
  'outbox.deleted': markedFirst,
  'bus.refused': (carried, { eventId, unnoticed }) =>
    unnoticed ? putDown(carried, (one) => one.eventId === eventId) : carried,
  'bus.accepted': (carried, { eventId }) => putDown(carried, (one) => one.eventId === eventId),
  'task.ended': (carried, { task, outcome }) =>
    outcome === 'killed' ? carried : putDown(carried, (one) => one.task === task),
  'process.crashed': (carried, { tasks }) => putDown(carried, ({ task }) => tasks.includes(task)),
};
