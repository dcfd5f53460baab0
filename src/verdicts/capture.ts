/** What the outbox is for: S3, captured with the change, and S4, let go only once the bus has it. */
import type { RecordOf, RowWrite } from '../trace/record.ts';
import { aggregates, documentEntriesOf, tableEntryOf } from './outbox-writes.ts';
import type { Facts } from './facts.ts';
import { keepsOutbox, reasonOf, type Reason, type SafetyPromise } from './promise.ts';
import { passedBy } from './relay-facts.ts';

/**
 * S3: a transaction that commits with events has an outbox entry for each among its very writes, and no entry appears
 * whose transaction has not committed.
 */
export const atomicCapture: SafetyPromise = {
  id: 'atomicCapture',
  kind: 'safety',
  applies: keepsOutbox,
  breaks: {
    'transaction.committed': ({ events, writes, process }) => {
      const lost = events.find(({ eventId }) => !writes.some((write) => captures(write, eventId)));
      if (lost === undefined) return null;
      const { eventType, aggregateId } = lost;
      return reasonOf('notCaptured', { eventType, aggregateId, process });
    },
    'outbox.appended': ({ transactionId, eventType, aggregateId, position, document, process }, { transactions }) =>
      transactions.get(transactionId)?.outcome === 'committed'
        ? null
        : reasonOf('capturedWithoutCommit', { eventType, aggregateId, position, document, process }),
  },
};

const captures = (write: RowWrite, eventId: string): boolean =>
  write.table === aggregates
    ? documentEntriesOf(write).some((entry) => entry.eventId === eventId)
    : tableEntryOf(write)?.eventId === eventId;

/**
 * S4: an entry is marked, deleted, or passed by the relay's place only if the bus has been handed its event before: it has
 * taken it in, or its publisher does not ask for an answer and was told nothing.
 */
export const markImpliesAccepted: SafetyPromise = {
  id: 'markImpliesAccepted',
  kind: 'safety',
  applies: keepsOutbox,
  breaks: {
    'outbox.marked': finishedEarly,
    'outbox.deleted': finishedEarly,
    'relay.advanced': skippedByCursor,
  },
};

type Finished = RecordOf<'outbox.marked'> | RecordOf<'outbox.deleted'>;

function finishedEarly({ eventId, position, document, process, kind }: Finished, { events }: Facts): Reason | null {
  const event = events.get(eventId);
  if (event?.handedOver === true) return null;
  const { eventType = eventId, aggregateId = '?' } = event?.ref ?? {};
  const code = kind === 'outbox.marked' ? 'markedBeforePublish' : 'deletedBeforePublish';
  return reasonOf(code, { eventType, aggregateId, position, document, process });
}

/** The first event that the relay passes by with the place it stores. */
export function skippedByCursor(record: RecordOf<'relay.advanced'>, facts: Facts): Reason | null {
  return skipReason('skippedByCursor', passedBy(record, facts), record, facts);
}

/** A reason about the first of these events. */
export function skipReason(
  code: string,
  [eventId]: readonly string[],
  { process }: { process: string },
  { events }: Facts,
): Reason | null {
  const event = eventId === undefined ? undefined : events.get(eventId);
  if (event === undefined) return null;
  const { eventType, aggregateId } = event.ref;
  const { position, document } = event.row ?? {};
  return reasonOf(code, { eventType, aggregateId, position, document, process });
}
