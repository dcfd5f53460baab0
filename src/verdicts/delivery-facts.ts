/** From the bus to the effect: what each subscription has been handed, has done, and still lacks. */
import type { EventRef, RecordOf } from '../trace/record.ts';
import { pairKey, type Facts, type MessageFacts, type Newest, type Pair, type Reception } from './facts.ts';
import type { Changes } from './fold.ts';

/** A record at which a handler starts. */
export type HandlerStart = RecordOf<'bus.delivered'> | RecordOf<'bus.redelivered'>;

/** The same at both kinds of record that start a handler. */
export const atHandlerStart = <F>(same: F): { readonly 'bus.delivered': F; readonly 'bus.redelivered': F } => ({
  'bus.delivered': same,
  'bus.redelivered': same,
});

type Messages = Facts['messages'];

const newMessage = (since: number, copy: MessageFacts['copy']): MessageFacts => ({
  since,
  copy,
  returned: null,
  delayed: false,
  promoted: false,
});

function alter(messages: Messages, message: string, to: Partial<MessageFacts>): Messages {
  const known = messages.get(message);
  return known ? messages.set(message, { ...known, ...to }) : messages;
}

export const messageChanges: Changes<Messages, Facts> = {
  'bus.accepted': (messages, record, before) => {
    const event = before.events.get(record.eventId);
    const { again, process } = event?.publication ?? { again: null, process: record.process };
    const copy = event && event.accepted !== null ? { cause: again ?? 'publishedTwice', process } : null;
    return record.messages.reduce((all, { message }) => all.set(message, newMessage(record.seq, copy)), messages);
  },
  'bus.duplicated': (messages, { message, copy, seq, process }) =>
    messages.set(copy, newMessage(messages.get(message)?.since ?? seq, { cause: 'duplicatedByBus', process })),
  'bus.requeued': (messages, { message, reason }, { busUp }) =>
    alter(messages, message, { returned: reason === 'timeout' && !busUp ? 'busDown' : reason }),
  'bus.delayed': (messages, { message }) => alter(messages, message, { delayed: true }),
  'bus.promoted': (messages, { message }) => alter(messages, message, { promoted: true }),
};

type Receptions = Facts['receptions'];

const nothing: Reception = { queued: null, dropped: null, handled: null, applied: null, finished: false };

function receive(receptions: Receptions, { subscription, eventId }: Pair, to: Partial<Reception>): Receptions {
  const key = pairKey(subscription, eventId);
  return receptions.set(key, { ...(receptions.get(key) ?? nothing), ...to });
}

const finish = (receptions: Receptions, pair: Pair): Receptions => receive(receptions, pair, { finished: true });

export const receptionChanges: Changes<Receptions, Facts> = {
  'bus.accepted': (receptions, { messages, eventId, seq }) =>
    messages.reduce((all, { subscription }) => {
      const known = all.get(pairKey(subscription, eventId))?.queued ?? null;
      return known === null ? receive(all, { subscription, eventId }, { queued: seq }) : all;
    }, receptions),
  'bus.dropped': (receptions, record) => receive(receptions, record, { dropped: record.seq }),
  ...atHandlerStart((receptions: Receptions, record: HandlerStart) =>
    receive(receptions, record, { handled: record.message }),
  ),
  'consumer.effectApplied': (receptions, record) =>
    receive(receptions, record, { applied: record.message, finished: true }),
  'inbox.duplicateIgnored': finish,
  'bus.acknowledged': finish,
  'bus.acknowledgementIgnored': finish,
};

type Versioned = EventRef & { subscription: string; message: string };

function renew(newest: Facts['newest'], record: Versioned, field: keyof Newest): Facts['newest'] {
  const key = pairKey(record.subscription, record.aggregateId);
  const seen = newest.get(key) ?? { handled: null, applied: null };
  const { aggregateVersion: version, eventType, message } = record;
  if (seen[field] !== null && seen[field].version >= version) return newest;
  return newest.set(key, { ...seen, [field]: { version, eventType, message } });
}

export const newestChanges: Changes<Facts['newest'], Facts> = {
  ...atHandlerStart((newest: Facts['newest'], record: HandlerStart) => renew(newest, record, 'handled')),
  'consumer.effectApplied': (newest, record) => renew(newest, record, 'applied'),
};

export const unresolvedChanges: Changes<Facts['unresolved'], Facts> = {
  ...atHandlerStart((unresolved: Facts['unresolved'], record: HandlerStart, { transactions }: Facts) => {
    const { transactionId, subscription } = record;
    if (transactions.has(transactionId) || unresolved.has(transactionId)) return unresolved;
    return unresolved.set(transactionId, { ref: record, subscription });
  }),
  'transaction.committed': (unresolved, { transactionId }) => unresolved.delete(transactionId),
  'transaction.aborted': (unresolved, { transactionId }) => unresolved.delete(transactionId),
};

export const missingChanges: Changes<Facts['missing'], Facts> = {
  'transaction.committed': (missing, { events }, { subscriptions, receptions }) => {
    let next = missing;
    for (const { eventId } of events) {
      for (const subscription of subscriptions) {
        const key = pairKey(subscription, eventId);
        if ((receptions.get(key)?.handled ?? null) === null) next = next.set(key, { subscription, eventId });
      }
    }
    return next;
  },
  ...atHandlerStart((missing: Facts['missing'], { subscription, eventId }: HandlerStart) =>
    missing.delete(pairKey(subscription, eventId)),
  ),
};

const rise = (dead: Facts['dead'], { subscription, eventId }: Pair): Facts['dead'] =>
  dead.delete(pairKey(subscription, eventId));

export const deadChanges: Changes<Facts['dead'], Facts> = {
  'bus.deadLettered': (dead, { subscription, eventId, seq, attempts }, { receptions }) => {
    const key = pairKey(subscription, eventId);
    return receptions.get(key)?.finished === true ? dead : dead.set(key, { subscription, eventId, seq, attempts });
  },
  'consumer.effectApplied': rise,
  'inbox.duplicateIgnored': rise,
  'bus.acknowledged': rise,
  'bus.acknowledgementIgnored': rise,
};
