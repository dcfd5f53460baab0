/** The tables of every database, whatever flow runs on it, and what they hold when a run of a flow starts. */
import { defaultLocations } from '../domain/campaign/campaign.ts';
import type { Schema, TablesImage } from '../database/port.ts';
import type { Payload } from '../messaging/envelope.ts';
import type { Flow, Options } from '../trace/scenario.ts';

/** The campaign that is there when a run starts. */
export const firstCampaign = '123';

/** The budget when a run starts, in whole units of money. */
export const firstBudget = 100;

/** All tables, by name. */
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
  sagas: { key: 'id' },
  history: { key: 'number', indexes: ['instance'] },
  commands: { key: 'number', indexes: ['sent'] },
  timers: { key: 'id' },
  budgets: { key: 'id' },
  publishers: { key: 'id' },
  accounts: { key: 'id' },
};

/** What the tables hold when a run starts; those that are not named hold nothing. */
export function startImage(flow: Flow, options: Options): TablesImage {
  const rows = Object.fromEntries(Object.keys(schema).map((table): [string, Payload[]] => [table, []]));
  return {
    rows: { ...rows, ...startRows(flow, options) },
    lastNumbers: { outbox: 0, invoices: 0, changes: 0, history: 0, commands: 0 },
  };
}

function startRows(flow: Flow, { boundary }: Options): Record<string, Payload[]> {
  if (flow === 'campaign') {
    return { campaigns: [{ id: firstCampaign, version: 1, state: 'DRAFT', locations: [...defaultLocations] }] };
  }
  if (flow === 'trip') return {};
  if (boundary === 'tooLarge') {
    return { accounts: [{ id: 'account', version: 1, limit: firstBudget, commitments: {}, views: {} }] };
  }
  const kept = boundary === 'together' ? { commitments: {} } : { reserved: {} };
  return {
    budgets: [{ id: 'budget', version: 1, limit: firstBudget, ...kept }],
    publishers: [{ id: 'publisher', version: 1, views: {} }],
  };
}
