/**
 * What a run writes down. The screen, the verdicts and every export are folds of these records; nothing else crosses
 * from the simulation to the page. All times are integer virtual milliseconds.
 */
import type { Failure, Payload } from './scenario.ts';

interface Base {
  /** Position in the trace, from 0 without gaps. */
  seq: number;
  at: number;
  /** The part it happened in: 'user', 'kernel', 'service', 'relay', 'bus', 'consumer:<subscription>'. */
  process: string;
  /** `seq` of the record that led to this one directly. */
  cause?: number;
  /** The business flow it belongs to: the id of the first command. */
  correlationId?: string;
}

/** A domain event as records name it. */
export interface EventRef {
  eventId: string;
  eventType: string;
  aggregateId: string;
  aggregateVersion: number;
  /** The transaction that raised it. */
  transactionId: string;
}

/** One row written or removed by a committed transaction, as read back from the database. `key` is unique in its table. */
export interface RowWrite {
  table: string;
  op: 'put' | 'delete';
  key: string | number;
  row?: Payload;
}

export type AbortReason = 'failure' | 'conflict' | 'duplicate' | 'crash' | 'exception';

type Kinds = {
  // the reader's doing
  'command.sent': { commandId: string; name: string; payload: Payload; until: number };
  /** Never reached a handler: the service is down. */
  'command.refused': { commandId: string; name: string; reason: 'serviceDown' };
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
  'transaction.committed': { task: string; transactionId: string; writes: RowWrite[]; events: EventRef[] };
  'transaction.aborted': {
    task: string;
    transactionId: string;
    reason: AbortReason;
    tables: string[];
    events: EventRef[];
  };
  'outbox.appended': EventRef & { task: string; position: number };
  'outbox.marked': { task: string; position: number; eventId: string };
  'relay.fetched': { task: string; positions: number[] };

  // publishing
  'relay.published': EventRef & { task: string; position: number };
  'service.published': EventRef & { task: string };
  'bus.accepted': EventRef & { messages: { message: string; subscription: string }[] };
  'bus.refused': EventRef & { task: string; reason: 'down' | 'failure' };
  /** The bus has the message; the publisher was told nothing and takes it for a failure. */
  'bus.confirmationLost': EventRef & { task: string };
  'bus.wentDown': { until: number };
  'bus.cameUp': {};

  /** The bus hands a waiting message to its consumer: it travels until `until`, and is delivered then. */
  'bus.dispatched': EventRef & { subscription: string; message: string; until: number };

  // deliveries; a handler starts at each bus.delivered and bus.redelivered
  'bus.delivered': EventRef & Delivery;
  'bus.redelivered': EventRef & Delivery;
  'bus.acknowledged': { subscription: string; message: string; eventId: string; task: string };
  'bus.acknowledgementIgnored': { subscription: string; message: string; eventId: string; task: string };
  'bus.requeued': { subscription: string; message: string; eventId: string; reason: 'crash' | 'failure' | 'timeout' };
  'bus.deadLettered': { subscription: string; message: string; eventId: string; attempts: number };
  'bus.dropped': EventRef & { subscription: string; message: string };
  'bus.duplicated': { subscription: string; message: string; copy: string; eventId: string };
  'bus.delayed': { subscription: string; message: string; eventId: string; until: number };
  'bus.promoted': { subscription: string; message: string; eventId: string };

  // consumers
  'consumer.effectApplied': EventRef & { subscription: string; message: string; task: string; summary: string };
  'consumer.failed': { subscription: string; message: string; eventId: string; task: string; reason: string };
  'inbox.recorded': { subscription: string; eventId: string; task: string };
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

  // the run
  'run.settling': {};
  /** Nothing is left to do. `quiet` is false where the step limit ended it. */
  'run.settled': { quiet: boolean };
};

interface Delivery {
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
