/**
 * A moment of a run cut into parts, each of which is kept once and then known by a number: so a state is a short tuple of
 * numbers, and a million of them fit into memory (the collapse of SPIN: G. Holzmann, "State Compression in SPIN", 1997).
 * Two moments with the same numbers go on in the same ways, as far as the promises can tell.
 */
import type { Table } from '../database/memory.ts';
import type { Item, Process } from '../kernel/world.ts';
import { isConsumer, isRelay, subscriptionOf } from '../simulation/flow.ts';
import type { Envelope } from '../messaging/envelope.ts';
import type { Model, World } from '../simulation/model.ts';
import type { Moment, Rules } from '../simulation/running.ts';
import type { Facts } from '../verdicts/facts.ts';
import { canonical } from './canonical.ts';
import { publishingText, receivingText } from './fact-texts.ts';

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
  'relays',
  'storage',
  'bus',
  'consumers',
  'subscribers',
  'sagas',
  'published',
  'received',
  'bounds',
] as const;

/** How many numbers make a state, and the places of all. */
export const width = partNames.length;
export const places: readonly number[] = partNames.map((_, place) => place);

export type PartName = (typeof partNames)[number];
type Agenda = readonly Item[];
type Processes = Readonly<Record<string, Process>>;
type TablesByName = Readonly<Record<string, Table>>;

/** What each part is. */
export interface PartTypes {
  service: Pick<World, 'waiting'> & Pick<Model, 'locks' | 'units'> & { agenda: Agenda; processes: Processes };
  relays: Pick<Model, 'pollers'> & { agenda: Agenda; processes: Processes };
  storage: TablesByName;
  bus: Pick<Model, 'bus'> & { agenda: Agenda };
  consumers: { agenda: Agenda; processes: Processes };
  subscribers: TablesByName;
  sagas: Pick<Model, 'saga'> & { agenda: Agenda; tables: TablesByName };
  published: Facts;
  received: Facts;
  bounds: { now: number; sent: number; struck: number };
}

/** Tables that only subscribers write, and those of sagas. */
const subscriberTables = new Set(['inbox', 'ads', 'invoices', 'versions']);
const sagaTables = new Set(['sagas', 'history', 'commands', 'timers']);

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

function partOf(item: Item): 'service' | 'relays' | 'bus' | 'consumers' | 'sagas' {
  const owner = ownerOf(item);
  if (owner === 'service') return 'service';
  if (isRelay(owner) || owner === 'cleaner') return 'relays';
  if (isConsumer(owner)) return 'consumers';
  return 'fires' in item.what && /^(pump|busUp|visibility)$/.test(item.what.fires.timer) ? 'bus' : 'sagas';
}

/** The text of each part, equal for what is the same in all that matters. `now`: virtual ms. */
type Texts = { readonly [N in PartName]: (part: PartTypes[N], now: number) => string };

/** Cuts situations into numbered parts, and puts them together again. */
export class Parts {
  readonly #rules: Rules;
  readonly #tables: { storage: string[]; subscribers: string[]; sagas: string[] };
  readonly #texts: Texts;
  readonly #numbers = partNames.map(() => new Map<string, number>());
  readonly #kept = partNames.map((): unknown[] => []);
  /** Larger than the number of any record of any situation. */
  #seq = 1_000_000;

