/** What is true of sagas, process managers and the participants they ask: the shape of that part of a view. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { IgnoredReason, ParticipantEffect } from '../trace/record.ts';
import type { Payload } from '../trace/scenario.ts';

export interface SagaView {
  /** By id, those that are gone included. */
  readonly instances: PersistentMap<string, InstanceView>;
  /** The ids, in the order in which they were started first. */
  readonly order: readonly string[];
  /** Messages that found no instance. */
  readonly notFound: number;
  /** By name. */
  readonly participants: Readonly<Record<string, ParticipantView>>;
}

export interface InstanceView {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly state: string;
  readonly context: Payload;
  readonly attempt: number;
  readonly waiting: boolean;
  readonly waitsFor: string | null;
  readonly ended: boolean;
  /** It has ended and its row is gone. */
  readonly deleted: boolean;
  /** Virtual ms. */
  readonly startedAt: number;
  readonly movedAt: number;
  /** Timeouts that are set and have not come, the next first. */
  readonly timers: readonly TimerView[];
  /** The transition it took last; `from` is null for the first. */
  readonly last: { readonly from: string | null; readonly to: string; readonly type: string; readonly seq: number };
  /** How often it was started: more than once is one too many. */
  readonly starts: number;
  readonly issued: number;
  readonly conflicts: number;
  readonly ignored: Readonly<Partial<Record<IgnoredReason, number>>>;
  readonly lastIgnored: {
    readonly type: string;
    readonly reason: IgnoredReason;
    readonly seq: number;
    readonly at: number;
  } | null;
}

export interface TimerView {
  readonly timer: string;
  readonly token: string;
  /** Virtual ms. */
  readonly setAt: number;
  readonly due: number;
}

export interface ParticipantView {
  /** How many commands have reached it. */
  readonly received: number;
  /** What it was asked for, the newest last, at most `mostThings`. */
  readonly things: readonly ThingView[];
  /** Commands on their way that are held up. */
  readonly delayed: number;
  /** What it did last. */
  readonly last: {
    readonly what: 'executed' | 'ignored' | 'silent' | 'answered' | 'delayed' | 'dropped';
    readonly label: string;
    readonly at: number;
  } | null;
}

export interface ThingView {
  readonly instance: string;
  readonly token: string;
  /** What it is called there. */
  readonly thing: string;
  readonly command: string;
  readonly effect: ParticipantEffect;
  /** The type of the last answer about it; null where none was given. */
  readonly answer: string | null;
  readonly at: number;
}

/** So many things of a participant are remembered. */
export const mostThings = 40;
