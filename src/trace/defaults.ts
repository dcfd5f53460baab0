/** What an option means where a scenario says nothing: part of the format, so that a file stays the same run. */
import { optionNames } from './option-values.ts';
import type { Flow, Options } from './scenario.ts';

/** What the campaign flow runs with unless its scenario says otherwise. */
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
  saga: 'none',
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
  sending: 'outbox',
  notFound: 'discard',
  instances: 'checked',
  finished: 'kept',
  deadlines: 'on',
  tokens: 'on',
  compensation: 'on',
  tombstones: 'on',
  planning: 'recorded',
  lateSuccess: 'compensate',
  contradiction: 'alert',
};

const withSaga: Readonly<Options> = { ...defaultOptions, saga: 'guarded' };

/** What a flow runs with unless its scenario says otherwise: the others are about nothing but a saga. */
export const defaultsOf = (flow: Flow): Readonly<Options> => (flow === 'campaign' ? defaultOptions : withSaga);

/**
 * All options of a flow, from those that are named. In the campaign flow the saga takes part where it is named, or where
 * somebody is said to answer it: a scenario that speaks of neither is the run it was before there was a saga.
 */
export function completed(flow: Flow, named: Partial<Options> = {}): Options {
  const saga = flow === 'campaign' && named.answers !== undefined ? withSaga.saga : defaultsOf(flow).saga;
  return { ...defaultsOf(flow), saga, ...named };
}

/** The options that are off their flow's defaults: all a file or an address has to name. */
export const offDefault = (options: Options, flow: Flow = 'campaign'): Partial<Options> =>
  Object.fromEntries(
    optionNames.flatMap((name) => (options[name] === defaultsOf(flow)[name] ? [] : [[name, options[name]]])),
  );
