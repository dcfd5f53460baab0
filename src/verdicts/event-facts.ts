/** From the transaction to the bus: what became of each event. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { EventRef, RecordOf, RowWrite, TraceRecord } from '../trace/record.ts';
import type { Options } from '../trace/scenario.ts';
import type { EventFacts, Setback } from './event-history.ts';
import type { Facts } from './facts.ts';
import type { Changes } from './fold.ts';
import { aggregates, documentEntriesOf, tableEntryOf } from './outbox-writes.ts';
import { arrivingAttempt, resolved, whyAgain } from './publishing.ts';
import { lostToHistory, passedBy, placeOf } from './relay-facts.ts';

type Events = PersistentMap<string, EventFacts>;

/** Another object with the same fields; it names them all because that is fast. */
const copyOf = (event: EventFacts): EventFacts => ({
  ref: event.ref,
  committed: event.committed,
  row: event.row,
  accepted: event.accepted,
  handedOver: event.handedOver,
  publication: event.publication,
  underWay: event.underWay,
  arrived: event.arrived,
  tooLarge: event.tooLarge,
  setback: event.setback,
  skipped: event.skipped,
  overwritten: event.overwritten,
  resurrected: event.resurrected,
});

const altered = (event: EventFacts, to: Partial<EventFacts>): EventFacts => Object.assign(copyOf(event), to);

const unknown = (ref: EventRef): EventFacts => ({
  ref: refOf(ref),
  committed: null,
  row: null,
  accepted: null,
  handedOver: false,
  publication: null,
  underWay: [],
  arrived: null,
  tooLarge: null,
  setback: null,
  skipped: null,
  overwritten: null,
  resurrected: null,
});

/** An event as records name it, without the rest of the record. */
export function refOf({ eventId, eventType, aggregateId, aggregateVersion, transactionId }: EventRef): EventRef {
  return { eventId, eventType, aggregateId, aggregateVersion, transactionId };
}

function change(events: Events, ref: EventRef, to: Partial<EventFacts>): Events {
  return events.set(ref.eventId, altered(events.get(ref.eventId) ?? unknown(ref), to));
}

/** For records that name an event only by its id: one that is not known stays unknown. */
function changeKnown(events: Events, eventId: string, to: (event: EventFacts) => Partial<EventFacts>): Events {
  const event = events.get(eventId);
  return event ? events.set(eventId, altered(event, to(event))) : events;
}

/** For records that say nothing but that there is such an event. */
const learn = (events: Events, record: EventRef): Events =>
  events.has(record.eventId) ? events : events.set(record.eventId, unknown(record));

/** The event an effect is about, where it is one that publishes. */
export function publishes(record: RecordOf<'effect.begun'>): EventRef | null {
  const { effect, eventId, eventType, aggregateId, aggregateVersion, transactionId } = record;
  if (effect !== 'publish' || eventId === undefined || eventType === undefined) return null;
  if (aggregateId === undefined || aggregateVersion === undefined || transactionId === undefined) return null;
  return { eventId, eventType, aggregateId, aggregateVersion, transactionId };
}

function attempted(events: Events, record: RecordOf<'effect.begun'>, before: Facts): Events {
  const ref = publishes(record);
  if (ref === null) return events;
  const { seq: begun, task, process } = record;
  const event = events.get(ref.eventId);
  const again = event ? whyAgain(event, process, before) : null;
  const publication = { begun, task, process, confirmationLost: false, again };
  // a part that tries anew has heard of its last attempt all it ever will
  const others = event?.underWay.filter((other) => other.process !== process) ?? [];
  return change(events, ref, { publication, underWay: [...others, publication] });
}

function taken(events: Events, record: RecordOf<'bus.accepted'>): Events {
  const event = events.get(record.eventId) ?? unknown(record);
  const attempt = arrivingAttempt(event, record);
  return change(events, record, {
    accepted: event.accepted ?? record.seq,
    handedOver: true,
    arrived: attempt ?? event.arrived,
    underWay: attempt ? resolved(event, attempt.task) : event.underWay,
  });
}

