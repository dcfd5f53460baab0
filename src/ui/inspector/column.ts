/** A column of a table of the database, as the inspector shows it. */
import { cell } from '../format.ts';
import type { RowView } from '../../playback/view.ts';

export interface Column {
  head: string;
  value: (row: RowView) => string;
}

/** The column of one field. `head`: what stands above it. */
export const field = (name: string, head = name): Column => ({ head, value: ({ row }) => cell(row[name]) });
