/**
 * Where each action leads, as numbers. A step is carried out once for all situations that agree in its footprint, and
 * then known: most steps of a search are looked up.
 */
import { nameOf, nthOf, type Happening } from './concrete.ts';
import type { Action, Trying } from './action.ts';
import { everything, footprintOf, type Footprint } from './footprints.ts';
import { OffersOfParts, offeringPlaces, type Offer } from './offers.ts';
import type { Options } from '../trace/scenario.ts';
import type { Parts } from './parts.ts';
import { isLater, placeOf, places, width, type PartName, type PartTypes } from './situation.ts';
import { timeOf, type Space } from './space.ts';
import { TupleIndex } from './tuple-index.ts';

const boundsPlace = placeOf.bounds;
const servicePlace = placeOf.service;
const facts = [placeOf.published, placeOf.received, placeOf.told] as const;

const nothing: readonly string[] = [];
const nobody: readonly Offer[] = [];
const consumersPlace = placeOf.consumers;

const isRestart = ({ action: { item } }: Offer): boolean =>
  item !== undefined && 'fires' in item.what && item.what.fires.timer === 'restart';

/** What lies before the bus, and what numbers its parts have while they stand still: for good, or for as long as that may be. */
const standing = (['service', 'relay', 'otherRelay', 'storage'] as const).map((name) => placeOf[name]);
const underWay = -1;
const atRest = -2;
const isHanded = (tuple: Int32Array): boolean => tuple[servicePlace]! < 0;

/** The parts that offer something on either side of the bus. */
export interface Halves {
  readonly before: readonly number[];
  readonly behind: readonly number[];
  /** The bus forgets what a consumer had that dies: `crashes.ts` tells what then. */
  readonly forgets: boolean;
}

/**
 * Where nothing behind the bus can be told by what lies before it, and the bus keeps what it is handed, every run has the
 * same outcome as one in which all that was handed over came first, in the same number of steps. So both sides are walked
 * one after the other and not against each other. Null where that is not so: a saga answers, and without an outbox an event
 * may be handed over before its commit. Pub/sub forgets who is not there; so there crashes are looked at by themselves.
 */
export function halvesOf({ publish, bus, saga }: Options): Halves | null {
  if (publish !== 'outbox' || saga !== 'none') return null;
  const place = (name: PartName) => placeOf[name];
  return {
    before: [place('service'), place('relay'), place('otherRelay')],
    behind: [place('bus'), place('consumers')],
    forgets: bus === 'pubsub',
  };
}

/** What a step does: the new numbers of its footprint, and what it breaks. */
interface Step {
  readonly numbers: Int32Array;
  readonly broken: readonly string[];
}

/** Steps by what they depend on: which it is, when, and the parts in its footprint. */
interface Looked {
  readonly index: TupleIndex;
  readonly key: Int32Array;
  /** By their numbers; null where one can't be. */
  readonly known: (Step | null)[];
}

