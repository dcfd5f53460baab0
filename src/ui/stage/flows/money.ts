/** What the budget's tables come to: what is active, what is allowed, and who counts what, wherever the boundary is. */
import type { RowView, View } from '../../../playback/view.ts';
import { numberOf, text } from '../../rows.ts';

export interface Share {
  campaign: string;
  amount: number;
  /** What the campaign says of itself; where it is in the budget's aggregate, that it is there. */
  state: string;
  version: number | null;
}

export interface Money {
  limit: number;
  /** The version of the budget, or of the account that holds everything. */
  version: number;
  /** What the budget knows of: committed, or reserved by the saga. */
  known: readonly { campaign: string; amount: number }[];
  /** The campaigns, by their names. */
  shares: readonly Share[];
  /** The amounts of active campaigns: what the rule is about. */
  active: number;
  views: number;
  /** The version of whoever counts the views. */
  counts: number;
}

const only = (view: View, table: string): RowView | undefined => {
  let found: RowView | undefined;
  view.tables[table]?.rows.forEach((row) => (found ??= row));
  return found;
};

function amounts(row: RowView | undefined, field: string): { campaign: string; amount: number }[] {
  const value = row?.row[field];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value)
    .flatMap(([campaign, amount]) => (typeof amount === 'number' ? [{ campaign, amount }] : []))
    .sort((a, b) => (a.campaign < b.campaign ? -1 : 1));
}

const sum = (all: readonly { amount: number }[]): number => all.reduce((total, { amount }) => total + amount, 0);

/** The rows of the budget flow, whatever the boundary. */
export function moneyOf(view: View): Money {
  const account = only(view, 'accounts');
  const budget = account ?? only(view, 'budgets');
  const publisher = account ?? only(view, 'publishers');
  const own: Share[] = [];
  view.tables['campaigns']?.rows.forEach((row) =>
    own.push({
      campaign: String(row.key),
      amount: numberOf(row, 'amount'),
      state: text(row, 'state'),
      version: numberOf(row, 'version'),
    }),
  );
  const committed = amounts(budget, 'commitments');
  const known = committed.length > 0 ? committed : amounts(budget, 'reserved');
  const shares = own.length > 0 ? own : committed.map((each): Share => ({ ...each, state: 'ACTIVE', version: null }));
  return {
    limit: budget ? numberOf(budget, 'limit') : 0,
    version: budget ? numberOf(budget, 'version') : 0,
    known,
    shares: shares.sort((a, b) => (a.campaign < b.campaign ? -1 : 1)),
    active: sum(shares.filter(({ state }) => state === 'ACTIVE')),
    views: sum(amounts(publisher, 'views')),
    counts: publisher ? numberOf(publisher, 'version') : 0,
  };
}
