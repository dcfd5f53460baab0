/**
 * What a record must be. Objects are loose all through: a newer version's fields and kinds stay as they are, so that its
 * traces open here and keep their hash.
 */
import * as v from 'valibot';
import type { RecordKind, TraceRecord } from './record.ts';
import { failureSchema } from './schema-scenario.ts';
import { count, payload, recorded as word, row } from './schema-parts.ts';

/** Loose when it runs; to the compiler an object with these keys, which are all the code may know of. */
const open = v.looseObject as unknown as typeof v.object;
const maybe = v.exactOptional(word);

const event = { eventId: word, eventType: word, aggregateId: word, aggregateVersion: count, transactionId: word };
const handled = { commandId: word, name: word, task: word };
const copied = { ...event, subscription: word, message: word };
const delivered = { ...copied, attempt: count, task: word };
const message = { subscription: word, message: word, eventId: word };
const struck = { input: count, failure: failureSchema };

export const baseEntries = {
  seq: count,
  at: count,
  process: word,
  cause: v.exactOptional(count),
  correlationId: maybe,
};

/** The further fields of every kind. */
export const kindEntries = {
  'command.sent': { commandId: word, name: word, payload, until: count },
  'command.refused': { commandId: word, name: word, reason: v.literal('serviceDown') },
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
  },
  'transaction.aborted': {
    task: word,
    transactionId: word,
    reason: v.picklist(['failure', 'conflict', 'duplicate', 'crash', 'exception']),
    tables: v.array(word),
    events: v.array(open(event)),
  },
  'outbox.appended': { ...event, task: word, position: count },
  'outbox.marked': { task: word, position: count, eventId: word },
  'relay.fetched': { task: word, positions: v.array(count) },

  'relay.published': { ...event, task: word, position: count },
  'service.published': { ...event, task: word },
  'bus.accepted': { ...event, messages: v.array(open({ message: word, subscription: word })) },
  'bus.refused': { ...event, task: word, reason: v.picklist(['down', 'failure']) },
  'bus.confirmationLost': { ...event, task: word },
  'bus.wentDown': { until: count },
  'bus.cameUp': {},
  'bus.dispatched': { ...copied, until: count },

  'bus.delivered': delivered,
  'bus.redelivered': delivered,
  'bus.acknowledged': { ...message, task: word },
  'bus.acknowledgementIgnored': { ...message, task: word },
  'bus.requeued': { ...message, reason: v.picklist(['crash', 'failure', 'timeout']) },
  'bus.deadLettered': { ...message, attempts: count },
  'bus.dropped': copied,
  'bus.duplicated': { ...message, copy: word },
  'bus.delayed': { ...message, until: count },
  'bus.promoted': message,

  'consumer.effectApplied': { ...copied, task: word, summary: word },
  'consumer.failed': { ...message, task: word, reason: word },
  'inbox.recorded': { subscription: word, eventId: word, task: word },
  'inbox.duplicateIgnored': { ...message, task: word },

  'process.crashed': { restartAt: v.exactOptional(count), tasks: v.array(word), point: maybe },
  'process.restarted': {},
  'process.slowed': { by: count },
  'failure.armed': struck,
  'failure.struck': struck,
  'failure.disarmed': { input: count, reason: v.picklist(['takenBack', 'settled']) },
  'failure.refused': { ...struck, reason: word },

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
