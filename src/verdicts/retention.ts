/** What is removed in time, and not too soon: L10. */
import { pairKey } from './facts.ts';
import { keptPublished } from './outbox-drains.ts';
import { keepsOutbox, reasonOf, type LivenessPromise } from './promise.ts';
import { about, receptionOf } from './why.ts';

/**
 * L10: the effect of an event whose id the inbox has forgotten is not applied again; and where a job removes published rows,
 * at rest none is left.
 */
export const retention: LivenessPromise = {
  id: 'retention',
  kind: 'liveness',
  applies: (options, flow) =>
    (keepsOutbox(options, flow) && options.cleanup === 'on') || options.dedupWindow === 'short',
  breaks: {
    'consumer.effectApplied': (record, facts) => {
      if (!facts.forgotten.has(pairKey(record.subscription, record.eventId))) return null;
      if ((receptionOf(facts, record)?.applied ?? null) === null) return null;
      return reasonOf('forgottenTooSoon', about(record));
    },
  },
  judge: (facts) => (facts.setting.options.cleanup === 'on' ? keptPublished(facts) : null),
};
