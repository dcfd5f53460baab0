/** The newest rows of a table, without walking a long one where its keys are running numbers. */
import type { RowView, TableView } from '../playback/view.ts';

/** At most `limit` rows, the newest first: by running number, else by the commit that wrote them last. */
export function newestRows(table: TableView | undefined, limit: number): RowView[] {
  if (!table) return [];
  const found: RowView[] = [];
  if (table.lastNumber > 0) {
    for (let key = table.lastNumber; key > 0 && found.length < limit && found.length < table.rows.size; key--) {
      const row = table.rows.get(key);
      if (row) found.push(row);
    }
    return found;
  }
  table.rows.forEach((row) => found.push(row));
  found.sort((a, b) => b.writtenBy - a.writtenBy || (String(a.key) < String(b.key) ? -1 : 1));
  return found.slice(0, limit);
}

/** The sum of a numeric field over all rows. */
export function total(table: TableView | undefined, field: string): number {
  let sum = 0;
  table?.rows.forEach(({ row }) => {
    const value = row[field];
    if (typeof value === 'number') sum += value;
  });
  return sum;
}

/** How many rows have this value in this field. */
export function countWhere(table: TableView | undefined, field: string, value: unknown): number {
  let count = 0;
  table?.rows.forEach(({ row }) => {
    if (row[field] === value) count++;
  });
  return count;
}

/** A string field of a row, or ''. */
export const text = (row: RowView | undefined, field: string): string => {
  const value = row?.row[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** The domain event inside an outbox row. */
export function eventOf(row: RowView): { type: string; aggregateId: string; aggregateVersion: number } {
  const event = (row.row['event'] ?? {}) as Record<string, unknown>;
  const { type, aggregateId, aggregateVersion } = event;
  return {
    type: typeof type === 'string' ? type : '?',
    aggregateId: typeof aggregateId === 'string' ? aggregateId : '?',
    aggregateVersion: typeof aggregateVersion === 'number' ? aggregateVersion : 0,
  };
}
