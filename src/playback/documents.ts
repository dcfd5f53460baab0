/** The outbox inside a document: entries in the field `outbox` of its row. */
import type { Payload } from '../trace/scenario.ts';

/** An entry, as far as a view knows it. */
export interface DocumentEntry {
  readonly eventId: string;
  readonly eventType: string;
  readonly published: boolean;
  /** Its place among the entries of its document: the version of its event. */
  readonly position: number | null;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const word = (value: unknown): string => (typeof value === 'string' ? value : '?');

/** Whether a row is a document with an outbox of its own, be it empty. */
export const hasOutbox = (row: Payload | undefined): boolean => Array.isArray(row?.['outbox']);

/** The entries in a row; none where it is no such document. Rows come from files too, and may hold anything. */
export function entriesOf(row: Payload | undefined): readonly DocumentEntry[] {
  const outbox: unknown = row?.['outbox'];
  if (!Array.isArray(outbox)) return [];
  return outbox.filter(isFields).map(({ published, position, event }) => {
    const { id, type } = isFields(event) ? event : {};
    return {
      eventId: word(id),
      eventType: word(type),
      published: published === true,
      position: typeof position === 'number' ? position : null,
    };
  });
}
