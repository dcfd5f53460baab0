/** What is known of sagas and process managers, of the commands they send, and of those who carry them out. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { Payload } from '../trace/scenario.ts';

export interface SagaFacts {
  /** By id; those that have ended or are deleted stay. */
  readonly instances: PersistentMap<string, InstanceFacts>;
  /** The last thing that kept an instance from going on, by its id; it need not be stored by then. */
  readonly setbacks: PersistentMap<string, SagaSetback>;
  /** The instance that an answer is for, by event id. */
  readonly answers: PersistentMap<string, string>;
  /** What was issued or called last under an id. */
  readonly commands: PersistentMap<string, CommandFacts>;
  /** Ids of commands that are recorded and have reached nobody since. */
  readonly outstanding: PersistentMap<string, true>;
  /** What an instance has asked for at a participant, by `askedKey`. */
  readonly asked: PersistentMap<string, AskedFacts>;
  /** What a participant has listed or booked for an instance, by `holdingKey`. */
  readonly holdings: PersistentMap<string, Holding>;
  /** Things that were cancelled at their instance's command, by `holdingKey` and their name. */
  readonly cancelled: PersistentMap<string, true>;
  /** Tasks that have called somebody and are not yet at their end; and what they have had cancelled of what was completed. */
  readonly calling: PersistentMap<string, CalledOff | null>;
  /** What a campaign was first told of its publishing in one activation, by `trackedKey`. */
  readonly tracked: PersistentMap<string, Outcome>;
  /** Campaigns as last written, by id: whether they are active and know nothing of their publishing. */
  readonly open: PersistentMap<string, boolean>;
  /** `seq` of the record with which a saga last began to handle the activation of a campaign, by its id. */
  readonly activated: PersistentMap<string, number>;
}

/** An instance as its newest move has left it. */
export interface InstanceFacts {
  /** `seq` of that move, and of the one that brought it into its state. */
  readonly seq: number;
  readonly since: number;
  readonly process: string;
  readonly version: number;
  readonly from: string | null;
  readonly state: string;
  /** The type of what it has received. */
  readonly received: string;
  readonly waiting: boolean;
  readonly waitsFor: string | null;
  readonly ended: boolean;
  /** It had ended before that move. */
  readonly endedBefore: boolean;
  /** It had been completed, and that move calls off what was done. */
  readonly calledOff: boolean;
  readonly context: Payload;
  /** It is not deleted. */
  readonly stored: boolean;
  /** It has been completed, and what was done for it has not been called off since. */
  readonly completed: boolean;
  /** The newest timer of each name. */
  readonly timers: PersistentMap<string, TimerFacts>;
  /** The type of the answer it first acted on, by what was asked and the token. */
  readonly accepted: PersistentMap<string, string>;
}

export interface TimerFacts {
  readonly token: string;
  /** The state it was set in. */
  readonly state: string;
}

/** A code of `causes`, and the part it lies with. */
export interface SagaSetback {
  readonly seq: number;
  readonly cause:
    'participantSilent' | 'commandLost' | 'answerDiscarded' | 'answerLost' | 'answerDead' | 'moveOverwritten';
  readonly process: string;
}

export interface CommandFacts {
  readonly seq: number;
  readonly task: string;
  readonly instance: string;
  readonly name: string;
  readonly to: string;
  readonly token: string;
  /** It is recorded with its instance. */
  readonly recorded: boolean;
  /** It was handed over, and when it was last lost on its way. */
  readonly sent: boolean;
  readonly lost: number | null;
}

/** Something that was cancelled of an instance that was completed. */
export interface CalledOff {
  readonly instance: string;
  readonly process: string;
  readonly thing: string;
}

export interface AskedFacts {
  /** It was asked for, and not only called off. */
  readonly done: boolean;
  /** How it came to be called off first: cancelled or prevented, or there was nothing to cancel. */
  readonly undone: 'cancelled' | 'nothingThere' | null;
}

export interface Holding {
  /** What stands there now, the oldest first. */
  readonly things: readonly { readonly thing: string; readonly token: string; readonly seq: number }[];
  /** Something of it was cancelled at the instance's command, and nothing has been booked since. */
  readonly cancelled: boolean;
}

export type Outcome = 'CONFIRMED' | 'REJECTED';

/** The facts before the first record. */
export const noSagas: SagaFacts = {
  instances: PersistentMap.empty(),
  setbacks: PersistentMap.empty(),
  answers: PersistentMap.empty(),
  commands: PersistentMap.empty(),
  outstanding: PersistentMap.empty(),
  asked: PersistentMap.empty(),
  holdings: PersistentMap.empty(),
  cancelled: PersistentMap.empty(),
  calling: PersistentMap.empty(),
  tracked: PersistentMap.empty(),
  open: PersistentMap.empty(),
  activated: PersistentMap.empty(),
};

/** One key for what an instance asks of a participant under a token. */
export const askedKey = ({ instance, to, token }: { instance: string; to: string; token: string }): string =>
  `${instance}\n${to}\n${token}`;

/** One key for an instance and a participant. */
export const holdingKey = (instance: string, participant: string): string => `${instance}\n${participant}`;

/** One key for a campaign and how often it was activated. */
export const trackedKey = (campaign: string, activation: unknown): string => `${campaign}\n${String(activation)}`;

/** Whether a command calls off what another has asked for. */
export const undoes = (name: string): boolean => /^(Cancel|Withdraw)/.test(name);
