/**
 * Which parts of a situation a step looks at or changes. What a step does depends on nothing else, so it need be carried
 * out once for all situations that agree in these. A footprint that is too wide costs time; one too narrow is a mistake,
 * which `tests/unit/explorer/memo.test.ts` would find: there every step is carried out again and compared.
 */
import { isConsumer, isRelay } from '../simulation/flow.ts';
import type { Options } from '../trace/scenario.ts';
import type { Action } from './offers.ts';
import { ownerOf, partNames, type PartName } from './parts.ts';

/** Parts by their places among `partNames`, ascending. The bounds are in none: every step is told the time. */
export type Footprint = readonly number[];

const of = (...names: PartName[]): Footprint => names.map((name) => partNames.indexOf(name)).sort((a, b) => a - b);

const everything = of(...partNames.filter((name) => name !== 'bounds'));

const relaying = of('relays', 'storage', 'published');
const publishing = of('service', 'relays', 'bus', 'consumers', 'published', 'received');
const receiving = of('bus', 'consumers', 'published', 'received');
const ofRelay: Readonly<Record<string, Footprint>> = {
  publish: publishing,
  fetchAfter: of('service', 'relays', 'storage', 'published'),
};
const ofService: Readonly<Record<string, Footprint>> = {
  load: of('service', 'storage', 'published'),
  publish: publishing,
};
const ofConsumer: Readonly<Record<string, Footprint>> = {
  acknowledge: receiving,
};

/** The footprint of an action. */
export function footprintOf({ failure, item, sends }: Action, { saga }: Options): Footprint {
  if (saga !== 'none') return everything;
  if (sends) return of('service', 'published');
  if (!item) return failure ? ofFailure(failure.type === 'crash' ? failure.process : failure.type) : everything;
  const { what } = item;
  const owner = ownerOf(item);
  const effect = 'task' in what ? what.task.effect.effect : '';
  if (owner === 'service') return ofService[effect] ?? of('service', 'relays', 'storage', 'published', 'received');
  if (isRelay(owner)) return ofRelay[effect] ?? relaying;
  if (isConsumer(owner))
    return effect === '' || ofConsumer[effect] ? receiving : [...receiving, ...of('subscribers')].sort((a, b) => a - b);
  if ('fires' in what && what.fires.timer === 'pump') return receiving;
  return owner === 'cleaner' ? relaying : everything;
}

function ofFailure(what: string): Footprint {
  if (what === 'service') return of('service', 'relays', 'published', 'received');
  if (isRelay(what) || what === 'expireLease') return of('relays', 'published');
  return isConsumer(what) || what === 'redeliver' || what === 'rebalance' || what === 'drop' ? receiving : everything;
}
