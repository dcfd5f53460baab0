/** What a situation is, and the parts it is cut into. */
import type { Table } from '../database/memory.ts';
import type { Item, Process } from '../kernel/world.ts';
import type { Model, World } from '../simulation/model.ts';
import type { SagaModel } from '../simulation/saga/saga-model.ts';
import type { Moment } from '../simulation/running.ts';
import type { Facts } from '../verdicts/facts.ts';

/** A moment, and all that has been found out about it. */
export interface Situation extends Moment {
  readonly facts: Facts;
  /** Commands sent so far. */
  readonly sent: number;
  /** Kinds of failures that have struck, a bit each. */
  readonly struck: number;
}

/** The parts of a situation, each a group of what changes together. */
export const partNames = [
  'service',
  'relay',
  'otherRelay',
  'storage',
  'bus',
  'consumers',
  'subscribers',
  'instances',
  'sending',
  'participants',
  'published',
  'received',
  'told',
  'bounds',
] as const;

/** How many numbers make a state, and the places of all. */
export const width = partNames.length;
export const places: readonly number[] = partNames.map((_, place) => place);

export type PartName = (typeof partNames)[number];

/** The place of each part. */
export const placeOf = Object.fromEntries(partNames.map((name, place) => [name, place])) as Readonly<
  Record<PartName, number>
>;

export type Agenda = readonly Item[];
export type Processes = Readonly<Record<string, Process>>;
export type TablesByName = Readonly<Record<string, Table>>;

/** A field of what only flows with sagas have. */
type OfSaga<F extends keyof SagaModel> = SagaModel[F] | undefined;

/** What each part is. */
export interface PartTypes {
  service: Pick<World, 'waiting'> &
    Pick<Model, 'locks' | 'units'> & { agenda: Agenda; processes: Processes; interrupted: OfSaga<'interrupted'> };
  relay: Pick<Model, 'pollers'> & { agenda: Agenda; processes: Processes };
  otherRelay: Pick<Model, 'pollers'> & { agenda: Agenda; processes: Processes };
  storage: TablesByName;
  bus: Pick<Model, 'bus'> & { agenda: Agenda };
  consumers: { agenda: Agenda; processes: Processes };
  subscribers: TablesByName;
  /** Sagas as they are stored, and what will time out. */
  instances: { agenda: Agenda; tables: TablesByName; overdue: OfSaga<'overdue'> };
  /** The outbox of sagas. */
  sending: { tables: TablesByName; relay: OfSaga<'relay'> };
  /** Those who carry out their commands, and what travels there and back. */
  participants: { agenda: Agenda; participants: OfSaga<'participants'>; answers: OfSaga<'answers'> };
  /** What is known of transactions, the outbox and the relays; of messages and effects; of sagas. */
  published: Facts;
  received: Facts;
  told: Facts;
  bounds: { now: number; sent: number; struck: number };
}

/** Whose an item is. */
export function ownerOf({ what }: Item): string {
  if ('task' in what) return what.task.process;
  const { timer, process, of, subscription } = what.fires as {
    timer: string;
    process?: string;
    of?: string;
    subscription?: string;
  };
  return process ?? of ?? (timer === 'command' || timer === 'commandAgain' ? 'service' : (subscription ?? timer));
}

/** The part a relay is in; the clean-up is with the first. */
export const relayPartOf = (process: string): 'relay' | 'otherRelay' =>
  process === 'relay-2' ? 'otherRelay' : 'relay';

/** Virtual ms within which everything else is due that is on the agenda: an item beyond waits for a time to be over. */
const soon = 700;

/** Whether something waits for a time to be over. Virtual ms. */
export const isLater = (due: number, now: number): boolean => due - now > soon;

/** Timeouts, and commands that are held up: of several nobody can tell which comes first. */
export const comesAnyTime = ({ what }: Item): boolean =>
  'fires' in what && (what.fires.timer === 'sagaTimeout' || what.fires.timer === 'commandArrives');
