/** What of a flow with a saga decides where things stand: its parts and the options, as few words. */
import type { FlowParts } from '../../../trace/control.ts';
import type { Options } from '../../../trace/scenario.ts';
import { variantOf, type Variant } from '../geometry/variant.ts';

export interface Setting extends Variant {
  flow: FlowParts['flow'];
  /** The saga's subscription, `saga` or `processManager`; null where none takes part. */
  saga: string | null;
  /** It keeps instances; else it only translates events into commands. */
  remembers: boolean;
  /** Its handler sends commands itself; else the relay does. */
  direct: boolean;
  /** There is a relay, for events or for commands alone. */
  relayed: boolean;
  boundary: Options['boundary'];
  subscriptions: readonly string[];
  participants: readonly string[];
}

/** The setting that a run's parts come to. */
export function settingOf({ flow, options, processes, subscriptions, participants }: FlowParts): Setting {
  const saga = subscriptions.find((name) => name === 'saga' || name === 'processManager') ?? null;
  const remembers = saga !== null && options.saga !== 'stateless';
  const base = variantOf(options);
  const outbox = base.outbox && flow !== 'trip';
  return {
    ...base,
    outbox,
    relays: processes.includes('relay-2') ? 2 : 1,
    // where only commands leave, they are fetched and marked
    ...(!outbox && ({ tails: false, detailed: false, document: false, takes: 'fetch', finishes: 'mark' } as const)),
    flow,
    saga,
    remembers,
    direct: saga !== null && (!remembers || options.sending === 'direct'),
    relayed: processes.includes('relay'),
    boundary: options.boundary,
    subscriptions,
    participants,
  };
}

/** Two layouts of the same name with the same key are the same. */
export const keyOfSetting = (setting: Setting): string => Object.values(setting).join();

/** Participants that answer: the others are only told something. */
export const answers = (participant: string): boolean => !['operator', 'traveler'].includes(participant);
