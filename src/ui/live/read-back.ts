/** Whether the database holds what the trace says it does. */
import { equalJson } from '../../base/canonical.ts';
import type { View } from '../../playback/view.ts';
import type { TableRows } from '../../trace/control.ts';

/** True when every table has just the rows that the records folded so far have written. */
export function tablesAgree(view: View, tables: TableRows): boolean {
  return Object.entries(view.tables).every(([name, table]) => {
    const stored = tables[name] ?? [];
    if (stored.length !== table.rows.size) return false;
    const folded = [...table.rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
    return folded.every((row, i) => equalJson(row, stored[i]));
  });
}
