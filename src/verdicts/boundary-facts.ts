/** The rule about the budget, after every commit: what is spent, what is allowed, and since when that has been too much. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { RecordOf, RowWrite } from '../trace/record.ts';
import type { Options } from '../trace/scenario.ts';
import type { Changes, Fold } from './fold.ts';

export interface BoundaryFacts {
  readonly limit: number;
  /** What the active campaigns come to. */
  readonly total: number;
  /** What each campaign that is a row of its own takes of it, by its id. */
  readonly amounts: PersistentMap<string, number>;
  /** The times during which it was too much, numbered from 0. */
  readonly windows: PersistentMap<number, Window>;
}

/** A time during which the rule did not hold. */
export interface Window {
  readonly from: Moment;
  /** The commit that made it hold again; null where there has been none. */
  readonly to: Moment | null;
  /** By how much, at worst. */
  readonly over: number;
}

export interface Moment {
  readonly seq: number;
  readonly at: number;
}

/** A window, and how many records it is wide. */
export interface MeasuredWindow extends Window {
  readonly records: number;
}

/** The budget a run begins with. */
export const firstLimit = 100;

/** The facts before the first record. */
export const noBoundary: BoundaryFacts = {
  limit: firstLimit,
  total: 0,
  amounts: PersistentMap.empty(),
  windows: PersistentMap.empty(),
};

const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

const sumOf = (amounts: unknown): number =>
  Object.values(amounts ?? {}).reduce<number>((sum, amount) => sum + numberOf(amount), 0);

/** By how much the active campaigns exceed the budget; 0 where they do not. */
export const excess = ({ total, limit }: BoundaryFacts): number => Math.max(0, total - limit);

type Committed = RecordOf<'transaction.committed'>;

/** The facts after a commit. */
export function boundaryAfter(facts: BoundaryFacts, record: Committed, boundary: Options['boundary']): BoundaryFacts {
  const written = record.writes.reduce((all, write) => writtenTo(all, write, boundary), facts);
  if (written === facts) return facts;
  const over = excess(written);
  const { windows } = written;
  const last = windows.get(windows.size - 1);
  const moment = { seq: record.seq, at: record.at };
  if (last === undefined || last.to !== null) {
    return over === 0 ? written : { ...written, windows: windows.set(windows.size, { from: moment, to: null, over }) };
  }
  const { from } = last;
  const now = over === 0 ? { from, to: moment, over: last.over } : { from, to: null, over: Math.max(last.over, over) };
  return { ...written, windows: windows.set(windows.size - 1, now) };
}

function writtenTo(
  facts: BoundaryFacts,
  { table, op, key, row }: RowWrite,
  boundary: Options['boundary'],
): BoundaryFacts {
  if (table === 'campaigns' && boundary === 'apart') {
    const id = String(key);
    const amount = op === 'put' && row?.['state'] === 'ACTIVE' ? numberOf(row['amount']) : 0;
    const { total, amounts } = facts;
    return { ...facts, total: total - (amounts.get(id) ?? 0) + amount, amounts: amounts.set(id, amount) };
  }
  if (op !== 'put' || table !== (boundary === 'tooLarge' ? 'accounts' : 'budgets')) return facts;
  const limit = numberOf(row?.['limit']);
  return boundary === 'apart' ? { ...facts, limit } : { ...facts, limit, total: sumOf(row?.['commitments']) };
}

/** How the facts change. */
export const boundaryChanges = <S>({ boundary }: Options): Changes<BoundaryFacts, S> => ({
  'transaction.committed': (facts, record) => boundaryAfter(facts, record, boundary),
});

/** The same as a fold of its own, over the records of a run of the budget flow. */
export const windows = ({ boundary }: Options): Fold<BoundaryFacts> => ({
  start: noBoundary,
  step: (facts, record) => (record.kind === 'transaction.committed' ? boundaryAfter(facts, record, boundary) : facts),
});

/** The windows after `records` records, the oldest first; one that is still open reaches up to there. */
export function windowsOf({ windows: all }: BoundaryFacts, records: number): MeasuredWindow[] {
  const list: MeasuredWindow[] = [];
  for (let i = 0; i < all.size; i++) {
    const window = all.get(i)!;
    list.push({ ...window, records: (window.to?.seq ?? records) - window.from.seq });
  }
  return list;
}
