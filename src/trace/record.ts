/**
 * What a run writes down. The screen, the verdicts and every export are folds of these records; nothing else crosses
 * from the simulation to the page. All times are integer virtual milliseconds.
 */
import type { EventRef, SagaKinds } from './saga-record.ts';
import type { Failure, Intervention, Payload } from './scenario.ts';

export type { EventRef, IgnoredReason, ParticipantEffect, Received } from './saga-record.ts';

interface Base {
  /** Position in the trace, from 0 without gaps. */
  seq: number;
  at: number;
  /** The part it happened in: 'user', 'kernel', 'service', 'relay', 'relay-2', 'cleaner', 'bus', 'consumer:<subscription>', … */
  process: string;
  /** `seq` of the record that led to this one directly. */
  cause?: number;
  /** The business flow it belongs to: the id of the first command. */
  correlationId?: string;
}

/** One row written or removed by a committed transaction, as read back from the database. `key` is unique in its table. */
export interface RowWrite {
  table: string;
  op: 'put' | 'delete';
  key: string | number;
  row?: Payload;
}

export type AbortReason = 'failure' | 'conflict' | 'duplicate' | 'stale' | 'crash' | 'exception';

type Kinds = SagaKinds & {
  // the reader's doing
  /** `to`: a participant; where it says nothing, the service. */
  'command.sent': { commandId: string; name: string; payload: Payload; until: number; to?: string };
  /** Never reached a handler: the service is down; or the participant was not asked, or has cancelled what is meant. */
  'command.refused': { commandId: string; name: string; reason: 'serviceDown' | 'nothingAsked' | 'prevented' };
  'command.received': { commandId: string; name: string; task: string };
  'command.handled': { commandId: string; name: string; task: string };
  /** The handler ended without success: a rule of the domain said no, or an effect failed. */
  'command.rejected': { commandId: string; name: string; task: string; reason: string };

  // tasks and effects: `until` is when the effect will be performed if nothing prevents it
  'task.started': { task: string; handler: string };
  'effect.begun': { task: string; handler: string; effect: string; until: number } & Partial<EventRef> & {
      subscription?: string;
      message?: string;
      position?: number;
      aggregateId?: string;
    };
  /** The effect waits for another task's transaction on the same aggregate. */
  'effect.waited': { task: string; effect: string; aggregateId: string };
  'task.ended': { task: string; handler: string; outcome: 'done' | 'failed' | 'killed'; reason?: string };

  // the database
  'transaction.begun': { task: string; transactionId: string };
  'aggregate.loaded': { task: string; aggregateId: string; version: number; state: string; transactionId: string };
  /** `targeted`: it changed single fields of rows as they were at that moment, and did not put back what it had read. */
  'transaction.committed': {
    task: string;
    transactionId: string;
    writes: RowWrite[];
    events: EventRef[];
    targeted?: true;
  };
  'transaction.aborted': {
    task: string;
    transactionId: string;
    reason: AbortReason;
    tables: string[];
    events: EventRef[];
  };
  /** A position was taken for a row that is not there yet: the transaction that will insert it is still open. */
  'outbox.reserved': { task: string; position: number; transactionId: string };
  /** `position`: of a row in the table; of an entry in a document, where `document` names that, the event's version. */
  'outbox.appended': EventRef & { task: string; position: number; document?: string };
  'outbox.marked': OutboxEntry;
  'outbox.deleted': OutboxEntry;
  /** One more attempt to publish it has failed. */
  'outbox.attemptFailed': OutboxEntry & { attempts: number };
  /** It failed too often: the relay leaves it aside for a person. */
  'outbox.parked': OutboxEntry & { attempts: number };
  'outbox.unparked': OutboxEntry;
  /** These rows, or all rows of these aggregates, are this relay's until then, unless it renews. `from`: whose they were. */
  'outbox.claimed': { task: string; positions: number[]; aggregates?: string[]; until: number; from?: string };
  'outbox.released': { task: string; aggregates: string[] };
  /** A relay's claims have ended before their time, and it does not know. */
  'outbox.leaseExpired': { positions: number[]; aggregates?: string[] };
  /** The job removed published rows. */
  'outbox.cleaned': { task: string; positions: number[] };
  /**
   * `read`: how many rows the query went through, where there is no index to go by. `after`: the position it read from, of
   * the outbox or the log. `fence`: it stopped short of this position. `documents`: those it has read.
   */
  'relay.fetched': {
    task: string;
    positions: number[];
    read?: number;
    after?: number;
    fence?: number;
    documents?: string[];
  };
  /** The relay has stored how far it is. */
  'relay.advanced': { task: string; position: number };
  /** The change log no longer has what comes after `position`: it begins at `first`. */
  'relay.historyLost': { task: string; position: number; first: number };

  // publishing
  'relay.published': EventRef & { task: string; position: number; document?: string };
  'service.published': EventRef & { task: string };
  'bus.accepted': EventRef & Partial<Place> & { messages: { message: string; subscription: string }[] };
  /** `unnoticed`: the publisher does not wait for an answer and takes it for published. */
  'bus.refused': EventRef & { task: string; reason: 'down' | 'failure' | 'tooLarge'; unnoticed?: true };
  /** The bus has the message; the publisher was told nothing and takes it for a failure. */
  'bus.confirmationLost': EventRef & { task: string };
  'bus.wentDown': { until: number };
  'bus.cameUp': {};

  /** The bus hands a waiting message to its consumer: it travels until `until`, and is delivered then. `to`: a second consumer. */
  'bus.dispatched': EventRef & Partial<Place> & { subscription: string; message: string; until: number; to?: string };
  /** Pub/sub: it has arrived, and waits in the consumer's memory. */
  'bus.buffered': { subscription: string; message: string; eventId: string };

  // deliveries; a handler starts at each bus.delivered and bus.redelivered
  'bus.delivered': EventRef & Delivery;
  'bus.redelivered': EventRef & Delivery;
  /** On a log: the offset is committed. */
  'bus.acknowledged': Partial<Place> & { subscription: string; message: string; eventId: string; task: string };
  'bus.acknowledgementIgnored': { subscription: string; message: string; eventId: string; task: string };
  /** To the head, unless it says otherwise. On a log the position goes back to this record. */
  'bus.requeued': {
    subscription: string;
    message: string;
    eventId: string;
    reason: 'crash' | 'failure' | 'timeout';
    to?: 'tail';
  };
  'bus.deadLettered': { subscription: string; message: string; eventId: string; attempts: number };
  /** Pub/sub: nobody is there to take it, or the consumer's memory is full. */
  'bus.dropped': EventRef & { subscription: string; message: string; reason?: 'offline' | 'overflow' };
  'bus.duplicated': { subscription: string; message: string; copy: string; eventId: string };
  'bus.delayed': { subscription: string; message: string; eventId: string; until: number };
  'bus.promoted': { subscription: string; message: string; eventId: string };
  /** A dead letter is back at the tail of its queue. */
  'bus.redriven': { subscription: string; message: string; eventId: string };
  /** A partition of the log has a new owner, who starts at the committed offset. `from`: who may not know yet. */
  'bus.assigned': { subscription: string; partition: number; to: string; from?: string; position: number };
  /** A subscription reads a partition again from here. */
  'bus.rewound': { subscription: string; partition: number; position: number };

  // consumers
  'consumer.effectApplied': EventRef & { subscription: string; message: string; task: string; summary: string };
  'consumer.failed': { subscription: string; message: string; eventId: string; task: string; reason: string };
  'inbox.recorded': { subscription: string; eventId: string; task: string };
  /** Looked up before the effect, in a transaction of its own. */
  'inbox.checked': { subscription: string; eventId: string; task: string; known: boolean };
  /** Ids older than the window were removed. */
  'inbox.forgotten': { subscription: string; task: string; eventIds: string[] };
  /** The consumer has seen version `seen` of the aggregate already. */
  'inbox.staleIgnored': { subscription: string; eventId: string; message: string; task: string; seen: number };
  'inbox.duplicateIgnored': { subscription: string; eventId: string; message: string; task: string };

  // processes and failures
  'process.crashed': { restartAt?: number; tasks: string[]; point?: string };
  'process.restarted': {};
  'process.slowed': { by: number };
  'failure.armed': { input: number; failure: Failure };
  'failure.struck': { input: number; failure: Failure };
  'failure.disarmed': { input: number; reason: 'takenBack' | 'settled' };
  /** It can't happen now, or not in this flow; `reason` is a code. */
  'failure.refused': { input: number; failure: Failure; reason: string };

  // a person's doing
  'intervention.done': { input: number; intervention: Intervention };
  'intervention.refused': { input: number; intervention: Intervention; reason: string };

  // the run
  'run.settling': {};
  /** Nothing is left to do. `quiet` is false where the step limit ended it. */
  'run.settled': { quiet: boolean };
};

/** An outbox row, or an entry of the outbox in `document`. */
interface OutboxEntry {
  task: string;
  position: number;
  eventId: string;
  document?: string;
}

/** Where in the log a message is. */
interface Place {
  partition: number;
  offset: number;
}

interface Delivery extends Partial<Place> {
  subscription: string;
  message: string;
  /** 1 for the first delivery of this message. */
  attempt: number;
  task: string;
}

export type RecordKind = keyof Kinds;

/** One line of the trace; `kind` decides its further fields. */
export type TraceRecord = { [K in RecordKind]: Base & { kind: K } & Kinds[K] }[RecordKind];

/** The record of one kind. */
export type RecordOf<K extends RecordKind> = Extract<TraceRecord, { kind: K }>;

/** What a producer supplies; the recorder adds `seq` and `at`. */
export type NewRecord = { [K in RecordKind]: Omit<Base, 'seq' | 'at'> & { kind: K } & Kinds[K] }[RecordKind];
