/** Which fields of the tables of sagas and of the budget are worth a column, in the words of the database. */
import { cell, seconds } from '../format.ts';
import type { RowView } from '../../playback/view.ts';
import type { Column } from './column.ts';
import { lineOf } from './history.ts';

const field = (name: string, head = name): Column => ({ head, value: ({ row }) => cell(row[name]) });
const time = (name: string, head = name): Column => ({
  head,
  value: ({ row }) => (typeof row[name] === 'number' ? `${seconds(row[name])} s` : ''),
});
const inside = (object: string, name: string, head: string): Column => ({
  head,
  value: ({ row }) => cell((row[object] as Record<string, unknown> | undefined)?.[name]),
});
/** `{ A: 60 }` as `A 60`. */
const amounts = (name: string): Column => ({
  head: name,
  value: ({ row }) =>
    Object.entries((row[name] ?? {}) as Record<string, unknown>)
      .map(([key, value]) => `${key} ${cell(value)}`)
      .join(', '),
});

const columns: Readonly<Record<string, readonly Column[]>> = {
  sagas: [field('id'), field('version', 'v'), field('state'), field('waitsFor', 'waits for'), time('deadline')],
  history: [
    field('number', '#'),
    field('instance', 'of'),
    field('version', 'v'),
    { head: 'entry', value: ({ row }) => `${lineOf(row).kind}: ${lineOf(row).text}` },
  ],
  commands: [
    field('number', '#'),
    inside('command', 'name', 'command'),
    inside('command', 'to', 'to'),
    inside('command', 'token', 'token'),
    { head: 'sent', value: ({ row }) => (row['sent'] === 1 ? time('sentAt').value({ row } as RowView) || '1' : '0') },
  ],
  timers: [field('timer'), field('instance', 'of'), field('token'), time('due')],
  publishers: [field('id'), field('version', 'v'), amounts('views')],
  accounts: [field('id'), field('version', 'v'), field('limit'), amounts('commitments'), amounts('views')],
};

const status: Column = inside('publishing', 'status', 'publishing');

/** The columns of a table of these flows; undefined for another. */
export function sagaColumnsOf(table: string, rows: readonly RowView[]): readonly Column[] | undefined {
  const has = (name: string) => rows.some(({ row }) => row[name] !== undefined);
  if (table === 'budgets') {
    const taken = has('reserved') ? amounts('reserved') : amounts('commitments');
    return [field('id'), field('version', 'v'), field('limit'), taken];
  }
  if (table === 'campaigns') {
    const more = [...(has('amount') ? [field('amount')] : []), ...(has('publishing') ? [status] : [])];
    return more.length > 0 ? [field('id'), field('version', 'v'), field('state'), ...more] : undefined;
  }
  return columns[table];
}

/** The key or index that each of these tables is read by, as the database names it. */
export const sagaIndexes: Readonly<Record<string, string>> = {
  sagas: 'id',
  history: '++number, instance',
  commands: '++number, sent',
  timers: 'id',
  budgets: 'id',
  publishers: 'id',
  accounts: 'id',
};
