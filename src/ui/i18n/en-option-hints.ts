/** What there is to say about the options, in English: the finer ones, what each value does, and why it may not be had. */
import type { FineWords, OptionHints, OptionReasons } from './option-words.ts';
import { sagaFine, sagaHints } from './en-saga-options.ts';

/** The options that unfold. */
export const fine: FineWords = {
  ...sagaFine,
  writes: {
    label: 'Writes',
    values: {
      serialised: { short: 'in turn', name: 'Writes in turn' },
      optimistic: { short: 'racing', name: 'Racing writes' },
    },
  },
  relays: {
    label: 'Relays',
    values: { 1: { short: '1', name: '1 relay' }, 2: { short: '2', name: '2 relays' } },
  },
  claim: {
    label: 'Claims',
    values: {
      none: { short: 'none', name: 'Claims: none' },
      row: { short: 'row', name: 'Claims by row' },
      aggregate: { short: 'campaign', name: 'Claims by campaign' },
    },
  },
  marking: {
    label: 'Marking',
    values: {
      each: { short: 'each', name: 'Mark each row' },
      batch: { short: 'batch', name: 'Mark the batch' },
    },
  },
  failingRow: {
    label: 'A refused row',
    values: {
      block: { short: 'block', name: 'Block all others' },
      blockAggregate: { short: 'its own', name: 'Block its own campaign' },
      skip: { short: 'skip', name: 'Skip it' },
      park: { short: 'park', name: 'Park it' },
    },
  },
  polling: {
    label: 'Query',
    values: {
      index: { short: 'index', name: 'Query by the index' },
      scan: { short: 'scan', name: 'Query by a table scan' },
    },
  },
  cleanup: {
    label: 'Clean-up',
    values: { off: { short: 'off', name: 'Clean-up off' }, on: { short: 'on', name: 'Clean-up on' } },
  },
  fence: {
    label: 'Fence',
    values: { off: { short: 'off', name: 'Fence off' }, on: { short: 'on', name: 'Fence on' } },
  },
  retention: {
    label: 'Log kept',
    values: {
      endless: { short: 'for ever', name: 'Log kept for ever' },
      short: { short: 'briefly', name: 'Log kept briefly' },
    },
  },
  relayWrites: {
    label: 'Relay writes',
    values: {
      checked: { short: 'checked', name: 'Relay writes checked' },
      notRaised: { short: 'unraised', name: 'Checked, version unraised' },
      unchecked: { short: 'unchecked', name: 'Relay writes unchecked' },
    },
  },
  confirm: {
    label: 'Confirms',
    values: {
      confirmed: { short: 'awaited', name: 'Confirmation awaited' },
      none: { short: 'ignored', name: 'Confirmation ignored' },
    },
  },
  requeue: {
    label: 'Requeue',
    values: {
      head: { short: 'head', name: 'Requeue at the head' },
      tail: { short: 'tail', name: 'Requeue at the tail' },
    },
  },
  consumers: {
    label: 'Consumers',
    values: {
      single: { short: 'single', name: 'A single consumer' },
      competing: { short: 'two', name: 'Two competing consumers' },
    },
  },
  dedupWindow: {
    label: 'Ids kept',
    values: {
      endless: { short: 'for ever', name: 'Ids kept for ever' },
      short: { short: 'briefly', name: 'Ids kept briefly' },
    },
  },
};

