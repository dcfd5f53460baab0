/**
 * Why a promise is broken, in one English sentence: a table from the code of a reason to its words. The page's other
 * languages have tables of their own over the same codes and parameters; the comments list them.
 *
 * Parameters: `eventType`, `aggregateId`: the event; `subscription`: who should have got it, or got it; `process`: the
 * part it lies with, `other`: a second one; `position`, `document`: its place in the outbox, if it has one; `cause`: a
 * code of `causes`.
 */
import { own } from '../base/own.ts';
import { cause } from './causes.ts';
import type { Reason } from './promise.ts';
import { sagaSentences } from './saga-sentences.ts';
import { capital, event, part, place, row, subscriber, versioned, type Words } from './words.ts';

export { causes } from './causes.ts';

/** How a transaction came to be rolled back, by the `reason` of the abort. */
const rollbacks: Readonly<Record<string, Words>> = {
  crash: ({ process }) => `${part(process)} died and its transaction was rolled back`,
  failure: ({ process }) => `the commit of ${part(process)} failed and was rolled back`,
  conflict: ({ process }) => `the commit of ${part(process)} met a newer version and was rolled back`,
  exception: ({ process }) => `${part(process)} gave up and its transaction was rolled back`,
};

const rollback: Words = (reason) =>
  (own(rollbacks, String(reason['reason'])) ?? (() => 'the transaction was rolled back'))(reason);

/** Version and type of both events, in the order in which they came. */
const backwards: Words = (r) => `${versioned(r)} after ${r['laterType']} (version ${r['laterVersion']})`;

const rowAndEvent: Words = (r) => `${row(r)}, ${event(r)},`;

/** The bus never had the event. */
const unpublished: Readonly<Record<string, Words>> = {
  // delivered: eventType, aggregateId, process, position?, document?, reason? ('down', 'failure', 'tooLarge')
  crashedBeforePublish: (r) =>
    `${part(r['process'])} died after its commit and before publishing ${event(r)}: the event is lost, nothing remembers that it must be sent.`,
  crashedAfterMark: (r) =>
    `${part(r['process'])} died after marking ${row(r)} and before publishing it: nobody will publish ${event(r)} again.`,
  refusedPublish: (r) =>
    `the bus ${refused(r)} ${event(r)}, and ${part(r['process'])} does not try again: the event is lost.`,
  refusedAfterMark: (r) =>
    `the bus ${refused(r)} ${row(r)}, which ${part(r['process'])} had already marked: nobody will publish ${event(r)} again.`,
  refusedUnnoticed: (r) =>
    `the bus ${refused(r)} ${event(r)}, and ${part(r['process'])} did not wait for its answer: it takes the event for published, and it is lost.`,
  failedBeforePublish: (r) =>
    `${part(r['process'])} failed after its commit and before publishing ${event(r)}: the event is lost, nothing remembers that it must be sent.`,
  failedAfterMark: (r) =>
    `${part(r['process'])} failed after marking ${row(r)} and before publishing it: nobody will publish ${event(r)} again.`,
  overwritten: (r) =>
    `${part(r['process'])} wrote document ${r['aggregateId']} back as it had read it before: ${event(r)} is gone from its outbox, and nobody will publish it.`,
  neverPublished: (r) => `${event(r)} was committed, and nobody ever published it: the event is lost.`,

  // delivered and outboxDrains: eventType, aggregateId, position, document?, process?, reason?
  leftInOutbox: (r) => `${rowAndEvent(r)} still waits in the outbox, and nobody comes to publish it.`,
  tooLarge: (r) => `${rowAndEvent(r)} is too large for the bus, which refuses it again and again.`,
  // and blockedBy, blockedIn?
  blockedBehind: (r) =>
    `${rowAndEvent(r)} waits behind ${place(r['blockedBy'], r['blockedIn'])}, which is too large for the bus: the relay does not go on before the bus has taken that.`,
  // parked; attempts
  rowParked: (r) =>
    `the bus refused ${rowAndEvent(r)} ${r['attempts']} times: the relay has left it aside, and it waits for a person.`,
  // and noSkip, markImpliesAccepted
  skippedByCursor: (r) =>
    `${part(r['process'])} stored a place beyond ${rowAndEvent(r)} which the bus has not got: it never looks back.`,
  committedBehindCursor: (r) =>
    `${rowAndEvent(r)} was committed when the relay's place was already beyond it: the relay never looks back.`,
  historyLost: (r) => `the change log was cut before ${part(r['process'])} had read ${event(r)} there.`,
  // outboxDrains: eventType, aggregateId, position, document?
  neverMarked: (r) => `${rowAndEvent(r)} was published and never marked: the outbox still takes it for unpublished.`,
};

