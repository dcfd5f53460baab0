/** Loading and storing instances: what their handlers ask of the database, and what is written down. */
import { assert } from '../../base/assert.ts';
import { Refusal } from '../../base/refusal.ts';
import type { DatabaseAnswer, DatabaseRequest, Write } from '../../database/port.ts';
import type { Incoming, SagaRow } from '../../messaging/saga.ts';
import type { Received } from '../../trace/record.ts';

import { about, type EffectOf, type Step, type Task } from '../model.ts';
import type { EffectKinds, Rig } from '../rig.ts';
import { aborted, transaction, written } from '../transactions.ts';
import { issuedBy } from './asking.ts';
import { wakeCommandRelay } from './command-turns.ts';
import { inboxOf, subscriptionIn } from './settings.ts';
import { setTimer } from './timeouts.ts';
import { patience } from './times.ts';

/** The effects that load and store an instance, or say why nothing is stored. */
export const storingEffects: EffectKinds<'loadInstance' | 'commitInstance' | 'ignoreMessage' | 'missInstance'> = {
  loadInstance: {
    describe: ({ instance }) => ({ aggregateId: instance }),
    request: (_rig, _step, _task, { instance }) => ({ type: 'read', table: 'sagas', key: instance }),
    perform: (_rig, step, task, { instance }, answer) => {
      assert(answer?.type === 'row', 'an instance is a row');
      const row = answer.row as SagaRow | undefined;
      const common = { ...about(task), instance, version: row?.version ?? 0 };
      step.record({ kind: 'saga.loaded', ...common, state: row?.state });
      return row;
    },
  },
  commitInstance: {
    describe: ({ change }) => ({ aggregateId: change.row.id, aggregateVersion: change.row.version }),
    request: commitRequest,
    perform: committed,
  },
  ignoreMessage: {
    describe: ({ instance }) => ({ aggregateId: instance }),
    request: ignoreRequest,
    perform: ignored,
  },
  missInstance: {
    describe: ({ instance }) => ({ aggregateId: instance }),
    perform: (_rig, step, task, { instance, received, policy }) => {
      step.record({ kind: 'saga.notFound', ...about(task), instance, received: receivedAs(received), policy });
      if (policy === 'retry') throw new Refusal('instanceNotFound');
    },
  },
};

/** What came to an instance, as records name it. */
function receivedAs({ type, eventId, token }: Incoming): Received {
  return { type, ...(eventId !== undefined && { eventId }), ...(token !== undefined && { token }) };
}

/** The timeout is done with; of a message the inbox is asked whether it has been here before. */
function ignoreRequest(
  rig: Rig,
  step: Step,
  task: Task,
  { timer, received }: EffectOf<'ignoreMessage'>,
): DatabaseRequest | null {
  if (timer !== undefined) return transaction(rig, step, task, [{ op: 'delete', table: 'timers', key: timer }]);
  if (received.eventId === undefined || !inboxOf(rig.options)) return null;
  return { type: 'read', table: 'inbox', key: `${subscriptionIn(rig)}/${received.eventId}` };
}

function ignored(
  _rig: Rig,
  step: Step,
  task: Task,
  { instance, received, reason, state, timer }: EffectOf<'ignoreMessage'>,
  answer: DatabaseAnswer | null,
): void {
  const cause = timer === undefined ? task.cause : written(step, task, ['timers'], answer);
  const known = answer?.type === 'row' && answer.row !== undefined;
  // a timeout that nothing waits for any more was set for something that is past
  const past = timer !== undefined && reason === 'unexpected';
  const why = known ? 'duplicate' : past ? 'stale' : reason;
  const common = { ...about(task), cause, instance, received: receivedAs(received) };
  step.record({ kind: 'saga.ignored', ...common, reason: why, state });
}

const tablesOfChange = ['sagas', 'history', 'commands', 'timers', 'inbox'];

/** The instance, its history, its commands, its timers and the inbox id: all in one transaction. @throws Refusal `consumerFailed` */
function commitRequest(rig: Rig, step: Step, task: Task, { change }: EffectOf<'commitInstance'>): DatabaseRequest {
  const subscription = subscriptionIn(rig);
  const throws = step.strike(
    (failure) => failure.type === 'consumerFails' && failure.subscription === subscription,
    (failure) =>
      failure.type === 'consumerFails' && failure.times > 1 ? { ...failure, times: failure.times - 1 } : null,
  );
  if (throws) throw new Refusal('consumerFailed');
  return transaction(rig, step, task, writesOf(rig, step, task, change));
}

