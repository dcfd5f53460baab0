/** Transactions as they open, commit and roll back. */
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import type { TransactionView, View } from './view.ts';

type Transactions = View['transactions'];
type Ended = RecordOf<'transaction.committed'> | RecordOf<'transaction.aborted'>;

/** A transaction of one effect has no record of its own for its beginning: it begins and ends at once. */
function end(
  transactions: Transactions,
  record: Ended,
  to: Pick<TransactionView, 'status' | 'reason' | 'tables' | 'rows'>,
): Transactions {
  const { process, transactionId, at } = record;
  const known = own(transactions, process);
  const since = known?.transactionId === transactionId ? known.since : at;
  return { ...transactions, [process]: { transactionId, process, since, endedAt: at, ...to } };
}

export const transactionChanges: Changes<Transactions, View> = {
  'transaction.begun': (transactions, { process, transactionId, at }) => ({
    ...transactions,
    [process]: { transactionId, process, status: 'open', reason: null, tables: [], rows: [], since: at, endedAt: null },
  }),
  'transaction.committed': (transactions, record) => {
    const tables = [...new Set(record.writes.map(({ table }) => table))];
    const rows = record.writes.map(({ table, key }) => `${table}/${key}`);
    return end(transactions, record, { status: 'committed', reason: null, tables, rows });
  },
  'transaction.aborted': (transactions, record) =>
    end(transactions, record, { status: 'aborted', reason: record.reason, tables: record.tables, rows: [] }),
};
