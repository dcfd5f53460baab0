/** What consumers do about a message. */
import { assert } from '../../base/assert.ts';
import { Refusal } from '../../base/refusal.ts';
import type { DatabaseAnswer, DatabaseRequest, Write } from '../../database/port.ts';
import type { Delivery } from '../../messaging/effects.ts';
import { busOf } from '../bus/deliveries.ts';
import { dedupWindow } from '../latencies.ts';
import { about, refOf, type EffectOf, type Step, type Task } from '../model.ts';
import type { EffectKinds, Rig } from '../rig.ts';
import { aborted, transaction, written } from '../transactions.ts';

/** The inbox, the subscriber's effect, and the acknowledgement. */
export const consumerEffects: EffectKinds<'checkInbox' | 'recordInbox' | 'apply' | 'acknowledge'> = {
  checkInbox: {
    describe: ({ subscription, eventId }) => ({ subscription, eventId }),
    request: (_rig, _step, _task, { subscription, eventId }) => ({
      type: 'read',
      table: 'inbox',
      key: `${subscription}/${eventId}`,
    }),
    perform: (_rig, step, task, { subscription, eventId }, answer) => {
      assert(answer?.type === 'row', 'a look into the inbox is answered by a row');
      const known = answer.row !== undefined;
      const cause = step.record({ kind: 'inbox.checked', ...about(task), subscription, eventId, known });
      if (known) ignoreDuplicate(step, task, cause);
      return known;
    },
  },
  recordInbox: {
    describe: ({ subscription, message, event }) => ({ ...refOf(event), subscription, message }),
    request: (rig, step, task, { subscription, event }) =>
      transaction(rig, step, task, inboxWrites(rig, step, subscription, event.id)),
    perform: recordedInInbox,
  },
  apply: {
    describe: ({ event, subscription, message }) => ({ ...refOf(event), subscription, message }),
    request: applyRequest,
    perform: applied,
  },
  acknowledge: {
    describe: ({ subscription, message, eventId }) => ({ subscription, message, eventId }),
    perform: (rig, step, task) => busOf(rig).acknowledged(step, task),
  },
};

/** The writes that record an event in the inbox, and forget those before the window. */
function inboxWrites({ options }: Rig, step: Step, subscription: string, eventId: string): Write[] {
  const forget: Write[] =
    options.dedupWindow === 'short' ? [{ op: 'forgetInbox', subscription, before: step.now - dedupWindow }] : [];
  return [...forget, { op: 'recordInbox', subscription, eventId, at: step.now }];
}

/** The delivery a consumer's task handles. */
const deliveryOf = (task: Task): Delivery => task.input as Delivery;

function ignoreDuplicate(step: Step, task: Task, cause: number): void {
  const { subscription, message, event } = deliveryOf(task);
  step.record({ kind: 'inbox.duplicateIgnored', ...about(task), cause, subscription, eventId: event.id, message });
}

/** What a commit has done to the inbox, written down. */
function recordInboxRows(step: Step, task: Task, cause: number, answer: DatabaseAnswer | null): void {
  const { subscription, event } = deliveryOf(task);
  const forgotten =
    answer?.type === 'committed' ? answer.writes.filter(({ table, op }) => table === 'inbox' && op === 'delete') : [];
  if (forgotten.length > 0) {
    const eventIds = forgotten.map(({ key }) => String(key).slice(subscription.length + 1));
    step.record({ kind: 'inbox.forgotten', ...about(task), cause, subscription, eventIds });
  }
  step.record({ kind: 'inbox.recorded', ...about(task), cause, subscription, eventId: event.id });
}

/** Records the event in the inbox by a transaction of its own. Returns whether it is new there. @throws Refusal `transactionAborted` */
function recordedInInbox(
  { options }: Rig,
  step: Step,
  task: Task,
  _effect: EffectOf<'recordInbox'>,
  answer: DatabaseAnswer | null,
): boolean {
  if (answer?.type === 'aborted' && answer.reason === 'duplicate') {
    const cause = aborted(step, task, 'duplicate', ['inbox']);
    // after the effect it is too late to ignore anything
    if (options.inbox === 'before') ignoreDuplicate(step, task, cause);
    return false;
  }
  recordInboxRows(step, task, written(step, task, ['inbox'], answer), answer);
  return true;
}

/** What applying an effect asks of the database. @throws Refusal `consumerFailed` where a failure makes the handler throw */
function applyRequest(rig: Rig, step: Step, task: Task, effect: EffectOf<'apply'>): DatabaseRequest {
  const { subscription, event, reaction, guard } = effect;
  const throws = step.strike(
    (failure) => failure.type === 'consumerFails' && failure.subscription === subscription,
    (failure) =>
      failure.type === 'consumerFails' && failure.times > 1 ? { ...failure, times: failure.times - 1 } : null,
  );
  if (throws) throw new Refusal('consumerFailed');
  const { aggregateId, aggregateVersion: version } = event;
  const guards: Record<typeof guard, () => Write[]> = {
    none: () => [],
    inbox: () => inboxWrites(rig, step, subscription, event.id),
    version: () => [{ op: 'recordVersion', subscription, aggregateId, version }],
  };
  return transaction(rig, step, task, [...guards[guard](), ...reaction.writes]);
}

/** Applies a subscriber's effect; its guard may know the event already. @throws Refusal `transactionAborted` */
function applied(_rig: Rig, step: Step, task: Task, effect: EffectOf<'apply'>, answer: DatabaseAnswer | null): void {
  const { subscription, message, event, reaction, guard } = effect;
  const guardTable = { none: [], inbox: ['inbox'], version: ['versions'] }[guard];
  if (answer?.type === 'aborted' && answer.reason === 'duplicate') {
    return ignoreDuplicate(step, task, aborted(step, task, 'duplicate', guardTable));
  }
  if (answer?.type === 'aborted' && answer.reason === 'stale') {
    const cause = aborted(step, task, 'stale', guardTable);
    const seen = answer.seen ?? event.aggregateVersion;
    step.record({ kind: 'inbox.staleIgnored', ...about(task), cause, subscription, eventId: event.id, message, seen });
    return;
  }
  const tables = [...new Set([...guardTable, ...reaction.writes.map((write) => write.table)])];
  const cause = written(step, task, tables, answer);
  if (guard === 'inbox') recordInboxRows(step, task, cause, answer);
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
