/** What of the options decides where things stand. */
import type { Options } from '../../../trace/scenario.ts';
import type { EdgeWord } from './shapes.ts';

/** The subscriptions, in the order in which they stand. */
export const subscriptions = ['adServing', 'billing'] as const;
/** One of those, or of another flow. */
export type Subscription = string;

export interface Variant {
  outbox: boolean;
  document: boolean;
  /** The relay follows the change log. */
  tails: boolean;
  /** The relay goes by a position, or claims what it publishes: it has more to say. */
  detailed: boolean;
  relays: 1 | 2;
  cleaner: boolean;
  bus: Options['bus'];
  competing: boolean;
  /** What the relay takes out of the database, and what it does there afterwards. */
  takes: EdgeWord;
  finishes: EdgeWord;
}

/** The variant of the picture that these options ask for. */
export function variantOf(options: Options): Variant {
  const { publish, relay, claim, afterPublish } = options;
  const outbox = publish === 'outbox';
  return {
    outbox,
    document: outbox && options.outbox === 'document',
    tails: outbox && relay === 'logTailing',
    detailed: outbox && (relay !== 'polling' || claim !== 'none'),
    relays: outbox ? options.relays : 1,
    cleaner: options.cleanup === 'on',
    bus: options.bus,
    competing: options.consumers === 'competing',
    takes: relay === 'polling' ? (claim === 'none' ? 'fetch' : 'claim') : 'readOn',
    finishes: afterPublish,
  };
}

/** Two layouts of the same name with the same key are the same. */
export const keyOf = (variant: Variant): string => Object.values(variant).join();
