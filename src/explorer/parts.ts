/**
 * A moment of a run cut into parts, each of which is kept once and then known by a number: so a state is a short tuple of
 * numbers, and a million of them fit into memory (the collapse of SPIN: G. Holzmann, "State Compression in SPIN", 1997).
 * Two moments with the same numbers go on in the same ways, as far as the promises can tell.
 */
import type { Item } from '../kernel/world.ts';
import { isConsumer, isRelay } from '../simulation/flow.ts';
import type { World } from '../simulation/model.ts';
import type { Rules } from '../simulation/running.ts';
import type { Facts } from '../verdicts/facts.ts';
import { eventsText } from './fact-texts.ts';
import { recounted } from './names.ts';
import { textsFor, type Texts } from './part-texts.ts';
import {
  ownerOf,
  partNames,
  placeOf,
  relayPartOf,
  type Agenda,
  type PartName,
  type PartTypes,
  type Processes,
  type Situation,
  type TablesByName,
} from './situation.ts';

/** Tables by the part they are in; all others are in storage. */
const tablesOf = {
  subscribers: ['inbox', 'ads', 'invoices', 'versions'],
  instances: ['sagas', 'history', 'timers'],
  sending: ['commands'],
};
const elsewhere: ReadonlySet<string> = new Set(Object.values(tablesOf).flat());

/** Parts that have an agenda of their own. */
const timed = ['service', 'relay', 'otherRelay', 'bus', 'consumers', 'instances', 'participants'] as const;

function partOf(item: Item): (typeof timed)[number] {
  const owner = ownerOf(item);
  if (owner === 'service') return 'service';
  if (isRelay(owner) || owner === 'cleaner') return relayPartOf(owner);
  if (isConsumer(owner)) return 'consumers';
  const timer = 'fires' in item.what ? item.what.fires.timer : '';
  return /^(pump|busUp|visibility)$/.test(timer) ? 'bus' : timer === 'sagaTimeout' ? 'instances' : 'participants';
}

const boundsPlace = placeOf.bounds;

/** Cuts situations into numbered parts, and puts them together again. */
export class Parts {
  readonly #rules: Rules;
  readonly #storage: readonly string[];
  readonly #texts: Texts;
  readonly #numbers = partNames.map(() => new Map<string, number>());
  readonly #kept = partNames.map((): unknown[] => []);
  readonly #alike: number[] = [];
  readonly #firstOf = new Map<string, number>();
  /** Larger than the number of any record of any situation. */
  #seq = 1_000_000;

  /** `explored`: whether this subscription is; the others stand still, and what they hold tells nothing apart. */
  constructor(rules: Rules, explored: (subscription: string) => boolean) {
    this.#rules = rules;
    this.#storage = Object.keys(rules.tables.byName).filter((name) => !elsewhere.has(name));
    this.#texts = textsFor(explored);
  }

