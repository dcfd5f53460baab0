/** Why things are turned down, and what a person does about it, in English. */
import type { IgnoredReason } from '../../trace/record.ts';
import type { Intervention } from '../../trace/scenario.ts';
import { part } from './en-parts.ts';

/** Why a command, an effect or a failure was turned down, by its code. */
const reasons: Record<string, string> = {
  alreadyActive: 'it is active already',
  alreadyDeactivated: 'it is deactivated already',
  unknownCommand: 'nobody knows this command',
  transactionAborted: 'its transaction was rolled back',
  versionConflict: 'somebody else changed it meanwhile',
  publishRefused: 'the bus refused the event',
  confirmationLost: 'the bus confirmed nothing',
  serviceDown: 'the service is down',
  crash: 'a crash',
  failure: 'a failure',
  conflict: 'a version conflict',
  duplicate: 'its id is in the inbox already',
  exception: 'an exception',
  timeout: 'the acknowledgement took too long',
  down: 'it is down',
  unknownProcess: 'there is no such part here',
  unknownPoint: 'it never gets there',
  alreadyUp: 'it is running',
  alreadyDown: 'it is down already',
  notInThisFlow: 'it does not exist in this pattern',
  nothingWaits: 'no message waits',
  unknownSubscription: 'there is no such subscriber',
  consumerFailed: 'the consumer threw',
  messageTooLarge: 'the bus does not take an event of that size',
  tooLarge: 'it is too large',
  offline: 'nobody listens',
  overflow: 'its memory is full',
  stale: 'a newer version has been seen already',
  notOnThisBus: 'this bus does not do that',
  nothingToLose: 'nobody waits for a confirmation',
  nothingIsClaimed: 'the relays claim nothing',
  nothingIsParked: 'no row is parked',
  noDeadLetters: 'there is no dead letter',
  offsetBeyondEnd: 'the log does not reach that far',
  overBudget: 'the budget does not allow it',
  nothingAsked: 'nobody has asked for it',
  prevented: 'it has been cancelled',
  unknownService: 'there is no such participant here',
  notWithParticipants: 'that does not happen on the way to a participant',
  instanceNotFound: 'there is no such instance',
};

/** A reason code in words; an unknown code stays as it is. */
export const reason = (code: string): string => reasons[code] ?? code;

/** What a person does to put things right, as a button says it. */
export function intervention(what: Intervention): string {
  switch (what.type) {
    case 'redrive':
      return what.message === undefined
        ? `Re-drive the dead letters of ${part(what.subscription)}`
        : `Re-drive dead letter ${what.message} of ${part(what.subscription)}`;
    case 'unpark':
      return 'Publish the parked rows again';
    case 'replay':
      return `Let ${part(what.subscription)} read the log again from offset ${what.offset}`;
  }
}

const ignored: Record<IgnoredReason, string> = {
  duplicate: 'it has had this very message',
  stale: 'it speaks of an earlier attempt',
  late: 'it has ended',
  unexpected: 'it does not wait for that',
  notFound: 'there is no such instance',
};

/** Why a saga ignores a message; `state`: in which it was. */
export function ignoredReason(code: IgnoredReason, state?: string): string {
  if (state === undefined || code === 'duplicate' || code === 'notFound') return ignored[code];
  return code === 'late' ? `it has ended, as ${state}` : `${ignored[code]} in ${state}`;
}
