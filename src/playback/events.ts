/** Every domain event, and what became of its transaction. */
import type { EventRef, RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import type { EventView, View } from './view.ts';

type Events = View['events'];

function know(events: Events, ref: EventRef, seq: number, to: Partial<EventView> = {}): Events {
  const known = events.get(ref.eventId);
  if (known) return events.set(ref.eventId, { ...known, ...to });
  const { eventId, eventType, aggregateId, aggregateVersion, transactionId } = ref;
  return events.set(eventId, {
    eventId,
    eventType,
    aggregateId,
    aggregateVersion,
    transactionId,
    transaction: 'open',
    accepted: 0,
    unnoticed: false,
    seq,
    ...to,
  });
}

/** The event an effect is about, where the record says all of it. */
export function subjectOf(record: RecordOf<'effect.begun'>): EventRef | null {
  const { eventId, eventType, aggregateId, aggregateVersion, transactionId } = record;
  if (eventId === undefined || eventType === undefined || aggregateId === undefined) return null;
  if (aggregateVersion === undefined || transactionId === undefined) return null;
  return { eventId, eventType, aggregateId, aggregateVersion, transactionId };
}

export const eventChanges: Changes<Events, View> = {
  'effect.begun': (events, record) => {
    const subject = subjectOf(record);
    return subject && !events.has(subject.eventId) ? know(events, subject, record.seq) : events;
  },
  'transaction.committed': (events, record) =>
    record.events.reduce((all, ref) => know(all, ref, record.seq, { transaction: 'committed' }), events),
  'transaction.aborted': (events, record) =>
    record.events.reduce((all, ref) => know(all, ref, record.seq, { transaction: 'aborted' }), events),
  // it is committed on the other side
  'participant.answered': (events, record) => know(events, record, record.seq, { transaction: 'committed' }),
  'bus.accepted': (events, record) =>
    know(events, record, record.seq, { accepted: (events.get(record.eventId)?.accepted ?? 0) + 1 }),
  'bus.refused': (events, record) =>
    record.unnoticed ? know(events, record, record.seq, { unnoticed: true }) : events,
};
