/** The help sheet in English. Fetched when it is opened. */

const keys = {
  space: 'Play or pause',
  arrows: 'One step back or forward',
  ends: 'First or last step',
  next: 'Next interesting step',
  activate: 'Activate campaign',
  deactivate: 'Deactivate campaign',
  book: 'Book trip',
  cancel: 'Cancel trip; in the budget flow: change the budget',
  yes: 'Say yes, or no, to what somebody you play was asked last',
  views: 'Record views',
  settle: 'Settle',
  reset: 'Reset',
  help: 'This sheet',
  stage: 'In the diagram: along the edges; Enter opens what can be done there, Esc closes it',
};

/** What the page says of a promise, a message or an event, and means by it. */
const terms = {
  holds: 'The run has come to rest, and no step has broken the promise.',
  broken:
    'A step broke it, and it stays broken for the rest of the run. In red it is an alarm. In amber nothing has come of it: a second delivery is no harm as long as its effect happens once.',
  pending:
    'No step has broken it so far. A promise that something will happen can be judged only once the run has settled.',
  parked: 'What is missing is safe and waits for a person: among the dead letters, or in an outbox row left aside.',
  unknown: 'The run was stopped at its limit of steps, before it came to rest.',
  off: 'The promise makes no sense with the options chosen, such as one about claims where there is one relay.',
};

const messageTerms = {
  ignored:
    'A consumer takes it and does nothing, on purpose: its inbox knows the id (a duplicate), or a newer version has been seen (stale). An acknowledgement that comes too late is ignored as well.',
  dead: 'It failed too often, and the queue has set it aside. A person can send it back into the queue.',
  lost: 'Nobody has it any more and nobody will send it again: it died in a crash, was refused, was skipped by a cursor, or the bus does not keep what nobody takes.',
  settled: 'No more failures: whatever is down restarts, and the run goes on until nothing is left to do.',
};

/** What sagas, process managers and boundaries are about. */
const sagaTerms: Record<string, [name: string, means: string]> = {
  saga: [
    'Saga',
    'Turns events into commands, each in its own transaction: one event starts it, each answer leads to the next step. It has no rule of its own to protect.',
  ],
  manager: [
    'Process manager',
    'Like a saga, but it chooses the way by what was answered before, has an id of its own, and is started explicitly.',
  ],
  instance: [
    'Instance',
    'One run of a saga or process: its state, what it knows, who it waits for and until when. Every message is matched to one first; without one it is discarded, retried, or starts one, as you choose.',
  ],
  history: [
    'History',
    'What an instance has received, decided and issued, in order. The state can be rebuilt from it, as long as decisions were recorded too.',
  ],
  outbox: [
    'Commands',
    'They are stored with the state in one transaction and sent later, at least once. A direct call before the commit may be made twice, or for nothing.',
  ],
  tokens: [
    'Token',
    'Which attempt, route or booking an answer speaks of. Without it, yesterday’s answer is taken for today’s.',
  ],
  deadlines: [
    'Deadline',
    'A timeout can’t be revoked: it comes, says what it was set for, and is ignored where that is over. Without one, silence is waited for, for ever.',
  ],
  compensation: [
    'Compensation',
    'What was done is undone by a further command, not rolled back. It is repeated until it is confirmed, and at last a person is alerted.',
  ],
  tombstone: [
    'Tombstone',
    'A participant remembers the cancellation of what it has never heard of, so that an order which comes after its cancellation is refused.',
  ],
  boundary: [
    'Boundary of an aggregate',
    'A rule that must always hold belongs inside one aggregate, one transaction. A saga between two can only patch it: there is a window in which it is broken. One aggregate too large makes everybody wait for everybody.',
  ],
  eventual: [
    'Eventual consistency',
    'Each side is right about itself at any time, and about the other side after a while. How long that is, the tab Consistency measures.',
  ],
};

/** The assumptions under which promises are compared (B3 of their statement). */
const rules = {
  writes:
    'Commands on one campaign take turns. Where they race, the version check turns the second one down, and it tries again.',
  positions:
    'Rows of the outbox have rising positions. A polling relay asks for rows that are not marked, lowest first; one with a cursor asks for what is behind its position, which is a different design with risks of its own.',
  documents: 'With the outbox in the document, relay and service both write it under the same version check.',
  answers:
    'A queue and a log answer the publisher: taken, refused, or taken with the answer lost. Whatever is not confirmed ends the batch and is published again. Pub/sub answers nothing.',
  marking: 'A row is marked or deleted right after it is published, one by one.',
  inbox: 'The inbox stores the event’s id in the transaction of the effect. It does not look at versions.',
  bus: 'A queue puts what was not acknowledged back at its head. A log is divided by campaign; its reader handles first and commits its offset later, so a new owner may read again what the old one still handles.',
  relays:
    'Two relays without claims both publish what they find. Claims are either for rows, skipping those that are taken, or for all rows of a campaign. A claim ends after a while, whether or not its relay has noticed.',
  failures:
    'At most two failures in a run, each kind once: an aborted transaction, a crash, a refusal, a lost confirmation, a second delivery, a claim that ends early; on pub/sub, a lost message.',
  patience:
    'No message grows too old, nobody gives up trying, and the change log is not cut. What happens otherwise is in the scenes.',
  events: 'Two events on one campaign: the least that can come out of order.',
};

export const enHelp = {
  title: 'Keyboard and help',
  intro:
    'Send commands, watch domain events flow from an aggregate to its subscribers, and break any step. Everything runs in your browser; nothing is sent anywhere.',
  keys,
  shortcuts: 'Single-key shortcuts',
  motion: 'Motion',
  motions: { system: 'as the system', full: 'full', reduced: 'reduced' },
  legend: 'Colours',
  colours: { saga: 'saga, process manager', external: 'external system' },
  words: 'What the words mean',
  terms,
  messages: 'Of a message or a run',
  messageNames: { ignored: 'ignored', dead: 'dead letter', lost: 'lost', settled: 'settled' },
  messageTerms,
  parts: 'The parts and their kinds',
  sagas: 'Sagas, process managers, boundaries',
  sagaTerms,
  comparing: 'How promises are compared',
  comparingIntro:
    'Whether a design keeps a promise depends on what can go wrong around it. These are the assumptions; every other option is a deviation that you can try.',
  rules,
};

/** What every language says in the help sheet. */
export type HelpWords = typeof enHelp;
