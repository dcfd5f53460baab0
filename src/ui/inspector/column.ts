/** A column of a table: what stands over it, and what it says of a row. */
import type { RowView } from '../../playback/view.ts';

/** What of a table's rows is shown. */
export interface Column {
  head: string;
  value: (row: RowView) => string;
}
