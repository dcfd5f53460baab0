/** How long things take, chosen so that they can be followed by eye. All in virtual ms. */
import type { EffectName } from '../messaging/effects.ts';

/** Virtual ms: how long an effect takes at least. */
export const latencies: Readonly<Record<EffectName, number>> = {
  load: 240,
  reservePosition: 200,
  commit: 420,
  publish: 480,
  fetchUnpublished: 300,
  claimUnpublished: 320,
  fetchPending: 300,
  claimPending: 320,
  reloadDocument: 240,
  readPosition: 160,
  fetchAfter: 300,
  fetchChanges: 300,
  markPublished: 340,
  deletePublished: 340,
  storePosition: 260,
  countAttempt: 260,
  releaseLeases: 200,
  fetchPublished: 300,
  removePublished: 340,
  fetchParked: 240,
  unpark: 340,
  checkInbox: 240,
  recordInbox: 320,
  apply: 420,
  acknowledge: 260,
  loadInstance: 240,
  commitInstance: 420,
  ignoreMessage: 120,
  missInstance: 120,
  callParticipant: 480,
  fetchCommands: 300,
  sendCommand: 480,
  markSent: 340,
};

/** Virtual ms that chance may add to a latency. */
export const spread = 60;

/** Virtual ms from the reader to the service, and from a queue to its consumer. */
export const travel = { command: 420, delivery: 460 } as const;

/** The relay polls at the multiples of this. A poll that would find nothing is not run. Virtual ms. */
export const pollInterval = 500;

/** How long a consumer waits before it takes a message again that it failed to handle. Virtual ms. */
export const retryDelay = 600;

/** How long a relay's claims last. Virtual ms. */
export const lease = 6000;

/** A relay that tails the log sees a commit this soon. */
export const tailDelay = 60;

/** A row that can't be published at all is tried so often, and then again when something has changed. */
export const attemptLimit = 3;

/** How long a published row stays before the clean-up removes it, and how often that looks. Virtual ms. */
export const keepPublished = 3000;

/** How long inbox ids are kept where the window is short. Virtual ms. */
export const dedupWindow = 4000;

/** How long the change log is kept where its retention is short. Virtual ms. */
export const logRetention = 5000;

/** How long the queue waits for an acknowledgement before it hands the message out again. */
export const visibilityTimeout = 8000;