function refused(events: Events, record: RecordOf<'bus.refused'>): Events {
  const { seq, process, reason } = record;
  const event = events.get(record.eventId) ?? unknown(record);
  const unnoticed = record.unnoticed === true;
  return change(events, record, {
    tooLarge: reason === 'tooLarge' ? { seq, process } : null,
    setback: { seq, code: 'refused', process, reason, unnoticed },
    handedOver: event.handedOver || unnoticed,
    underWay: resolved(event, record.task),
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
  const setback: Setback = { seq: record.seq, code, process: record.process, reason: null, unnoticed: false };
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

type Committed = RecordOf<'transaction.committed'>;

/** What a commit does to events whose outbox entries it writes over. */
function overwritten(events: Events, record: Committed, before: Facts): Events {
  let next = events;
  for (const write of record.writes) {
    const entry = tableEntryOf(write);
    if (entry?.state === 'pending') next = pendingAgain(next, entry.eventId, record);
    else if (write.table === aggregates) next = documentWritten(next, write, record, before);
  }
  return next;
}

function documentWritten(events: Events, write: RowWrite, { seq, process }: Committed, before: Facts): Events {
  let next = events;
  const entries = documentEntriesOf(write);
  const there = new Set(entries.map(({ eventId }) => eventId));
  for (const { eventId, published } of before.outbox.documents.get(String(write.key)) ?? []) {
    if (published || there.has(eventId)) continue;
    next = changeKnown(next, eventId, () => ({ overwritten: { seq, process } }));
  }
  for (const { eventId, published } of entries) {
    if (!published) next = pendingAgain(next, eventId, { seq, process });
  }
  return next;
}

/** An entry that was done with is there once more as one that is not. */
function pendingAgain(events: Events, eventId: string, { seq, process }: { seq: number; process: string }): Events {
  const event = events.get(eventId);
  return event?.row?.finished === true
    ? events.set(eventId, altered(event, { resurrected: { seq, process } }))
    : events;
}

const finish = (events: Events, { eventId }: { eventId: string }): Events =>
  changeKnown(events, eventId, ({ row }) => ({ row: row && { ...row, finished: true } }));

function skip(
  events: Events,
  eventIds: readonly string[],
  record: TraceRecord,
  code: 'skippedByCursor' | 'historyLost',
) {
  const skipped = { seq: record.seq, code, process: record.process };
  // what a cut log has lost, the relay's place passes by soon after: the first of the two is the reason
  return eventIds.reduce(
    (all, eventId) => changeKnown(all, eventId, (event) => ({ skipped: event.skipped ?? skipped })),
    events,
  );
}

function appended(events: Events, record: RecordOf<'outbox.appended'>, before: Facts): Events {
  const { seq, position, document, process } = record;
  const place = placeOf(record, before);
  const { cursor } = before.relay;
  const known = events.get(record.eventId);
  const late = place !== null && cursor !== null && place <= cursor && known?.handedOver !== true;
  return change(events, record, {
    row: { position, document, appended: seq, place, finished: known?.row?.finished ?? false, parked: null },
    ...(late && { skipped: { seq, code: 'committedBehindCursor', process } }),
  });
}

/** How the facts about events change, under these options. */
export const eventChanges = ({ publish }: Options): Changes<Events, Facts> => ({
  'effect.begun': attempted,
  'transaction.committed': (events, record, before) => {
    const { seq, events: raised } = record;
    const kept = publish === 'outbox' ? overwritten(events, record, before) : events;
    return raised.reduce((all, ref) => change(all, ref, { committed: seq }), kept);
  },
  'participant.answered': (events, answer) => change(events, answer, { committed: answer.seq }),
  'outbox.appended': appended,
  'outbox.marked': finish,
  'outbox.deleted': finish,
  'outbox.parked': (events, { eventId, seq, attempts }) =>
    changeKnown(events, eventId, ({ row }) => ({ row: row && { ...row, parked: { seq, attempts } } })),
  'relay.advanced': (events, record, before) => skip(events, passedBy(record, before), record, 'skippedByCursor'),
  'relay.historyLost': (events, record, before) => skip(events, lostToHistory(record, before), record, 'historyLost'),
  'bus.accepted': taken,
  'bus.confirmationLost': (events, { eventId, task }) =>
    changeKnown(events, eventId, ({ arrived }) => ({
      arrived: arrived?.task === task ? { ...arrived, confirmationLost: true } : arrived,
    })),
  'bus.refused': refused,
  'bus.delivered': learn,
  'bus.redelivered': learn,
  'consumer.effectApplied': learn,
  'process.crashed': (events, record, before) => setBackCarried(events, record, record.tasks, before, 'crashed'),
  'task.ended': (events, record, before) =>
    record.outcome === 'failed' ? setBackCarried(events, record, [record.task], before, 'failed') : events,
});
