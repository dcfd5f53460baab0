/** What campaigns know of their publishing: what a saga without a memory of its own is judged by. */
import type { RowWrite } from '../trace/record.ts';
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import type { Changes } from './fold.ts';
import { aggregates } from './outbox-writes.ts';
import { trackedKey, type Outcome, type SagaFacts } from './saga-facts.ts';

/** The confirmation or rejection that a written campaign knows of, and in which activation; null where of none. */
export function outcomeOf({
  table,
  op,
  key,
  row,
}: RowWrite): { key: string; campaign: string; outcome: Outcome } | null {
  if (table !== aggregates || op !== 'put' || row === undefined) return null;
  const status = statusOf(row['publishing']);
  if (status !== 'CONFIRMED' && status !== 'REJECTED') return null;
  const campaign = String(key);
  return { key: trackedKey(campaign, row['activation']), campaign, outcome: status };
}

const statusOf = (publishing: unknown): unknown => (publishing as { status?: unknown } | null | undefined)?.status;

export const trackedChanges: Changes<SagaFacts['tracked'], SagaFacts> = {
  'transaction.committed': (tracked, { writes }) => {
    let next = tracked;
    for (const write of writes) {
      const told = outcomeOf(write);
      if (told !== null && !next.has(told.key)) next = next.set(told.key, told.outcome);
    }
    return next;
  },
};

export const openChanges: Changes<SagaFacts['open'], SagaFacts> = {
  'transaction.committed': (open, { writes }) => {
    let next = open;
    for (const { table, key, row } of writes) {
      if (table !== aggregates) continue;
      const isOpen = row?.['state'] === 'ACTIVE' && statusOf(row['publishing']) === undefined;
      next = next.set(String(key), isOpen);
    }
    return next;
  },
};

export const activatedChanges: Changes<SagaFacts['activated'], SagaFacts> = atHandlerStart(
  (activated: SagaFacts['activated'], { subscription, eventType, aggregateId, seq }: HandlerStart) =>
    subscription === 'saga' && eventType === 'CampaignActivated' ? activated.set(aggregateId, seq) : activated,
);
