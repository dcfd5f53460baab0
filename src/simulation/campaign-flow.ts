/** The campaign flow: which parts there are, how their tables look, and how long things take. */
import { defaultLocations } from '../domain/campaign/campaign.ts';
import type { Effect, EffectName } from '../messaging/effects.ts';
import type { Schema, TablesImage } from '../database/port.ts';
import type { FlowParts } from '../trace/control.ts';
import type { Options } from '../trace/scenario.ts';

/** Who subscribes to the campaign's events. */
export const subscriptions: readonly string[] = ['adServing', 'billing'];

/** The process that consumes a subscription. */
export const consumerOf = (subscription: string): string => `consumer:${subscription}`;

/** The campaign that is there when a run starts. */
export const firstCampaign = '123';

/** Its tables, by name. */
export const schema: Schema = {
  campaigns: { key: 'id' },
  outbox: { key: 'position' },
  inbox: { key: 'pair', fields: ['subscription', 'eventId'] },
  ads: { key: 'id' },
  invoices: { key: 'number' },
  changes: { key: 'number' },
};

/** What the tables hold when a run starts. */
export const startImage: TablesImage = {
  rows: {
    campaigns: [{ id: firstCampaign, version: 1, state: 'DRAFT', locations: [...defaultLocations] }],
    outbox: [],
    inbox: [],
    ads: [],
    invoices: [],
    changes: [],
  },
  lastNumbers: { outbox: 0, invoices: 0, changes: 0 },
};

/** The processes that run under these options. Without an outbox there is no relay. */
export function processesOf(options: Options): string[] {
  return ['service', ...(options.publish === 'outbox' ? ['relay'] : []), ...subscriptions.map(consumerOf)];
}

/** What the picture of the flow is made of before anything has happened. */
export function partsOf(options: Options): FlowParts {
  const tables = Object.entries(startImage.rows).map(
    ([name, rows]) => [name, rows.map((row) => ({ key: row['id'] as string, row }))] as const,
  );
  const parts = { processes: processesOf(options), subscriptions: [...subscriptions] };
  return { ...parts, options, tables: Object.fromEntries(tables) };
}

/** The effects of a process, in the order it comes to them: where it can be crashed. */
export function effectsOf(process: string, options: Options): Effect['effect'][] {
  if (process === 'relay') return ['fetchUnpublished', 'publish', 'markPublished'];
  if (process.startsWith('consumer:')) return ['apply', 'acknowledge'];
  if (options.publish === 'outbox') return ['load', 'commit'];
  return options.publish === 'afterCommit' ? ['load', 'commit', 'publish'] : ['load', 'publish', 'commit'];
}

/** Virtual ms: how long an effect takes at least, chosen so that it can be followed by eye. */
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

/** A row that has failed so often is parked, or no longer tried until something changes. */
export const attemptLimit = 3;

/** How long a published row stays before the clean-up removes it, and how often that looks. Virtual ms. */
export const keepPublished = 3000;

/** How long inbox ids are kept where the window is short. Virtual ms. */
export const dedupWindow = 4000;

/** How long the change log is kept where its retention is short. Virtual ms. */
export const logRetention = 5000;
