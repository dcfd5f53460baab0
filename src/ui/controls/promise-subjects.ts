/** Which promises there are, by what they are about. */

/** What each promise is about, in the order of the flow. */
export const subjects = {
  publishing: ['noPhantom', 'noEarlyDelivery', 'causality', 'stableIdentity'],
  outbox: [
    'atomicCapture',
    'markImpliesAccepted',
    'outboxDrains',
    'noSkip',
    'noForeignBlock',
    'singleClaim',
    'noResurrection',
    'boundedOutbox',
  ],
  bus: ['delivered', 'noDuplicateDelivery', 'firstOrder', 'monotone', 'gapFree', 'queueDrains'],
  consumers: ['effectAtLeastOnce', 'effectAtMostOnce', 'effectOrder', 'inboxAtomic'],
  state: ['convergence', 'noLostUpdate', 'retention'],
  sagas: [
    'processEnds',
    'noContradiction',
    'oneInstance',
    'sagaSerial',
    'commandRecorded',
    'commandsExecuted',
    'terminalQuiet',
    'timerToken',
    'compensationSound',
    'compensationEnds',
    'replayDeterminism',
  ],
  boundaries: ['boundaryKept', 'oneAggregatePerTx'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Subject = keyof typeof subjects;
