/** What tasks know and nobody else does, and how they ended. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { Facts, Read, Written } from './facts.ts';
import type { Changes } from './fold.ts';
import { holdsAggregates } from './outbox-writes.ts';

type Carrying = PersistentMap<string, readonly string[]>;

function carry(carrying: Carrying, task: string, eventIds: readonly string[]): Carrying {
  return eventIds.length === 0 ? carrying : carrying.set(task, [...(carrying.get(task) ?? []), ...eventIds]);
}

function putDown(carrying: Carrying, task: string, eventId: string): Carrying {
  const rest = (carrying.get(task) ?? []).filter((other) => other !== eventId);
  return rest.length === 0 ? carrying.delete(task) : carrying.set(task, rest);
}

const notTaken = ({ events }: Facts, eventId: string): boolean => events.get(eventId)?.handedOver !== true;

export const carryingChanges: Changes<Carrying, Facts> = {
  'transaction.committed': (carrying, { task, events }, before) =>
    carry(
      carrying,
      task,
      events.map(({ eventId }) => eventId).filter((eventId) => notTaken(before, eventId)),
    ),
  'outbox.appended': (carrying, { task, eventId }) => putDown(carrying, task, eventId),
  // marked first: from here on the outbox has forgotten it
  'outbox.marked': (carrying, { task, eventId }, before) =>
    carry(carrying, task, notTaken(before, eventId) ? [eventId] : []),
  'bus.accepted': (carrying, { eventId }, before) => {
    const task = before.events.get(eventId)?.publication?.task;
    return task === undefined ? carrying : putDown(carrying, task, eventId);
  },
  // the publisher takes it for published and thinks of it no more
  'bus.refused': (carrying, { task, eventId, unnoticed }) =>
    unnoticed === true ? putDown(carrying, task, eventId) : carrying,
  // a killed task's events are set back by the crash that lists it, which may come before or after its end
  'task.ended': (carrying, { task, outcome }) => (outcome === 'killed' ? carrying : carrying.delete(task)),
  'process.crashed': (carrying, { tasks }) => tasks.reduce((rest, task) => rest.delete(task), carrying),
};

export const troubleChanges: Changes<Facts['troubles'], Facts> = {
  'process.crashed': (troubles, { tasks }) => tasks.reduce((all, task) => all.set(task, 'crashed'), troubles),
  'transaction.aborted': (troubles, { task, reason }) =>
    reason === 'duplicate' || reason === 'stale' ? troubles : troubles.set(task, 'aborted'),
  // what made it fail says more, where that is known
  'task.ended': (troubles, { task, outcome }) =>
    outcome === 'failed' && !troubles.has(task) ? troubles.set(task, 'failed') : troubles,
};

export const transactionChanges: Changes<Facts['transactions'], Facts> = {
  'transaction.committed': (all, { transactionId, process }) =>
    all.set(transactionId, { outcome: 'committed', process, reason: null }),
  'transaction.aborted': (all, { transactionId, process, reason }) =>
    all.set(transactionId, { outcome: 'aborted', process, reason }),
  // somebody else's event, committed on their side
  'participant.answered': (all, { transactionId, process }) =>
    all.set(transactionId, { outcome: 'committed', process, reason: null }),
};

type Reads = PersistentMap<string, readonly Read[]>;

/** The task knows these rows as they are now. */
function readNow(reads: Reads, task: string, keys: readonly string[], before: Facts): Reads {
  if (keys.length === 0) return reads;
  const others = (reads.get(task) ?? []).filter(({ key }) => !keys.includes(key));
  const now = keys.map((key): Read => ({ key, write: before.written.get(key)?.seq ?? -1 }));
  return reads.set(task, [...others, ...now]);
}

export const readChanges: Changes<Reads, Facts> = {
  'aggregate.loaded': (reads, { task, aggregateId }, before) => readNow(reads, task, [aggregateId], before),
  'relay.fetched': (reads, { task, documents }, before) => readNow(reads, task, documents ?? [], before),
  // its own writes renew what a task knows
  'transaction.committed': (reads, { task, seq, writes }) => {
    const known = reads.get(task);
    if (known === undefined) return reads;
    const keys = new Set(writes.filter(({ table }) => holdsAggregates(table)).map(({ key }) => String(key)));
    if (!known.some(({ key }) => keys.has(key))) return reads;
    return reads.set(
      task,
      known.map((read) => (keys.has(read.key) ? { ...read, write: seq } : read)),
    );
  },
  'task.ended': (reads, { task }) => reads.delete(task),
  'process.crashed': (reads, { tasks }) => tasks.reduce((rest, task) => rest.delete(task), reads),
};

export const writtenChanges: Changes<PersistentMap<string, Written>, Facts> = {
  'transaction.committed': (written, { seq, process, writes, events }) => {
    let next = written;
    for (const { table, key } of writes) {
      if (!holdsAggregates(table)) continue;
      next = next.set(String(key), { seq, process, eventType: events[0]?.eventType ?? null });
    }
    return next;
  },
};

export const commandedChanges: Changes<PersistentMap<string, true>, Facts> = {
  'command.received': (commanded, { task }) => commanded.set(taskKey(task), true),
  'transaction.begun': (commanded, { task, transactionId }) =>
    commanded.has(taskKey(task)) ? commanded.set(transactionId, true) : commanded,
  // a participant answers what it was asked, or what the reader makes it say
  'participant.answered': (commanded, { transactionId }) => commanded.set(transactionId, true),
};

/** Tasks and transactions are named in one map. */
const taskKey = (task: string): string => `task ${task}`;
