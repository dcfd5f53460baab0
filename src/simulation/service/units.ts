/** Units of work: from the load of an aggregate to the end of its transaction. */
import { assert } from '../../base/assert.ts';
import { Refusal } from '../../base/refusal.ts';
import type { DatabaseAnswer, DatabaseRequest, OutboxRow, Write } from '../../database/port.ts';
import { wake } from '../../kernel/tasks.ts';
import type { UnitOfWork } from '../../messaging/aggregate.ts';
import type { CommandEnvelope, Envelope, OutboxEntry } from '../../messaging/envelope.ts';
import type { AbortReason, RowWrite } from '../../trace/record.ts';
import { about, refOf, without, type EffectOf, type Step, type Task } from '../model.ts';
import { wakeRelays } from '../relay/turns.ts';
import type { EffectKinds, Rig } from '../rig.ts';
import { logDetail, strikesAbort, transaction, written } from '../transactions.ts';

/** Loading and committing an aggregate. */
export const unitEffects: EffectKinds<'load' | 'reservePosition' | 'commit'> = {
  load: {
    describe: ({ id }) => ({ aggregateId: id }),
    request: (_rig, _step, _task, { table, id }) => ({ type: 'read', table, key: id }),
    perform: (_rig, step, task, effect, answer) => loaded(step, task, effect, answer),
  },
  reservePosition: {
    describe: () => ({}),
    request: (rig, step, task) =>
      transaction(rig, step, task, [{ op: 'increment', table: 'sequences', id: 'outbox', field: 'last' }]),
    perform: (_rig, step, task, _effect, answer) => reserved(step, task, answer),
  },
  commit: {
    describe: ({ row }) => ({ aggregateId: row.id, aggregateVersion: row.version }),
    request: commitRequest,
    perform: committed,
  },
};

/** Performs a load: opens the unit of work. */
function loaded(
  step: Step,
  task: Task,
  effect: EffectOf<'load'>,
  answer: DatabaseAnswer | null,
): { row: unknown; unitOfWork: UnitOfWork } {
  assert(answer?.type === 'row', 'a load is answered by a row');
  const transactionId = `tx-${task.id}`;
  const command = task.input as CommandEnvelope;
  const { row } = answer;
  const cause = step.record({ kind: 'transaction.begun', ...about(task), transactionId });
  step.record({
    kind: 'aggregate.loaded',
    ...about(task),
    cause,
    aggregateId: effect.id,
    version: Number(row?.['version'] ?? 0),
    state: typeof row?.['state'] === 'string' ? row['state'] : 'DRAFT',
    transactionId,
  });
  step.model = {
    ...step.model,
    units: {
      ...step.model.units,
      [task.id]: { transactionId, table: effect.table, aggregateId: effect.id, events: [] },
    },
  };
  return {
    row,
    unitOfWork: {
      transactionId,
      eventId: `e${task.number}`,
      correlationId: command.correlationId,
      causationId: command.id,
      // a saga has to tell one activation from the next
      ...(step.model.saga !== null && { numbered: true as const }),
    },
  };
}

/** A position is taken: for good, whatever becomes of the transaction it is for. @throws Refusal `transactionAborted` */
function reserved(step: Step, task: Task, answer: DatabaseAnswer | null): number {
  const cause = written(step, task, ['sequences'], answer);
  assert(answer?.type === 'committed', 'what was written is committed');
  const position = Number(answer.writes[0]?.row?.['last']);
  const unit = step.model.units[task.id];
  assert(unit, 'a position is taken within a transaction');
  const taken = { ...unit, reserved: [...(unit.reserved ?? []), position] };
  step.model = { ...step.model, units: { ...step.model.units, [task.id]: taken } };
  const { transactionId } = unit;
  step.record({ kind: 'outbox.reserved', ...about(task), cause, position, transactionId });
  return position;
}

