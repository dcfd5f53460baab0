/** The newest rows of a table, and what its rows come to. Tables never change, so each is asked once. */
import type { RowView, TableView } from '../playback/view.ts';

type Answers = Map<string, unknown>;
const known = new WeakMap<TableView, Answers>();

/** Remembers the answer to a question about a table as long as the table lives. */
function once<A>(table: TableView, question: string, answer: () => A): A {
  let answers = known.get(table);
  if (!answers) known.set(table, (answers = new Map<string, unknown>()));
  if (!answers.has(question)) answers.set(question, answer());
  return answers.get(question) as A;
}

function findNewest({ rows, recent, lastNumber }: TableView, limit: number): RowView[] {
  const found: RowView[] = [];
  for (let key = lastNumber; key > 0 && found.length < Math.min(limit, rows.size); key--) {
    const row = rows.get(key);
    if (row) found.push(row);
  }
  for (const key of recent) {
    const row = rows.get(key);
    if (row) found.push(row);
  }
  if (recent.length > 0) found.sort((a, b) => b.writtenBy - a.writtenBy || (String(a.key) < String(b.key) ? -1 : 1));
  return found.slice(0, limit);
}

/** At most `limit` rows, the newest first: by running number, else by the commit that wrote them last. */
export const newestRows = (table: TableView | undefined, limit: number): readonly RowView[] =>
  table ? once(table, `newest ${limit}`, () => findNewest(table, limit)) : [];

function addUp(table: TableView, value: (row: RowView) => number): number {
  let sum = 0;
  table.rows.forEach((row) => (sum += value(row)));
  return sum;
}

/** A number of a row, or 0. */
export const numberOf = (row: RowView, field: string): number =>
  typeof row.row[field] === 'number' ? row.row[field] : 0;

/** The sum of a numeric field over all rows. */
export const total = (table: TableView | undefined, field: string): number =>
  table ? once(table, `total ${field}`, () => addUp(table, (row) => numberOf(row, field))) : 0;

/** How many rows have this value in this field. */
export const countWhere = (table: TableView | undefined, field: string, value: string | number): number =>
  table ? once(table, `count ${field} ${value}`, () => addUp(table, ({ row }) => Number(row[field] === value))) : 0;

/** A string or number of a row as text, or ''. */
export const text = (row: RowView | undefined, field: string): string => {
  const value = row?.row[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** How many entries the outbox inside a document has. */
export const entryCount = ({ row }: RowView): number => (Array.isArray(row['outbox']) ? row['outbox'].length : 0);

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
