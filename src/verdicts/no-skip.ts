/** A relay that keeps a place leaves nothing behind: S5. */
import { skippedByCursor, skipReason } from './capture.ts';
import type { SafetyPromise } from './promise.ts';
import { keepsPlace, lostToHistory, placeOf } from './relay-facts.ts';

/**
 * S5: whatever lies at or before the relay's place, the bus has been handed, or its transaction was rolled back. A position
 * that an open transaction holds is judged when that commits. Where the change log is cut, the relay's place is moved on.
 */
export const noSkip: SafetyPromise = {
  id: 'noSkip',
  kind: 'safety',
  applies: keepsPlace,
  breaks: {
    'relay.advanced': skippedByCursor,
    'relay.historyLost': (record, facts) => skipReason('historyLost', lostToHistory(record, facts), record, facts),
    'outbox.appended': (record, facts) => {
      const place = placeOf(record, facts);
      const { cursor } = facts.relay;
      if (place === null || cursor === null || place > cursor) return null;
      const { eventId, eventType, aggregateId, position, process, transactionId } = record;
      if (facts.events.get(eventId)?.handedOver === true) return null;
      if (facts.transactions.get(transactionId)?.outcome === 'aborted') return null;
      return { code: 'committedBehindCursor', eventType, aggregateId, position, process, cursor };
    },
  },
};