/** What a commit asks of the database. */
function commitRequest(rig: Rig, step: Step, task: Task, effect: EffectOf<'commit'>): DatabaseRequest {
  const { table, row, expectedVersion, outbox, positions } = effect;
  const abort = strikesAbort(step, task.process);
  return {
    type: 'transaction',
    id: `tx-${task.id}`,
    writes: [
      { op: 'save', table, row, expectedVersion },
      ...outbox.map((event, i): Write => {
        const position = positions[i];
        return position === undefined ? { op: 'appendOutbox', event } : { op: 'appendOutbox', event, position };
      }),
    ],
    ...(abort && { abort }),
    ...logDetail(rig, step),
  };
}

/** Performs a commit. @throws Refusal `transactionAborted`, `versionConflict` */
function committed(rig: Rig, step: Step, task: Task, effect: EffectOf<'commit'>, answer: DatabaseAnswer | null): void {
  assert(answer?.type === 'committed' || answer?.type === 'aborted', 'a commit is committed or aborted');
  const events = effect.events.map(refOf);
  if (answer.type === 'aborted') {
    closeUnit(rig, step, task, answer.reason, events);
    throw new Refusal(answer.reason === 'conflict' ? 'versionConflict' : 'transactionAborted');
  }
  const { writes } = answer;
  const transactionId = `tx-${task.id}`;
  const cause = step.record({ kind: 'transaction.committed', ...about(task), transactionId, writes, events });
  for (const { position, event, document } of appendedBy(effect, writes)) {
    const appended = step.record({
      kind: 'outbox.appended',
      ...about(task, event),
      cause,
      ...refOf(event),
      position,
      document,
    });
    wakeRelays(rig, step, appended);
  }
  unlock(rig, step, task);
}

/** What a commit has put into an outbox: rows of the table, or entries of the document. */
function appendedBy(
  { row, events }: EffectOf<'commit'>,
  writes: readonly RowWrite[],
): { position: number; event: Envelope; document?: string }[] {
  const entries = (row['outbox'] as OutboxEntry[] | undefined) ?? [];
  return [
    ...writes.filter(({ table }) => table === 'outbox').map((write) => write.row as OutboxRow),
    ...entries
      .filter(({ event }) => events.some(({ id }) => id === event.id))
      .map((entry) => ({ ...entry, document: row.id })),
  ];
}

/** Ends the task's unit of work by a rollback, if it is still open. */
export function closeUnit(
  rig: Rig,
  step: Step,
  task: Task,
  reason: AbortReason,
  events = step.model.units[task.id]?.events ?? [],
): void {
  const unit = step.model.units[task.id];
  // a task that dies while it loads holds the aggregate and has nothing open yet
  if (!unit) return unlock(rig, step, task);
  const { transactionId } = unit;
  const tables =
    reason === 'crash' || reason === 'exception'
      ? []
      : [unit.table, ...(rig.options.publish === 'outbox' && rig.options.outbox === 'table' ? ['outbox'] : [])];
  const cause = step.record({
    kind: 'transaction.aborted',
    ...about(task),
    transactionId,
    reason,
    tables,
    events: [...events],
  });
  unlock(rig, step, task);
  if (rig.options.fence === 'on') wakeRelays(rig, step, cause); // the fence has moved
}

/** Remembers that an event has left before its transaction's end. */
export function leftEarly(step: Step, task: Task, event: EffectOf<'publish'>['event']): void {
  const unit = step.model.units[task.id];
  if (!unit) return;
  step.model = {
    ...step.model,
    units: { ...step.model.units, [task.id]: { ...unit, events: [...unit.events, refOf(event)] } },
  };
}

/** Ends the task's unit of work, and lets go of what it holds. */
export function unlock(rig: Rig, step: Step, task: Task): void {
  step.model = { ...step.model, units: without(step.model.units, task.id) };
  releaseLocks(rig, step, task);
}

/** Whoever waits for what a task holds goes on. */
export function releaseLocks(rig: Rig, step: Step, task: Task): void {
  for (const [id, holder] of Object.entries(step.model.locks)) {
    if (holder !== task.id) continue;
    step.model = { ...step.model, locks: without(step.model.locks, id) };
    wake(rig.mechanics, step, id);
  }
}
