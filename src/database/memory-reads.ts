/** Reading from the tables in memory. */
import type { Payload } from '../messaging/envelope.ts';
import type { ChangeRow, DatabaseAnswer, OutboxRow, ReadRequest } from './port.ts';
import { isBefore, isPending } from './rows.ts';
import { rowsIn, unpublishedRows, type Tables } from './tables.ts';

/** The answer to a request that changes nothing. */
export function answerRead(tables: Tables, request: ReadRequest): DatabaseAnswer {
  switch (request.type) {
    case 'read':
      return { type: 'row', row: tables.byName[request.table]!.rows.get(request.key) };
    case 'readUnpublished':
      return { type: 'rows', rows: unpublishedRows(tables, request.limit) };
    case 'scanUnpublished':
      return scan(tables, request.limit);
    case 'readOutboxAfter': {
      const { position: after, below = Infinity } = request;
      return outboxRows(tables, request.limit, ({ position }) => position > after && position < below);
    }
    case 'readPublished': {
      const { limit, before } = request;
      return outboxRows(tables, limit, (row) => row.published === 1 && isBefore(row.publishedAt, before));
    }
    case 'readParked':
      return outboxRows(tables, request.limit, ({ published }) => published === 2);
    case 'readPending':
      return { type: 'documents', rows: rowsIn(tables, request.table, isPending).slice(0, request.limit) };
    case 'readWhere': {
      const { table, field, value, limit } = request;
      return { type: 'documents', rows: rowsIn(tables, table, (row) => row[field] === value).slice(0, limit) };
    }
    case 'readChanges':
      return changes(tables, request.after, request.limit);
  }
}

function outboxRows(tables: Tables, limit: number, wanted: (row: OutboxRow) => boolean): DatabaseAnswer {
  const rows = rowsIn(tables, 'outbox', wanted as (row: Payload) => boolean).slice(0, limit);
  return { type: 'rows', rows: rows as OutboxRow[] };
}

/** From the first row on, until enough are found: the index there is in memory would hide what that costs elsewhere. */
function scan(tables: Tables, limit: number): DatabaseAnswer {
  const rows: OutboxRow[] = [];
  let read = 0;
  for (const row of rowsIn(tables, 'outbox') as OutboxRow[]) {
    if (rows.length === limit) break;
    read += 1;
    if (row.published === 0) rows.push(row);
  }
  return { type: 'rows', rows, read };
}

function changes(tables: Tables, after: number, limit: number): DatabaseAnswer {
  const { rows, lastNumber } = tables.byName['changes']!;
  let first = lastNumber + 1;
  rows.forEach((_row, number) => (first = Math.min(first, number as number)));
  const later = rowsIn(tables, 'changes', ({ number }) => (number as number) > after) as ChangeRow[];
  return { type: 'changes', rows: later.slice(0, limit), first };
}
