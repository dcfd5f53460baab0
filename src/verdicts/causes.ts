/** Why something came again, too late, or is missing: English words that stand at the head of a sentence. */
import { own } from '../base/own.ts';
import { capital, part, row, type Words } from './words.ts';

/** Each is a whole sentence or ends in one that can go on with ', and …'. */
export const causes: Readonly<Record<string, Words>> = {
  // process, position?, document?
  diedBeforeMarking: (r) => `${part(r['process'])} died before marking. Restarted, it publishes ${row(r)} again`,
  markingFailed: (r) => `${part(r['process'])} could not mark what it had published. It publishes ${row(r)} again`,
  failedBeforeMarking: (r) => `${part(r['process'])} gave up before marking. It publishes ${row(r)} again`,
  confirmationLost: (r) =>
    `the bus took ${row(r)}, but its confirmation was lost. ${capital(part(r['process']))} publishes it again`,
  publishedTwice: (r) => `${part(r['process'])} publishes ${row(r)} once more`,
  // process, other, position?, document?
  tookOver: (r) =>
    `${part(r['other'])} died before marking. ${capital(part(r['process']))} takes over and publishes ${row(r)} again`,
  twoRelays: (r) => `both ${part(r['other'])} and ${part(r['process'])} publish ${row(r)}`,
  leaseExpired: (r) =>
    `the lease of ${part(r['process'])} ended while it was at work, and ${part(r['other'])} took over: both publish ${row(r)}`,
  resurrected: (r) =>
    `${part(r['other'])} wrote over the mark with what it had read before. ${capital(part(r['process']))} publishes ${row(r)} again`,
  // process
  duplicatedByBus: () => 'the bus made a second copy of the message',
  diedBeforeAcknowledging: (r) => `${part(r['process'])} died before acknowledging. The bus delivers the message again`,
  failedBeforeAcknowledging: (r) =>
    `${part(r['process'])} failed before acknowledging. The bus delivers the message again`,
  acknowledgementTimeout: (r) =>
    `the bus waited too long for ${part(r['process'])} to acknowledge. It delivers the message again`,
  busWentDown: (r) => `the bus went down before ${part(r['process'])} could acknowledge. It delivers the message again`,
  deliveredAgain: () => 'the message came a second time',
  redriven: () => 'a dead letter was put back at the tail of the queue',
  replayed: () => 'the log is read again from further back',
  // process: who had the partition, other: who has it now
  rebalanced: (r) =>
    r['other'] === r['process']
      ? `the partition was given out anew before the offset of ${part(r['process'])} was committed. The message is read again`
      : `the partition went to ${part(r['other'])} before the offset of ${part(r['process'])} was committed. The message is read again`,
  // version, laterVersion, process?, other?
  publishedOutOfOrder: (r) =>
    `${part(r['process'])} published version ${r['laterVersion']} before version ${r['version']}`,
  relaysOutOfOrder: (r) =>
    `${part(r['process'])} published version ${r['laterVersion']} before ${part(r['other'])} published version ${r['version']}`,
  delayed: () => 'the message was delayed and overtaken',
  returnedToQueue: () => 'the message went back to its queue and was overtaken',
  wentToTail: () => 'the message went back to the tail of its queue and was overtaken',
  promoted: () => 'a later message was moved to the front',
  competing: (r) => `${part(r['other'])} was quicker than ${part(r['process'])}`,
  overtaken: () => 'a later message overtook this one',
  // earlierVersion
  missingDead: (r) => `version ${r['earlierVersion']} lies among the dead letters`,
  missingDropped: (r) => `the bus has dropped version ${r['earlierVersion']}`,
  missingQueued: (r) => `version ${r['earlierVersion']} is still on its way`,
  missingParked: (r) => `the relay has parked version ${r['earlierVersion']}`,
  missingUnpublished: (r) => `version ${r['earlierVersion']} has not been published`,
  // process: who says nothing, lost it, or has it
  neverAnswered: (r) => (r['process'] === undefined ? 'nobody has answered' : `${part(r['process'])} has not answered`),
  participantSilent: (r) => `${part(r['process'])} has done what it was told, and says nothing`,
  commandLost: (r) => `a command was lost on its way to ${part(r['process'])}`,
  answerLost: () => 'the bus has dropped the answer',
  answerDead: () => 'the answer lies among the dead letters',
  answerDiscarded: () => 'the answer came before the instance was stored, and was discarded',
  moveOverwritten: (r) => `${part(r['process'])} wrote over what another handler had stored of the answers`,
};

/** The words for a reason's `cause`. */
export const cause: Words = (reason) => (own(causes, String(reason['cause'])) ?? (() => 'it came about'))(reason);
