/**
 * What a record must be. Objects are loose all through: a newer version's fields and kinds stay as they are, so that its
 * traces open here and keep their hash.
 */
import * as v from 'valibot';
import type { RecordKind, TraceRecord } from './record.ts';
import { failureSchema, interventionSchema } from './schema-scenario.ts';
import { count, payload, recorded as word, row } from './schema-parts.ts';

/** Loose when it runs; to the compiler an object with these keys, which are all the code may know of. */
const open = v.looseObject as unknown as typeof v.object;
const maybe = v.exactOptional(word);

const event = { eventId: word, eventType: word, aggregateId: word, aggregateVersion: count, transactionId: word };
const handled = { commandId: word, name: word, task: word };
const copied = { ...event, subscription: word, message: word };
const place = { partition: v.exactOptional(count), offset: v.exactOptional(count) };
const entry = { task: word, position: count, eventId: word, document: maybe };
const words = v.array(word);
const counts = v.array(count);
const delivered = { ...copied, attempt: count, task: word, ...place };
const message = { subscription: word, message: word, eventId: word };
const struck = { input: count, failure: failureSchema };
const intervened = { input: count, intervention: interventionSchema };

const issued = {
  instance: word,
  commandId: word,
  name: word,
  to: word,
  token: word,
  attempt: count,
  late: v.exactOptional(v.literal(true)),
};
const received = open({ type: word, eventId: maybe, token: maybe });
const handledBy = { task: word, instance: word };
const reasons = ['duplicate', 'stale', 'late', 'unexpected', 'notFound'] as const;
const effects = ['asked', 'listed', 'withdrawn', 'booked', 'cancelled', 'prevented', 'notified'] as const;

export const baseEntries = {
  seq: count,
  at: count,
  process: word,
  cause: v.exactOptional(count),
  correlationId: maybe,
};

