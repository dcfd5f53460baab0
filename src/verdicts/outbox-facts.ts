/** What the outbox holds, by what committed transactions have written: pending, parked, published. */
import type { RowWrite } from '../trace/record.ts';
import type { Facts, OutboxFacts } from './facts.ts';
import type { Changes } from './fold.ts';
import { aggregates, documentEntriesOf, tableEntryOf } from './outbox-writes.ts';

/** The outbox in the making: within one commit it changes write by write. */
type Draft = { -readonly [F in keyof OutboxFacts]: OutboxFacts[F] };

/** An entry, and where it is. */
interface Entry {
  readonly eventId: string;
  readonly position: number;
  readonly document: string | undefined;
}

/** How the outbox changes. */
export const outboxChanges: Changes<OutboxFacts, Facts> = {
  'transaction.committed': (outbox, { writes, seq }) => {
    let draft: Draft | null = null;
    for (const write of writes) {
      if (write.table === 'outbox') writeRow((draft ??= { ...outbox }), write, seq);
      else if (write.table === aggregates && concernsOutbox(outbox, write)) {
        writeDocument((draft ??= { ...outbox }), write, seq);
      }
    }
    return draft ?? outbox;
  },
};

/** Where the outbox is a table, documents have none. */
const concernsOutbox = ({ documents }: OutboxFacts, write: RowWrite): boolean =>
  documentEntriesOf(write).length > 0 || documents.has(String(write.key));

function writeRow(draft: Draft, write: RowWrite, seq: number): void {
  const position = Number(write.key);
  const entry = tableEntryOf(write);
  if (entry !== null) {
    const { eventId, state } = entry;
    draft.rows = draft.rows.set(position, eventId);
    put(draft, { eventId, position, document: undefined }, state, seq);
    return;
  }
  const eventId = write.op === 'delete' ? draft.rows.get(position) : undefined;
  if (eventId === undefined) return;
  draft.rows = draft.rows.delete(position);
  remove(draft, eventId);
}

function writeDocument(draft: Draft, write: RowWrite, seq: number): void {
  const document = String(write.key);
  const entries = documentEntriesOf(write);
  const there = new Set(entries.map(({ eventId }) => eventId));
  for (const { eventId } of draft.documents.get(document) ?? []) if (!there.has(eventId)) remove(draft, eventId);
  for (const { eventId, position, published } of entries) {
    put(draft, { eventId, position, document }, published ? 'published' : 'pending', seq);
  }
  draft.documents = entries.length === 0 ? draft.documents.delete(document) : draft.documents.set(document, entries);
}

function put(draft: Draft, entry: Entry, state: 'pending' | 'published' | 'parked', since: number): void {
  const { eventId, position, document } = entry;
  if (state === 'published') {
    draft.waiting = draft.waiting.delete(eventId);
    if (!draft.published.has(eventId)) draft.published = draft.published.set(eventId, { position, document, since });
    return;
  }
  draft.published = draft.published.delete(eventId);
  if (draft.waiting.get(eventId)?.state === state) return;
  draft.waiting = draft.waiting.set(eventId, { state, position, document, since });
}

function remove(draft: Draft, eventId: string): void {
  draft.waiting = draft.waiting.delete(eventId);
  draft.published = draft.published.delete(eventId);
}
