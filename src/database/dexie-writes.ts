/**
 * Transactions on IndexedDB through Dexie. Inside one nothing but Dexie may be waited for, so this stays with Dexie's
 * promises and awaits nothing; and each promise is seen to its end, or Dexie reports its rejection as overlooked.
 */
import { Dexie } from 'dexie';
import type { PromiseExtended, Transaction as DexieTransaction } from 'dexie';
import type { Payload } from '../messaging/envelope.ts';
import type { RowWrite } from '../trace/record.ts';
import { leaseIds, shareLeased, shareRows, type Share } from './claims.ts';
import { pendingDocuments, unpublishedRows } from './dexie-reads.ts';
import { Abort, isTaken } from './failures.ts';
import { planOf, type Plan } from './plans.ts';
import type { ClaimRequest, DatabaseAnswer, Schema, TransactionRequest } from './port.ts';
import * as rules from './rows.ts';

type Written = PromiseLike<RowWrite[]>;

/** All writes of a transaction, and what it answers once it is committed. Rejects with Abort where it is to be aborted. */
export function transact(
  tx: DexieTransaction,
  schema: Schema,
  request: TransactionRequest,
): PromiseLike<DatabaseAnswer> {
  return groupsOf(request.writes.map(planOf))
    .reduce<Written>(
      (before, group) =>
        before.then((written) =>
          together(group.map((plan) => follow(tx, schema, plan))).then((more) => [...written, ...more]),
        ),
      Dexie.Promise.resolve([]),
    )
    .then((written) => writeLog(tx, schema, request, written))
    .then((writes) => ({ type: 'committed', writes }));
}

/** A claim, and what it answers once it is committed. Rejects with Abort where it is to be aborted. */
export function claim(tx: DexieTransaction, schema: Schema, request: ClaimRequest): PromiseLike<DatabaseAnswer> {
  return shareOf(tx, schema, request).then(({ rows, puts, ...rest }): DatabaseAnswer | PromiseLike<DatabaseAnswer> => {
    if (puts.length === 0) return { type: 'claimed', rows, ...rest, writes: [] };
    return together(puts.map(({ table, row }) => put(tx, schema, table, row)))
      .then((written) => writeLog(tx, schema, request, written))
      .then((writes) => ({ type: 'claimed', rows, ...rest, writes }));
  });
}

function shareOf(tx: DexieTransaction, schema: Schema, request: ClaimRequest): PromiseLike<Share> {
  if (request.type === 'claim' && request.by === 'row') {
    return unpublishedRows(tx).then((rows) => shareRows(request, rows));
  }
  const found: PromiseLike<Payload[]> =
    request.type === 'claim' ? unpublishedRows(tx, request.limit) : pendingDocuments(tx, schema, request.table);
  return found.then((rows) => {
    const leases = tx.table<Payload>('leases').bulkGet(leaseIds(request, rows));
    return leases.then((stored) => shareLeased(request, rows, stored));
  });
}

/**
 * What can be started at once: IndexedDB performs requests in the order they are made. A plan that has to read before it
 * writes makes its second request late, so it is the last of its group.
 */
function groupsOf(plans: readonly Plan[]): Plan[][] {
  const groups: Plan[][] = [[]];
  for (const plan of plans) {
    groups.at(-1)!.push(plan);
    if (plan.does === 'change' || plan.does === 'forget') groups.push([]);
  }
  return groups;
}

/** Waits for all to end; then the first in order that failed decides. */
function together(parts: readonly Written[]): Written {
  return Dexie.Promise.allSettled(parts).then((results) =>
    results.flatMap((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    }),
  );
}

function follow(tx: DexieTransaction, schema: Schema, plan: Plan): Written {
  const table = tx.table<Payload>(plan.table);
  switch (plan.does) {
    case 'put': {
      const { check } = plan;
      if (!check) return put(tx, schema, plan.table, plan.row);
      const stored = table.get(plan.row['id'] as string);
      // the row is put before it is known to be right: that saves a round trip, and an abort undoes it
      const written = put(tx, schema, plan.table, plan.row);
      return Dexie.Promise.all([stored, written]).then(([before, writes]) => {
        check(before);
        return writes;
      });
    }
    case 'add': {
      const { taken } = plan;
      return add(tx, schema, plan.table, plan.row).catch((error: unknown) => {
        throw taken && isTaken(error) ? new Abort(taken) : error;
      });
    }
    case 'change':
      return table.get(rules.nativeKey(schema, plan.table, plan.key)).then((stored): Written | RowWrite[] => {
        const next = plan.next(stored);
        if (next) return put(tx, schema, plan.table, next);
        return stored ? remove(tx, schema, plan.table, [stored]) : [];
      });
    case 'forget': {
      // an array comes after every string
      const all = table.where(':id').between([plan.subscription, ''], [plan.subscription, []]);
      const old = all.filter(plan.isOld).toArray();
      return old.then((rows) => remove(tx, schema, plan.table, rows));
    }
  }
}

/** Writes the change log, having removed what it is to forget; gives all that was written. */
function writeLog(
  tx: DexieTransaction,
  schema: Schema,
  { id, abort, log }: TransactionRequest | ClaimRequest,
  written: RowWrite[],
): Written {
  return forgetChanges(tx, schema, log?.forgetBefore).then((forgotten) => {
    const before = [...written, ...forgotten];
    return add(tx, schema, 'changes', rules.newChangeRow(id, before, log)).then((own) => {
      if (abort) throw new Abort('failure');
      return [...before, ...own];
    });
  });
}

function forgetChanges(tx: DexieTransaction, schema: Schema, before: number | undefined): Written {
  if (before === undefined) return Dexie.Promise.resolve([]);
  const old = tx.table<Payload>('changes').where('at').below(before).toArray();
  const inOrder = (rows: Payload[]) => rows.sort((a, b) => rules.compareRows(schema['changes']!, a, b));
  return old.then((rows) => remove(tx, schema, 'changes', inOrder(rows)));
}

function put(tx: DexieTransaction, schema: Schema, name: string, row: Payload): PromiseExtended<RowWrite[]> {
  const table = tx.table<Payload>(name);
  return table.put(row).then(() => [rules.writtenTo(schema, name, row)]);
}

/** Adds a new row. Dexie writes the key that the database gives into the object it is handed. */
function add(tx: DexieTransaction, schema: Schema, name: string, row: Payload): PromiseExtended<RowWrite[]> {
  const table = tx.table<Payload>(name);
  const added = { ...row };
  return table.add(added).then(() => [rules.writtenTo(schema, name, added)]);
}

function remove(tx: DexieTransaction, schema: Schema, name: string, rows: Payload[]): PromiseExtended<RowWrite[]> {
  const removed = rows.map((row) => rules.removedFrom(schema, name, row));
  const keys = removed.map(({ key }) => rules.nativeKey(schema, name, key));
  return tx
    .table(name)
    .bulkDelete(keys)
    .then(() => removed);
}
