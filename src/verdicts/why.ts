/** Why a subscription meets an event again, too late, or without the one before it. */
import type { EventRef } from '../trace/record.ts';
import type { Cause } from './event-history.ts';
import { pairKey, type Facts, type PartitionFacts, type Reception, type Return, type Seen } from './facts.ts';

/** An event as one subscription receives it. */
export type Received = EventRef & {
  readonly subscription: string;
  readonly message: string;
  readonly process: string;
  readonly partition?: number;
  readonly offset?: number;
};

/** The parameters of a reason that say which event, and at whom. */
export const about = ({ eventType, aggregateId, subscription }: Received) => ({ eventType, aggregateId, subscription });

/** What the subscription knows of the event. */
export const receptionOf = (
  { receptions }: Facts,
  { subscription, eventId }: { subscription: string; eventId: string },
): Reception | undefined => receptions.get(pairKey(subscription, eventId));

const returnCauses: Record<Return['why'], string> = {
  crash: 'diedBeforeAcknowledging',
  failure: 'failedBeforeAcknowledging',
  timeout: 'acknowledgementTimeout',
  busDown: 'busWentDown',
  redriven: 'redriven',
};

/** Why the handler of an event starts again, after it did for the message `earlier`. */
export function whyRepeated(facts: Facts, record: Received, earlier: string): Cause {
  const message = facts.messages.get(record.message);
  if (record.message !== earlier) {
    const copy = message?.copy ?? facts.messages.get(earlier)?.copy ?? null;
    return copy ?? { cause: 'deliveredAgain', process: record.process };
  }
  const handled = receptionOf(facts, record)?.handled ?? null;
  // it lies with the part that had it before, which need not be the one that has it now
  const process = handled?.process ?? record.process;
  const reset = resetOf(facts, record);
  const returned = message?.returned ?? null;
  if (reset !== null && reset.seq > Math.max(returned?.seq ?? -1, handled?.seq ?? -1)) {
    return { cause: reset.cause, process, other: record.process };
  }
  return { cause: returned === null ? 'deliveredAgain' : returnCauses[returned.why], process };
}

/** Why an effect is applied again, after it was for the message `earlier`: for the reason its handler had to start. */
export function whyReapplied(facts: Facts, record: Received, earlier: string): Cause {
  const handled = receptionOf(facts, record)?.handled ?? null;
  const again = handled?.message === record.message ? handled.again : null;
  return again ?? whyRepeated(facts, record, earlier);
}

/** Where reading began again at or before this record of the log, the last time. */
function resetOf({ partitions }: Facts, { subscription, partition, offset }: Received): PartitionFacts['reset'] {
  if (partition === undefined || offset === undefined) return null;
  const reset = partitions.get(pairKey(subscription, partition))?.reset ?? null;
  return reset !== null && reset.position <= offset ? reset : null;
}

/** Why an event comes after one of a later version. */
export function whyOvertaken({ messages, events }: Facts, record: Received, later: Seen): Cause {
  const mine = messages.get(record.message);
  const theirs = messages.get(later.message);
  if (mine && theirs && theirs.since < mine.since) return publishedBackwards({ events }, record.eventId, later.eventId);
  if (mine?.delayed) return { cause: 'delayed' };
  const returned = mine?.returned ?? null;
  if (returned?.why === 'redriven') return { cause: 'redriven' };
  if (returned !== null) return { cause: returned.toTail ? 'wentToTail' : 'returnedToQueue' };
  if (theirs?.promoted) return { cause: 'promoted' };
  return later.process === record.process
    ? { cause: 'overtaken' }
    : { cause: 'competing', process: record.process, other: later.process };
}

function publishedBackwards({ events }: Pick<Facts, 'events'>, eventId: string, laterId: string): Cause {
  const [mine, theirs] = [eventId, laterId].map((id) => {
    const event = events.get(id);
    return (event?.arrived ?? event?.publication)?.process;
  });
  return mine !== undefined && theirs !== undefined && mine !== theirs
    ? { cause: 'relaysOutOfOrder', process: theirs, other: mine }
    : { cause: 'publishedOutOfOrder', process: mine };
}

/** Why a subscription has not handled an event that was committed. */
export function whyMissing(facts: Facts, subscription: string, eventId: string): Cause {
  const pair = { subscription, eventId };
  const reception = receptionOf(facts, pair);
  if (facts.dead.has(pairKey(subscription, eventId))) return { cause: 'missingDead' };
  if (reception?.dropped) return { cause: 'missingDropped' };
  if (reception?.queued !== undefined && reception.queued !== null) return { cause: 'missingQueued' };
  if (facts.outbox.waiting.get(eventId)?.state === 'parked') return { cause: 'missingParked' };
  return { cause: 'missingUnpublished' };
}
