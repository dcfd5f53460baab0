/** The database as the commits have left it. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { RowWrite } from '../trace/record.ts';
import type { Payload } from '../trace/scenario.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import { hasOutbox } from './documents.ts';
import type { RowView, TableView, View } from './view.ts';

/** What a flow's tables hold before the first record. */
export type StartTables = Readonly<Record<string, readonly { readonly key: string | number; readonly row: Payload }[]>>;

/** So many keys are remembered as the last written. */
export const mostRecent = 200;

function put(table: TableView, key: string | number, row: Payload, writtenBy: number): TableView {
  const rows = table.rows.set(key, { key, row, writtenBy });
  const documents = table.documents || hasOutbox(row);
  if (typeof key === 'number') return { ...table, rows, documents, lastNumber: Math.max(table.lastNumber, key) };
  const recent = [key, ...table.recent.filter((other) => other !== key)].slice(0, mostRecent);
  return { ...table, rows, documents, recent };
}

const emptyTable = (name: string): TableView => ({
  name,
  rows: PersistentMap.empty<string | number, RowView>(),
  lastNumber: 0,
  recent: [],
  documents: false,
});

/** The tables before the first record. */
export function startTables(tables: StartTables): View['tables'] {
  const filled = Object.entries(tables).map(([name, rows]) => [
    name,
    rows.reduce((table, { key, row }) => put(table, key, row, -1), emptyTable(name)),
  ]);
  return Object.fromEntries(filled) as View['tables'];
}

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
