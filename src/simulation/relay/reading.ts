/** How relays read the outbox: by its index, by a cursor, from the log, in documents; and how they claim what they read. */
import { Refusal } from '../../base/refusal.ts';
import { assert } from '../../base/assert.ts';
import { Campaign } from '../../domain/campaign/campaign.ts';
import type { ChangeRow, DatabaseAnswer, DatabaseRequest, OutboxRow } from '../../database/port.ts';
import type { LoggedChange, PendingDocument, Unpublished } from '../../messaging/effects.ts';
import type { OutboxEntry } from '../../messaging/envelope.ts';
import { changesAtOnce } from '../../patterns/log-tailing.ts';
import { batchSize } from '../../patterns/relay.ts';
import { keepPublished, lease } from '../latencies.ts';
import { about, type EffectOf, type Step, type Task } from '../model.ts';
import { hold, moreRows, retryAt } from './turns.ts';
import { positionKey } from './positions.ts';
import type { EffectKinds, Rig } from '../rig.ts';
import { aborted, logDetail, strikesAbort, transactionOf } from '../transactions.ts';

type Reading =
  | 'fetchUnpublished'
  | 'claimUnpublished'
  | 'fetchPending'
  | 'claimPending'
  | 'reloadDocument'
  | 'readPosition'
  | 'fetchAfter'
  | 'fetchChanges'
  | 'fetchPublished'
  | 'fetchParked';

/** The reading effects of relays and of the clean-up. */
export const readingEffects: EffectKinds<Reading> = {
  fetchUnpublished: {
    describe: () => ({}),
    request: (_rig, _step, _task, { limit, scan }) => ({ type: scan ? 'scanUnpublished' : 'readUnpublished', limit }),
    perform: (_rig, step, task, _effect, answer) => {
      const { rows, read } = rowsOf(answer);
      return fetched(step, task, rows, { ...(read !== undefined && { read }) });
    },
  },
  claimUnpublished: {
    describe: () => ({}),
    request: (rig, step, task, { limit, by }) => ({ type: 'claim', by, limit, ...claimOf(rig, step, task) }),
    perform: (_rig, step, task, { by }, answer) => {
      const rows = claimed(step, task, answer, by) as OutboxRow[];
      return fetched(step, task, rows, {});
    },
  },
  fetchPending: {
    describe: () => ({}),
    request: (_rig, _step, _task, { table, limit }) => ({ type: 'readPending', table, limit }),
    perform: (_rig, step, task, _effect, answer) => {
      assert(answer?.type === 'documents', 'documents are answered by documents');
      return fetchedDocuments(step, task, answer.rows as PendingDocument[]);
    },
  },
  claimPending: {
    describe: () => ({}),
    request: (rig, step, task, { table, limit }) => ({
      type: 'claimPending',
      table,
      limit,
      ...claimOf(rig, step, task),
    }),
    perform: (_rig, step, task, _effect, answer) =>
      fetchedDocuments(step, task, claimed(step, task, answer, 'document') as PendingDocument[]),
  },
  reloadDocument: {
    describe: ({ id }) => ({ aggregateId: id }),
    request: (_rig, _step, _task, { table, id }) => ({ type: 'read', table, key: id }),
    perform: (_rig, step, task, { id }, answer) => {
      assert(answer?.type === 'row' && answer.row, 'a document that was there is there');
      step.record({ kind: 'relay.fetched', ...about(task), positions: [], documents: [id] });
      return answer.row;
    },
  },
  readPosition: {
    describe: () => ({}),
    request: () => ({ type: 'read', table: 'positions', key: positionKey }),
    perform: (_rig, _step, _task, _effect, answer) => {
      assert(answer?.type === 'row', 'a position is a row');
      return Number(answer.row?.['position'] ?? 0);
    },
  },
  fetchAfter: {
    describe: () => ({}),
    request: afterRequest,
    perform: (rig, step, task, { after }, answer) => {
      const fence = fenceOf(rig, step);
      return fetched(step, task, rowsOf(answer).rows, { after, ...(fence !== null && { fence }) });
    },
  },
  fetchChanges: {
    describe: () => ({}),
    request: (_rig, _step, _task, { after, limit }) => ({ type: 'readChanges', after, limit }),
    perform: fetchedChanges,
  },
  fetchPublished: {
    describe: () => ({}),
    request: (_rig, step, _task, { limit }) => ({ type: 'readPublished', limit, before: step.now - keepPublished }),
    perform: (_rig, _step, _task, _effect, answer) => rowsOf(answer).rows.map(({ position }) => position),
  },
  fetchParked: {
    describe: () => ({}),
    request: (_rig, _step, _task, { limit }) => ({ type: 'readParked', limit }),
    perform: (_rig, _step, _task, _effect, answer) =>
      rowsOf(answer).rows.map(({ position, event }) => ({ position, eventId: event.id })),
  },
};

function rowsOf(answer: DatabaseAnswer | null): { rows: OutboxRow[]; read?: number } {
  assert(answer?.type === 'rows', 'a fetch is answered by rows');
  return answer;
}

type Details = { read?: number; after?: number; fence?: number };

