/** What each choice can be: for the schema, the page's address and the controls alike. */
import type { Flow, Options } from './scenario.ts';

export const flows = ['campaign', 'trip', 'budget'] as const satisfies readonly Flow[];

export const optionValues = {
  publish: ['insideAggregate', 'afterCommit', 'outbox'],
  outbox: ['table', 'document'],
  relay: ['polling', 'cursorPolling', 'logTailing'],
  relays: [1, 2],
  claim: ['none', 'row', 'aggregate'],
  afterPublish: ['mark', 'delete', 'markFirst'],
  bus: ['pubsub', 'queue', 'log'],
  requeue: ['head', 'tail'],
  consumers: ['single', 'competing'],
  inbox: ['none', 'sameTransaction', 'before', 'after', 'version'],
  dedupWindow: ['endless', 'short'],
  writes: ['serialised', 'optimistic'],
  saga: ['none', 'stateless', 'eventSourced', 'guarded'],
  answers: ['automatic', 'manual'],
  boundary: ['together', 'apart', 'tooLarge'],
  confirm: ['confirmed', 'none'],
  marking: ['each', 'batch'],
  failingRow: ['block', 'blockAggregate', 'skip', 'park'],
  polling: ['index', 'scan'],
  cleanup: ['off', 'on'],
  fence: ['off', 'on'],
  retention: ['endless', 'short'],
  relayWrites: ['checked', 'notRaised', 'unchecked'],
  sending: ['outbox', 'direct'],
  notFound: ['discard', 'retry', 'create'],
  instances: ['checked', 'unchecked', 'locked'],
  finished: ['kept', 'deleted'],
  deadlines: ['on', 'off'],
  tokens: ['on', 'off'],
  compensation: ['on', 'off'],
  tombstones: ['on', 'off'],
  planning: ['recorded', 'recomputed'],
  lateSuccess: ['compensate', 'accept'],
  contradiction: ['alert', 'newestWins'],
} as const satisfies { readonly [K in keyof Options]: readonly Options[K][] };

/** The option names, in the order in which addresses list them. */
export const optionNames = Object.keys(optionValues) as (keyof Options)[];
