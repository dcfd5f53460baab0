/**
 * Where each action leads, as numbers. A step is carried out once for all situations that agree in its footprint, and
 * then known: most steps of a search are looked up.
 */
import { nameOf, nthOf, type Happening } from './concrete.ts';
import { OffersOfParts, offeringPlaces, type Offer, type Trying } from './offers.ts';
import { isLater, partNames, places, width, type Parts, type PartTypes } from './parts.ts';
import type { Space } from './space.ts';
import { TupleIndex } from './tuple-index.ts';

const boundsPlace = partNames.indexOf('bounds');
const servicePlace = partNames.indexOf('service');
const facts = [partNames.indexOf('published'), partNames.indexOf('received')] as const;

/** The most parts that can be in a footprint. */
const widest = width - 1;

const sending: Offer = {
  action: { sends: true },
  footprint: [servicePlace, facts[0]],
  due: 0,
  kind: 0,
  code: 0,
};

const nothing: readonly string[] = [];

/** The moves of a space. */
export class Moves {
  readonly #space: Space;
  readonly #parts: Parts;
  readonly #trying: Trying;
  readonly #offers: OffersOfParts;
  readonly #index = new TupleIndex(2 + widest);
  readonly #key = new Int32Array(2 + widest);
  readonly #after = new Int32Array(width);
  /** By the step's number: the new numbers of its footprint, and what it breaks; null where it can't be. */
  readonly #known: ({ readonly numbers: Int32Array; readonly broken: readonly string[] } | null)[] = [];
  readonly #bounds = new Map<string, number>();
  readonly #restsBroken = new Map<number, readonly string[]>();
  readonly #memo: boolean;
  /** Steps really carried out. */
  carriedOut = 0;

  /** `memo`: whether steps are looked up that are known; without, all are carried out. */
  constructor(space: Space, parts: Parts, trying: Trying, memo: boolean) {
    this.#space = space;
    this.#parts = parts;
    this.#trying = trying;
    this.#offers = new OffersOfParts(parts, trying);
    this.#memo = memo;
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
    const { sent, struck, now } = this.#boundsOf(tuple);
    const { commands, options, failures } = this.#trying;
    const all: Offer[] = [];
    let first: Offer | null = null;
    if (sent < commands && (options.writes === 'optimistic' || this.#isIdle(tuple))) all.push(sending);
    else {
      for (const place of offeringPlaces)
        for (const offer of this.#offers.of(place, tuple[place]!).items) {
          if (!isLater(offer.due, now)) all.push(offer);
          else if (first === null || offer.due < first.due) first = offer;
        }
      // only once nothing else is left does a time come to its end
      if (all.length === 0 && first !== null) all.push(first);
    }
    const rests = all.length === 0;
    if (bits(struck) < failures && all[0] !== sending)
      for (const place of offeringPlaces)
        for (const offer of this.#offers.of(place, tuple[place]!).failing)
          if ((struck & offer.kind) === 0 && !isLater(offer.due, now)) all.push(offer);
    return { all, rests };
  }

  /** Writes the state that an offer leads to, and returns what breaks on the way; null where its failure strikes nothing. */
  take(tuple: Int32Array, offer: Offer, into: Int32Array): readonly string[] | null {
    const { now, sent, struck } = this.#boundsOf(tuple);
    const { footprint, action, due, kind, code } = offer;
    this.#key.fill(-1);
    this.#key[0] = code;
    this.#key[1] = now;
    for (let i = 0; i < footprint.length; i++) this.#key[2 + i] = tuple[footprint[i]!]!;
    const number = this.#index.numberOf(this.#key);
    if (number === this.#known.length) this.#known.push(this.#carryOut(tuple, offer));
    const known = this.#memo ? this.#known[number]! : this.#carryOut(tuple, offer);
    if (known === null) return null;
    into.set(tuple);
    for (let i = 0; i < footprint.length; i++) into[footprint[i]!] = known.numbers[i]!;
    const later = action.failure ? now + 1 : now;
    const at = action.item && isLater(due, later) ? due : later;
    into[boundsPlace] = this.#numberOfBounds({ now: at, sent: action.sends ? sent + 1 : sent, struck: struck | kind });
    return known.broken;
  }

  /** The promises broken where nothing more will happen. */
  brokenAtRest(tuple: Int32Array): readonly string[] {
    const key = tuple[facts[0]]! * 0x4000000 + tuple[facts[1]]!;
    let known = this.#restsBroken.get(key);
    if (known === undefined)
      this.#restsBroken.set(key, (known = this.#space.brokenAtRest(this.#parts.situation(tuple))));
    return known;
  }

  /** An offer by names that hold in other runs that have come the same way. */
  happening(tuple: Int32Array, { action: { sends, failure, item } }: Offer): Happening {
    if (sends) return { sends };
    const { world } = this.#parts.situation(tuple);
    return {
      ...(failure && { failure, nth: nthOf(world, failure) }),
      ...(item && { item: nameOf(item, world.agenda) }),
    };
  }

  #carryOut(tuple: Int32Array, { action, footprint }: Offer) {
    this.carriedOut++;
    const taken = this.#space.take(this.#parts.situation(tuple), action);
    if (taken === null) return null;
    this.#parts.number(taken.situation, footprint, this.#after);
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
    const key = `${bounds.now},${bounds.sent},${bounds.struck}`;
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