function fetched(step: Step, task: Task, rows: OutboxRow[], details: Details): Unpublished[] {
  const positions = rows.map(({ position }) => position);
  step.record({ kind: 'relay.fetched', ...about(task), positions, ...details });
  if (rows.length === batchSize) moreRows(step, task.process);
  return rows.map(({ position, event, attempts }) => ({
    position,
    event,
    ...(attempts !== undefined && { attempts }),
  }));
}

function fetchedDocuments(step: Step, task: Task, documents: PendingDocument[]): PendingDocument[] {
  const positions = documents.flatMap(({ outbox }) =>
    outbox.filter(({ published }) => !published).map(({ position }) => position),
  );
  step.record({ kind: 'relay.fetched', ...about(task), positions, documents: documents.map(({ id }) => id) });
  if (documents.length === batchSize) moreRows(step, task.process);
  return documents;
}

/** What every claim says: whose it is, how long it lasts, and whose claims have ended before their time. */
function claimOf(rig: Rig, step: Step, task: Task) {
  const abort = strikesAbort(step, task.process);
  const ended = Object.entries(step.model.pollers)
    .filter(([, { endedBefore }]) => endedBefore !== null)
    .map(([holder, { endedBefore }]) => ({ holder, until: endedBefore! + lease }));
  return {
    id: transactionOf(task),
    holder: task.process,
    at: step.now,
    until: step.now + lease,
    ...(ended.length > 0 && { ended }),
    ...(abort && { abort }),
    ...logDetail(rig, step),
  };
}

/** Rows, or documents, are the relay's now. @throws Refusal `transactionAborted` */
function claimed(step: Step, task: Task, answer: DatabaseAnswer | null, by: 'row' | 'aggregate' | 'document') {
  const table = by === 'row' ? 'outbox' : 'leases';
  if (answer?.type === 'aborted') {
    aborted(step, task, answer.reason, [table]);
    throw new Refusal('transactionAborted');
  }
  assert(answer?.type === 'claimed', 'a claim is answered by what is claimed');
  const { rows, writes, from, nextFree } = answer;
  if (nextFree !== null) retryAt(step, task.process, nextFree);
  if (rows.length === 0) return rows;
  const transactionId = transactionOf(task);
  const cause = step.record({ kind: 'transaction.committed', ...about(task), transactionId, writes, events: [] });
  const until = step.now + lease;
  const positions = by === 'document' ? [] : rows.map((row) => (row as OutboxRow).position);
  const aggregates = by === 'row' ? undefined : [...new Set(rows.map((row) => aggregateOf(row, by)))];
  step.record({ kind: 'outbox.claimed', ...about(task), cause, positions, aggregates, until, from });
  hold(step, task.process, { positions: by === 'row' ? positions : [], aggregates: aggregates ?? [], until });
  return rows;
}

const aggregateOf = (row: object, by: 'aggregate' | 'document'): string =>
  by === 'document' ? (row as PendingDocument).id : (row as OutboxRow).event.aggregateId;

/** The first position that an open transaction holds, where the relay heeds it; null where there is none. */
function fenceOf({ options }: Rig, step: Step): number | null {
  if (options.fence === 'off') return null;
  const reserved = Object.values(step.model.units).flatMap((unit) => unit.reserved ?? []);
  return reserved.length === 0 ? null : Math.min(...reserved);
}

function afterRequest(rig: Rig, step: Step, _task: Task, effect: EffectOf<'fetchAfter'>): DatabaseRequest {
  const below = fenceOf(rig, step);
  return {
    type: 'readOutboxAfter',
    position: effect.after,
    limit: effect.limit,
    ...(below !== null && { below }),
  };
}

function fetchedChanges(
  rig: Rig,
  step: Step,
  task: Task,
  { after }: EffectOf<'fetchChanges'>,
  answer: DatabaseAnswer | null,
): LoggedChange[] {
  assert(answer?.type === 'changes', 'the log is answered by changes');
  const { rows, first } = answer;
  const changes = rows.map((row) => ({ number: row.number, entries: entriesOf(rig, row) }));
  const positions = changes.flatMap(({ entries }) => entries.map(({ ref }) => ref.position));
  step.record({ kind: 'relay.fetched', ...about(task), positions, after });
  if (first > after + 1) step.record({ kind: 'relay.historyLost', ...about(task), position: after, first });
  if (rows.length === changesAtOnce) moreRows(step, task.process);
  return changes;
}

/** The events that a change put into an outbox: those its own transaction raised, for a document is logged as a whole. */
function entriesOf({ options }: Rig, { transactionId, writes }: ChangeRow): LoggedChange['entries'] {
  return writes.flatMap(({ table, row }) => {
    if (!row) return [];
    if (options.outbox === 'table') {
      const { position, event, published } = row as OutboxRow;
      const raised = table === 'outbox' && published === 0 && event.transactionId === transactionId;
      return raised ? [{ ref: { position, eventId: event.id }, event }] : [];
    }
    if (table !== Campaign.table) return [];
    const entries = (row['outbox'] as OutboxEntry[] | undefined) ?? [];
    return entries
      .filter(({ event }) => event.transactionId === transactionId)
      .map(({ position, event }) => ({
        ref: { position, eventId: event.id, document: row['id'] as string },
        event,
      }));
  });
}
