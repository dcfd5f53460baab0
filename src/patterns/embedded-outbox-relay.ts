/**
 * The relay of the outbox inside documents: it looks for documents with unpublished entries, hands these to the bus, and
 * writes the document anew. Business and relay write the same document, so both check its version and raise it. Without the
 * check the relay overwrites a business write; without raising it the business brings back what the relay has marked.
 */
import { Refusal } from '../base/refusal.ts';
import { Campaign } from '../domain/campaign/campaign.ts';
import {
  claimPending,
  fetchPending,
  finish,
  publish,
  releaseLeases,
  reloadDocument,
  withOutbox,
  type Handler,
  type OutboxRef,
  type PendingDocument,
} from '../messaging/effects.ts';
import { batchSize, finishing, refOf, type RelaySettings } from './relay.ts';

const { table } = Campaign;

/** One poll: publishes the entries of each document, oldest first. Throws the bus's refusal where it should try again. */
export function* embeddedOutboxRelay(settings: RelaySettings): Handler {
  const claims = settings.claim === 'aggregate';
  const documents = yield* claims ? claimPending(table, batchSize) : fetchPending(table, batchSize);
  let refusal: Refusal | null = null;
  for (const document of documents) {
    try {
      yield* publishEntries(document, settings);
    } catch (error) {
      if (settings.failingRow === 'block' || !(error instanceof Refusal)) throw error;
      refusal = error; // the other documents go on
    }
  }
  if (claims && documents.length > 0) yield* releaseLeases(documents.map(({ id }) => id));
  if (refusal !== null) throw refusal;
}

function* publishEntries(document: PendingDocument, settings: RelaySettings): Handler {
  const published: OutboxRef[] = [];
  let current = document;
  let refusal: Refusal | null = null;
  for (const { position, event } of document.outbox.filter((entry) => !entry.published)) {
    const ref: OutboxRef = { ...refOf({ position, event }), document: document.id };
    try {
      if (settings.afterPublish === 'markFirst') current = yield* finishEntries(current, [ref], settings); // the mistake
      yield* publish(event, { position, document: document.id });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
      if (settings.failingRow === 'skip') continue;
      break;
    }
    if (settings.marking === 'batch') published.push(ref);
    else if (settings.afterPublish !== 'markFirst') current = yield* finishEntries(current, [ref], settings);
  }
  if (published.length > 0) yield* finishEntries(current, published, settings);
  if (refusal !== null) throw refusal;
}

/** Marks or removes entries of a document that the relay has not at hand. */
export function* finishInDocument(id: string, rows: OutboxRef[], settings: RelaySettings): Handler {
  yield* finishEntries(yield* reloadDocument(table, id), rows, settings);
}

/** Marks or removes entries, and gives the document as the relay believes it to be stored now. */
function* finishEntries(
  document: PendingDocument,
  rows: OutboxRef[],
  settings: RelaySettings,
): Handler<PendingDocument> {
  const how = finishing(settings);
  if (settings.relayWrites === 'notRaised') {
    for (const row of rows) {
      const entry = { table, id: document.id, position: row.position };
      yield* finish(how, { rows: [row], document: entry });
    }
    return document;
  }
  const checked = settings.relayWrites === 'checked';
  for (let current = document; ;) {
    const open = rows.filter(({ position }) =>
      current.outbox.some((entry) => entry.position === position && !entry.published),
    );
    if (open.length === 0) return current; // another relay was quicker
    const row = without(current, open, how, checked);
    try {
      yield* finish(how, { rows: open, document: { table, row, expectedVersion: checked ? current.version : null } });
      return row;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'versionConflict')) throw error;
      current = yield* reloadDocument(table, document.id); // the business has written: do it again, on top
    }
  }
}

/** The document with these entries marked or removed. */
function without(
  document: PendingDocument,
  rows: OutboxRef[],
  how: 'mark' | 'delete',
  raise: boolean,
): PendingDocument {
  const done = new Set(rows.map(({ position }) => position));
  const outbox =
    how === 'delete'
      ? document.outbox.filter(({ position }) => !done.has(position))
      : document.outbox.map((entry) => (done.has(entry.position) ? { ...entry, published: true } : entry));
  return withOutbox({ ...document, version: document.version + (raise ? 1 : 0) }, outbox);
}
