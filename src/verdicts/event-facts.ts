/** From the transaction to the bus: what became of each event, and who held it last. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { EventRef, RecordOf, TraceRecord } from '../trace/record.ts';
import type { EventFacts, Facts, RepublishCause, Setback } from './facts.ts';
import type { Changes } from './fold.ts';

type Events = PersistentMap<string, EventFacts>;

const unknown = (ref: EventRef): EventFacts => ({
  ref: refOf(ref),
  committed: null,
  row: null,
  accepted: null,
  publication: null,
  setback: null,
});

/** An event as records name it, without the rest of the record. */
function refOf({ eventId, eventType, aggregateId, aggregateVersion, transactionId }: EventRef): EventRef {
  return { eventId, eventType, aggregateId, aggregateVersion, transactionId };
}

function change(events: Events, ref: EventRef, to: Partial<EventFacts>): Events {
  return events.set(ref.eventId, { ...(events.get(ref.eventId) ?? unknown(ref)), ...to });
}

/** For records that name an event only by its id: one that is not known stays unknown. */
function changeKnown(events: Events, eventId: string, to: (event: EventFacts) => Partial<EventFacts>): Events {
  const event = events.get(eventId);
  return event ? events.set(eventId, { ...event, ...to(event) }) : events;
}

function attempted(events: Events, record: RecordOf<'effect.begun'>, before: Facts): Events {
  const { effect, eventId, eventType, aggregateId, aggregateVersion, transactionId, task, process } = record;
  if (effect !== 'publish' || eventId === undefined || eventType === undefined) return events;
  if (aggregateId === undefined || aggregateVersion === undefined || transactionId === undefined) return events;
  const event = events.get(eventId);
  const again = event ? whyAgain(event, before) : null;
  const publication = { task, process, arrived: false, confirmationLost: false, again };
  return change(events, { eventId, eventType, aggregateId, aggregateVersion, transactionId }, { publication });
}

/** Why an event that the bus may have is published once more; null where the bus has not taken it in. */
function whyAgain({ publication, row, accepted }: EventFacts, { troubles }: Facts): RepublishCause | null {
  if (publication === null || accepted === null) return null;
  // this attempt never got there, so whatever made it necessary still is the reason
  if (!publication.arrived) return publication.again;
  if (publication.confirmationLost) return 'confirmationLost';
  const trouble = row?.marked === true ? undefined : troubles.get(publication.task);
  if (trouble === 'crashed') return 'diedBeforeMarking';
  return trouble === 'aborted' ? 'markingFailed' : 'publishedTwice';
}

function taken(events: Events, record: RecordOf<'bus.accepted'>): Events {
  const { accepted, publication } = events.get(record.eventId) ?? unknown(record);
  return change(events, record, {
    accepted: accepted ?? record.seq,
    publication: publication && { ...publication, arrived: true },
  });
}

/** Sets back every event that one of these tasks alone remembers. */
function setBackCarried(
  events: Events,
  record: TraceRecord,
  tasks: readonly string[],
  before: Facts,
  code: 'crashed' | 'failed',
): Events {
  const setback: Setback = { seq: record.seq, code, process: record.process, reason: null };
  let next = events;
  for (const task of tasks) {
    for (const eventId of before.carrying.get(task) ?? []) {
      // an exception after a refusal only hands the refusal on
      next = changeKnown(next, eventId, (event) => ({
        setback: code === 'failed' ? (event.setback ?? setback) : setback,
      }));
    }
  }
  return next;
}

export const eventChanges: Changes<Events, Facts> = {
  'effect.begun': attempted,
  'transaction.committed': (events, { seq, events: raised }) =>
    raised.reduce((all, ref) => change(all, ref, { committed: seq }), events),
  'outbox.appended': (events, record) =>
    change(events, record, { row: { position: record.position, appended: record.seq, marked: false } }),
  'outbox.marked': (events, { eventId }) =>
    changeKnown(events, eventId, ({ row }) => ({ row: row && { ...row, marked: true } })),
  'bus.accepted': taken,
  'bus.confirmationLost': (events, { eventId }) =>
    changeKnown(events, eventId, ({ publication }) => ({
      publication: publication && { ...publication, confirmationLost: true },
    })),
  'bus.refused': (events, record) => {
    const process = events.get(record.eventId)?.publication?.process ?? record.process;
    return change(events, record, { setback: { seq: record.seq, code: 'refused', process, reason: record.reason } });
  },
  'process.crashed': (events, record, before) => setBackCarried(events, record, record.tasks, before, 'crashed'),
  'task.ended': (events, record, before) =>
    record.outcome === 'failed' ? setBackCarried(events, record, [record.task], before, 'failed') : events,
};

type Carrying = PersistentMap<string, readonly string[]>;

function carry(carrying: Carrying, task: string, eventIds: readonly string[]): Carrying {
  return eventIds.length === 0 ? carrying : carrying.set(task, [...(carrying.get(task) ?? []), ...eventIds]);
}

function putDown(carrying: Carrying, task: string, eventId: string): Carrying {
  const rest = (carrying.get(task) ?? []).filter((other) => other !== eventId);
  return rest.length === 0 ? carrying.delete(task) : carrying.set(task, rest);
}

const notTaken = (before: Facts, eventId: string): boolean => (before.events.get(eventId)?.accepted ?? null) === null;

export const carryingChanges: Changes<Carrying, Facts> = {
  'transaction.committed': (carrying, { task, events }, before) =>
    carry(
      carrying,
      task,
      events.map(({ eventId }) => eventId).filter((eventId) => notTaken(before, eventId)),
    ),
  'outbox.appended': (carrying, { task, eventId }) => putDown(carrying, task, eventId),
  // marked first: from here on the outbox has forgotten it
  'outbox.marked': (carrying, { task, eventId }, before) =>
    carry(carrying, task, notTaken(before, eventId) ? [eventId] : []),
  'bus.accepted': (carrying, { eventId }, before) => {
    const task = before.events.get(eventId)?.publication?.task;
    return task === undefined ? carrying : putDown(carrying, task, eventId);
  },
  // a killed task's events are set back by the crash that lists it, which may come before or after its end
  'task.ended': (carrying, { task, outcome }) => (outcome === 'killed' ? carrying : carrying.delete(task)),
  'process.crashed': (carrying, { tasks }) => tasks.reduce((rest, task) => rest.delete(task), carrying),
};

export const troubleChanges: Changes<Facts['troubles'], Facts> = {
  'process.crashed': (troubles, { tasks }) => tasks.reduce((all, task) => all.set(task, 'crashed'), troubles),
  'transaction.aborted': (troubles, { task, reason }) =>
    reason === 'duplicate' ? troubles : troubles.set(task, 'aborted'),
};

export const transactionChanges: Changes<Facts['transactions'], Facts> = {
  'transaction.committed': (all, { transactionId, process }) =>
    all.set(transactionId, { outcome: 'committed', process, reason: null }),
  'transaction.aborted': (all, { transactionId, process, reason }) =>
    all.set(transactionId, { outcome: 'aborted', process, reason }),
};

export const outboxChanges: Changes<Facts['outbox'], Facts> = {
  'outbox.appended': (outbox, { position, eventId }) => outbox.set(position, eventId),
  'outbox.marked': (outbox, { position }) => outbox.delete(position),
  // where published rows are deleted rather than marked
  'transaction.committed': (outbox, { writes }) =>
    writes.reduce(
      (rest, { table, op, key }) => (table === 'outbox' && op === 'delete' ? rest.delete(Number(key)) : rest),
      outbox,
    ),
};