/** The bus had the event. */
const undelivered: Readonly<Record<string, Words>> = {
  // delivered: eventType, aggregateId, subscription
  droppedByBus: (r) => `the bus dropped ${event(r)} on its way to ${subscriber(r)}: it is lost.`,
  droppedOffline: (r) => `${subscriber(r)} was not there when the bus passed ${event(r)} on: it is lost.`,
  droppedOverflow: (r) => `the memory of ${subscriber(r)} was full, and the bus dropped ${event(r)}: it is lost.`,
  lostInMemory: (r) => `${event(r)} waited in the memory of ${subscriber(r)} and was lost with it.`,
  neverHandled: (r) => `${event(r)} lies in the queue of ${subscriber(r)}, and nobody takes it.`,
  notRouted: (r) => `the bus took ${event(r)} and had no queue for ${subscriber(r)}.`,
  // parked; attempts
  deadLettered: (r) =>
    `${subscriber(r)} failed ${r['attempts']} times: ${event(r)} lies among its dead letters and waits for a person.`,

  // effectAtLeastOnce: eventType, aggregateId, subscription, process
  knownWithoutEffect: (r) =>
    `${part(r['process'])} noted ${event(r)} in its inbox and never came to the effect: whenever the event comes again, it is taken for done.`,
  diedWithMessage: (r) =>
    `${part(r['process'])} died while it handled ${event(r)}, and the message did not come again: the effect is missing.`,
  failedWithMessage: (r) =>
    `${part(r['process'])} failed while it handled ${event(r)}, and the message did not come again: the effect is missing.`,
  neverApplied: (r) => `${part(r['process'])} took ${event(r)} and never applied it.`,
  // and version, seen
  ignoredAsStale: (r) =>
    `${subscriber(r)} had seen version ${r['seen']} before ${versioned(r)} came, and ignored that: the effect is missing.`,

  // queueDrains: eventType, aggregateId, subscription
  leftInQueue: (r) => `the bus still holds ${event(r)} for ${subscriber(r)}, and nobody finishes it.`,
  leftInLog: (r) => `${subscriber(r)} has not committed its offset up to the end of the log, where ${event(r)} is.`,
};

/** What subscribers are told, and what they make of it. */
const received: Readonly<Record<string, Words>> = {
  // noPhantom: eventType, aggregateId, subscription, process, reason ('crash', 'failure', 'conflict', 'exception')
  abortedAfterDelivery: (r) =>
    `${rollback(r)} after ${subscriber(r)} had begun to handle ${event(r)}, a ghost message: it acts on a change that never happened.`,
  deliveredAfterAbort: (r) =>
    `${rollback(r)}, but ${event(r)} had already left, a ghost message: ${subscriber(r)} handles a change that never happened.`,

  // noEarlyDelivery: eventType, aggregateId, subscription, process
  deliveredBeforeCommit: (r) =>
    `${subscriber(r)} handles ${event(r)} while the transaction of ${part(r['process'])} is still open: whoever reads the aggregate now sees the old state.`,
  deliveredWithoutCommit: (r) =>
    `${subscriber(r)} handles ${event(r)}, which ${part(r['process'])} rolled back and will never commit.`,

  // noDuplicateDelivery, effectAtMostOnce: eventType, aggregateId, subscription, cause and its parameters
  handledTwice: (r) => `${cause(r)}, and ${subscriber(r)} handles ${event(r)} twice.`,
  appliedTwice: (r) => `${cause(r)}, and ${subscriber(r)} applies ${event(r)} twice.`,

  // firstOrder, monotone, effectOrder: and version, laterType, laterVersion
  handledOutOfOrder: (r) => `${cause(r)}: ${subscriber(r)} handles ${backwards(r)}.`,
  appliedOutOfOrder: (r) => `${cause(r)}: ${subscriber(r)} applies ${backwards(r)}.`,
  // gapFree: and version, earlierType, earlierVersion
  handledWithGap: (r) =>
    `${cause(r)}: ${subscriber(r)} handles ${versioned(r)} without ${r['earlierType']} (version ${r['earlierVersion']}).`,

  // inboxAtomic: eventType, aggregateId, subscription, process
  inboxBeforeEffect: (r) =>
    `${part(r['process'])} notes ${event(r)} in its inbox by a transaction of its own: if it dies before the effect, the effect is never made up for.`,
  effectBeforeInbox: (r) =>
    `${part(r['process'])} applies ${event(r)} and has yet to note it in its inbox: if it dies in between, the effect comes twice.`,
  // retention: eventType, aggregateId, subscription
  forgottenTooSoon: (r) =>
    `the inbox of ${subscriber(r)} had forgotten ${event(r)} when that came again, and the effect is applied twice.`,

  // convergence: eventType, aggregateId, subscription
  appendedTwice: (r) => `${subscriber(r)} has written a second row for ${event(r)}: its table says more than happened.`,
  appendedForNothing: (r) => `${subscriber(r)} has written a row for ${event(r)}, which was never committed.`,
  // and table, key, version, laterType?, laterVersion?
  rowForNothing: (r) =>
    `row ${r['key']} of ${r['table']} was last written by ${versioned(r)}, which was never committed.`,
  staleRow: (r) =>
    `row ${r['key']} of ${r['table']} was last written by ${backwards(r)}: the older one has had the last word.`,
};

