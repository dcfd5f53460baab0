/** The database as the commits have left it. */
import type { RowWrite } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import { emptyTable, put } from './start.ts';
import type { TableView, View } from './view.ts';

export { mostRecent } from './start.ts';

function write(table: TableView, { op, key, row }: RowWrite, seq: number): TableView {
  if (op === 'put') return put(table, key, row ?? {}, seq);
  return { ...table, rows: table.rows.delete(key), recent: table.recent.filter((other) => other !== key) };
}

export const tableChanges: Changes<View['tables'], View> = {
  'transaction.committed': (tables, { writes, seq }) => {
    let next = tables;
    for (const one of writes) {
      const table = own(next, one.table) ?? emptyTable(one.table);
      next = { ...next, [one.table]: write(table, one, seq) };
    }
    return next;
  },
};
