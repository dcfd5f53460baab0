/** From the bus to the effect: what each subscription has been handed, has done, and still lacks. */
import { pop, push } from '../base/persistent-heap.ts';
import type { PersistentMap } from '../base/persistent-map.ts';
import type { EventRef, RecordOf } from '../trace/record.ts';
import { appends } from './effect-facts.ts';
import { pairKey, type Facts, type Newest, type Pair, type Reception } from './facts.ts';
import type { Changes } from './fold.ts';
import { hasEffects, hears } from './setting.ts';
import { whyRepeated } from './why.ts';

/** A record at which a handler starts. */
export type HandlerStart = RecordOf<'bus.delivered'> | RecordOf<'bus.redelivered'>;

/** The same at both kinds of record that start a handler. */
export const atHandlerStart = <F>(same: F): { readonly 'bus.delivered': F; readonly 'bus.redelivered': F } => ({
  'bus.delivered': same,
  'bus.redelivered': same,
});

type Receptions = Facts['receptions'];

const nothing: Reception = {
  queued: null,
  buffered: null,
  dropped: null,
  handled: null,
  applied: null,
  appended: 0,
  ignored: null,
  fallen: null,
  finished: false,
};

/** Another object with the same fields; it names them all because that is fast. */
const copyOf = (reception: Reception): Reception => ({
  queued: reception.queued,
  buffered: reception.buffered,
  dropped: reception.dropped,
  handled: reception.handled,
  applied: reception.applied,
  appended: reception.appended,
  ignored: reception.ignored,
  fallen: reception.fallen,
  finished: reception.finished,
});

function receive(receptions: Receptions, { subscription, eventId }: Pair, to: Partial<Reception>): Receptions {
  const key = pairKey(subscription, eventId);
  return receptions.set(key, Object.assign(copyOf(receptions.get(key) ?? nothing), to));
}

const finish = (receptions: Receptions, { subscription, eventId }: Pair): Receptions => {
  const key = pairKey(subscription, eventId);
  const known = receptions.get(key) ?? nothing;
  return known.finished ? receptions : receptions.set(key, Object.assign(copyOf(known), { finished: true }));
};

type Ignored = RecordOf<'inbox.duplicateIgnored'> | RecordOf<'inbox.staleIgnored'>;

function ignore(receptions: Receptions, record: Ignored): Receptions {
  const { seq, process } = record;
  const seen = record.kind === 'inbox.staleIgnored' ? record.seen : null;
  const known = receptions.get(pairKey(record.subscription, record.eventId))?.ignored ?? null;
  return receive(receptions, record, { ignored: known ?? { seq, process, seen }, finished: true });
}

export const receptionChanges: Changes<Receptions, Facts> = {
  'bus.accepted': (receptions, { messages, eventId, seq }) =>
    messages.reduce((all, { subscription }) => {
      const known = all.get(pairKey(subscription, eventId))?.queued ?? null;
      return known === null ? receive(all, { subscription, eventId }, { queued: seq }) : all;
    }, receptions),
  'bus.buffered': (receptions, record) => receive(receptions, record, { buffered: record.seq }),
  'bus.dropped': (receptions, record) =>
    receive(receptions, record, { dropped: { seq: record.seq, reason: record.reason ?? null } }),
  ...atHandlerStart((receptions: Receptions, record: HandlerStart, before: Facts) => {
    const { seq, message, process } = record;
    const earlier = receptions.get(pairKey(record.subscription, record.eventId))?.handled ?? null;
    const again = earlier && whyRepeated(before, record, earlier.message);
    return receive(receptions, record, { handled: { seq, message, process, again } });
  }),
  'consumer.effectApplied': (receptions, record, before) => {
    const appended = receptions.get(pairKey(record.subscription, record.eventId))?.appended ?? 0;
    return receive(receptions, record, {
      applied: record.message,
      appended: appended + (appends(record, before) ? 1 : 0),
      finished: true,
    });
  },
  'consumer.failed': (receptions, record) => {
    const { seq, process } = record;
    return receive(receptions, record, { fallen: { seq, process, code: 'failed' } });
  },
  'process.crashed': (receptions, { seq, process, tasks }, { handling }) =>
    tasks.reduce((all, task) => {
      const pair = handling.get(task);
      return pair === undefined ? all : receive(all, pair, { fallen: { seq, process, code: 'died' } });
    }, receptions),
  'inbox.duplicateIgnored': ignore,
  'inbox.staleIgnored': ignore,
  'bus.acknowledged': finish,
  'bus.acknowledgementIgnored': finish,
};

export const handlingChanges: Changes<Facts['handling'], Facts> = {
  ...atHandlerStart((handling: Facts['handling'], { task, subscription, eventId, message }: HandlerStart) =>
    handling.set(task, { subscription, eventId, message }),
  ),
  'task.ended': (handling, { task }) => handling.delete(task),
  'process.crashed': (handling, { tasks }) => tasks.reduce((rest, task) => rest.delete(task), handling),
};

type Versioned = EventRef & { subscription: string; message: string; process: string };

