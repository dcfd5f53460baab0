/** What has to be known of a run before it can be judged; the records tell everything else. */
import { own } from '../base/own.ts';
import type { Flow, Options } from '../trace/scenario.ts';

export interface Setting {
  readonly flow: Flow;
  /** Everybody who subscribes, and whom each committed event it hears of must reach. */
  readonly subscriptions: readonly string[];
  /** Which events each subscription hears of; one that is not named hears of all. */
  readonly heard?: Readonly<Record<string, readonly string[]>>;
  /** All options the run was made under: some promises make sense under some of them only. */
  readonly options: Options;
}

/** Whether a subscription is handed events of this type. */
export const hears = ({ heard }: Setting, subscription: string, eventType: string): boolean =>
  heard === undefined || (own(heard, subscription)?.includes(eventType) ?? true);

/** Whether it is a subscriber with effects of its own: a saga or a process manager only sends commands. */
export const hasEffects = (subscription: string): boolean =>
  subscription !== 'saga' && subscription !== 'processManager';
