/** The oracle on aggregates and what belongs to them: S25 and S26. */
import type { RowWrite } from '../../src/trace/record.ts';
import type { Payload } from '../../src/trace/scenario.ts';
import { aggregates } from './oracle-outbox.ts';
import type { Reading } from './oracle-reading.ts';

const sum = (amounts: unknown): number =>
  (Object.values((amounts ?? {}) as Payload) as number[]).reduce((total, amount) => total + amount, 0);

/** The rows of a table as these writes have left them. */
function rowsOf(writes: readonly RowWrite[], table: string): Payload[] {
  const last = new Map<string, RowWrite>();
  for (const write of writes) if (write.table === table) last.set(String(write.key), write);
  return [...last.values()].flatMap(({ op, row }) => (op === 'put' && row ? [row] : []));
}

/** S25 is violated after one of the commits. */
export function overBudget(all: Reading): boolean {
  const { boundary } = all.judged.options;
  const commits = all.of('transaction.committed');
  return commits.some((_, index) => {
    const writes = commits.slice(0, index + 1).flatMap((commit) => commit.writes);
    const [keeper] = rowsOf(writes, boundary === 'tooLarge' ? 'accounts' : 'budgets');
    const limit = (keeper?.['limit'] as number | undefined) ?? 100;
    const active = rowsOf(writes, 'campaigns').filter(({ state }) => state === 'ACTIVE');
    const total = boundary === 'apart' ? sum(active.map(({ amount }) => amount)) : sum(keeper?.['commitments']);
    return total > limit;
  });
}

/** S26 is violated. */
export const twoAtOnce = (all: Reading): boolean =>
  all.of('transaction.committed').some(({ writes, process }) => {
    const written = writes.filter(({ table }) => [...aggregates, 'sagas'].includes(table));
    const names = new Set(written.map(({ table, key }) => `${table}/${key}`));
    return names.size > 1 && process !== 'relay' && process !== 'relay-2';
  });
