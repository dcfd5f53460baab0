/** What there is to say about the promises beside their names and meanings, in English. Fetched when wanted. */
import type { Subject } from '../controls/promise-subjects.ts';

const subjects: Record<Subject | 'other', string> = {
  publishing: 'Publishing',
  outbox: 'Outbox and relay',
  bus: 'Bus',
  consumers: 'Consumers',
  state: 'State',
  sagas: 'Sagas',
  boundaries: 'Boundaries',
  other: 'Others',
};

const withOutbox = 'Only with an outbox.';
const withSubscriptions = 'Only where somebody subscribes to events.';
const withSubscribers = 'Only with subscribers that have effects of their own.';
const withAggregates = 'Only where aggregates raise events.';

const withSaga = 'Only with a saga or a process manager.';
const withInstances = 'Only with a saga that keeps instances.';
const withParticipants = 'Only with a saga whose commands go to others.';
const inTrip = 'Only with a process manager.';

/** When a promise is judged that is not always judged. */
const only: Record<string, string> = {
  noPhantom: withSubscriptions,
  noEarlyDelivery: withSubscriptions,
  delivered: withSubscriptions,
  noDuplicateDelivery: withSubscriptions,
  firstOrder: withSubscriptions,
  gapFree: withSubscriptions,
  monotone: withSubscriptions,
  queueDrains: withSubscriptions,
  effectAtLeastOnce: withSubscribers,
  effectAtMostOnce: withSubscribers,
  effectOrder: withSubscribers,
  convergence: withSubscribers,
  outboxDrains: withAggregates,
  noLostUpdate: withAggregates,
  atomicCapture: withOutbox,
  markImpliesAccepted: withOutbox,
  noForeignBlock: withOutbox,
  noResurrection: withOutbox,
  boundedOutbox: withOutbox,
  noSkip: 'Only with a relay that keeps a place: a cursor, or a place in the change log.',
  singleClaim: 'Only with two relays that claim.',
  inboxAtomic: 'Only with an inbox that keeps ids.',
  retention: 'Only with a clean-up of the outbox, or an inbox that keeps its ids briefly.',
  boundaryKept: 'Only in the flow of the budget.',
  processEnds: withSaga,
  noContradiction: withParticipants,
  compensationSound: withParticipants,
  compensationEnds: withInstances,
  commandRecorded: withInstances,
  commandsExecuted: 'Only with a saga that sends through its outbox.',
  oneInstance: withInstances,
  sagaSerial: withInstances,
  timerToken: 'Only with a saga that sets deadlines.',
  terminalQuiet: withInstances,
  replayDeterminism: inTrip,
  oneAggregatePerTx: 'Only where a saga takes part, or could.',
};

/** Why a broken promise is no alarm as long as nothing has come of it. */
const harmless: Record<string, string> = {
  noDuplicateDelivery: 'That is what at-least-once delivery means; no effect was doubled by it.',
  monotone: 'An old event came again after a newer one; no effect came out of order by it.',
  inboxAtomic: 'The gap is open in this design; in this run nothing has fallen into it.',
  markImpliesAccepted: 'The gap is open in this design; in this run nothing has been lost in it.',
  boundedOutbox: 'Nothing is lost by it: the table grows until rows are deleted or a clean-up removes them.',
  commandRecorded: 'The gap is open in this design; in this run nothing has fallen into it.',
  commandsExecuted: 'A command was lost, and the process has come to its end all the same.',
  oneAggregatePerTx: 'Nothing has gone wrong by it: it shows that the two are one.',
};

export const enPromiseNotes = {
  subjects,
  /** How a promise stands that does not apply. */
  off: 'not judged',
  only: (key: string): string => only[key] ?? 'Not with these options.',
  harmless: (key: string): string => harmless[key] ?? '',
};

/** What every language says beside the promises. */
export type PromiseNotes = typeof enPromiseNotes;
