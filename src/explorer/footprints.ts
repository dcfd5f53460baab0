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

const of = (...names: PartName[]): Footprint => names.map((name) => placeOf[name]).sort((a, b) => a - b);

const everything = of(...partNames.filter((name) => name !== 'bounds'));

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
};

/** The footprint of an action. */
export function footprintOf({ failure, item, sends }: Action, { saga, fence }: Options): Footprint {
  if (saga !== 'none') return everything;
  if (sends) return of('service', 'published');
  if (!item) return failure ? ofFailure(failure, fence === 'on') : everything;
  const { what } = item;
  const owner = ownerOf(item);
  const effect = 'task' in what ? what.task.effect.effect : '';
  if (owner === 'service') {
    if (effect === '') return starting;
    return effect === 'load' ? loading : effect === 'publish' ? direct : serving;
  }
  if (isRelay(owner))
    return of(...new Set([relayPartOf(owner), ...(ofRelay[effect] ?? (['relay', 'storage', 'published'] as const))]));
  if (isConsumer(owner)) return effect === '' || effect === 'acknowledge' ? receiving : applying;
  return 'fires' in what && what.fires.timer === 'pump' ? receiving : everything;
}

function ofFailure(failure: Failure, fenced: boolean): Footprint {
  const what = failure.type === 'crash' ? failure.process : failure.type;
  // where relays keep behind a fence, it moves with the transaction
  if (what === 'service') return fenced ? serving : of('service', 'published', 'received');
  if (isRelay(what)) return of(relayPartOf(what), 'published');
  if (what === 'expireLease') return of('relay', 'otherRelay', 'published');
  return isConsumer(what) || what === 'redeliver' || what === 'rebalance' || what === 'drop' ? receiving : everything;
}
