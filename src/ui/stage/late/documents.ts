/** The outbox inside a document, as the stage shows it. */
import { entriesOf, type DocumentEntry } from '../../../playback/documents.ts';
import type { RowView } from '../../../playback/view.ts';

const known = new WeakMap<RowView, readonly DocumentEntry[]>();

/** The entries of a document, the newest first. Rows never change, so each is asked once. */
export function documentEntries(row: RowView): readonly DocumentEntry[] {
  let entries = known.get(row);
  if (!entries) known.set(row, (entries = entriesOf(row.row).toReversed()));
  return entries;
}
