/** Nobody writes over what others wrote: S15 for changes, S16 for outbox entries that are done with. */
import type { DocumentEntry, Facts } from './facts.ts';
import { aggregates, documentEntriesOf, holdsAggregates, tableEntryOf } from './outbox-writes.ts';
import { hasAggregates, keepsOutbox, reasonOf, type Reason, type SafetyPromise } from './promise.ts';

/**
 * S15: a task that has read an aggregate's row and then writes it writes it over the row it has read, or over its own: no
 * other write has come in between. A targeted write changes what is stored and can't lose anything. A task that has ended
 * knows nothing any more.
 */
export const noLostUpdate: SafetyPromise = {
  id: 'noLostUpdate',
  kind: 'safety',
  applies: hasAggregates,
  breaks: {
    'transaction.committed': ({ task, process, writes, targeted }, { reads, written }) => {
      const known = targeted === true ? undefined : reads.get(task);
      if (known === undefined) return null;
      for (const { table, key } of writes) {
        const aggregateId = String(key);
        const read = holdsAggregates(table) ? known.find((one) => one.key === aggregateId) : undefined;
        const newest = written.get(aggregateId);
        if (read === undefined || newest === undefined || read.write === newest.seq) continue;
        const { process: other, eventType } = newest;
        return reasonOf(eventType === null ? 'markOverwritten' : 'lostUpdate', {
          aggregateId,
          process,
          other,
          eventType,
        });
      }
      return null;
    },
  },
};

/** S16: an entry that was marked or deleted is never again stored as one to be published. */
export const noResurrection: SafetyPromise = {
  id: 'noResurrection',
  kind: 'safety',
  applies: keepsOutbox,
  breaks: {
    'transaction.committed': ({ writes, process }, facts) => {
      for (const write of writes) {
        const reason = write.table === aggregates ? risen(documentEntriesOf(write), process, facts) : null;
        if (reason) return reason;
        const entry = tableEntryOf(write);
        const inTable = entry?.state === 'pending' ? resurrected(entry.eventId, process, facts) : null;
        if (inTable) return inTable;
      }
      return null;
    },
  },
};

function risen(entries: readonly DocumentEntry[], process: string, facts: Facts): Reason | null {
  for (const { eventId, published } of entries) {
    const reason = published ? null : resurrected(eventId, process, facts);
    if (reason) return reason;
  }
  return null;
}

/** The reason, where an entry that is stored as pending was done with before. */
function resurrected(eventId: string, process: string, { events }: Facts): Reason | null {
  const event = events.get(eventId);
  if (event?.row?.finished !== true) return null;
  const { eventType, aggregateId } = event.ref;
  const { position, document } = event.row;
  return reasonOf('resurrectedEntry', { eventType, aggregateId, position, document, process });
}
