/** English names of parts, effects and failures, shared by the other English tables. */
import type { Failure, Options } from '../../trace/scenario.ts';
import { untilDeadLetter, span } from '../format.ts';

/** Parts that are not called by their id. */
const names: Record<string, string> = {
  user: 'You',
  kernel: 'The run',
  cleaner: 'Clean-up',
  publishing: 'Publishing service',
};

/** `adServing` as words: `Ad serving`. */
const worded = (id: string): string =>
  id.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase());

/** What a part or process is called; `consumer:billing` is Billing, and `consumer:billing-2` the second one. */
export function part(id: string): string {
  const [, base = id, number] = /^(?:consumer:|queue:)?(.*?)(?:-(\d+))?$/.exec(id) ?? [];
  const name = names[base] ?? worded(base);
  return number ? `${name} ${number}` : name;
}

/** Effects that are not called by the first word of their name. */
const effects: Record<string, string> = {
  readPosition: 'recall',
  fetchChanges: 'tail',
  storePosition: 'advance',
  missInstance: 'look for',
  fetchCommands: 'fetch commands',
  markSent: 'mark as sent',
};

/** The short word for an effect. */
export const effect = (name: string): string => effects[name] ?? name.replace(/[A-Z].*/, '');

/** What a failure's words depend on; null where nobody knows the options. */
export type Ground = Pick<Options, 'afterPublish' | 'bus'> | null;

function crash(process: string, point: string | undefined, ground: Ground): string {
  if (!point) return `${part(process)} crashes now`;
  const [when, what = ''] = point.split(':');
  const name = effect(what);
  const finishes = what === 'markPublished' || what === 'deletePublished';
  if (when === 'before' && finishes && ground && ground.afterPublish !== 'markFirst')
    return `${part(process)} crashes between publish and ${name}`;
  return `${part(process)} crashes ${when} ${name}`;
}

function message(failure: Extract<Failure, { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow' }>): string {
  const which = failure.message === undefined ? 'the next message' : `message ${failure.message}`;
  const next = failure.subscription === undefined ? which : `${which} for ${part(failure.subscription)}`;
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

const asUsual: Ground = { afterPublish: 'mark', bus: 'queue' };

function throws(subscription: string, count: number, ground: Ground): string {
  const said = `${part(subscription)} throws ${times(count)}`;
  return count >= untilDeadLetter && ground?.bus === 'queue' ? `${said}: a dead letter` : said;
}

/** A failure as a button says it. */
export function failure(what: Failure, ground: Ground = asUsual): string {
  switch (what.type) {
    case 'crash':
      return crash(what.process, what.point, ground);
    case 'restart':
      return `Restart ${part(what.process)}`;
    case 'abortTransaction':
      if (what.process === undefined) return 'Abort whichever transaction is next';
      return what.process === 'service'
        ? 'Abort the next transaction'
        : `Abort the next transaction of ${part(what.process)}`;
    case 'busDown':
      return `Bus down for ${span(what.for)}`;
    case 'refusePublish':
      return 'Refuse the next publish';
    case 'loseConfirmation':
      return 'Lose the next confirmation';
    case 'consumerFails':
      return throws(what.subscription, what.times, ground);
    case 'redeliver':
      return `Redeliver to ${part(what.subscription)} while its handler runs`;
    case 'rebalance':
      return `Give a partition of ${part(what.subscription)} to another consumer`;
    case 'expireLease':
      return `End the claims of ${part(what.process)} before their time`;
    case 'silence':
      return `${part(what.service)} stays silent`;
    case 'slow':
      return what.by > 0
        ? `${part(what.process)} slow: ${span(what.by)} more per effect`
        : `${part(what.process)} at full speed again`;
    case 'drop':
    case 'duplicate':
    case 'delay':
    case 'deliverNow':
      return message(what);
  }
}

/** An armed crash as short as a panel has room for. */
export function armedShort(what: Failure): string {
  if (what.type !== 'crash' || !what.point) return failure(what);
  const [when, effectName = ''] = what.point.split(':');
  return `crash ${when} ${effect(effectName)}`;
}