function writesOf(rig: Rig, step: Step, task: Task, change: EffectOf<'commitInstance'>['change']): Write[] {
  const { expectedVersion, inbox, remove, timer, history, commands, timers } = change;
  const after = change.after.map((time) => (rig.options.answers === 'manual' ? time * patience : time));
  const startedAt = change.from === null ? step.now : change.row.startedAt;
  const deadline = timers.length > 0 ? step.now + Math.min(...after) : undefined;
  const row = { ...change.row, startedAt, movedAt: step.now, ...(deadline !== undefined && { deadline }) };
  const saved: Write =
    expectedVersion === null
      ? { op: 'put', table: 'sagas', row }
      : { op: 'save', table: 'sagas', row, expectedVersion };
  return [
    ...(inbox ? [{ op: 'recordInbox' as const, ...inbox, at: step.now }] : []),
    saved,
    ...history.map((entry): Write => ({ op: 'append', table: 'history', row: { ...entry, at: step.now } })),
    ...commands.map((command): Write => ({
      op: 'append',
      table: 'commands',
      row: { sent: 0, command },
    })),
    ...timers.map((each, i): Write => {
      const row = { ...each, id: each.id as string, due: step.now + (after[i] ?? 0) };
      return { op: 'put', table: 'timers', row };
    }),
    ...(timer === undefined ? [] : [{ op: 'delete' as const, table: 'timers', key: timer }]),
    ...(remove ? [{ op: 'delete' as const, table: 'sagas', key: row.id }] : []),
  ];
}

/** Performs the commit. @throws Refusal `versionConflict`, `duplicate`, `transactionAborted` */
function committed(
  rig: Rig,
  step: Step,
  task: Task,
  { change }: EffectOf<'commitInstance'>,
  answer: DatabaseAnswer | null,
): void {
  const instance = change.row.id;
  if (answer?.type === 'aborted' && answer.reason === 'conflict') {
    const cause = aborted(step, task, 'conflict', ['sagas']);
    step.record({ kind: 'saga.conflicted', ...about(task), cause, instance, version: change.row.version });
    throw new Refusal('versionConflict');
  }
  if (answer?.type === 'aborted' && answer.reason === 'duplicate') {
    aborted(step, task, 'duplicate', ['inbox']);
    throw new Refusal('duplicate');
  }
  const cause = written(step, task, tablesOfChange, answer);
  assert(answer?.type === 'committed', 'what was written is committed');
  const { row, from } = change;
  const moved = step.record({
    kind: 'saga.moved',
    ...about(task),
    cause,
    instance,
    definition: row.definition,
    version: row.version,
    from: from ?? undefined,
    to: row.state,
    received: receivedAs(change.received),
    attempt: row.attempt,
    waiting: row.waitsFor !== undefined,
    waitsFor: row.waitsFor,
    ended: row.ended,
    context: row.context,
    issued: change.commands.map(({ id }) => id),
    decided: change.decided,
  });
  if (change.inbox) step.record({ kind: 'inbox.recorded', ...about(task), cause, ...change.inbox });
  issue(rig, step, task, change, answer, moved);
  const timers = answer.writes.filter(({ table, op }) => table === 'timers' && op === 'put');
  for (const { row: timer } of timers) setTimer(step, task, timer!, moved);
  if (change.remove) step.record({ kind: 'saga.deleted', ...about(task), cause: moved, instance });
}

/** Records what was issued, under the numbers that the database gave. */
function issue(
  rig: Rig,
  step: Step,
  task: Task,
  { commands }: EffectOf<'commitInstance'>['change'],
  answer: Extract<DatabaseAnswer, { type: 'committed' }>,
  cause: number,
): void {
  const numbers = answer.writes.filter(({ table }) => table === 'commands').map(({ key }) => Number(key));
  commands.forEach((command, i) => {
    const common = { ...issuedBy(command, task.process, cause), task: task.id };
    const seq = step.record({ kind: 'saga.commandIssued', ...common, number: numbers[i]! });
    wakeCommandRelay(rig, step, seq);
  });
}
