/** The change log of the database: the cells of its strip, and where the relay is in it. */
import { entriesOf } from '../../../playback/documents.ts';
import type { RowView, TableView, View } from '../../../playback/view.ts';

export interface ChangeCell {
  number: number;
  /** It put an event into an outbox: what the relay looks for. */
  event: boolean;
  /** The tables it wrote. */
  tables: readonly string[];
}

type Write = { table: string; op: string; row?: RowView['row'] };
const isWrite = (value: unknown): value is Write =>
  typeof value === 'object' && value !== null && 'table' in value && typeof value.table === 'string';

function bringsEvent({ table, op, row }: Write): boolean {
  if (op !== 'put' || !row) return false;
  return table === 'outbox' ? row['published'] === 0 : entriesOf(row).some(({ published }) => !published);
}

function cellOf(number: number, row: RowView | undefined): ChangeCell | null {
  if (!row) return null;
  const stored: unknown = row.row['writes'];
  const writes = Array.isArray(stored) ? stored.filter(isWrite) : [];
  return { number, event: writes.some(bringsEvent), tables: [...new Set(writes.map(({ table }) => table))] };
}

export interface ChangeStrip {
  /** The newest changes that fit, oldest first. */
  cells: readonly ChangeCell[];
  /** The number of the oldest change there is; null where there is none. */
  first: number | null;
  last: number;
  /** The change that the relay has read last. */
  position: number;
  /** Numbers that were cut off before the relay came to them. */
  lost: { position: number; first: number } | null;
}

/** Numbers have no gaps, and only the oldest are removed: the first follows from how many there are. */
const firstOf = ({ rows, lastNumber }: TableView): number | null =>
  rows.size === 0 ? null : lastNumber - rows.size + 1;

/** At most `limit` cells of the change log. */
export function changeStrip({ tables, outbox }: View, limit: number): ChangeStrip {
  const table = tables['changes'];
  const { position, historyLost } = outbox;
  const first = table ? firstOf(table) : null;
  const last = table?.lastNumber ?? 0;
  const cells: ChangeCell[] = [];
  for (let number = Math.max(first ?? 1, last - limit + 1); table && number <= last; number++) {
    const cell = cellOf(number, table.rows.get(number));
    if (cell) cells.push(cell);
  }
  return { cells, first, last, position: position ?? 0, lost: historyLost };
}
