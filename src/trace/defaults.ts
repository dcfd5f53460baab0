/** What an option means where a scenario says nothing: part of the format, so that a file stays the same run. */
import { optionNames } from './option-values.ts';
import type { Options } from './scenario.ts';

/** What a flow runs with unless its scenario says otherwise. */
export const defaultOptions: Readonly<Options> = {
  publish: 'outbox',
  outbox: 'table',
  relay: 'polling',
  relays: 1,
  claim: 'none',
  afterPublish: 'mark',
  bus: 'queue',
  requeue: 'head',
  consumers: 'single',
  inbox: 'none',
  dedupWindow: 'endless',
  writes: 'serialised',
  saga: 'guarded',
  answers: 'automatic',
  boundary: 'apart',
  confirm: 'confirmed',
  marking: 'each',
  failingRow: 'block',
  polling: 'index',
  cleanup: 'off',
  fence: 'off',
  retention: 'endless',
  relayWrites: 'checked',
};

/** The options that are off their defaults: all a file or an address has to name. */
export const offDefault = (options: Options): Partial<Options> =>
  Object.fromEntries(
    optionNames.flatMap((name) => (options[name] === defaultOptions[name] ? [] : [[name, options[name]]])),
  );
