/** Which fields of each table are worth a column, in the words of the database. */
import { cell, seconds } from '../format.ts';
import { eventOf } from '../rows.ts';
import type { Column } from './column.ts';
import type { RowView } from '../../playback/view.ts';
import { sagaParts } from '../late-parts.ts';

const field = (name: string, head = name): Column => ({ head, value: ({ row }) => cell(row[name]) });

const published: Column = {
  head: 'published',
  // 0: not yet, 1: published, 2: parked
  value: ({ row }) =>
    row['published'] === 1 && typeof row['publishedAt'] === 'number'
      ? `${seconds(row['publishedAt'])} s`
      : cell(row['published']),
};

const writes: Column = {
  head: 'writes',
  value: ({ row }) => {
    const all = Array.isArray(row['writes']) ? (row['writes'] as { table?: unknown; key?: unknown }[]) : [];
    return all.map(({ table, key }) => `${cell(table)}/${cell(key)}`).join(', ');
  },
};

const columns: Readonly<Record<string, readonly Column[]>> = {
  campaigns: [field('id'), field('version', 'v'), field('state')],
  outbox: [
    field('position', '#'),
    { head: 'event', value: (row) => eventOf(row).type },
    { head: 'of', value: (row) => cell(`${eventOf(row).aggregateId} v${eventOf(row).aggregateVersion}`) },
    published,
  ],
  inbox: [field('subscription'), field('eventId')],
  ads: [field('location'), field('status'), field('version', 'v')],
  invoices: [field('number', '#'), field('item'), field('amount')],
  changes: [field('number', '#'), writes],
};

/** The index or key a table is read by, as the database names it. */
export const indexes: Readonly<Record<string, string>> = {
  campaigns: 'id',
  outbox: '[published+position]',
  inbox: '[subscription+eventId]',
  ads: 'id',
  invoices: '++number',
  changes: '++number',
  leases: 'id',
  positions: 'id',
  sequences: 'id',
  versions: '[subscription+aggregateId]',
};

/** What a table is read by, as far as it is known. Reactive. */
export const indexOf = (table: string): string => indexes[table] ?? sagaParts.loaded?.sagaIndexes[table] ?? '';

/** The columns of a table; a table nobody knows shows the fields of its first row. Reactive. */
export function columnsOf(table: string, rows: readonly RowView[]): readonly Column[] {
  return (
    sagaParts.loaded?.sagaColumnsOf(table, rows) ??
    columns[table] ??
    Object.keys(rows[0]?.row ?? {}).map((name) => field(name))
  );
}