  /** How many different parts there are of each name. */
  get counts(): Readonly<Record<PartName, number>> {
    return Object.fromEntries(partNames.map((name, i) => [name, this.#kept[i]!.length])) as Record<PartName, number>;
  }

  /**
   * Writes the numbers of some of a situation's parts. `which`: their places among `partNames`. `before`: the numbers of a
   * situation that it came from, with which it shares what has not changed.
   */
  number(situation: Situation, which: readonly number[], into: Int32Array, before?: Int32Array): void {
    const agenda = divided(situation.world.agenda);
    // a part may say other things of the same at another time
    const isNow = before && this.part('bounds', before[boundsPlace]!).now === situation.world.now;
    for (const place of which) {
      const part = this.#part(partNames[place]!, situation, agenda);
      const was = isNow ? before[place]! : -1;
      const unchanged = was >= 0 && isUnchanged(partNames[place]!, this.#kept[place]![was], part);
      into[place] = unchanged ? was : this.#numberOf(place, part, situation.world.now);
    }
  }

  #part(name: PartName, { world, tables, facts, sent, struck }: Situation, agenda: Divided): PartTypes[PartName] {
    const { bus, locks, units, pollers, saga } = world.model;
    const pick = (names: readonly string[]): TablesByName =>
      Object.fromEntries(names.flatMap((table) => (tables.byName[table] ? [[table, tables.byName[table]]] : [])));
    switch (name) {
      case 'service':
        return {
          agenda: agenda.service,
          processes: processesOf(world, (process) => process === 'service'),
          waiting: world.waiting,
          locks,
          units,
          interrupted: saga?.interrupted,
        };
      case 'relay':
      case 'otherRelay': {
        const mine = (process: string): boolean =>
          process !== 'service' && !isConsumer(process) && relayPartOf(process) === name;
        const own = Object.fromEntries(Object.entries(pollers).filter(([process]) => mine(process)));
        return { agenda: agenda[name], processes: recounted(processesOf(world, mine), agenda[name]), pollers: own };
      }
      case 'storage':
        return pick(this.#storage);
      case 'bus':
        return { bus, agenda: agenda.bus };
      case 'consumers':
        return { agenda: agenda.consumers, processes: recounted(processesOf(world, isConsumer), agenda.consumers) };
      case 'subscribers':
        return pick(tablesOf.subscribers);
      case 'instances':
        return { agenda: agenda.instances, tables: pick(tablesOf.instances), overdue: saga?.overdue };
      case 'sending':
        return { tables: pick(tablesOf.sending), relay: saga?.relay };
      case 'participants':
        return { agenda: agenda.participants, participants: saga?.participants, answers: saga?.answers };
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

  /** The first number of facts about the outbox that are the same to everybody behind the bus. */
  alikeBehind(number: number): number {
    const known = this.#alike[number];
    if (known !== undefined) return known;
    const text = eventsText(this.part('published', number));
    const first = this.#firstOf.get(text) ?? number;
    this.#firstOf.set(text, first);
    return (this.#alike[number] = first);
  }

  /** The number of these bounds. */
  numberOfBounds(bounds: PartTypes['bounds']): number {
    return this.#numberOf(placeOf.bounds, bounds, bounds.now);
  }

  /** The part of this number, as it was when it was first seen. */
  part<N extends PartName>(name: N, number: number): PartTypes[N] {
    return this.#kept[placeOf[name]]![number] as PartTypes[N];
  }

  /** The situation of these numbers: one of those that have them. */
  situation(numbers: Int32Array): Situation {
    const part = <N extends PartName>(name: N): PartTypes[N] => this.part(name, Math.max(0, numbers[placeOf[name]]!)); // what stands still may be anything
    const [service, relay, other, bus, consumers, instances, participants] = [
      part('service'),
      part('relay'),
      part('otherRelay'),
      part('bus'),
      part('consumers'),
      part('instances'),
      part('participants'),
    ];
    const sending = part('sending');
    const { now, sent, struck } = part('bounds');
    const agenda = timed.flatMap((name) => part(name).agenda);
    const saga = sending.relay && {
      participants: participants.participants!,
      relay: sending.relay,
      overdue: instances.overdue!,
      interrupted: service.interrupted!,
      answers: participants.answers!,
    };
    this.#seq += 10_000;
    const { locks, units, waiting } = service;
    return {
      sent,
      struck,
      facts: joined(part('published'), part('received'), part('told')),
      tables: {
        schema: this.#rules.tables.schema,
        byName: { ...part('storage'), ...part('subscribers'), ...instances.tables, ...sending.tables },
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
        processes: { ...service.processes, ...relay.processes, ...other.processes, ...consumers.processes },
        armed: [],
        settling: false,
        model: { bus: bus.bus, locks, units, pollers: { ...relay.pollers, ...other.pollers }, saga: saga ?? null },
      },
    };
  }
}

type Divided = Record<(typeof timed)[number], Item[]>;

function divided(agenda: Agenda): Divided {
  const all = Object.fromEntries(timed.map((name): [string, Item[]] => [name, []])) as Divided;
  for (const item of agenda) all[partOf(item)].push(item);
  return all;
}

const processesOf = ({ processes }: World, wanted: (name: string) => boolean): Processes =>
  Object.fromEntries(Object.entries(processes).filter(([name]) => wanted(name)));

/** The facts that are known by what has come through the bus, and by what is to come. */
const ofReceiving = [
  ...(['messages', 'receptions', 'handling', 'newest', 'gaps', 'unresolved', 'missing', 'unapplied'] as const),
  ...(['dead', 'open', 'partitions', 'inbox', 'forgotten', 'effects'] as const),
];
const ofPublishing = [
  ...(['busUp', 'transactions', 'events', 'carrying', 'troubles', 'outbox', 'relay', 'claims', 'reads'] as const),
  ...(['written', 'commanded', 'boundary'] as const),
];

const factsOf: Partial<Record<PartName, readonly string[]>> = {
  published: ofPublishing,
  received: ofReceiving,
  told: ['sagas'],
};

/** Whether a part shares everything with what it was: seen at a glance, without a look at what is within. */
function isUnchanged(name: PartName, was: unknown, is: unknown): boolean {
  const known = factsOf[name];
  return (known ?? Object.keys(is as object)).every((field) => {
    const [one, other] = [(was as Record<string, unknown>)[field], (is as Record<string, unknown>)[field]];
    return one === other || (known === undefined && isShared(one, other));
  });
}

function isShared(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(other);
  if (keys.length !== Object.keys(one).length) return false;
  return keys.every((key) => (one as Record<string, unknown>)[key] === (other as Record<string, unknown>)[key]);
}

/** The facts on both sides of the bus and those of sagas, put together. */
function joined(published: Facts, received: Facts, { sagas }: Facts): Facts {
  // what a commit did is spoken of within its step only
  const facts: Record<string, unknown> = { ...published, sagas, commit: null };
  for (const field of ofReceiving) facts[field] = received[field];
  return facts as unknown as Facts;
}
