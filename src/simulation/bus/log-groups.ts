/** The groups of the log within a step: reading on, and who owns which partition. */
import {
  assign,
  causeOf,
  dispatch,
  firstOwner,
  handlingOf,
  isFree,
  isQuiet,
  next,
  passOver,
  recall,
  recordAt,
  setBack,
  shareOf,
  type Group,
  type Log,
} from '../../patterns/message-bus/log.ts';
import type { RecordOf } from '../../trace/record.ts';
import { arrivalTime, changeBus, consumersUp, expectArrival, expectNothing, pumpAt, recordDispatched } from './bus.ts';
import type { Step } from '../model.ts';
import type { Rig } from '../rig.ts';

/** The log. @throws Error where the bus is none */
export function logOf(step: Step): Log {
  const { log } = step.model.bus;
  if (!log) throw new Error('the bus is no log');
  return log;
}

/** The group of a subscription. @throws Error where there is no such subscription */
export function groupOf(step: Step, subscription: string): Group {
  const group = logOf(step).groups[subscription];
  if (!group) throw new Error(`no group of ${subscription}`);
  return group;
}

/** Puts a group in the place of what it was. */
export function setGroup(step: Step, group: Group): void {
  const log = logOf(step);
  changeBus(step, { log: { ...log, groups: { ...log.groups, [group.subscription]: group } } });
}

/** Every consumer that has nothing to do reads on. */
export function pump(rig: Rig, step: Step, subscription: string): void {
  if (!step.model.bus.up) return;
  for (const consumer of consumersUp(rig, step, subscription)) {
    const before = groupOf(step, subscription);
    const group = passOver(logOf(step), before);
    if (group !== before) setGroup(step, group);
    if (!isFree(group, consumer)) continue;
    const found = next(logOf(step), group, consumer, step.now);
    if (typeof found === 'number') pumpAt(step, subscription, found);
    else if (found) sendNext(rig, step, group, found.partition, consumer);
  }
}

function sendNext(rig: Rig, step: Step, group: Group, partition: number, consumer: string): void {
  const { subscription } = group;
  const { position: offset } = shareOf(group, partition);
  const { event, messages } = recordAt(logOf(step), partition, offset);
  const until = arrivalTime(step);
  const cause = causeOf(logOf(step), group, partition);
  const sent = { subscription, message: messages[subscription]!, event, partition, offset, cause };
  const dispatched = recordDispatched(rig, step, sent, consumer, until);
  setGroup(step, dispatch(group, partition));
  expectArrival(step, consumer, sent, until, dispatched);
}

/** Takes back what is on its way from a partition. */
function callBack(step: Step, group: Group, partition: number): void {
  const { owner, travels } = shareOf(group, partition);
  if (travels) expectNothing(step, owner);
}

/** A partition has a new owner, or its owner again, who starts at the committed offset. */
function give(step: Step, subscription: string, partition: number, to: string, cause?: number, from?: string): void {
  const group = groupOf(step, subscription);
  const { committed: position } = shareOf(group, partition);
  callBack(step, group, partition);
  const seq = step.record({ kind: 'bus.assigned', process: 'bus', cause, subscription, partition, to, from, position });
  setGroup(step, assign(group, partition, to, seq));
}

/**
 * Partitions whose owner went down go to who is there. `returning`: gets what was its own at first, where nobody works on
 * it now.
 */
export function shareOut(rig: Rig, step: Step, subscription: string, cause?: number, returning?: string): void {
  if (!step.model.bus.up) return;
  const up = consumersUp(rig, step, subscription);
  const { shares } = groupOf(step, subscription);
  for (const [partition, { owner, orphaned }] of shares.entries()) {
    const group = groupOf(step, subscription);
    const first = firstOwner(group, partition);
    if (orphaned) {
      const to = [first, owner, ...up].find((member) => up.includes(member));
      if (to !== undefined) give(step, subscription, partition, to, cause, to === owner ? undefined : owner);
    } else if (first === returning && owner !== first && isQuiet(group, partition)) {
      give(step, subscription, partition, first, cause, owner);
    }
  }
}

/**
 * The group takes a partition from the consumer that handles a record of it, because it takes it for dead: another has it
 * now, or a new member in the same process. Returns whether somebody handled one.
 */
export function rebalance(rig: Rig, step: Step, subscription: string, strike: () => number): boolean {
  const group = groupOf(step, subscription);
  const current = group.handling.find(({ standing }) => standing === 'member');
  if (!current) return false;
  const { partition, consumer } = current;
  const other = consumersUp(rig, step, subscription).find((member) => member !== consumer);
  give(step, subscription, partition, other ?? consumer, strike(), consumer);
  pump(rig, step, subscription);
  return true;
}

/** A partition's position goes back to the record that was handled, and that is recorded. */
export function goBack(
  step: Step,
  group: Group,
  { partition, offset }: { partition: number; offset: number },
  reason: RecordOf<'bus.requeued'>['reason'],
  cause: number,
  notBefore = 0,
): void {
  const { subscription } = group;
  const { event, messages } = recordAt(logOf(step), partition, offset);
  const seq = step.record({
    kind: 'bus.requeued',
    process: 'bus',
    cause,
    correlationId: event.correlationId,
    subscription,
    message: messages[subscription]!,
    eventId: event.id,
    reason,
  });
  setGroup(step, setBack(group, partition, { position: offset, notBefore }, seq));
}

/** A partition is read again from an offset before the one it has come to, and that is recorded. */
export function rewind(step: Step, subscription: string, partition: number, position: number, cause: number): void {
  const group = groupOf(step, subscription);
  const share = shareOf(group, partition);
  if (share.position <= position) return;
  callBack(step, group, partition);
  const seq = step.record({ kind: 'bus.rewound', process: 'bus', cause, subscription, partition, position });
  const committed = Math.min(share.committed, position);
  setGroup(step, setBack(group, partition, { position, committed }, seq));
}

/** What is on its way is recalled, and what is handled will have to be handled again. */
export function interrupt(step: Step, subscription: string, cause: number): void {
  for (const partition of groupOf(step, subscription).shares.keys()) {
    const group = groupOf(step, subscription);
    callBack(step, group, partition);
    setGroup(step, recall(group, partition));
    const current = handlingOf(group, partition);
    if (current) goBack(step, group, current, 'timeout', cause);
  }
}