/** The further fields of every kind. */
export const kindEntries = {
  'command.sent': { commandId: word, name: word, payload, until: count, to: maybe },
  'command.refused': { commandId: word, name: word, reason: v.picklist(['serviceDown', 'nothingAsked', 'prevented']) },
  'command.received': handled,
  'command.handled': handled,
  'command.rejected': { ...handled, reason: word },

  'task.started': { task: word, handler: word },
  'effect.begun': {
    task: word,
    handler: word,
    effect: word,
    until: count,
    eventId: maybe,
    eventType: maybe,
    aggregateId: maybe,
    aggregateVersion: v.exactOptional(count),
    transactionId: maybe,
    subscription: maybe,
    message: maybe,
    position: v.exactOptional(count),
  },
  'effect.waited': { task: word, effect: word, aggregateId: word },
  'task.ended': { task: word, handler: word, outcome: v.picklist(['done', 'failed', 'killed']), reason: maybe },

  'transaction.begun': { task: word, transactionId: word },
  'aggregate.loaded': { task: word, aggregateId: word, version: count, state: word, transactionId: word },
  'transaction.committed': {
    task: word,
    transactionId: word,
    writes: v.array(
      open({ table: word, op: v.picklist(['put', 'delete']), key: v.union([word, count]), row: v.exactOptional(row) }),
    ),
    events: v.array(open(event)),
    targeted: v.exactOptional(v.literal(true)),
  },
  'transaction.aborted': {
    task: word,
    transactionId: word,
    reason: v.picklist(['failure', 'conflict', 'duplicate', 'stale', 'crash', 'exception']),
    tables: v.array(word),
    events: v.array(open(event)),
  },
  'outbox.reserved': { task: word, position: count, transactionId: word },
  'outbox.appended': { ...event, task: word, position: count, document: maybe },
  'outbox.marked': entry,
  'outbox.deleted': entry,
  'outbox.attemptFailed': { ...entry, attempts: count },
  'outbox.parked': { ...entry, attempts: count },
  'outbox.unparked': entry,
  'outbox.claimed': {
    task: word,
    positions: counts,
    aggregates: v.exactOptional(words),
    until: count,
    from: maybe,
  },
  'outbox.released': { task: word, aggregates: words },
  'outbox.leaseExpired': { positions: counts, aggregates: v.exactOptional(words) },
  'outbox.cleaned': { task: word, positions: counts },
  'relay.fetched': {
    task: word,
    positions: counts,
    read: v.exactOptional(count),
    after: v.exactOptional(count),
    fence: v.exactOptional(count),
    documents: v.exactOptional(words),
  },
  'relay.advanced': { task: word, position: count },
  'relay.historyLost': { task: word, position: count, first: count },

  'relay.published': { ...event, task: word, position: count, document: maybe },
  'service.published': { ...event, task: word },
  'bus.accepted': { ...event, ...place, messages: v.array(open({ message: word, subscription: word })) },
  'bus.refused': {
    ...event,
    task: word,
    reason: v.picklist(['down', 'failure', 'tooLarge']),
    unnoticed: v.exactOptional(v.literal(true)),
  },
  'bus.confirmationLost': { ...event, task: word },
  'bus.wentDown': { until: count },
  'bus.cameUp': {},
  'bus.dispatched': { ...copied, ...place, until: count, to: maybe },
  'bus.buffered': message,

  'bus.delivered': delivered,
  'bus.redelivered': delivered,
  'bus.acknowledged': { ...message, ...place, task: word },
  'bus.acknowledgementIgnored': { ...message, task: word },
  'bus.requeued': {
    ...message,
    reason: v.picklist(['crash', 'failure', 'timeout']),
    to: v.exactOptional(v.literal('tail')),
  },
  'bus.deadLettered': { ...message, attempts: count },
  'bus.dropped': { ...copied, reason: v.exactOptional(v.picklist(['offline', 'overflow'])) },
  'bus.duplicated': { ...message, copy: word },
  'bus.delayed': { ...message, until: count },
  'bus.promoted': message,
  'bus.redriven': message,
  'bus.assigned': { subscription: word, partition: count, to: word, from: maybe, position: count },
  'bus.rewound': { subscription: word, partition: count, position: count },

  'consumer.effectApplied': { ...copied, task: word, summary: word },
  'consumer.failed': { ...message, task: word, reason: word },
  'inbox.recorded': { subscription: word, eventId: word, task: word },
  'inbox.checked': { subscription: word, eventId: word, task: word, known: v.boolean() },
  'inbox.forgotten': { subscription: word, task: word, eventIds: words },
  'inbox.staleIgnored': { ...message, task: word, seen: count },
  'inbox.duplicateIgnored': { ...message, task: word },

  'saga.loaded': { ...handledBy, version: count, state: maybe },
  'saga.moved': {
    ...handledBy,
    definition: word,
    version: count,
    from: maybe,
    to: word,
    received,
    attempt: count,
    waiting: v.boolean(),
    waitsFor: maybe,
    ended: v.boolean(),
    context: payload,
    issued: words,
    decided: v.exactOptional(payload),
  },
  'saga.ignored': { ...handledBy, received, reason: v.picklist(reasons), state: maybe },
  'saga.conflicted': { ...handledBy, version: count },
  'saga.notFound': { ...handledBy, received, policy: v.picklist(['discard', 'retry']) },
  'saga.deleted': handledBy,
  'saga.commandIssued': { ...issued, task: word, number: count },
  'saga.called': { ...issued, task: word },
  'timer.set': { ...handledBy, timer: word, token: word, due: count },
  'timer.fired': { ...handledBy, timer: word, token: word },
  'relay.commandsFetched': { task: word, numbers: counts },
  'relay.commandSent': { ...issued, task: word, number: count },
  'relay.commandMarked': { task: word, number: count, commandId: word },
  'participant.delayed': { ...issued, until: count },
  'participant.dropped': issued,
  'participant.duplicated': issued,
  'participant.received': issued,
  'participant.executed': {
    ...issued,
    effect: v.picklist(effects),
    thing: word,
    itself: v.exactOptional(v.literal(true)),
  },
  'participant.ignored': { ...issued, reason: v.picklist(['known', 'prevented', 'nothingThere']) },
  'participant.silent': issued,
  'participant.answered': { ...event, token: word, instance: word, payload, until: count, commandId: maybe },
  'process.crashed': { restartAt: v.exactOptional(count), tasks: v.array(word), point: maybe },
  'process.restarted': {},
  'process.slowed': { by: count },
  'failure.armed': struck,
  'failure.struck': struck,
  'failure.disarmed': { input: count, reason: v.picklist(['takenBack', 'settled']) },
  'failure.refused': { ...struck, reason: word },

  'intervention.done': intervened,
  'intervention.refused': { ...intervened, reason: word },

  'run.settling': {},
  'run.settled': { quiet: v.boolean() },
} satisfies Record<RecordKind, v.ObjectEntries>;

const known = new Map<unknown, v.GenericSchema>(
  Object.entries(kindEntries).map(([kind, entries]) => [
    kind,
    open({ ...baseEntries, kind: v.literal(kind), ...entries }),
  ]),
);
const unknown = open({ ...baseEntries, kind: word });

/** A record of any kind; of a kind this version doesn't know, only the fields that all kinds have are checked. */
export const recordSchema = v.lazy(
  (input) => known.get((input as Partial<TraceRecord> | null)?.kind) ?? unknown,
) as v.GenericSchema<unknown, TraceRecord>;

/** Whether this version knows the kind. */
export function isKnownKind(kind: string): boolean {
  return known.has(kind);
}
