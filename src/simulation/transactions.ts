/** Transactions of a single effect: what the relay and the consumers write. */
import { assert } from '../base/assert.ts';
import { Refusal } from '../base/refusal.ts';
import type { DatabaseAnswer, LogDetail, TransactionRequest, Write } from '../database/port.ts';
import { logRetention } from './latencies.ts';
import { about, type Step, type Task } from './model.ts';
import type { Rig } from './rig.ts';

/** The id of the transaction of a task's present effect. */
export const transactionOf = (task: Task): string => `tx-${task.id}.${task.results.length}`;

/** Whether an armed failure aborts this process's transaction; it has struck then. */
export const strikesAbort = (step: Step, process: string): boolean =>
  step.strike(
    (failure) => failure.type === 'abortTransaction' && (failure.process === undefined || failure.process === process),
  ) !== null;

/** The transaction of a task's present effect; an armed failure may abort it. */
export function transaction(rig: Rig, step: Step, task: Task, writes: Write[]): TransactionRequest {
  const abort = strikesAbort(step, task.process);
  return { type: 'transaction', id: transactionOf(task), writes, ...(abort && { abort }), ...logDetail(rig, step) };
}

/** What the change log must hold where a relay follows it. */
export function logDetail({ options }: Rig, step: Step): { log?: LogDetail } {
  if (options.publish !== 'outbox' || options.relay !== 'logTailing') return {};
  return {
    log: { at: step.now, ...(options.retention === 'short' && { forgetBefore: step.now - logRetention }) },
  };
}

/** Records the commit, and returns the `seq` of that. `tables`: what it would have written. @throws Refusal `transactionAborted` */
export function written(
  step: Step,
  task: Task,
  tables: string[],
  answer: DatabaseAnswer | null,
  targeted = false,
): number {
  assert(answer?.type === 'committed' || answer?.type === 'aborted', 'a transaction is committed or aborted');
  if (answer.type === 'committed') {
    return step.record({
      kind: 'transaction.committed',
      ...about(task),
      transactionId: transactionOf(task),
      writes: answer.writes,
      events: [],
      ...(targeted && { targeted }),
    });
  }
  aborted(step, task, answer.reason, tables);
  throw new Refusal('transactionAborted');
}

/** Records the abort, and returns the `seq` of that. */
export const aborted = (
  step: Step,
  task: Task,
  reason: 'failure' | 'conflict' | 'duplicate' | 'stale',
  tables: string[],
): number =>
  step.record({
    kind: 'transaction.aborted',
    ...about(task),
    transactionId: transactionOf(task),
    reason,
    tables,
    events: [],
  });
