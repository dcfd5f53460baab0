/** English names of parts, effects and failures, shared by the other English tables. */
import type { Failure, Intervention } from '../../trace/scenario.ts';
import { span } from '../format.ts';

const names: Record<string, string> = {
  user: 'You',
  kernel: 'The run',
  service: 'Service',
  database: 'Database',
  relay: 'Relay',
  bus: 'Bus',
  adServing: 'Ad serving',
  billing: 'Billing',
};

/** What a part or process is called; `consumer:billing` is Billing. */
export const part = (id: string): string => names[id.replace(/^(consumer|queue):/, '')] ?? id;

const effects: Record<string, string> = {
  load: 'load',
  commit: 'commit',
  publish: 'publish',
  fetchUnpublished: 'fetch',
  markPublished: 'mark',
  apply: 'apply',
  acknowledge: 'acknowledge',
};

/** The short word for an effect. */
export const effect = (name: string): string => effects[name] ?? name;

/** Why a command, an effect or a failure was turned down, by its code. */
export const reasons: Record<string, string> = {
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
};

/** A reason code in words; an unknown code stays as it is. */
export const reason = (code: string): string => reasons[code] ?? code;

function crash(process: string, point: string | undefined): string {
  if (!point) return `${part(process)} crashes now`;
  if (point === 'before:markPublished') return 'Relay crashes between publish and mark';
  const [when, what] = point.split(':');
  return `${part(process)} crashes ${when} ${effect(what ?? '')}`;
}

function message(failure: Extract<Failure, { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow' }>): string {
  const next = `the next message for ${part(failure.subscription ?? 'anyone')}`;
  switch (failure.type) {
    case 'drop':
      return `Lose ${next}`;
    case 'duplicate':
      return `Double ${next}`;
    case 'delay':
      return `Delay ${next} by ${span(failure.by ?? 0)}`;
    case 'deliverNow':
      return `Deliver ${next} now`;
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** A failure as a button says it. */
export function failure(what: Failure): string {
  switch (what.type) {
    case 'crash':
      return crash(what.process, what.point);
    case 'restart':
      return `Restart ${part(what.process)}`;
    case 'abortTransaction':
      return what.process && what.process !== 'service'
        ? `Abort the next transaction of ${part(what.process)}`
        : 'Abort the next transaction';
    case 'busDown':
      return `Bus down for ${span(what.for)}`;
    case 'refusePublish':
      return 'Refuse the next publish';
    case 'loseConfirmation':
      return 'Lose the next confirmation';
    case 'consumerFails':
      return `${part(what.subscription)} throws ${times(what.times)}`;
    case 'redeliver':
      return `Redeliver to ${part(what.subscription)} while its handler runs`;
    case 'slow':
      return what.by > 0
        ? `${part(what.process)} slow: ${span(what.by)} more per effect`
        : `${part(what.process)} at full speed again`;
    case 'drop':
    case 'duplicate':
    case 'delay':
    case 'deliverNow':
      return message(what);
    default:
      return what.type;
  }
}

/** An armed crash as short as a panel has room for. */
export function armedShort(what: Failure): string {
  if (what.type !== 'crash' || !what.point) return failure(what);
  const [when, effectName] = what.point.split(':');
  return `crash ${when} ${effect(effectName ?? '')}`;
}

/** What a person does to put things right, as a button says it. */
export function intervention(what: Intervention): string {
  switch (what.type) {
    case 'redrive':
      return `Re-drive ${what.message ? 'a dead letter' : 'the dead letters'} of ${part(what.subscription)}`;
    case 'unpark':
      return 'Publish the parked rows again';
    case 'replay':
      return `Let ${part(what.subscription)} read the log again from offset ${what.offset}`;
  }
}
