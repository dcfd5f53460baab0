/** From the reader's command to the end of its transaction. */
import { Refusal } from '../base/refusal.ts';
import { assert } from '../base/assert.ts';
import { own } from '../base/own.ts';
import type { DatabaseAnswer, DatabaseRequest, OutboxRow } from '../database/port.ts';
import type { CommandInput } from '../kernel/mechanics.ts';
import { nameTask, start, wake } from '../kernel/tasks.ts';
import type { UnitOfWork } from '../messaging/aggregate.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';
import type { AbortReason } from '../trace/record.ts';
import type { Options } from '../trace/scenario.ts';
import { firstCampaign, spread, travel } from './campaign-flow.ts';
import { about, refOf, without, type EffectOf, type Step, type Task } from './model.ts';
import { wakeRelay } from './relay.ts';
import type { Rig } from './rig.ts';

/** The timer of a command on its way to the service. */
export const commandTimer = 'command';

const handlerOf: Record<Options['publish'], string> = {
  outbox: 'outboxTable',
  afterCommit: 'publishAfterCommit',
  insideAggregate: 'publishInsideAggregate',
};

/** The reader sends a command. `index` is the input's, and names it. */
export function sendCommand(step: Step, input: CommandInput, index: number): void {
  const payload = input.payload ?? {};
  const id = `c${index + 1}`;
  const aggregateId = typeof payload['id'] === 'string' ? payload['id'] : firstCampaign;
  const command: CommandEnvelope = { id, name: input.name, aggregateId, correlationId: id, payload };
  const until = step.now + travel.command + step.chance(spread);
  const cause = step.record({
    kind: 'command.sent',
    process: 'user',
    correlationId: id,
    commandId: id,
    name: input.name,
    payload,
    until,
  });
  step.schedule(until, { fires: { timer: commandTimer, command } }, cause);
}

/** The command has reached the service. */
export function receiveCommand(rig: Rig, step: Step, command: CommandEnvelope, cause: number | undefined): void {
  const common = {
    process: 'service',
    cause,
    correlationId: command.correlationId,
    commandId: command.id,
    name: command.name,
  };
  if (!step.process('service').up) {
    step.record({ kind: 'command.refused', ...common, reason: 'serviceDown' });
    return;
  }
  const name = nameTask(step, 'service');
  const received = step.record({ kind: 'command.received', ...common, task: name.id });
  start(rig.mechanics, step, name, {
    process: 'service',
    handler: handlerOf[rig.options.publish],
    input: command,
    cause: received,
    correlationId: command.correlationId,
  });
}

/** The aggregate a task must wait for before it may load it, or null: it holds it from here on. */
export function lock(rig: Rig, step: Step, task: Task): string | null {
  if (task.effect.effect !== 'load' || rig.options.writes === 'optimistic') return null;
  const { id } = task.effect;
  const holder = own(step.model.locks, id); // the reader names aggregates, 'constructor' among them
  if (holder !== undefined && holder !== task.id) return id;
  step.model = { ...step.model, locks: { ...step.model.locks, [id]: task.id } };
  return null;
}

/** Performs a load: opens the unit of work. */
export function loaded(
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
    units: { ...step.model.units, [task.id]: { transactionId, aggregateId: effect.id, events: [] } },
  };
  return {
    row,
    unitOfWork: {
      transactionId,
      eventId: `e${task.number}`,
      correlationId: command.correlationId,
      causationId: command.id,
    },
  };
}

/** What a commit asks of the database. */
export function commitRequest(step: Step, task: Task, effect: EffectOf<'commit'>): DatabaseRequest {
  const { table, row, expectedVersion, outbox } = effect;
  const abort = strikesAbort(step, task.process);
  return {
    type: 'transaction',
    id: `tx-${task.id}`,
    writes: [
      { op: 'save', table, row, expectedVersion },
      ...outbox.map((event) => ({ op: 'appendOutbox', event }) as const),
    ],
    ...(abort && { abort }),
  };
}

/** Whether an armed failure aborts this process's transaction; it has struck then. */
export const strikesAbort = (step: Step, process: string): boolean =>
  step.strike(
    (failure) => failure.type === 'abortTransaction' && (failure.process === undefined || failure.process === process),
  ) !== null;

/** Performs a commit. @throws Refusal `transactionAborted`, `versionConflict` */
export function committed(
  rig: Rig,
  step: Step,
  task: Task,
  effect: EffectOf<'commit'>,
  answer: DatabaseAnswer | null,
): void {
  assert(answer?.type === 'committed' || answer?.type === 'aborted', 'a commit is committed or aborted');
  const events = effect.events.map(refOf);
  if (answer.type === 'aborted') {
    closeUnit(rig, step, task, answer.reason, events);
    throw new Refusal(answer.reason === 'conflict' ? 'versionConflict' : 'transactionAborted');
  }
  const { writes } = answer;
  const transactionId = `tx-${task.id}`;
  const cause = step.record({ kind: 'transaction.committed', ...about(task), transactionId, writes, events });
  for (const write of writes) {
    if (write.table !== 'outbox') continue;
    const row = write.row as OutboxRow;
    const appended = step.record({
      kind: 'outbox.appended',
      ...about(task, row.event),
      cause,
      ...refOf(row.event),
      position: row.position,
    });
    wakeRelay(rig, step, appended);
  }
  unlock(rig, step, task);
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
      : ['campaigns', ...(rig.options.publish === 'outbox' ? ['outbox'] : [])];
  step.record({ kind: 'transaction.aborted', ...about(task), transactionId, reason, tables, events: [...events] });
  unlock(rig, step, task);
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

/** A command's handler has ended. */
export function commandEnded(rig: Rig, step: Step, task: Task, refusal: string | null): void {
  const command = task.input as CommandEnvelope;
  if (refusal !== null) closeUnit(rig, step, task, 'exception');
  unlock(rig, step, task);
  const common = { ...about(task), commandId: command.id, name: command.name };
  if (refusal === null) step.record({ kind: 'command.handled', ...common });
  else if (refusal === 'versionConflict') receiveCommand(rig, step, command, task.cause);
  else step.record({ kind: 'command.rejected', ...common, reason: refusal });
}

function unlock(rig: Rig, step: Step, task: Task): void {
  step.model = { ...step.model, units: without(step.model.units, task.id) };
  for (const [id, holder] of Object.entries(step.model.locks)) {
    if (holder !== task.id) continue;
    step.model = { ...step.model, locks: without(step.model.locks, id) };
    wake(rig.mechanics, step, id);
  }
}
