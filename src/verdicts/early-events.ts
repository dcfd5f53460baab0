/** Events that leave before their transaction has ended: S1 and S2. */
import { atHandlerStart, type HandlerStart } from './delivery-facts.ts';
import type { Facts } from './facts.ts';
import { hasSubscriptions, reasonOf, type Reason, type SafetyPromise } from './promise.ts';
import { about } from './why.ts';

/** S1: for every handler start of an event, the event's transaction does not roll back in this run. */
export const noPhantom: SafetyPromise = {
  id: 'noPhantom',
  kind: 'safety',
  applies: hasSubscriptions,
  breaks: {
    ...atHandlerStart(deliveredAfterAbort),
    'transaction.aborted': ({ transactionId, process, reason }, { unresolved }) => {
      const early = unresolved.get(transactionId);
      if (!early) return null;
      const { eventType, aggregateId } = early.ref;
      return reasonOf('abortedAfterDelivery', {
        eventType,
        aggregateId,
        subscription: early.subscription,
        process,
        reason,
      });
    },
  },
};

/** S2: for every handler start of an event, its transaction's commit happened before. */
export const noEarlyDelivery: SafetyPromise = {
  id: 'noEarlyDelivery',
  kind: 'safety',
  applies: hasSubscriptions,
  breaks: atHandlerStart((record: HandlerStart, facts: Facts) => {
    const transaction = facts.transactions.get(record.transactionId);
    if (transaction?.outcome === 'committed') return null;
    const process = transaction?.process ?? facts.events.get(record.eventId)?.publication?.process;
    return reasonOf(transaction ? 'deliveredWithoutCommit' : 'deliveredBeforeCommit', { ...about(record), process });
  }),
};

function deliveredAfterAbort(record: HandlerStart, { transactions }: Facts): Reason | null {
  const transaction = transactions.get(record.transactionId);
  if (transaction?.outcome !== 'aborted') return null;
  const { process, reason } = transaction;
  return reasonOf('deliveredAfterAbort', { ...about(record), process, reason });
}
