/**
 * What a run is built of, fetched when its options ask for it: for the worker, whose first load has a limit. What the
 * default options need is there from the start.
 */
import type { Flow, Options } from '../trace/scenario.ts';
import { queueBus } from './bus/queue-bus.ts';
import { needsSagas } from './flow.ts';
import type { BusKind, Parts, SagaPart } from './rig.ts';

const buses: { readonly [K in Options['bus']]: () => Promise<BusKind> } = {
  queue: () => Promise.resolve(queueBus),
  pubsub: async () => (await import('./bus/pubsub-bus.ts')).pubsubBus,
  log: async () => (await import('./bus/log-bus.ts')).logBus,
};

const sagas = async (): Promise<SagaPart> => (await import('./saga/part.ts')).sagas;

/** Fetches all there is, so that it is there when the network is not. Rejects where something can't be fetched. */
export const fetchParts = (): Promise<unknown> => Promise.all([...Object.values(buses), sagas].map((fetch) => fetch()));

/** What a run under these options is built of. Rejects where it can't be fetched; asked again, it tries again. */
export async function partsFor(flow: Flow, options: Options): Promise<Parts> {
  const { bus } = options;
  const [busKind, sagaPart] = await Promise.all([buses[bus](), needsSagas(flow, options) ? sagas() : null]);
  return { buses: { [bus]: busKind }, sagas: sagaPart };
}
