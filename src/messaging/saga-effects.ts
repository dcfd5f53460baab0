/** What the handlers of sagas and process managers yield, and the relay that sends their commands. */
import type { Delivery } from './envelope.ts';
import type { CommandMessage, HistoryEntry, Incoming, SagaRow, SagaSettings, TimerRow } from './saga.ts';

/** A part of a handler that yields these effects. */
type Part<Result = void> = Generator<SagaEffect, Result, unknown>;

/** What a handler stores of an instance: all of it in one transaction, or nothing. */
export interface InstanceChange {
  row: SagaRow;
  /** The version it was loaded with; 0 where there was none. Null: over whatever is there. */
  expectedVersion: number | null;
  from: string | null;
  received: Incoming;
  decided?: Record<string, unknown>;
  history: HistoryEntry[];
  commands: CommandMessage[];
  timers: Omit<TimerRow, 'due'>[];
  /** Virtual ms from the commit, for each of the timers. */
  after: number[];
  /** The event's id goes into the inbox of this subscription. */
  inbox?: { subscription: string; eventId: string };
  /** The timer that has come, and is done with. */
  timer?: string;
  /** The instance has ended and is removed instead of being saved. */
  remove?: true;
}

export type SagaEffect =
  | { effect: 'loadInstance'; instance: string }
  | { effect: 'commitInstance'; change: InstanceChange }
  | {
      effect: 'ignoreMessage';
      instance: string;
      received: Incoming;
      reason: SagaIgnored;
      state?: string;
      timer?: string;
    }
  | { effect: 'missInstance'; instance: string; received: Incoming; policy: 'discard' | 'retry' }
  | { effect: 'callParticipant'; command: CommandMessage }
  | { effect: 'fetchCommands'; limit: number }
  | { effect: 'sendCommand'; number: number; command: CommandMessage }
  | { effect: 'markSent'; number: number; commandId: string };

export type SagaIgnored = 'duplicate' | 'stale' | 'late' | 'unexpected' | 'notFound';

/** A command that starts an instance, or ends it, as the service's handler receives it; or a timeout, which has no message. */
export interface DirectMessage {
  instance: string;
  incoming: Incoming;
  correlationId: string;
  /** The id of the timer row, where it is a timeout. */
  timer?: string;
}

/** What the runner of a saga is given. `delivery` is not there for commands and timeouts. */
export interface SagaInput extends DirectMessage {
  delivery?: Delivery;
  definition: string;
  settings: SagaSettings;
}

/** An unsent command as the relay receives it. */
export interface UnsentCommand {
  number: number;
  command: CommandMessage;
}

/** The instance as it is stored now; undefined where there is none. */
export function* loadInstance(instance: string): Part<SagaRow | undefined> {
  return (yield { effect: 'loadInstance', instance }) as SagaRow | undefined;
}

/**
 * Stores an instance with its history, its commands, its timers and the inbox id, in one transaction. Throws a Refusal:
 * `versionConflict`, `duplicate` (the inbox knows the event), `transactionAborted`.
 */
export function* commitInstance(change: InstanceChange): Part {
  yield { effect: 'commitInstance', change };
}

/** Writes down that a message changes nothing, and why; the timer that has come is done with. */
export function* ignoreMessage(
  instance: string,
  received: Incoming,
  reason: SagaIgnored,
  state?: string,
  timer?: string,
): Part {
  yield { effect: 'ignoreMessage', instance, received, reason, ...(state && { state }), ...(timer && { timer }) };
}

/** Writes down that there is no instance. With `retry` it throws a Refusal `instanceNotFound`: the bus delivers it again. */
export function* missInstance(instance: string, received: Incoming, policy: 'discard' | 'retry'): Part {
  yield { effect: 'missInstance', instance, received, policy };
}

/** Calls a participant, or the service, from within the handler. */
export function* callParticipant(command: CommandMessage): Part {
  yield { effect: 'callParticipant', command };
}

/** The oldest commands that have not been sent. */
export function* fetchCommands(limit: number): Part<UnsentCommand[]> {
  return (yield { effect: 'fetchCommands', limit }) as UnsentCommand[];
}

/** Sends a command to whoever carries it out. */
export function* sendCommand({ number, command }: UnsentCommand): Part {
  yield { effect: 'sendCommand', number, command };
}

/** Marks a command as sent, in a transaction of its own. Throws a Refusal `transactionAborted`. */
export function* markSent({ number, command }: UnsentCommand): Part {
  yield { effect: 'markSent', number, commandId: command.id };
}
