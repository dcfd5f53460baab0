/** What belongs to one aggregate, and what does not: S25 and S26. */
import type { RecordOf } from '../trace/record.ts';
import { boundaryAfter, excess } from './boundary-facts.ts';
import type { Facts } from './facts.ts';
import { holdsAggregates } from './outbox-writes.ts';
import { reasonOf, type Reason, type SafetyPromise } from './promise.ts';

/** S25: after every commit, what the active campaigns come to is within the budget. */
export const boundaryKept: SafetyPromise = {
  id: 'boundaryKept',
  kind: 'safety',
  applies: (_options, flow) => flow === 'budget',
  breaks: {
    'transaction.committed': (record, { boundary, setting }) => {
      const after = boundaryAfter(boundary, record, setting.options.boundary);
      const over = excess(after);
      if (over === 0) return null;
      const { total, limit } = after;
      return reasonOf('overBudget', { process: record.process, total, limit, over });
    },
  },
};

/**
 * S26: a transaction writes one aggregate; an instance of a saga counts as one. What only belongs to it, as its history, its
 * commands or the outbox, does not count, nor do a relay's marks in the documents that it has published from.
 */
export const oneAggregatePerTx: SafetyPromise = {
  id: 'oneAggregatePerTx',
  kind: 'safety',
  applies: ({ saga }) => saga !== 'none',
  breaks: { 'transaction.committed': twoAggregates },
};

const marksOnly = (process: string): boolean => /^relay(-\d+)?$/.test(process);

function twoAggregates({ writes, process }: RecordOf<'transaction.committed'>, _facts: Facts): Reason | null {
  if (marksOnly(process)) return null;
  let first: { table: string; key: string | number } | null = null;
  for (const { table, key } of writes) {
    if (table !== 'sagas' && !holdsAggregates(table)) continue;
    if (first === null) first = { table, key };
    else if (first.table !== table || first.key !== key) {
      return reasonOf('twoAggregates', { process, first: `${first.table} ${first.key}`, second: `${table} ${key}` });
    }
  }
  return null;
}
