/** What sagas, process managers and participants write down: the kinds of records that `record.ts` adds to its own. */
import type { Payload } from './scenario.ts';

/** A domain event as records name it. */
export interface EventRef {
  eventId: string;
  eventType: string;
  aggregateId: string;
  aggregateVersion: number;
  /** The transaction that raised it. */
  transactionId: string;
}

export type IgnoredReason = 'duplicate' | 'stale' | 'late' | 'unexpected' | 'notFound';

/** What a participant has done: `asked` waits for a person's or the reader's answer. */
export type ParticipantEffect = 'asked' | 'listed' | 'withdrawn' | 'booked' | 'cancelled' | 'prevented' | 'notified';

/** What came to an instance: a domain event, a command that starts or ends it, or a timeout. */
export interface Received {
  type: string;
  eventId?: string;
  token?: string;
}

/** A command of an instance. `late`: declared to come after the end, as a compensation or an alert. */
export interface IssuedCommand {
  instance: string;
  commandId: string;
  name: string;
  /** A participant, or 'service': an aggregate of ours. */
  to: string;
  token: string;
  attempt: number;
  late?: true;
}

export type SagaKinds = {
  // sagas and process managers; `instance` is the id of one, `token` says which attempt, route or booking is meant
  'saga.loaded': { task: string; instance: string; version: number; state?: string };
  /**
   * An instance went from one state to another (or stayed in it), committed as this version. `from` is not there for a new
   * one. `context`: what it knows from now on; `issued`: the ids of its new commands; `decided`: decisions it has recorded.
   */
  'saga.moved': {
    task: string;
    instance: string;
    definition: string;
    version: number;
    from?: string;
    to: string;
    received: Received;
    attempt: number;
    /** It waits for somebody; it has come to its end. */
    waiting: boolean;
    waitsFor?: string;
    ended: boolean;
    context: Payload;
    issued: string[];
    decided?: Payload;
  };
  /** Nothing was changed. `duplicate`: it has had this very message; `stale`: of an earlier attempt; `late`: it has ended. */
  'saga.ignored': { task: string; instance: string; received: Received; reason: IgnoredReason; state?: string };
  /** Another handler has saved the instance since it was loaded, or has created it: this one decides anew. */
  'saga.conflicted': { task: string; instance: string; version: number };
  /** There is no such instance, and the message may not start one. */
  'saga.notFound': { task: string; instance: string; received: Received; policy: 'discard' | 'retry' };
  /** The instance has ended, and is gone. */
  'saga.deleted': { task: string; instance: string };
  /** Recorded in the instance's history and in the saga's outbox, as row `number` of `commands`. */
  'saga.commandIssued': IssuedCommand & { task: string; number: number };
  /** Sent by the handler itself, whatever becomes of its transaction. */
  'saga.called': IssuedCommand & { task: string };
  'timer.set': { task: string; instance: string; timer: string; token: string; due: number };
  /** `task` handles it. */
  'timer.fired': { instance: string; timer: string; token: string; task: string };
  'relay.commandsFetched': { task: string; numbers: number[] };
  'relay.commandSent': IssuedCommand & { task: string; number: number };
  'relay.commandMarked': { task: string; number: number; commandId: string };

  // participants: external services and people, `process` names which
  /** A command does not reach it yet, not at all, or a second time. */
  'participant.delayed': IssuedCommand & { until: number };
  'participant.dropped': IssuedCommand;
  'participant.duplicated': IssuedCommand;
  'participant.received': IssuedCommand;
  /** It took effect. `thing`: what is listed, booked, asked or told now. */
  /** `itself`: of its own accord, without having been told. */
  'participant.executed': IssuedCommand & { effect: ParticipantEffect; thing: string; itself?: true };
  /** It changed nothing: it was known, prevented by a cancellation before, or there was nothing to cancel. */
  'participant.ignored': IssuedCommand & { reason: 'known' | 'prevented' | 'nothingThere' };
  /** It has done what it was told, and says nothing. */
  'participant.silent': IssuedCommand;
  /** It publishes its answer, which reaches the bus at `until`: a domain event of its own, committed on its side. `commandId`: the reader's who plays it. */
  'participant.answered': EventRef & {
    token: string;
    instance: string;
    payload: Payload;
    until: number;
    commandId?: string;
  };
};
