/** What a committed write says of the outbox: in its table, or in a document. */
import type { RowWrite } from '../trace/record.ts';
import type { DocumentEntry } from './facts.ts';

/** The table of the campaigns; where the outbox is in the document, their rows are the documents. */
export const aggregates = 'campaigns';

const tables: ReadonlySet<string> = new Set([aggregates, 'budgets', 'publishers', 'accounts']);

/** Whether a row of this table is an aggregate. */
export const holdsAggregates = (table: string): boolean => tables.has(table);

/** An outbox row as a write leaves it. */
export interface TableEntry {
  readonly eventId: string;
  readonly state: 'pending' | 'published' | 'parked';
}

const states: Readonly<Record<number, TableEntry['state']>> = { 0: 'pending', 1: 'published', 2: 'parked' };

/** The row of the outbox table that is written; null where this is no such write, or the row names no event. */
export function tableEntryOf({ table, op, row }: RowWrite): TableEntry | null {
  if (table !== 'outbox' || op !== 'put' || row === undefined) return null;
  const eventId = idOf(row['event']);
  const state = states[Number(row['published'])];
  return eventId === null || state === undefined ? null : { eventId, state };
}

/** The outbox in the document that is written; empty where it is removed or has none. */
export function documentEntriesOf(write: RowWrite): readonly DocumentEntry[] {
  const known = read.get(write);
  if (known !== undefined) return known;
  const outbox: unknown = write.row?.['outbox'];
  const entries = Array.isArray(outbox) ? outbox.flatMap(entryOf) : none;
  read.set(write, entries);
  return entries;
}

// several facts and promises read one write, and such an outbox may be long
const read = new WeakMap<RowWrite, readonly DocumentEntry[]>();

function entryOf(entry: unknown): DocumentEntry[] {
  const { position, published, event } = (entry ?? {}) as Record<string, unknown>;
  const eventId = idOf(event);
  return eventId === null ? [] : [{ eventId, position: Number(position), published: published === true }];
}

const none: readonly DocumentEntry[] = [];

function idOf(event: unknown): string | null {
  const id = (event as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id : null;
}
