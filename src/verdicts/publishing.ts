/** Attempts to hand an event to the bus, and why there is one more. */
import type { RecordOf } from '../trace/record.ts';
import { claimKey } from './claim-facts.ts';
import type { Cause, EventFacts, Publication } from './event-history.ts';
import type { Facts } from './facts.ts';

/** The attempt with which the bus takes an event in; null where the trace shows none. */
export function arrivingAttempt(
  { underWay, publication }: EventFacts,
  record: RecordOf<'bus.accepted'>,
): Publication | null {
  return underWay.find(({ begun }) => begun === record.cause) ?? underWay.at(-1) ?? publication;
}

/** The attempts under way but for those of this task. */
export const resolved = ({ underWay }: EventFacts, task: string): readonly Publication[] =>
  underWay.filter((attempt) => attempt.task !== task);

/** Why `process` begins to publish an event that the bus may have; null where the bus has not taken it in. */
export function whyAgain(event: EventFacts, process: string, before: Facts): Cause | null {
  const { publication, arrived, resurrected, row } = event;
  if (arrived === null) return null;
  // this attempt never got there, so whatever made it necessary still is the reason
  if (publication !== null && publication.begun !== arrived.begun && publication.again !== null) {
    return publication.again;
  }
  const about = { process, position: row?.position, document: row?.document };
  // what is marked first can be pending again before its publication gets there, or even begins
  const { afterPublish } = before.setting.options;
  if (resurrected !== null && (resurrected.seq > arrived.begun || afterPublish === 'markFirst')) {
    return { cause: 'resurrected', ...about, other: resurrected.process };
  }
  if (arrived.confirmationLost) return { cause: 'confirmationLost', ...about };
  const trouble = row?.finished === true ? undefined : before.troubles.get(arrived.task);
  if (arrived.process !== process) {
    return trouble === 'crashed'
      ? { cause: 'tookOver', ...about, other: arrived.process }
      : byAnother(event, arrived.process, process, before);
  }
  return { cause: trouble === undefined ? 'publishedTwice' : unmarked[trouble], ...about };
}

const unmarked = {
  crashed: 'diedBeforeMarking',
  aborted: 'markingFailed',
  failed: 'failedBeforeMarking',
} as const;

/** Why the bus has taken in the event of an attempt once more. */
export function whyArrivedAgain(event: EventFacts, attempt: Publication | null, before: Facts): Cause {
  if (attempt?.again) return attempt.again;
  const { arrived, row } = event;
  const process = attempt?.process ?? 'bus';
  if (arrived !== null && attempt !== null && arrived.process !== process) {
    return byAnother(event, arrived.process, process, before);
  }
  return { cause: 'publishedTwice', process, position: row?.position, document: row?.document };
}

/** Two parts have published it. Where relays claim what they publish, one of them has worked on without its claim. */
function byAnother({ ref, row }: EventFacts, first: string, second: string, before: Facts): Cause {
  const about = { position: row?.position, document: row?.document };
  const { claim } = before.setting.options;
  if (claim === 'none' || row === null) return { cause: 'twoRelays', process: second, other: first, ...about };
  const late =
    before.claims.held.get(claimKey(claim, row.position, ref.aggregateId))?.process === second ? first : second;
  return { cause: 'leaseExpired', process: late, other: late === first ? second : first, ...about };
}
