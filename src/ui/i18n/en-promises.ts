/** The promises in English: what they are called, and how a judgement reads. */
import type { Verdict } from '../../trace/trace.ts';

const names: Record<string, string> = {
  noPhantom: 'No phantom',
  noEarlyDelivery: 'No early delivery',
  delivered: 'Delivered',
  noDuplicateDelivery: 'No duplicate delivery',
  effectAtMostOnce: 'Effect at most once',
  firstOrder: 'First order',
  effectOrder: 'Effect order',
  outboxDrains: 'Outbox drains',
  effectAtLeastOnce: 'Effect at least once',
  gapFree: 'Gap free',
  monotone: 'Monotone',
  convergence: 'Convergence',
  queueDrains: 'Queue drains',
  atomicCapture: 'Atomic capture',
  markImpliesAccepted: 'Mark implies accepted',
  noSkip: 'No skip',
  noForeignBlock: 'No foreign block',
  singleClaim: 'Single claim',
  noLostUpdate: 'No lost update',
  noResurrection: 'No resurrection',
  boundedOutbox: 'Bounded outbox',
  inboxAtomic: 'Inbox atomic',
  retention: 'Retention',
  boundaryKept: 'Boundary kept',
  processEnds: 'Process ends',
  noContradiction: 'No contradiction',
  compensationSound: 'Compensation sound',
  compensationEnds: 'Compensation ends',
  commandRecorded: 'Command recorded',
  commandsExecuted: 'Commands executed',
  oneInstance: 'One instance',
  sagaSerial: 'Saga serial',
  timerToken: 'Timer token',
  terminalQuiet: 'Terminal quiet',
  replayDeterminism: 'Replay determinism',
  oneAggregatePerTx: 'One aggregate a transaction',
  stableIdentity: 'Stable identity',
  causality: 'Causality',
};

const statuses: Record<Verdict['status'], string> = {
  holds: 'holds',
  broken: 'broken',
  pending: 'pending',
  parked: 'parked',
  unknown: 'unknown',
};

export const enPromises = {
  title: 'Promises',
  name: (key: string) => names[key] ?? key,
  status: (status: Verdict['status']) => statuses[status],
};
