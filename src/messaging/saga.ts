/**
 * What sagas and process managers are made of, as data: the instance as it is stored, what comes to it, and what it issues.
 * A machine decides; a runner loads, asks it, and stores what it decided in one transaction; the relay sends the commands.
 */
import type { Envelope, Payload } from './envelope.ts';

/** A row of the table `sagas`: one instance. */
export interface SagaRow extends Payload {
  id: string;
  /** Which machine it runs on, and in which version it was started: it ends on that one. */
  definition: string;
  definitionVersion: number;
  version: number;
  state: string;
  context: Payload;
  attempt: number;
  /** Who it waits for, and until when (virtual ms); not there where it waits for nobody, or has no deadline. */
  waitsFor?: string;
  deadline?: number;
  ended: boolean;
  /** Virtual ms. */
  startedAt: number;
  movedAt: number;
}

/** What comes to an instance: a domain event, a command that starts or ends it, or a timeout. */
export interface Incoming {
  type: string;
  /** Which attempt, route or booking it speaks of. */
  token?: string;
  payload: Payload;
  /** Of a domain event: its id, by which a second delivery is known. */
  eventId?: string;
  /** Only where the history is replayed: what was decided about it then, and how many messages the instance has had by now. */
  replayed?: { decided?: Payload; received: number };
}

/** A command of an instance, on its way to whoever carries it out. Its id is the same however often it is sent. */
export interface CommandMessage {
  id: string;
  name: string;
  instance: string;
  /** A participant, or 'service': an aggregate of ours, named by `payload.id`. */
  to: string;
  /** What it asks for: the same token, the same thing. */
  token: string;
  attempt: number;
  payload: Payload;
  /** Declared to come after the end: a late compensation, or an alert. */
  late?: true;
  correlationId: string;
}

/** A row of the table `timers`: a timeout that is under way. It can't be revoked, so it says what it was set for. */
export interface TimerRow extends Payload {
  /** `instance/timer/token` */
  id: string;
  instance: string;
  /** The machine event it becomes. */
  timer: string;
  token: string;
  /** Virtual ms. */
  due: number;
  correlationId: string;
}

/** One entry of an instance's history, in the table `history`, in the order of their numbers. */
export type HistoryEntry = { instance: string; version: number } & (
  | { entry: 'received'; type: string; token?: string; payload: Payload; eventId?: string }
  /** A decision that is not made again when the history is replayed. */
  | { entry: 'decided'; decision: Payload }
  | { entry: 'issued'; name: string; commandId: string; to: string; token: string }
);

/** What a machine decides about something that came. */
export interface Decision {
  from: string | null;
  to: string;
  context: Payload;
  attempt: number;
  /** Who it waits for now; null where for nobody. */
  waitsFor: string | null;
  ended: boolean;
  /** In the order of the machine's actions. */
  commands: Omit<CommandMessage, 'id' | 'instance' | 'correlationId'>[];
  /** `after`: virtual ms from now. */
  timers: { timer: string; token: string; after: number }[];
  /** What it chose, to be kept in the history. */
  decided?: Payload;
}

/** Why nothing is changed: of an earlier attempt, after the end, not expected in this state. */
export type Ignored = { ignored: 'stale' | 'late' | 'unexpected' };

/** What the options make of a saga or process manager. */
export interface SagaSettings {
  saga: 'stateless' | 'eventSourced' | 'guarded';
  boundary: 'together' | 'apart' | 'tooLarge';
  sending: 'outbox' | 'direct';
  notFound: 'discard' | 'retry' | 'create';
  instances: 'checked' | 'unchecked' | 'locked';
  finished: 'kept' | 'deleted';
  deadlines: 'on' | 'off';
  tokens: 'on' | 'off';
  compensation: 'on' | 'off';
  planning: 'recorded' | 'recomputed';
  lateSuccess: 'compensate' | 'accept';
  contradiction: 'alert' | 'newestWins';
  /** Record the event's id in the inbox, in the same transaction. */
  inbox: boolean;
}

/** A saga or process manager. All of it is a function of its arguments. */
export interface SagaDefinition {
  id: string;
  version: number;
  /** The machine under these settings, as JSON: what runs is made of it, and the statechart is drawn from it. */
  config(settings: SagaSettings): Payload;
  /** What a domain event is to it: which instance, and as what. Null: it does not concern it. */
  correlate(event: Envelope): { instance: string; incoming: Incoming } | null;
  /** Types that may start an instance. */
  starters: readonly string[];
  /** What `incoming` makes of an instance; of a new one where `stored` is null. */
  decide(settings: SagaSettings, stored: SagaRow | null, incoming: Incoming): Decision | Ignored;
}
