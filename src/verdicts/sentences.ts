/**
 * Why a promise is broken, in one English sentence: a table from the code of a reason to its words. The page's other
 * languages have tables of their own over the same codes and parameters; the comments list them.
 *
 * Parameters: `eventType`, `aggregateId`: the event; `subscription`: who should have got it, or got it; `process`: the
 * part it lies with; `position`: its row in the outbox, if it has one; `cause`: a code of `causes`.
 */
import { own } from '../base/own.ts';
import type { Reason } from './promise.ts';

type Words = (reason: Reason) => string;
type Value = Reason[string] | undefined;

/** 'adServing' → 'ad serving' */
const words = (name: Value): string => String(name).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The name of a part within a sentence: 'relay-2' → 'relay 2', 'consumer:billing' → "billing's handler". */
function part(process: Value): string {
  const name = String(process ?? 'service');
  if (name.startsWith('consumer:')) return `${words(name.slice('consumer:'.length))}'s handler`;
  return /-\d+$/.test(name) ? name.replace('-', ' ') : `the ${words(name)}`;
}

const event: Words = ({ eventType, aggregateId }) => `${eventType} of ${aggregateId}`;
const subscriber: Words = ({ subscription }) => words(subscription);
const row: Words = ({ position, ...reason }) => (position === undefined ? event(reason) : `row ${position}`);

/** How a transaction came to be rolled back, by the `reason` of the abort. */
const rollbacks: Readonly<Record<string, Words>> = {
  crash: ({ process }) => `${part(process)} died and its transaction was rolled back`,
  failure: ({ process }) => `the commit of ${part(process)} failed and was rolled back`,
  conflict: ({ process }) => `the commit of ${part(process)} met a newer version and was rolled back`,
  exception: ({ process }) => `${part(process)} gave up and its transaction was rolled back`,
};

const rollback: Words = (reason) =>
  (own(rollbacks, String(reason['reason'])) ?? (() => 'the transaction was rolled back'))(reason);

/** Why something came again or out of order. Each is a whole sentence or ends in one that can go on with ", and …". */
export const causes: Readonly<Record<string, Words>> = {
  // process, position?
  diedBeforeMarking: (r) => `${part(r['process'])} died before marking. Restarted, it publishes ${row(r)} again`,
  markingFailed: (r) => `${part(r['process'])} could not mark what it had published. It publishes ${row(r)} again`,
  confirmationLost: (r) =>
    `the bus took ${row(r)}, but its confirmation was lost. ${capital(part(r['process']))} publishes it again`,
  publishedTwice: (r) => `${part(r['process'])} publishes ${row(r)} once more`,
  // process
  duplicatedByBus: () => 'the bus made a second copy of the message',
  diedBeforeAcknowledging: (r) => `${part(r['process'])} died before acknowledging. The bus delivers the message again`,
  failedBeforeAcknowledging: (r) =>
    `${part(r['process'])} failed before acknowledging. The bus delivers the message again`,
  acknowledgementTimeout: (r) =>
    `the bus waited too long for ${part(r['process'])} to acknowledge. It delivers the message again`,
  busWentDown: (r) => `the bus went down before ${part(r['process'])} could acknowledge. It delivers the message again`,
  deliveredAgain: () => 'the message came a second time',
  // version, laterVersion, process?
  publishedOutOfOrder: (r) =>
    `${part(r['process'])} published version ${r['laterVersion']} before version ${r['version']}`,
  delayed: () => 'the message was delayed and overtaken',
  returnedToQueue: () => 'the message went back to its queue and was overtaken',
  promoted: () => 'a later message was moved to the front',
  overtaken: () => 'a later message overtook this one',
};

const cause: Words = (reason) => (own(causes, String(reason['cause'])) ?? (() => 'it came about'))(reason);

/** Version and type of both events, in the order in which they came. */
const backwards: Words = (r) =>
  `${event(r)} (version ${r['version']}) after ${r['laterType']} (version ${r['laterVersion']})`;

export const sentences: Readonly<Record<string, Words>> = {
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

  // delivered, the bus never had it: eventType, aggregateId, process, position?, reason? ('down', 'failure')
  crashedBeforePublish: (r) =>
    `${part(r['process'])} died after its commit and before publishing ${event(r)}: the event is lost, nothing remembers that it must be sent.`,
  crashedAfterMark: (r) =>
    `${part(r['process'])} died after marking row ${r['position']} and before publishing it: nobody will publish ${event(r)} again.`,
  refusedPublish: (r) =>
    `the bus ${refused(r)} ${event(r)}, and ${part(r['process'])} does not try again: the event is lost.`,
  refusedAfterMark: (r) =>
    `the bus ${refused(r)} row ${r['position']}, which ${part(r['process'])} had already marked: nobody will publish ${event(r)} again.`,
  failedBeforePublish: (r) =>
    `${part(r['process'])} failed after its commit and before publishing ${event(r)}: the event is lost, nothing remembers that it must be sent.`,
  failedAfterMark: (r) =>
    `${part(r['process'])} failed after marking row ${r['position']} and before publishing it: nobody will publish ${event(r)} again.`,
  neverPublished: (r) => `${event(r)} was committed, and nobody ever published it: the event is lost.`,
  // delivered, the bus had it: eventType, aggregateId, subscription
  droppedByBus: (r) => `the bus dropped ${event(r)} on its way to ${subscriber(r)}: it is lost.`,
  neverHandled: (r) => `${event(r)} lies in the queue of ${subscriber(r)}, and nobody takes it.`,
  notRouted: (r) => `the bus took ${event(r)} and had no queue for ${subscriber(r)}.`,
  // delivered, parked: eventType, aggregateId, subscription, attempts
  deadLettered: (r) =>
    `${subscriber(r)} failed ${r['attempts']} times: ${event(r)} lies among its dead letters and waits for a person.`,

  // delivered and outboxDrains: eventType, aggregateId, position, process?, reason?
  leftInOutbox: (r) => `row ${r['position']}, ${event(r)}, still waits in the outbox, and nobody comes to publish it.`,
  // outboxDrains: eventType, aggregateId, position
  neverMarked: (r) =>
    `row ${r['position']}, ${event(r)}, was published and never marked: the outbox still takes it for unpublished.`,

  // noDuplicateDelivery, effectAtMostOnce: eventType, aggregateId, subscription, cause and its parameters
  handledTwice: (r) => `${cause(r)}, and ${subscriber(r)} handles ${event(r)} twice.`,
  appliedTwice: (r) => `${cause(r)}, and ${subscriber(r)} applies ${event(r)} twice.`,

  // firstOrder, effectOrder: eventType, aggregateId, subscription, version, laterType, laterVersion, cause and its parameters
  handledOutOfOrder: (r) => `${cause(r)}: ${subscriber(r)} handles ${backwards(r)}.`,
  appliedOutOfOrder: (r) => `${cause(r)}: ${subscriber(r)} applies ${backwards(r)}.`,

  // every promise, unknown
  stopped: () => 'the run was stopped at its limit before it came to rest.',
};

function refused({ reason }: Reason): string {
  return reason === 'down' ? 'was down and refused' : 'refused';
}

/** The sentence for a reason; for a code that has none, the code. */
export function sentenceOf(reason: Reason): string {
  const sentence = own(sentences, reason.code);
  return sentence ? capital(sentence(reason)) : reason.code;
}
