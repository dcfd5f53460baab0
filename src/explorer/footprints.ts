/**
 * Which parts of a situation a step looks at or changes. What a step does depends on nothing else, so it need be carried
 * out once for all situations that agree in these. A footprint that is too wide costs time; one too narrow is a mistake,
 * which `tests/unit/explorer/reductions.test.ts` would find: there every step is carried out again and compared.
 */
import { isConsumer, isRelay } from '../simulation/flow.ts';
import type { Failure, Options } from '../trace/scenario.ts';
import type { Action } from './action.ts';
import { ownerOf, partNames, placeOf, relayPartOf, type PartName } from './situation.ts';

/** Parts by their places among `partNames`, ascending. The bounds are in none: every step is told the time. */
export type Footprint = readonly number[];

const of = (...names: PartName[]): Footprint => [...new Set(names)].map((name) => placeOf[name]).sort((a, b) => a - b);

/** All that there is. */
export const everything = of(...partNames.filter((name) => name !== 'bounds'));

const direct = of('service', 'bus', 'consumers', 'published', 'received');
const receiving = of('bus', 'consumers', 'published', 'received');
const applying = of('bus', 'consumers', 'subscribers', 'published', 'received');
const starting = of('service', 'published');
const loading = of('service', 'storage', 'published');
const serving = of('service', 'relay', 'otherRelay', 'storage', 'published', 'received');

/** What the effects of a relay concern that are not its own affair and the outbox's. */
const ofRelay: Readonly<Record<string, readonly PartName[]>> = {
  publish: ['bus', 'consumers', 'published', 'received'],
  // the fence is held by whoever has taken a position and not committed
  fetchAfter: ['service', 'storage', 'published'],
  // who has lost its lease is known to all, and who gives one back wakes the other
  claimUnpublished: ['relay', 'otherRelay', 'storage', 'published'],
  claimPending: ['relay', 'otherRelay', 'storage', 'published'],
  releaseLeases: ['relay', 'otherRelay', 'storage', 'published'],
  unpark: ['relay', 'otherRelay', 'storage', 'published'],
  // a saga's commands, and their own outbox
  fetchCommands: ['sending', 'published'],
  markSent: ['sending', 'published'],
  sendCommand: ['service', 'sending', 'participants', 'published', 'received', 'told'],
};

/** The footprint of an action. */
export function footprintOf(action: Action, options: Options): Footprint {
  return options.saga === 'none' ? ofReaders(action, options) : ofSagas(action, options);
}

/** Where no saga takes part. */
function ofReaders({ failure, item, sends }: Action, { fence }: Options): Footprint {
  if (sends) return of('service', 'published');
  if (!item) return failure ? ofFailure(failure, fence === 'on') : everything;
  const { what } = item;
  const owner = ownerOf(item);
  const effect = 'task' in what ? what.task.effect.effect : '';
  if (owner === 'service') {
    if (effect === '') return starting;
    return effect === 'load' ? loading : effect === 'publish' ? direct : serving;
  }
  if (isRelay(owner)) return of(relayPartOf(owner), ...(ofRelay[effect] ?? outbox));
  if (isConsumer(owner)) return effect === '' || effect === 'acknowledge' ? receiving : applying;
  return 'fires' in what && what.fires.timer === 'pump' ? receiving : everything;
}

const outbox = ['relay', 'storage', 'published'] as const;

function ofFailure(failure: Failure, fenced: boolean): Footprint {
  const what = failure.type === 'crash' ? failure.process : failure.type;
  // where relays keep behind a fence, it moves with the transaction
  if (what === 'service') return fenced ? serving : of('service', 'published', 'received');
  if (isRelay(what)) return of(relayPartOf(what), 'published');
  if (what === 'expireLease') return of('relay', 'otherRelay', 'published');
  return isConsumer(what) || what === 'redeliver' || what === 'rebalance' || what === 'drop' ? receiving : everything;
}

const handlingNames = ['bus', 'consumers', 'subscribers', 'instances', 'published', 'received', 'told'] as const;
const handling = of(...handlingNames);
/** Who commits commands wakes the relay. */
const deciding = of(
  ...(['relay', 'bus', 'consumers', 'subscribers', 'instances', 'sending', 'published', 'received', 'told'] as const),
);
// what is answered is an event from then on, and missed
const asking = of('participants', 'published', 'received', 'told');
const answering = of('bus', 'consumers', 'participants', 'published', 'received', 'told');
const timingOut = of('bus', 'consumers', 'instances', 'published', 'received', 'told');

/** By their timers: what comes to sagas and participants. */
const ofTimers: Readonly<Record<string, Footprint>> = {
  pump: receiving,
  commandArrives: asking,
  answer: asking,
  answerArrives: answering,
  sagaTimeout: timingOut,
};

/** Where a saga takes part. */
function ofSagas({ failure, item }: Action, { instances }: Options): Footprint {
  if (!item) return failure ? ofFailureAmongSagas(failure) : everything;
  const { what } = item;
  const owner = ownerOf(item);
  if (isRelay(owner)) {
    if (!('task' in what)) return of(relayPartOf(owner), 'relay', 'storage', 'sending', 'published');
    return of(relayPartOf(owner), ...(ofRelay[what.task.effect.effect] ?? outbox));
  }
  if (isConsumer(owner)) {
    // who has locked an instance is known to all
    if (instances === 'locked') return everything;
    return ('task' in what ? ofHandling[what.task.effect.effect] : handling) ?? everything;
  }
  return ('fires' in what ? ofTimers[what.fires.timer] : null) ?? everything;
}

/** By their effects: what sagas and other subscribers do about a message. */
const ofHandling: Readonly<Record<string, Footprint>> = {
  loadInstance: of('consumers', 'instances', 'published', 'received'),
  commitInstance: deciding,
  ignoreMessage: handling,
  missInstance: handling,
  acknowledge: handling,
  checkInbox: applying,
  recordInbox: applying,
  apply: applying,
};

function ofFailureAmongSagas(failure: Failure): Footprint {
  const what = failure.type === 'crash' ? failure.process : failure.type;
  if (isRelay(what)) return of(relayPartOf(what), 'sending', 'published', 'told');
  if (isConsumer(what)) return of('service', ...handlingNames);
  return what === 'redeliver' || what === 'rebalance' ? receiving : everything;
}
