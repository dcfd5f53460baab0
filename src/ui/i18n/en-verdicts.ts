/** The promises in English, in sentences: what each means, and how it stands with it. */
import type { Verdict } from '../../trace/trace.ts';
import { shown } from '../format.ts';

const meanings: Record<string, string> = {
  noPhantom: 'No subscriber handles an event whose transaction was rolled back.',
  noEarlyDelivery: 'No subscriber handles an event before its transaction has committed.',
  delivered: 'Every committed event reaches each subscriber at least once. Judged when the run has settled.',
  noDuplicateDelivery: 'No subscriber is handed the same event twice. At-least-once designs break this by nature.',
  effectAtMostOnce: 'The effect of an event, such as an invoice, happens at most once.',
  firstOrder: 'A subscriber first meets the events of one campaign in the order they were raised.',
  effectOrder: 'The effects of one campaign’s events are applied in order.',
  outboxDrains: 'Every committed outbox row gets published. Judged when the run has settled.',
  effectAtLeastOnce:
    'The effect of every committed event happens at each subscriber at least once. Judged when the run has settled.',
  gapFree: 'When a subscriber handles an event, it has handled every earlier event of that campaign.',
  monotone: 'A subscriber never goes back to an earlier event of a campaign, not even by a late copy.',
  convergence:
    'In the end each subscriber’s tables say what follows from the committed events, no more and no less. Judged when the run has settled.',
  queueDrains:
    'No message is left on the bus: each is acknowledged, or a dead letter. Judged when the run has settled.',
  atomicCapture: 'A change and its event in the outbox are stored by one transaction, or neither is.',
  markImpliesAccepted: 'An event is marked, deleted or passed by in the outbox only after the bus was handed it.',
  noSkip: 'Whatever lies behind the place that the relay has stored has been published.',
  noForeignBlock:
    'A row that the bus will never take keeps no rows of other campaigns waiting. Judged when the run has settled.',
  singleClaim: 'At any time one relay holds an outbox row, and no other publishes it.',
  noLostUpdate: 'Nobody writes an aggregate back as it was before somebody else’s change.',
  noResurrection: 'An event that is done with in the outbox never again waits there to be published.',
  boundedOutbox: 'The outbox does not keep what was published. Judged when the run has settled.',
  inboxAtomic: 'The inbox knows an event exactly when its effect has happened: never the one without the other.',
  retention: 'What was published is removed in time, and inbox ids are kept as long as a message may come again.',
  boundaryKept: 'The amounts of the active campaigns never exceed the budget: judged after every commit.',
  processEnds:
    'Every process that was started comes to an end: nobody waits for ever. Judged when the run has settled.',
  noContradiction:
    'Nothing is done that excludes what was done before: no second booking beside the first, no rejection after a confirmation.',
  compensationSound: 'Only what was asked for is called off, once, and what was called off does not happen afterwards.',
  compensationEnds:
    'Of a process that failed nothing is left: all is cancelled, or listed for a person. Judged when the run has settled.',
  commandRecorded: 'Whatever an instance sends was recorded with its state before.',
  commandsExecuted: 'Every recorded command reaches whoever is to carry it out. Judged when the run has settled.',
  oneInstance: 'There is one instance for each process, and it begins once.',
  sagaSerial: 'The steps of an instance follow each other: no two of them are decided on the same version.',
  timerToken: 'A timeout counts only for the state and the attempt that it was set for.',
  terminalQuiet: 'An instance that has ended sends nothing more, but for alerts and late compensations.',
  replayDeterminism: 'Whatever an instance has chosen is in its history, so that a replay comes to the same.',
  oneAggregatePerTx: 'No transaction writes two aggregates.',
  stableIdentity: 'All copies of an event say the same of it: its id, its type, its aggregate and its version.',
  causality: 'Nothing happens before its cause: first the command, then the event, then its handling.',
};

const statusMeanings: Record<Verdict['status'], string> = {
  holds: 'It holds in this run.',
  broken: 'It is broken in this run.',
  pending: 'Nothing has broken it so far; press Settle to judge it.',
  parked: 'What is missing waits for a person: among the dead letters, or in a parked row.',
  unknown: 'The run was stopped before this could be judged.',
};

export const enVerdicts = {
  meaning: (key: string) => meanings[key] ?? '',
  statusMeaning: (status: Verdict['status']) => statusMeanings[status],
  because: shown((verdict: Verdict) => verdict.because ?? ''),
  harmless: 'That is what at-least-once delivery means; no effect was doubled by it.',
  goTo: (step: number) => `Click to go to step ${step}.`,
};
