/** Transactions in memory: writes on a draft of the tables, which an abort forgets, and with it the running numbers it gave. */
import type { Payload } from '../messaging/envelope.ts';
import type { RowWrite } from '../trace/record.ts';
import { leaseIds, shareLeased, shareRows, type Share } from './claims.ts';
import { Abort } from './failures.ts';
import { planOf } from './plans.ts';
import type { ClaimRequest, DatabaseAnswer, Schema, TransactionRequest, Write } from './port.ts';
import * as rules from './rows.ts';
import { rowsIn, unpublishedRows, withPosition, type Table, type Tables } from './tables.ts';

/** What a transaction leaves behind. */
interface Outcome {
  tables: Tables;
  answer: DatabaseAnswer;
}

/** A transaction at work: the tables as its writes have left them so far. */
interface Draft {
  readonly schema: Schema;
  readonly byName: Record<string, Table>;
  readonly writes: RowWrite[];
}

/** All writes, in their order. @throws Abort where one can't be, or at the request's own wish */
export function transact(tables: Tables, request: TransactionRequest): Outcome {
  const draft = draftOf(tables);
  for (const write of request.writes) apply(draft, write);
  return finish(draft, request, (writes) => ({ type: 'committed', writes }));
}

/** A claim; with nothing to claim the tables stay the very same. @throws Abort at the request's own wish */
export function claim(tables: Tables, request: ClaimRequest): Outcome {
  const { rows, puts, ...rest } = shareOf(tables, request);
  if (puts.length === 0) return { tables, answer: { type: 'claimed', rows, ...rest, writes: [] } };
  const draft = draftOf(tables);
  for (const { table, row } of puts) store(draft, table, row);
  return finish(draft, request, (writes) => ({ type: 'claimed', rows, ...rest, writes }));
}

function shareOf(tables: Tables, request: ClaimRequest): Share {
  if (request.type === 'claim' && request.by === 'row') return shareRows(request, unpublishedRows(tables));
  const rows =
    request.type === 'claim' ? unpublishedRows(tables, request.limit) : rowsIn(tables, request.table, rules.isPending);
  const leases = leaseIds(request, rows).map((id) => tables.byName['leases']!.rows.get(id));
  return shareLeased(request, rows, leases);
}

function draftOf({ schema, byName }: Tables): Draft {
  return { schema, byName: { ...byName }, writes: [] };
}

/** Writes the change log, having removed what it is to forget. */
function finish(
  draft: Draft,
  { id, abort, log }: TransactionRequest | ClaimRequest,
  answer: (writes: RowWrite[]) => DatabaseAnswer,
): Outcome {
  const { forgetBefore } = log ?? {};
  if (forgetBefore !== undefined) {
    for (const row of rowsIn(draft, 'changes', ({ at }) => rules.isBefore(at, forgetBefore)))
      remove(draft, 'changes', row);
  }
  add(draft, 'changes', rules.newChangeRow(id, draft.writes, log));
  if (abort) throw new Abort('failure');
  const { schema, byName, writes } = draft;
  return { tables: { schema, byName }, answer: answer(writes) };
}

/** One write on the draft. @throws Abort where it can't be */
function apply(draft: Draft, write: Write): void {
  const plan = planOf(write);
  switch (plan.does) {
    case 'put':
      plan.check?.(draft.byName[plan.table]!.rows.get(plan.row['id'] as string));
      return store(draft, plan.table, plan.row);
    case 'add':
      return add(draft, plan.table, plan.row, plan.taken);
    case 'change': {
      const stored = draft.byName[plan.table]!.rows.get(plan.key);
      const next = plan.next(stored);
      if (next) store(draft, plan.table, next);
      else if (stored) remove(draft, plan.table, stored);
      return;
    }
    case 'forget': {
      const isMeant = (row: Payload) => row['subscription'] === plan.subscription && plan.isOld(row);
      for (const row of rowsIn(draft, plan.table, isMeant)) remove(draft, plan.table, row);
    }
  }
}

/** Adds a row under a key of its own, or the table's next running number. @throws Abort where its key is taken */
function add(draft: Draft, name: string, row: Payload, taken?: Abort['reason']): void {
  const shape = draft.schema[name]!;
  const table = draft.byName[name]!;
  const keyed = rules.isNumbered(shape) ? { ...row, [shape.key]: row[shape.key] ?? table.lastNumber + 1 } : row;
  const key = rules.keyOf(shape, keyed);
  if (taken && table.rows.has(key)) throw new Abort(taken);
  // a number that was given by hand moves the running one too, as in IndexedDB
  if (typeof key === 'number') draft.byName[name] = { ...table, lastNumber: Math.max(table.lastNumber, key) };
  store(draft, name, keyed);
}

/** Puts a row under its own key. */
function store(draft: Draft, name: string, row: Payload): void {
  const write = rules.writtenTo(draft.schema, name, row);
  replace(draft, name, write.key, row);
  draft.writes.push(write);
}

function remove(draft: Draft, name: string, row: Payload): void {
  const write = rules.removedFrom(draft.schema, name, row);
  replace(draft, name, write.key, undefined);
  draft.writes.push(write);
}

/** Makes this row, or none, the one under the key. */
function replace(draft: Draft, name: string, key: string | number, row: Payload | undefined): void {
  const table = draft.byName[name]!;
  const rows = row ? table.rows.set(key, row) : table.rows.delete(key);
  const unpublished = name === 'outbox' ? withPosition(table.unpublished, Number(key), row) : table.unpublished;
  draft.byName[name] = { ...table, rows, unpublished };
}
