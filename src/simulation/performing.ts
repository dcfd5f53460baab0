/** The effects of publisher, relay and consumers, performed. */
import { assert } from '../base/assert.ts';
import { Refusal } from '../base/refusal.ts';
import type { DatabaseAnswer, DatabaseRequest } from '../database/port.ts';
import type { Unpublished } from '../messaging/effects.ts';
import { batchSize } from '../patterns/polling-publisher.ts';
import { leftEarly, strikesAbort } from './commands.ts';
import { accept } from './deliveries.ts';
import { about, refOf, type EffectOf, type Step, type Task } from './model.ts';
import { moreRows } from './relay.ts';

/** Hands an event to the bus. @throws Refusal `publishRefused`, `confirmationLost` */
export function published(step: Step, task: Task, effect: EffectOf<'publish'>): void {
  const { event, position } = effect;
  const common = { ...about(task, event), ...refOf(event) };
  const struck = step.model.bus.up ? step.strike((failure) => failure.type === 'refusePublish') : null;
  if (struck || !step.model.bus.up) {
    step.record({ kind: 'bus.refused', ...common, reason: struck ? 'failure' : 'down' });
    throw new Refusal('publishRefused');
  }
  leftEarly(step, task, event);
  const cause = accept(step, event, task.cause);
  if (step.strike((failure) => failure.type === 'loseConfirmation')) {
    step.record({ kind: 'bus.confirmationLost', ...common, cause });
    throw new Refusal('confirmationLost');
  }
  if (position === undefined) step.record({ kind: 'service.published', ...common, cause });
  else step.record({ kind: 'relay.published', ...common, cause, position });
}

/** Gives the relay its batch. */
export function fetched(step: Step, task: Task, answer: DatabaseAnswer | null): Unpublished[] {
  assert(answer?.type === 'rows', 'a fetch is answered by rows');
  step.record({ kind: 'relay.fetched', ...about(task), positions: answer.rows.map((row) => row.position) });
  if (answer.rows.length === batchSize) moreRows(step);
  return answer.rows.map(({ position, event }) => ({ position, event }));
}

const transactionOf = (task: Task): string => `tx-${task.id}.${task.results.length}`;

/** What marking a row asks of the database. */
export function markRequest(step: Step, task: Task, effect: EffectOf<'markPublished'>): DatabaseRequest {
  const abort = strikesAbort(step, task.process);
  const writes = [{ op: 'markOutbox', position: effect.position, at: step.now } as const];
  return { type: 'transaction', id: transactionOf(task), writes, ...(abort && { abort }) };
}

/** Marks an outbox row as published. @throws Refusal `transactionAborted` */
export function marked(step: Step, task: Task, effect: EffectOf<'markPublished'>, answer: DatabaseAnswer | null): void {
  const { position, eventId } = effect;
  const cause = written(step, task, ['outbox'], answer);
  step.record({ kind: 'outbox.marked', ...about(task), cause, position, eventId });
}

/** What applying an effect asks of the database. @throws Refusal `consumerFailed` where a failure makes the handler throw */
export function applyRequest(step: Step, task: Task, effect: EffectOf<'apply'>): DatabaseRequest {
  const { subscription, event, reaction, inbox } = effect;
  const throws = step.strike(
    (failure) => failure.type === 'consumerFails' && failure.subscription === subscription,
    (failure) =>
      failure.type === 'consumerFails' && failure.times > 1 ? { ...failure, times: failure.times - 1 } : null,
  );
  if (throws) throw new Refusal('consumerFailed');
  const abort = strikesAbort(step, task.process);
  const recorded = inbox ? [{ op: 'recordInbox', subscription, eventId: event.id, at: step.now } as const] : [];
  return {
    type: 'transaction',
    id: transactionOf(task),
    writes: [...recorded, ...reaction.writes],
    ...(abort && { abort }),
  };
}

/** Applies a subscriber's effect; the inbox may know the event already. @throws Refusal `transactionAborted` */
export function applied(step: Step, task: Task, effect: EffectOf<'apply'>, answer: DatabaseAnswer | null): void {
  const { subscription, message, event, reaction, inbox } = effect;
  const eventId = event.id;
  if (answer?.type === 'aborted' && answer.reason === 'duplicate') {
    const cause = aborted(step, task, 'duplicate', ['inbox']);
    step.record({ kind: 'inbox.duplicateIgnored', ...about(task), cause, subscription, eventId, message });
    return;
  }
  const tables = [...new Set([...(inbox ? ['inbox'] : []), ...reaction.writes.map((write) => write.table)])];
  const cause = written(step, task, tables, answer);
  if (inbox) step.record({ kind: 'inbox.recorded', ...about(task), cause, subscription, eventId });
  step.record({
    kind: 'consumer.effectApplied',
    ...about(task),
    cause,
    ...refOf(event),
    subscription,
    message,
    summary: reaction.summary,
  });
}

function written(step: Step, task: Task, tables: string[], answer: DatabaseAnswer | null): number {
  assert(answer?.type === 'committed' || answer?.type === 'aborted', 'a transaction is committed or aborted');
  if (answer.type === 'committed') {
    return step.record({
      kind: 'transaction.committed',
      ...about(task),
      transactionId: transactionOf(task),
      writes: answer.writes,
      events: [],
    });
  }
  aborted(step, task, answer.reason, tables);
  throw new Refusal('transactionAborted');
}

const aborted = (step: Step, task: Task, reason: 'failure' | 'conflict' | 'duplicate', tables: string[]): number =>
  step.record({
    kind: 'transaction.aborted',
    ...about(task),
    transactionId: transactionOf(task),
    reason,
    tables,
    events: [],
  });
