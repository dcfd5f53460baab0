/** The options that are always on the page, in English. What there is to say about them is in `en-choices.ts`. */
import type { MainWords } from './option-words.ts';

export const enOptions: MainWords = {
  publish: {
    label: 'Publish',
    values: {
      insideAggregate: { short: 'inside', name: 'Inside the aggregate' },
      afterCommit: { short: 'after', name: 'After commit' },
      outbox: { short: 'outbox', name: 'Outbox' },
    },
  },
  outbox: {
    label: 'Outbox',
    values: {
      table: { short: 'table', name: 'Outbox table' },
      document: { short: 'document', name: 'Outbox in the document' },
    },
  },
  relay: {
    label: 'Relay',
    values: {
      polling: { short: 'polling', name: 'Polling' },
      cursorPolling: { short: 'cursor', name: 'Polling by a cursor' },
      logTailing: { short: 'log', name: 'Log tailing' },
    },
  },
  afterPublish: {
    label: 'Then',
    name: 'After publishing',
    values: {
      mark: { short: 'mark', name: 'Mark' },
      delete: { short: 'delete', name: 'Delete' },
      markFirst: { short: 'first', name: 'Mark first' },
    },
  },
  bus: {
    label: 'Bus',
    values: {
      pubsub: { short: 'pub/sub', name: 'Pub/sub' },
      queue: { short: 'queue', name: 'Queue' },
      log: { short: 'log', name: 'Partitioned log' },
    },
  },
  inbox: {
    label: 'Inbox',
    values: {
      none: { short: 'off', name: 'Inbox off' },
      sameTransaction: { short: 'on', name: 'Inbox on' },
      before: { short: 'before', name: 'Inbox before the effect' },
      after: { short: 'after', name: 'Inbox after the effect' },
      version: { short: 'version', name: 'Last version instead of an inbox' },
    },
  },
  saga: {
    label: 'Saga',
    values: {
      none: { short: 'none', name: 'Saga: none' },
      stateless: { short: 'stateless', name: 'Stateless' },
      eventSourced: { short: 'book', name: 'As in the book' },
      guarded: { short: 'guarded', name: 'Guarded' },
    },
  },
};
