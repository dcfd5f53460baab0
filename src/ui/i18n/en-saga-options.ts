/** What there is to say about the options of sagas, process managers and boundaries, in English. */
import type { SagaFineWords, SagaHints } from './option-words.ts';

export const sagaFine: SagaFineWords = {
  answers: {
    label: 'Answers',
    values: {
      automatic: { short: 'automatic', name: 'Automatic answers' },
      manual: { short: 'by hand', name: 'Answers by hand' },
    },
  },
  boundary: {
    label: 'Boundary',
    values: {
      together: { short: 'together', name: 'Together in one aggregate' },
      apart: { short: 'apart', name: 'Apart, with a saga' },
      tooLarge: { short: 'all in one', name: 'All in one aggregate: too large' },
    },
  },
  sending: {
    label: 'Sending',
    name: 'Sending commands',
    values: {
      outbox: { short: 'outbox', name: 'Commands by the outbox' },
      direct: { short: 'direct', name: 'Direct calls' },
    },
  },
  notFound: {
    label: 'Not found',
    values: {
      discard: { short: 'discard', name: 'Discard what is not found' },
      retry: { short: 'retry', name: 'Retry what is not found' },
      create: { short: 'create', name: 'Create what is not found' },
    },
  },
  instances: {
    label: 'Saving',
    name: 'Saving instances',
    values: {
      checked: { short: 'version', name: 'Instances under a version check' },
      unchecked: { short: 'unchecked', name: 'Instances unchecked' },
      locked: { short: 'locked', name: 'Instances locked' },
    },
  },
  finished: {
    label: 'Ended',
    name: 'Ended instances',
    values: {
      kept: { short: 'kept', name: 'Ended ones kept' },
      deleted: { short: 'deleted', name: 'Ended ones deleted' },
    },
  },
  deadlines: {
    label: 'Deadlines',
    values: { on: { short: 'on', name: 'Deadlines on' }, off: { short: 'off', name: 'Deadlines off' } },
  },
  tokens: {
    label: 'Tokens',
    values: { on: { short: 'on', name: 'Tokens on' }, off: { short: 'off', name: 'Tokens off' } },
  },
  compensation: {
    label: 'Undoing',
    name: 'Compensation',
    values: { on: { short: 'on', name: 'Compensation on' }, off: { short: 'off', name: 'Compensation off' } },
  },
  tombstones: {
    label: 'Tombstones',
    values: { on: { short: 'on', name: 'Tombstones on' }, off: { short: 'off', name: 'Tombstones off' } },
  },
  planning: {
    label: 'Decisions',
    values: {
      recorded: { short: 'recorded', name: 'Decisions recorded' },
      recomputed: { short: 'anew', name: 'Decisions made anew' },
    },
  },
  lateSuccess: {
    label: 'Late yes',
    name: 'A late confirmation',
    values: {
      compensate: { short: 'withdraw', name: 'Withdraw what is late' },
      accept: { short: 'accept', name: 'Accept what is late' },
    },
  },
  contradiction: {
    label: 'No after yes',
    name: 'A rejection after a confirmation',
    values: {
      alert: { short: 'alert', name: 'Alert a person' },
      newestWins: { short: 'newest', name: 'The newest counts' },
    },
  },
};

export const sagaHints: SagaHints = {
  saga: {
    about: 'What leads a business process over several aggregates and other people’s systems.',
    values: {
      none: 'Nobody does: events only reach their subscribers.',
      stateless: 'A handler turns each event into a command and remembers nothing: it can’t wait for anything.',
      eventSourced: 'As in the book: what came in and what it issued is recorded, nothing is guarded against.',
      guarded: 'It ignores what it does not wait for, has deadlines, and undoes what can’t be completed.',
    },
  },
  answers: {
    about: 'Who plays the external services and people.',
    values: {
      automatic: 'They say yes by themselves after a while; you can still answer besides.',
      manual: 'They wait for you: confirm, refuse, stay silent, answer late or twice.',
    },
  },
  boundary: {
    about: 'Which aggregate keeps the rule that active campaigns never cost more than the budget.',
    values: {
      together: 'One holds the budget and all it is committed to: the rule always holds.',
      apart: 'Budget and campaigns are two, and a saga patches the rule: it is broken for a while.',
      tooLarge: 'One holds everything, views included: the rule holds, and what has nothing to do with it collides.',
    },
  },
  sending: {
    about: 'How the commands of a saga leave.',
    values: {
      outbox: 'They are stored with its state in one transaction; the relay sends them.',
      direct: 'The handler calls before it saves: whatever fails after that is called again.',
    },
  },
  notFound: {
    about: 'What becomes of a message whose instance is not there.',
    values: {
      discard: 'It is dropped and counted: most frameworks do so without a word.',
      retry: 'It comes again later, and at last is a dead letter.',
      create: 'It starts an instance of its own, without a beginning.',
    },
  },
  instances: {
    about: 'What keeps two handlers of one instance apart.',
    values: {
      checked: 'A version check: whoever saves second decides anew on what is there now.',
      unchecked: 'Nothing: whoever saves second overwrites the first.',
      locked: 'A lock from load to save: the second one waits.',
    },
  },
  finished: {
    about: 'What becomes of an instance at its end.',
    values: {
      kept: 'It stays, and knows what comes late.',
      deleted: 'It is gone: what comes late or twice may begin a new one.',
    },
  },
  deadlines: {
    about: 'Whether a state that waits has a deadline.',
    values: {
      on: 'It has: then it asks again, and at last gives up.',
      off: 'It has none: silence is waited for, for ever.',
    },
  },
  tokens: {
    about: 'Whether an answer must speak of what is waited for now.',
    values: {
      on: 'It must: answers and deadlines of an earlier attempt are ignored.',
      off: 'It need not: an old answer is taken for a new one.',
    },
  },
  compensation: {
    about: 'Whether what is done already is undone when the rest can’t be had.',
    values: {
      on: 'It is cancelled, again and again until that is confirmed.',
      off: 'It stays: booked, and of no use.',
    },
  },
  tombstones: {
    about: 'Whether a participant remembers a cancellation of what it has never heard of.',
    values: {
      on: 'It does, and refuses the order when that comes at last.',
      off: 'It does not: an order that comes after its cancellation is carried out.',
    },
  },
  planning: {
    about: 'Where a decision comes from when the history is read again.',
    values: {
      recorded: 'From the history: it was written down when it was made.',
      recomputed: 'It is made again: where anything has changed since, another one comes out.',
    },
  },
  lateSuccess: {
    about: 'What a confirmation means after the saga has given up.',
    values: { compensate: 'What was listed is withdrawn.', accept: 'It counts: the campaign is published after all.' },
  },
  contradiction: {
    about: 'What a rejection means after a confirmation.',
    values: { alert: 'The confirmation stands, and a person is alerted.', newestWins: 'The newest evidence counts.' },
  },
};
