/** Two relays keep out of each other's way: S14. */
import type { RecordOf } from '../trace/record.ts';
import { claimAt, claimedIn, claimKey } from './claim-facts.ts';
import type { Facts } from './facts.ts';
import { keepsOutbox, reasonOf, type Reason, type SafetyPromise } from './promise.ts';

/**
 * S14: no relay claims what another holds, and none publishes an entry that it does not hold. A claim is held from the
 * record that makes it until its time is over, its lease is ended, it is given back, or its row is marked or deleted.
 */
export const singleClaim: SafetyPromise = {
  id: 'singleClaim',
  kind: 'safety',
  applies: (options, flow) => keepsOutbox(options, flow) && options.relays === 2 && options.claim !== 'none',
  breaks: {
    'outbox.claimed': (record, { claims }) => {
      const { process, at } = record;
      for (const { key, position, aggregateId } of claimedIn(record)) {
        const other = claimAt(claims, key, at);
        if (other === null || other.process === process) continue;
        return reasonOf('claimedTwice', { process, other: other.process, position, aggregateId });
      }
      return null;
    },
    'relay.published': publishedWithoutClaim,
    'bus.confirmationLost': publishedWithoutClaim,
  },
};

type Published = RecordOf<'relay.published'> | RecordOf<'bus.confirmationLost'>;

function publishedWithoutClaim(record: Published, { claims, events, setting }: Facts): Reason | null {
  const { process, eventId, eventType, aggregateId, at } = record;
  const row = events.get(eventId)?.row;
  if (!row) return null;
  const { position, document } = row;
  const key = claimKey(setting.options.claim, position, aggregateId);
  const holder = claimAt(claims, key, at);
  if (holder?.process === process) return null;
  const other = holder?.process;
  const code = other === undefined ? 'publishedWithoutClaim' : 'publishedBesideClaim';
  return reasonOf(code, { process, other, eventType, aggregateId, position, document });
}