function renew(newest: Facts['newest'], record: Versioned, field: keyof Newest): Facts['newest'] {
  const key = pairKey(record.subscription, record.aggregateId);
  const seen = newest.get(key) ?? { handled: null, applied: null };
  const { aggregateVersion: version, eventId, eventType, message, process } = record;
  if (seen[field] !== null && seen[field].version >= version) return newest;
  const now = { version, eventId, eventType, message, process };
  const { handled, applied } = seen;
  return newest.set(key, field === 'handled' ? { handled: now, applied } : { handled, applied: now });
}

export const newestChanges: Changes<Facts['newest'], Facts> = {
  ...atHandlerStart((newest: Facts['newest'], record: HandlerStart) => renew(newest, record, 'handled')),
  'consumer.effectApplied': (newest, record) => renew(newest, record, 'applied'),
};

const isHandled = ({ receptions }: Facts, subscription: string, eventId: string): boolean =>
  (receptions.get(pairKey(subscription, eventId))?.handled ?? null) !== null;

function openGaps(gaps: Facts['gaps'], events: readonly EventRef[], before: Facts): Facts['gaps'] {
  const { setting } = before;
  let next = gaps;
  for (const { eventId, eventType, aggregateId, aggregateVersion } of events) {
    for (const subscription of setting.subscriptions) {
      if (!hears(setting, subscription, eventType) || isHandled(before, subscription, eventId)) continue;
      const key = pairKey(subscription, aggregateId);
      next = next.set(key, push(next.get(key) ?? null, aggregateVersion, eventId));
    }
  }
  return next;
}

export const gapChanges: Changes<Facts['gaps'], Facts> = {
  'transaction.committed': (gaps, { events }, before) => openGaps(gaps, events, before),
  'participant.answered': (gaps, answer, before) => openGaps(gaps, [answer], before),
  ...atHandlerStart((gaps: Facts['gaps'], record: HandlerStart, before: Facts) => {
    const { subscription, aggregateId, eventId } = record;
    const key = pairKey(subscription, aggregateId);
    const heap = gaps.get(key);
    if (heap === undefined) return gaps;
    let rest: typeof heap | null = heap;
    while (rest !== null && (rest.value === eventId || isHandled(before, subscription, rest.value))) rest = pop(rest);
    return rest === null ? gaps.delete(key) : gaps.set(key, rest);
  }),
};

export const unresolvedChanges: Changes<Facts['unresolved'], Facts> = {
  ...atHandlerStart((unresolved: Facts['unresolved'], record: HandlerStart, { transactions }: Facts) => {
    const { transactionId, subscription } = record;
    if (transactions.has(transactionId) || unresolved.has(transactionId)) return unresolved;
    return unresolved.set(transactionId, { ref: record, subscription });
  }),
  'transaction.committed': (unresolved, { transactionId }) => unresolved.delete(transactionId),
  'participant.answered': (unresolved, { transactionId }) => unresolved.delete(transactionId),
  'transaction.aborted': (unresolved, { transactionId }) => unresolved.delete(transactionId),
};

type Pairs = PersistentMap<string, Pair>;

/** Committed events that a subscription lacks, until it has what `has` says. */
function lacking(
  pairs: Pairs,
  events: readonly EventRef[],
  { setting, receptions }: Facts,
  has: 'handled' | 'applied',
): Pairs {
  let next = pairs;
  for (const { eventId, eventType } of events) {
    for (const subscription of setting.subscriptions) {
      if (!hears(setting, subscription, eventType) || (has === 'applied' && !hasEffects(subscription))) continue;
      const key = pairKey(subscription, eventId);
      if ((receptions.get(key)?.[has] ?? null) === null) next = next.set(key, { subscription, eventId });
    }
  }
  return next;
}

const lackNoMore = (pairs: Pairs, { subscription, eventId }: Pair): Pairs =>
  pairs.delete(pairKey(subscription, eventId));

export const missingChanges: Changes<Pairs, Facts> = {
  'transaction.committed': (missing, { events }, before) => lacking(missing, events, before, 'handled'),
  'participant.answered': (missing, answer, before) => lacking(missing, [answer], before, 'handled'),
  ...atHandlerStart(lackNoMore),
};

export const unappliedChanges: Changes<Pairs, Facts> = {
  'transaction.committed': (unapplied, { events }, before) => lacking(unapplied, events, before, 'applied'),
  'participant.answered': (unapplied, answer, before) => lacking(unapplied, [answer], before, 'applied'),
  'consumer.effectApplied': lackNoMore,
};

const rise = (dead: Facts['dead'], { subscription, eventId }: Pair): Facts['dead'] =>
  dead.delete(pairKey(subscription, eventId));

export const deadChanges: Changes<Facts['dead'], Facts> = {
  'bus.deadLettered': (dead, { subscription, eventId, seq, attempts }, { receptions }) => {
    const key = pairKey(subscription, eventId);
    return receptions.get(key)?.finished === true ? dead : dead.set(key, { subscription, eventId, seq, attempts });
  },
  'bus.redriven': rise,
  'consumer.effectApplied': rise,
  'inbox.duplicateIgnored': rise,
  'inbox.staleIgnored': rise,
  'bus.acknowledged': rise,
  'bus.acknowledgementIgnored': rise,
};
