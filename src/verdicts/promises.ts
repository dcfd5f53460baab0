/** Every promise this version judges, in the order in which the page lists them. */
import { effectAtMostOnce, noDuplicateDelivery } from './at-most-once.ts';
import { atomicCapture, markImpliesAccepted } from './capture.ts';
import { causality } from './causality.ts';
import { boundaryKept, oneAggregatePerTx } from './boundary.ts';
import { compensationEnds, compensationSound } from './compensation.ts';
import { convergence } from './convergence.ts';
import { delivered, effectAtLeastOnce } from './delivered.ts';
import { noEarlyDelivery, noPhantom } from './early-events.ts';
import { gapFree } from './gap-free.ts';
import { stableIdentity } from './identity.ts';
import { inboxAtomic } from './inbox-atomic.ts';
import { oneInstance, sagaSerial } from './instances.ts';
import { noContradiction } from './no-contradiction.ts';
import { noForeignBlock } from './no-foreign-block.ts';
import { noSkip } from './no-skip.ts';
import { effectOrder, firstOrder, monotone } from './order.ts';
import { boundedOutbox, outboxDrains } from './outbox-drains.ts';
import { noLostUpdate, noResurrection } from './overwriting.ts';
import { processEnds } from './process-ends.ts';
import type { JudgedPromise } from './promise.ts';
import { queueDrains } from './queue-drains.ts';
import { commandRecorded, commandsExecuted } from './recorded-commands.ts';
import { replayDeterminism } from './replay.ts';
import { retention } from './retention.ts';
import { singleClaim } from './single-claim.ts';
import { terminalQuiet } from './terminal-quiet.ts';
import { timerToken } from './timer-token.ts';

/** The promises by their public names; semantics.md states them. Some are judged under certain options only. */
export const promises: readonly JudgedPromise[] = [
  noPhantom,
  noEarlyDelivery,
  delivered,
  noDuplicateDelivery,
  effectAtMostOnce,
  firstOrder,
  effectOrder,
  outboxDrains,
  effectAtLeastOnce,
  gapFree,
  monotone,
  convergence,
  queueDrains,
  // the outbox and its relays
  atomicCapture,
  markImpliesAccepted,
  noSkip,
  noForeignBlock,
  singleClaim,
  noLostUpdate,
  noResurrection,
  boundedOutbox,
  // the inbox
  inboxAtomic,
  retention,
  // sagas and process managers, and the boundaries they are about
  boundaryKept,
  processEnds,
  noContradiction,
  compensationSound,
  compensationEnds,
  commandRecorded,
  commandsExecuted,
  oneInstance,
  sagaSerial,
  timerToken,
  terminalQuiet,
  replayDeterminism,
  oneAggregatePerTx,
  // what no pattern here should ever break
  stableIdentity,
  causality,
];
