/** The campaign flow: which parts there are, how their tables look, and how long things take. */
import { defaultLocations } from '../domain/campaign/campaign.ts';
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
  campaigns: { key: 'id', documents: true },
  outbox: { key: 'position' },
  inbox: { key: 'pair', fields: ['subscription', 'eventId'] },
  ads: { key: 'id' },
  invoices: { key: 'number' },
  changes: { key: 'number' },
  leases: { key: 'id' },
  positions: { key: 'id' },
  sequences: { key: 'id' },
  versions: { key: 'pair', fields: ['subscription', 'aggregateId'] },
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
    leases: [],
    positions: [],
    sequences: [],
    versions: [],
  },
  lastNumbers: { outbox: 0, invoices: 0, changes: 0 },
};

/** The processes that consume a subscription under these options. */
export const consumersOf = (subscription: string, { consumers }: Options): string[] =>
  consumers === 'competing' ? [consumerOf(subscription), `${consumerOf(subscription)}-2`] : [consumerOf(subscription)];

/** Whether a process consumes a subscription. */
export const isConsumer = (process: string): boolean => process.startsWith('consumer:');

/** Which subscription a process consumes. */
export const subscriptionOf = (process: string): string => process.slice('consumer:'.length).replace(/-\d+$/, '');

/** The relays under these options: none without an outbox. */
export const relaysOf = ({ publish, relays }: Options): string[] =>
  publish !== 'outbox' ? [] : relays === 2 ? ['relay', 'relay-2'] : ['relay'];

/** Whether a process is a relay. */
export const isRelay = (process: string): boolean => process === 'relay' || process === 'relay-2';

/** The process of the job that removes published rows. */
export const cleaner = 'cleaner';

/** The processes that run under these options. */
export function processesOf(options: Options): string[] {
  return [
    'service',
    ...relaysOf(options),
    ...(options.cleanup === 'on' ? [cleaner] : []),
    ...subscriptions.flatMap((subscription) => consumersOf(subscription, options)),
  ];
}

/** Whether a table is of any use under these options; those that are not named always are. */
const isUsed: Readonly<Record<string, (options: Options) => boolean>> = {
  outbox: ({ publish, outbox }) => publish !== 'outbox' || outbox === 'table',
  leases: ({ claim }) => claim === 'aggregate',
  positions: ({ relay }) => relay !== 'polling',
  sequences: ({ relay }) => relay === 'cursorPolling',
  versions: ({ inbox }) => inbox === 'version',
};

/** What the picture of the flow is made of before anything has happened. */
export function partsOf(options: Options): FlowParts {
  const tables = Object.entries(startImage.rows)
    .filter(([name]) => isUsed[name]?.(options) ?? true)
    .map(([name, rows]) => [name, rows.map((row) => ({ key: row['id'] as string, row }))] as const);
  return {
    processes: processesOf(options),
    subscriptions: [...subscriptions],
    options,
    tables: Object.fromEntries(tables),
  };
}
