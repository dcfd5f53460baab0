/** The partitioned log at work: records are appended, read by position, and committed. */
import type { Delivery } from '../../messaging/effects.ts';
import {
  append,
  commit,
  deliver,
  emptyLog,
  end,
  endOf,
  orphan,
  partitionFor,
  recordAt,
} from '../../patterns/message-bus/log.ts';
import { changeBus, consumersUp, deliverTimer, nameMessage, pumpTimer, startHandler, stopPumping } from './bus.ts';
import { subscribersOf, subscriptionOf } from '../flow.ts';
import { retryDelay } from '../latencies.ts';
import { goBack, groupOf, interrupt, logOf, pump, rebalance, setGroup, shareOut } from './log-groups.ts';
import { about, refOf, type Step } from '../model.ts';
import { replaying } from './replaying.ts';
import type { BusKind, Rig } from '../rig.ts';

/** The record on its way has arrived: its handler starts, and the position moves on. */
function arrive(rig: Rig, step: Step, consumer: string, partition: number, cause: number | undefined): void {
  const subscription = subscriptionOf(consumer);
  startHandler(rig, step, consumer, cause, (task) => {
    const { group, offset, attempt } = deliver(groupOf(step, subscription), partition, task);
    setGroup(step, group);
    const { event, messages } = recordAt(logOf(step), partition, offset);
    return { subscription, message: messages[subscription]!, event, attempt, partition, offset };
  });
  const armed = step.armed.some(({ failure }) => failure.type === 'rebalance' && failure.subscription === subscription);
  if (!armed) return;
  rebalance(rig, step, subscription, () => {
    const struck = step.strike((failure) => failure.type === 'rebalance' && failure.subscription === subscription);
    return struck!.seq;
  });
}

export const logBus: BusKind = {
  empty: (groups) => ({ log: emptyLog(groups) }),
  accept: (rig, step, event, cause) => {
    const messages = subscribersOf(rig.flow, event.type).map((subscription) => ({
      message: nameMessage(step),
      subscription,
    }));
    const partition = partitionFor(event.aggregateId);
    const offset = endOf(logOf(step), partition);
    const { correlationId } = event;
    const place = { partition, offset };
    const seq = step.record({
      kind: 'bus.accepted',
      process: 'bus',
      cause,
      correlationId,
      ...refOf(event),
      ...place,
      messages,
    });
    const names = Object.fromEntries(messages.map(({ message, subscription }) => [subscription, message]));
    changeBus(step, { log: append(logOf(step), { event, messages: names, cause: seq }) });
    for (const subscription of rig.flow.subscriptions) pump(rig, step, subscription);
    return seq;
  },
  timer: (rig, step, timer, cause) => {
    if (timer.timer === deliverTimer) arrive(rig, step, timer.process!, timer['partition'] as number, cause);
    else if (timer.timer === pumpTimer) pump(rig, step, timer['subscription'] as string);
    else return false;
    return true;
  },
  acknowledged: (step, task) => {
    const { subscription, message, event } = task.input as Delivery;
    const { group, committed } = commit(groupOf(step, subscription), task.id);
    setGroup(step, group);
    const common = { ...about(task), process: 'bus', subscription, message, eventId: event.id };
    if (!committed) step.record({ kind: 'bus.acknowledgementIgnored', ...common });
    else {
      const { partition, offset } = committed;
      step.record({ kind: 'bus.acknowledged', ...common, partition, offset });
    }
  },
  ended: (rig, step, task, reason) => {
    const { subscription } = task.input as Delivery;
    const { group, ended } = end(groupOf(step, subscription), task.id);
    setGroup(step, group);
    // a crash sets the position back when somebody takes the partition over
    if (reason === 'failure' && ended?.standing === 'member')
      goBack(step, group, ended, 'failure', task.cause, step.now + retryDelay);
    pump(rig, step, subscription);
  },
  crashed: (rig, step, consumer) => {
    const subscription = subscriptionOf(consumer);
    setGroup(step, orphan(groupOf(step, subscription), consumer));
    if (consumersUp(rig, step, subscription).length === 0) return stopPumping(step, subscription);
    shareOut(rig, step, subscription, step.process(consumer).cause);
    pump(rig, step, subscription);
  },
  restarted: (rig, step, consumer) => {
    const subscription = subscriptionOf(consumer);
    shareOut(rig, step, subscription, step.process(consumer).cause, consumer);
    pump(rig, step, subscription);
  },
  wentDown: (rig, step, cause) => {
    for (const subscription of rig.flow.subscriptions) interrupt(step, subscription, cause);
  },
  cameUp: (rig, step, cause) => {
    for (const subscription of rig.flow.subscriptions) {
      shareOut(rig, step, subscription, cause);
      pump(rig, step, subscription);
    }
  },
  failure: (rig, step, failure, input) => {
    if (failure.type !== 'rebalance') return { refused: 'notOnThisBus' };
    const struck = rebalance(rig, step, failure.subscription, () =>
      step.record({ kind: 'failure.struck', process: 'kernel', input, failure }),
    );
    return struck ? 'struck' : 'armed';
  },
  remedy: replaying,
};