/** What is done to the outbox, the documents and their claims. */
const stored: Readonly<Record<string, Words>> = {
  // atomicCapture: eventType, aggregateId, process, position?, document?
  notCaptured: (r) =>
    `${part(r['process'])} committed without ${event(r)} in the outbox: nothing remembers that it must be sent.`,
  capturedWithoutCommit: (r) => `${rowAndEvent(r)} is in the outbox, and its transaction has not committed.`,
  // markImpliesAccepted: eventType, aggregateId, process, position, document?
  markedBeforePublish: (r) =>
    `${part(r['process'])} marks ${rowAndEvent(r)} as published before the bus has been handed it.`,
  deletedBeforePublish: (r) => `${part(r['process'])} deletes ${rowAndEvent(r)} before the bus has been handed it.`,
  // singleClaim: process, other, position? or aggregateId
  claimedTwice: (r) =>
    `${part(r['process'])} claims ${r['position'] === undefined ? `the events of ${r['aggregateId']}` : row(r)} while ${part(r['other'])} still holds ${r['position'] === undefined ? 'them' : 'it'}.`,
  // singleClaim: eventType, aggregateId, process, position, document?, other?
  publishedWithoutClaim: (r) => `${part(r['process'])} publishes ${rowAndEvent(r)} which it does not hold any more.`,
  publishedBesideClaim: (r) =>
    `${part(r['process'])} publishes ${rowAndEvent(r)} which ${part(r['other'])} holds by now.`,
  // noLostUpdate: aggregateId, process, other, eventType?
  lostUpdate: (r) =>
    `${part(r['process'])} writes ${r['aggregateId']} as it had read it before ${part(r['other'])} changed it: that change, ${r['eventType']}, is gone.`,
  markOverwritten: (r) =>
    `${part(r['process'])} writes ${r['aggregateId']} as it had read it before ${part(r['other'])} wrote it: what that wrote is gone.`,
  // noResurrection: eventType, aggregateId, process, position, document?
  resurrectedEntry: (r) =>
    `${part(r['process'])} stores ${rowAndEvent(r)} as not yet published though it was done with: it will be published again.`,
  // boundedOutbox, retention: position, document?, count
  keptPublished: (r) =>
    Number(r['count']) > 1
      ? `${row(r)} was published and is still stored, and so are ${Number(r['count']) - 1} more: nobody removes them.`
      : `${row(r)} was published and is still stored: nobody removes it.`,

  // stableIdentity: eventId, field, was, is
  identityChanged: (r) =>
    `a copy of event ${r['eventId']} has the ${own(fields, String(r['field'])) ?? r['field']} ${r['is']}, and the first had ${r['was']}.`,
  // causality: eventType, aggregateId, subscription?
  publishedBeforeCommand: (r) => `the bus takes in ${event(r)}, and no command that leads to it has been received.`,
  handledBeforePublish: (r) => `${subscriber(r)} handles ${event(r)} before the bus has taken it in.`,

  // every promise, unknown
  stopped: () => 'the run was stopped at its limit before it came to rest.',
};

const fields: Readonly<Record<string, string>> = {
  eventType: 'type',
  aggregateId: 'aggregate',
  aggregateVersion: 'version',
  transactionId: 'transaction',
};

export const sentences: Readonly<Record<string, Words>> = {
  ...unpublished,
  ...undelivered,
  ...received,
  ...stored,
  ...sagaSentences,
};

function refused({ reason }: Reason): string {
  return reason === 'down' ? 'was down and refused' : 'refused';
}

/** The sentence for a reason; for a code that has none, the code. */
export function sentenceOf(reason: Reason): string {
  const sentence = own(sentences, reason.code);
  return sentence ? capital(sentence(reason)) : reason.code;
}