/** The moves of a space. */
export class Moves {
  readonly #space: Space;
  readonly #parts: Parts;
  readonly #trying: Trying;
  readonly #offers: OffersOfParts;
  /** By the length of the footprint. */
  readonly #looked = Array.from({ length: width }, (_, length): Looked => ({
    index: new TupleIndex(2 + length),
    key: new Int32Array(2 + length),
    known: [],
  }));
  readonly #after = new Int32Array(width);
  readonly #bounds = new Map<number, number>();
  readonly #rests = new TupleIndex(facts.length);
  readonly #rest = new Int32Array(facts.length);
  readonly #restsBroken: (readonly string[])[] = [];
  readonly #memo: boolean;
  /** By how many commands were sent before. */
  readonly #sending: readonly Offer[];
  readonly #halves: Halves | null;
  /** Steps really carried out. */
  carriedOut = 0;

  /** `memo`: whether steps are looked up that are known; without, all are carried out. `halves`: as `halvesOf` says, or null. */
  constructor(space: Space, parts: Parts, trying: Trying, { memo, halves }: { memo: boolean; halves: Halves | null }) {
    this.#space = space;
    this.#parts = parts;
    this.#trying = trying;
    this.#offers = new OffersOfParts(parts, trying);
    this.#memo = memo;
    const action = { sends: true } as const;
    const footprint = footprintOf(action, trying.options);
    this.#sending = Array.from({ length: trying.commands }, (_, sent) => ({
      action,
      footprint,
      due: 0,
      anyTime: false,
      kind: 0,
      code: -1 - sent,
    }));
    this.#halves = halves;
  }

  /** Writes the numbers of the situation in which nothing has happened. */
  start(into: Int32Array): void {
    this.#parts.number(this.#space.start(), places, into);
  }

  /** How many failures have struck in a state. */
  failuresIn(tuple: Int32Array): number {
    return bits(this.#boundsOf(tuple).struck);
  }

  /** All that can happen next. `rests`: nothing can, failures aside. */
  offers(tuple: Int32Array): { all: readonly Offer[]; rests: boolean } {
    if (this.#halves === null) return this.#offered(tuple, offeringPlaces);
    const { before, behind, forgets } = this.#halves;
    if (isHanded(tuple)) return this.#offered(tuple, behind);
    const { all, rests } = this.#offered(tuple, before);
    if (!forgets || all[0]?.action.sends) return { all, rests };
    // who is back hears of what is published from then on
    const restarts = this.#offers.of(consumersPlace, tuple[consumersPlace]!).items.filter(isRestart);
    return { all: [...all, ...restarts], rests: rests && restarts.length === 0 };
  }

  /** The bus forgets what a consumer had that dies. */
  get forgets(): boolean {
    return this.#halves?.forgets === true;
  }

  /** What can happen behind the bus while nothing is left standing still; none where nobody there can die. */
  behind(tuple: Int32Array): readonly Offer[] {
    if (this.#halves === null || isHanded(tuple)) return nobody;
    const { all } = this.#offered(tuple, this.#halves.behind, false);
    return all.some(({ action }) => action.failure?.type === 'crash') ? all : nobody;
  }

  #offered(tuple: Int32Array, from: readonly number[], sends = true): { all: readonly Offer[]; rests: boolean } {
    const { sent, struck, now } = this.#boundsOf(tuple);
    const { commands, options, failures } = this.#trying;
    const all: Offer[] = [];
    const late: Offer[] = [];
    let first: Offer | null = null;
    if (sends && !isHanded(tuple) && sent < commands && (options.writes === 'optimistic' || this.#isIdle(tuple)))
      all.push(this.#sending[sent]!);
    else {
      for (const place of from)
        for (const offer of this.#offers.of(place, tuple[place]!).items) {
          if (!isLater(offer.due, now)) all.push(offer);
          else if (offer.anyTime) late.push(offer);
          else if (first === null || offer.due < first.due) first = offer;
        }
      for (const place of from) all.push(...this.#offers.of(place, tuple[place]!).replies);
      // only once nothing else is left does a time come to its end
      if (all.length === 0) all.push(...late, ...(first === null ? [] : [first]));
    }
    const rests = all.length === 0;
    if (bits(struck) < failures && !all[0]?.action.sends)
      for (const place of from)
        for (const offer of this.#offers.of(place, tuple[place]!).failing)
          if ((struck & offer.kind) === 0 && !isLater(offer.due, now)) all.push(offer);
    return { all, rests };
  }

  /** Writes the state that an offer leads to, and returns what breaks on the way; null where its failure strikes nothing. */
  take(tuple: Int32Array, offer: Offer, into: Int32Array): readonly string[] | null {
    const { now, sent, struck } = this.#boundsOf(tuple);
    const { action, due, kind } = offer;
    const later = action.failure ? timeOf(action.failure, now) : now;
    const at = action.item && isLater(due, later) && !offer.anyTime ? due : later;
    // at another time any part may say other things
    const footprint = this.#memo && at - now < 2 ? offer.footprint : everything;
    const known = this.#memo ? this.#lookUp(tuple, offer, footprint, now) : this.#carryOut(tuple, action, footprint);
    if (known === null) return null;
    into.set(tuple);
    for (let i = 0; i < footprint.length; i++) {
      const place = footprint[i]!;
      // what stands still has no number that says what it is
      if (tuple[place]! >= 0) into[place] = known.numbers[i]!;
    }
    if (at !== now || kind !== 0 || action.sends)
      into[boundsPlace] = this.#numberOfBounds({
        now: at,
        sent: action.sends ? sent + 1 : sent,
        struck: struck | kind,
      });
    return known.broken;
  }

  /** What the step does, which is carried out once for all situations that agree in its footprint. */
  #lookUp(tuple: Int32Array, { action, code }: Offer, footprint: Footprint, now: number): Step | null {
    const { index, key, known } = this.#looked[footprint.length]!;
    key[0] = code;
    key[1] = now;
    for (let i = 0; i < footprint.length; i++) key[2 + i] = tuple[footprint[i]!]!;
    const number = index.numberOf(key);
    if (number === known.length) known.push(this.#carryOut(tuple, action, footprint));
    return known[number]!;
  }

  /**
   * Writes the state in which what lies before the bus stands still, for what lies behind it to go on alone; false where
   * there is none. `rests`: nothing is left to do before the bus.
   */
  handOver(tuple: Int32Array, rests: boolean, into: Int32Array): boolean {
    if (this.#halves === null || isHanded(tuple)) return false;
    if (!rests && this.#halves.behind.every((place) => this.#offers.of(place, tuple[place]!).items.length === 0))
      return false;
    into.set(tuple);
    for (const place of standing) into[place] = rests ? atRest : underWay;
    if (!rests) into[facts[0]] = this.#parts.alikeBehind(tuple[facts[0]]!);
    const { now, struck } = this.#boundsOf(tuple);
    into[boundsPlace] = this.#numberOfBounds({ now, sent: 0, struck });
    return true;
  }

  /**
   * Whether a run may end in a state. `rests`: nothing is left to do there. Where only what lies behind the bus goes on for a
   * while, the run goes on elsewhere.
   */
  settles(tuple: Int32Array, rests: boolean): boolean {
    if (this.#halves === null) return rests;
    return tuple[servicePlace] === underWay || (rests && tuple[servicePlace] === atRest);
  }

  /** The promises broken where nothing more will happen. */
  brokenAtRest(tuple: Int32Array): readonly string[] {
    if (this.#halves !== null && tuple[servicePlace] !== atRest) return nothing;
    facts.forEach((place, i) => (this.#rest[i] = tuple[place]!));
    const number = this.#rests.numberOf(this.#rest);
    return (this.#restsBroken[number] ??= this.#space.brokenAtRest(this.#parts.situation(tuple)));
  }

  /** An offer by names that hold in other runs that have come the same way. */
  happening(tuple: Int32Array, { action: { sends, failure, item, reply } }: Offer): Happening {
    if (sends) return { sends };
    if (reply) return { reply };
    const { world } = this.#parts.situation(tuple);
    return {
      ...(failure && { failure, nth: nthOf(world, failure) }),
      ...(item && { item: nameOf(item, world.agenda) }),
    };
  }

  #carryOut(tuple: Int32Array, action: Action, footprint: Footprint): Step | null {
    this.carriedOut++;
    const taken = this.#space.take(this.#parts.situation(tuple), action);
    if (taken === null) return null;
    this.#parts.number(taken.situation, footprint, this.#after, tuple);
    const { broken } = taken;
    return {
      numbers: Int32Array.from(footprint, (place) => this.#after[place]!),
      broken: broken.length ? broken : nothing,
    };
  }

  #boundsOf(tuple: Int32Array): PartTypes['bounds'] {
    return this.#parts.part('bounds', tuple[boundsPlace]!);
  }

  #numberOfBounds(bounds: PartTypes['bounds']): number {
    const { now, sent, struck } = bounds;
    const key = (now * 64 + sent) * 0x10000 + struck;
    let number = this.#bounds.get(key);
    if (number === undefined) this.#bounds.set(key, (number = this.#parts.numberOfBounds(bounds)));
    return number;
  }

  /** No command is on its way, and none is handled. */
  #isIdle(tuple: Int32Array): boolean {
    const { agenda, waiting } = this.#parts.part('service', tuple[servicePlace]!);
    return agenda.length === 0 && waiting.length === 0;
  }
}

/** How many bits are set. */
export function bits(struck: number): number {
  let count = 0;
  for (let rest = struck; rest !== 0; rest &= rest - 1) count++;
  return count;
}