  /** `explored`: whether this subscription is; the others stand still, and what they hold tells nothing apart. */
  constructor(rules: Rules, explored: (subscription: string) => boolean) {
    this.#rules = rules;
    const names = Object.keys(rules.tables.byName);
    this.#tables = {
      storage: names.filter((name) => !subscriberTables.has(name) && !sagaTables.has(name)),
      subscribers: names.filter((name) => subscriberTables.has(name)),
      sagas: names.filter((name) => sagaTables.has(name)),
    };
    this.#texts = textsFor(explored);
  }

  /** How many different parts there are of each name. */
  get counts(): Readonly<Record<PartName, number>> {
    return Object.fromEntries(partNames.map((name, i) => [name, this.#kept[i]!.length])) as Record<PartName, number>;
  }

  /** Writes the numbers of some of a situation's parts. `which`: their places among `partNames`. */
  number(situation: Situation, which: readonly number[], into: Int32Array): void {
    const agenda = divided(situation.world.agenda);
    for (const index of which)
      into[index] = this.#numberOf(index, this.#part(partNames[index]!, situation, agenda), situation.world.now);
  }

  #part(name: PartName, { world, tables, facts, sent, struck }: Situation, agenda: Divided): PartTypes[PartName] {
    const { bus, locks, units, pollers, saga } = world.model;
    const pick = (names: string[]): TablesByName =>
      Object.fromEntries(names.map((table) => [table, tables.byName[table]!]));
    switch (name) {
      case 'service':
        return {
          agenda: agenda.service,
          processes: processesOf(world, (process) => process === 'service'),
          waiting: world.waiting,
          locks,
          units,
        };
      case 'relays':
        return {
          agenda: agenda.relays,
          processes: processesOf(world, (process) => isRelay(process) || process === 'cleaner'),
          pollers,
        };
      case 'storage':
        return pick(this.#tables.storage);
      case 'bus':
        return { bus, agenda: agenda.bus };
      case 'consumers':
        return { agenda: agenda.consumers, processes: processesOf(world, isConsumer) };
      case 'subscribers':
        return pick(this.#tables.subscribers);
      case 'sagas':
        return { saga, agenda: agenda.sagas, tables: pick(this.#tables.sagas) };
      case 'bounds':
        return { now: world.now, sent, struck };
      default:
        return facts;
    }
  }

  #numberOf(index: number, part: PartTypes[PartName], now: number): number {
    const text = (this.#texts[partNames[index]!] as (part: unknown, now: number) => string)(part, now);
    const numbers = this.#numbers[index]!;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(text, number);
    this.#kept[index]!.push(part);
    return number;
  }

  /** The number of these bounds. */
  numberOfBounds(bounds: PartTypes['bounds']): number {
    return this.#numberOf(partNames.indexOf('bounds'), bounds, bounds.now);
  }

  /** The part of this number, as it was when it was first seen. */
  part<N extends PartName>(name: N, number: number): PartTypes[N] {
    return this.#kept[partNames.indexOf(name)]![number] as PartTypes[N];
  }

  /** The situation of these numbers: one of those that have them. */
  situation(numbers: Int32Array): Situation {
    const part = <N extends PartName>(name: N): PartTypes[N] => this.part(name, numbers[partNames.indexOf(name)]!);
    const [service, relays, bus, consumers, sagas] = [
      part('service'),
      part('relays'),
      part('bus'),
      part('consumers'),
      part('sagas'),
    ];
    const { now, sent, struck } = part('bounds');
    const agenda = [service, relays, bus, consumers, sagas].flatMap((each) => each.agenda);
    this.#seq += 10_000;
    const { locks, units, waiting } = service;
    return {
      sent,
      struck,
      facts: joined(part('published'), part('received')),
      tables: {
        schema: this.#rules.tables.schema,
        byName: { ...part('storage'), ...part('subscribers'), ...sagas.tables },
      },
      world: {
        now,
        steps: 0,
        seq: this.#seq,
        chance: 0,
        choicesTaken: 0,
        inputsTaken: 0,
        agenda: agenda.sort((a, b) => a.due - b.due || a.order - b.order),
        nextOrder: this.#seq,
        waiting,
        processes: { ...service.processes, ...relays.processes, ...consumers.processes },
        armed: [],
        settling: false,
        model: { bus: bus.bus, locks, units, pollers: relays.pollers, saga: sagas.saga },
      },
    };
  }
}

type Divided = Record<ReturnType<typeof partOf>, Item[]>;

function divided(agenda: Agenda): Divided {
  const all: Divided = { service: [], relays: [], bus: [], consumers: [], sagas: [] };
  for (const item of agenda) all[partOf(item)].push(item);
  return all;
}

const processesOf = ({ processes }: World, wanted: (name: string) => boolean): Processes =>
  Object.fromEntries(Object.entries(processes).filter(([name]) => wanted(name)));

/** The facts on both sides of the bus, put together. */
const joined = (published: Facts, received: Facts): Facts => ({
  ...published,
  commit: null, // it is spoken of within one step only
  messages: received.messages,
  receptions: received.receptions,
  handling: received.handling,
  newest: received.newest,
  gaps: received.gaps,
  unresolved: received.unresolved,
  missing: received.missing,
  unapplied: received.unapplied,
  dead: received.dead,
  open: received.open,
  partitions: received.partitions,
  inbox: received.inbox,
  forgotten: received.forgotten,
  effects: received.effects,
});

function textsFor(explored: (subscription: string) => boolean): Texts {
  const wanted = (key: string): boolean => explored(key.slice(0, key.indexOf('\n')));
  const isExplored = (owner: string): boolean => !isConsumer(owner) || explored(subscriptionOf(owner));
  return {
    service: ({ agenda, processes, waiting, locks, units }) =>
      canonical([agendaTexts(agenda), processes, waiting, locks, units]),
    relays: ({ agenda, processes, pollers }, now) => {
      // what is due much later waits for a time to be over, and does not come before
      const later = agenda.filter(({ due }) => isLater(due, now)).map(({ due }) => due);
      return canonical([now, agendaTexts(agenda), later, uncounted(processes), pollers]);
    },
    storage: (tables) => canonical(tables),
    bus: ({ bus, agenda }) => canonical([busOf(bus, explored), agendaTexts(agenda)]),
    consumers: ({ agenda, processes }) => {
      const there = Object.fromEntries(Object.entries(processes).filter(([name]) => isExplored(name)));
      return canonical([agendaTexts(agenda.filter((item) => isExplored(ownerOf(item)))), uncounted(there)]);
    },
    subscribers: (tables) => canonical(tables),
    sagas: ({ saga, agenda, tables }) => canonical([saga, agendaTexts(agenda), tables]),
    published: publishingText,
    received: (facts) => receivingText(facts, wanted),
    bounds: ({ now, sent, struck }) => `${now},${sent},${struck}`,
  };
}

/** Virtual ms within which everything else is due that is on the agenda: an item beyond waits for a time to be over. */
const soon = 700;

/** Whether something waits for a time to be over. Virtual ms. */
export const isLater = (due: number, now: number): boolean => due - now > soon;

/** The order in which things came on the agenda means nothing where any of them may come next. */
const agendaTexts = (agenda: Agenda): string[] => agenda.map(({ what }) => canonical(what)).sort();

/** How many tasks a process has had is of no account: what is under way has its name. */
const uncounted = (processes: Processes) =>
  Object.entries(processes).map(([name, { up, slowBy }]) => [name, up, slowBy]);

const named = ({ id, event }: { id: string; event: Envelope }) => [id, event];

function busOf({ up, queues, channels, log }: Model['bus'], explored: (subscription: string) => boolean) {
  const mine = <V>(all: Readonly<Record<string, V>>): V[] =>
    Object.entries(all).flatMap(([name, value]) => (explored(name) ? [value] : []));
  const lines = mine(channels).map(({ turn, connections }) => [
    turn,
    connections.map(({ consumer, travelling, buffered, task }) => [
      consumer,
      travelling.map(named),
      buffered.map(named),
      task,
    ]),
  ]);
  return [up, mine(queues), lines, log && [log.partitions, mine(log.groups)]];
}