/** One line about each option and each value. */
export const hints: OptionHints = {
  ...sagaHints,
  publish: {
    about: 'When the event leaves the service.',
    values: {
      insideAggregate: 'While its transaction is still open: a rollback makes it a ghost.',
      afterCommit: 'Once its transaction has committed: a crash in between loses it.',
      outbox: 'Event and campaign commit together; a relay publishes the event later.',
    },
  },
  outbox: {
    about: 'Where an event waits until it is published.',
    values: {
      table: 'As a row of a table, written in the same transaction.',
      document: 'In the campaign’s own document, where no transaction covers two documents.',
    },
  },
  relay: {
    about: 'How the relay learns what there is to publish.',
    values: {
      polling: 'It asks for rows not yet published, again and again.',
      cursorPolling: 'It asks for rows after the position it has stored.',
      logTailing: 'It follows the change log of the database and sees every commit.',
    },
  },
  afterPublish: {
    about: 'What becomes of a published row.',
    values: {
      mark: 'It is marked and stays: the table grows.',
      delete: 'It is deleted: the table stays small, and the history is gone.',
      markFirst: 'It was marked before it was published: a crash in between loses it.',
    },
  },
  bus: {
    about: 'What carries events to the subscribers.',
    values: {
      pubsub: 'Hands an event to whoever listens now, and keeps nothing.',
      queue: 'Keeps a message until it is acknowledged, and delivers it again if it is not.',
      log: 'Keeps all in order, partition by partition; readers keep their place.',
    },
  },
  inbox: {
    about: 'How a consumer knows that it has handled an event before.',
    values: {
      none: 'It does not: what comes twice happens twice.',
      sameTransaction: 'The event’s id is stored with the effect, in one transaction.',
      before: 'The id is stored first: a crash before the effect loses it.',
      after: 'The id is stored last: a crash after the effect doubles it.',
      version: 'It stores the last version of each campaign, and ignores what is not newer.',
    },
  },
  writes: {
    about: 'What two commands on one campaign do.',
    values: {
      serialised: 'The second waits until the first is done.',
      optimistic: 'Both run; the version check turns the loser down, and it tries again.',
    },
  },
  relays: {
    about: 'How many relays work on the outbox.',
    values: { 1: 'One, so rows leave in their order.', 2: 'Two: without claims, both publish the same rows.' },
  },
  claim: {
    about: 'How two relays share the rows.',
    values: {
      none: 'They do not: either takes what it finds.',
      row: 'Each takes free rows (SKIP LOCKED): none twice, but out of order.',
      aggregate: 'Each takes all rows of a campaign: their order is kept.',
    },
  },
  marking: {
    about: 'When rows are marked or deleted.',
    values: {
      each: 'One by one, each right after it is published.',
      batch: 'All at the end: a crash before that publishes all of them again.',
    },
  },
  failingRow: {
    about: 'What the relay does about a row that the bus refuses.',
    values: {
      block: 'It tries again and again; nothing behind the row is published.',
      blockAggregate: 'Rows of other campaigns go on; only those behind it in its own wait.',
      skip: 'It goes on with the next: later events overtake it.',
      park: 'After some attempts it leaves the row aside for a person.',
    },
  },
  polling: {
    about: 'How a poll finds what is not published.',
    values: {
      index: 'By an index: it reads no row that is published.',
      scan: 'It goes through the whole table: more rows with every event ever stored.',
    },
  },
  cleanup: {
    about: 'Whether a job removes what was published a while ago.',
    values: { off: 'Published rows stay for ever.', on: 'They are removed some seconds later.' },
  },
  fence: {
    about: 'Whether the cursor waits for open transactions.',
    values: {
      off: 'It does not: a lower position that commits later is never read.',
      on: 'It stops before the first position that an open transaction has taken.',
    },
  },
  retention: {
    about: 'How long the database keeps its change log.',
    values: { endless: 'For ever.', short: 'Some seconds: a relay that is away for longer misses changes.' },
  },
  relayWrites: {
    about: 'How the relay writes a document that commands write as well.',
    values: {
      checked: 'Under the version check: whoever comes second tries again.',
      notRaised: 'Under the check, but the version stays: a command may bring a published entry back.',
      unchecked: 'Over whatever is there: a command’s change can be lost.',
    },
  },
  confirm: {
    about: 'Whether the publisher waits for the bus to confirm.',
    values: {
      confirmed: 'It waits, and what is refused is published again.',
      none: 'It does not: what is refused is taken for published.',
    },
  },
  requeue: {
    about: 'Where a message goes that was not acknowledged.',
    values: {
      head: 'To the head: order is kept, and one bad message holds up all others.',
      tail: 'To the tail: the others overtake it.',
    },
  },
  consumers: {
    about: 'How many consumers a subscription has.',
    values: {
      single: 'One, which handles one message after the other.',
      competing: 'Two that share the messages: quicker, and out of order.',
    },
  },
  dedupWindow: {
    about: 'How long the inbox keeps its ids.',
    values: { endless: 'For ever.', short: 'Some seconds: what comes again after that is new to it.' },
  },
};

/** Why a value does not go with the others. */
export const reasons: OptionReasons = {
  needsOutbox: 'Only with an outbox.',
  needsTable: 'Only with the outbox as a table.',
  needsDocument: 'Only with the outbox in the document.',
  needsPolling: 'Only with a relay that polls for unpublished rows.',
  needsCursorPolling: 'Only with a relay that polls by a cursor.',
  needsLogTailing: 'Only with a relay that tails the log.',
  needsTwoRelays: 'Only with two relays.',
  needsMarking: 'Where rows are deleted, there is nothing left to clean up.',
  needsQueue: 'Only with a queue.',
  needsConfirmation: 'A pub/sub bus confirms nothing anyway.',
  needsInbox: 'Only with an inbox that keeps ids.',
  notBesideMarkFirst: 'Not where rows are marked first.',
  notBesideClaims: 'Not together with claims.',
  notBesideDocument: 'Not with the outbox in the document.',
  needsSaga: 'Only with a saga.',
  needsInstances: 'Only with a saga that remembers.',
  needsGuards: 'Only with a guarded saga.',
  needsApart: 'Only where budget and campaigns are apart.',
  notInThisFlow: 'It does not exist in this flow.',
};
