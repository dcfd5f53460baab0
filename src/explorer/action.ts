/** What can happen next, and what is tried. */
import type { Item } from '../kernel/world.ts';
import { isConsumer, isRelay, subscriptionOf } from '../simulation/flow.ts';
import type { Failure, Options, Payload } from '../trace/scenario.ts';

/** One thing that can happen next. */
export interface Action {
  /** The next command is sent. */
  readonly sends?: true;
  /** This failure strikes first; where there is no item, now and by itself. */
  readonly failure?: Failure;
  /** Somebody who was asked answers. */
  readonly reply?: { readonly name: string; readonly payload: Payload };
  /** The item that is taken off the agenda. */
  readonly item?: Item;
}

/** What the explorer was asked to try. */
export interface Trying {
  readonly options: Options;
  readonly subscriptions: readonly string[];
  /** Kinds of failures, as `kindOf` names them, that may strike. */
  readonly kinds: readonly string[];
  /** How many commands there are. */
  readonly commands: number;
  /** How many failures at most. */
  readonly failures: number;
}

/** Failures that count as one of a kind: each kind strikes at most once. A crash is another one in each role. */
export function kindOf(failure: Failure): string {
  if (failure.type !== 'crash') return failure.type;
  const { process } = failure;
  return `crash ${isRelay(process) ? 'relay' : isConsumer(process) ? 'consumer' : process}`;
}

/** Whether whoever owns this is explored, or stands still. */
export const isExplored = (owner: string, subscriptions: readonly string[]): boolean =>
  !isConsumer(owner) || subscriptions.includes(subscriptionOf(owner));
