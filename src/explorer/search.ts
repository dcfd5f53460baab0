/**
 * The search: all situations within the bounds, those with fewer failures first, and among these those that take fewer
 * steps. So what breaks a promise first does so with the fewest failures, and in the fewest steps with so many.
 */
import type { Happening } from './concrete.ts';
import { Crashes } from './crashes.ts';
import { endlessIn } from './endless.ts';
import type { Moves } from './moves.ts';
import { width } from './situation.ts';
import { StateTable } from './state-table.ts';

/** The best way found to break a promise. */
export interface Break {
  readonly failures: number;
  readonly steps: number;
  /** What happens, in order. */
  readonly happenings: readonly Happening[];
  /** It shows where nothing is left to do. */
  readonly atRest: boolean;
}

/** A way into what never settles. */
export interface Endless extends Break {
  /** What happens on one way round. */
  readonly round: readonly Happening[];
}

interface Found {
  readonly failures: number;
  readonly steps: number;
  readonly state: number;
  /** Which of the state's actions breaks it; null where it is broken at rest. */
  readonly action: number | null;
}

/** Work between two looks at what else there is, counted in states; a step that has to be carried out costs so many. */
const slice = 12_000;
const dear = 20;

/** Where nothing is left to do, and where what comes next is not known. */
const nowhere = -2;
const unknown = -1;

/** No action: from there on only what lies behind the bus goes on. */
const handed = -1;
/** Many actions: those behind the bus go on until one of them dies. */
const crashed = -2;

/** How far a search is. */
export interface Reached {
  readonly states: number;
  readonly transitions: number;
  readonly failures: number;
  readonly depth: number;
}

/** One search. */
export class Search {
  readonly #moves: Moves;
  readonly #crashes: Crashes;
  readonly #promises: readonly string[];
  readonly #most: number;
  readonly #failures: number;
  readonly #table = new StateTable();
  readonly #found = new Map<string, Found>();
  readonly #tuple = new Int32Array(width);
  readonly #next = new Int32Array(width);
  /** States to look at, by failures and steps. */
  readonly #waiting: number[][][];
  #transitions = 0;
  #at = { failures: 0, depth: 0 };
  #gaveUp = false;
  #sawAll = false;

  /** `failures`, `most`: how many failures, and how many states, at most. */
  constructor(moves: Moves, promises: readonly string[], failures: number, most: number) {
    this.#moves = moves;
    this.#crashes = new Crashes(moves);
    this.#promises = promises;
    this.#failures = failures;
    this.#most = most;
    this.#waiting = Array.from({ length: failures + 1 }, () => []);
  }

  get reached(): Reached {
    return { states: this.#table.size, transitions: this.#transitions, ...this.#at };
  }
  /** All states within the bounds were seen, or every promise is broken. */
  get complete(): boolean {
    return !this.#gaveUp;
  }
  /** Bytes that the states take, without what is kept of their parts. */
  get bytes(): number {
    return this.#table.bytes;
  }
  /** The promises broken so far. */
  get broken(): readonly string[] {
    return [...this.#found.keys()];
  }

  /** Walks, and hands over control after about a twentieth of a second's work. */
  *run(): Generator<void, void> {
    this.#moves.start(this.#next);
    this.#reach(-1, -1, 0, 0);
    let rest = slice;
    for (let failures = 0; failures <= this.#failures; failures++) {
      const layer = this.#waiting[failures]!;
      for (let depth = 0; depth < layer.length; depth++) {
        this.#at = { failures, depth };
        if (this.#allFound(failures, depth)) return;
        for (const state of layer[depth] ?? []) {
          if (this.#table.depth(state) !== depth) continue; // reached in fewer steps since
          if (this.#table.size > this.#most) {
            this.#gaveUp = true;
            return;
          }
          const before = this.#moves.carriedOut;
          this.#look(state, failures, depth);
          rest -= 1 + (this.#moves.carriedOut - before) * dear;
          if (rest > 0) continue;
          yield;
          rest = slice;
        }
        layer[depth] = [];
      }
    }
    this.#sawAll = true;
  }

  /**
   * A way into what never settles, whatever happens then, and once round there; null where everything comes to rest, or where
   * not all states were seen.
   */
  endless(): Endless | null {
    if (!this.#sawAll) return null;
    const found = endlessIn(this.#table, this.#moves);
    if (found === null) return null;
    const { state, there, round } = found;
    const named = (way: typeof there): Happening[] => way.map(([from, action]) => this.#happening(from, action));
    const happenings = [...this.#wayTo(state), ...named(there)];
    const failures = this.#moves.failuresIn(this.#readTuple(state));
    return { failures, steps: this.#table.depth(state), happenings, atRest: false, round: named(round) };
  }

  #readTuple(state: number): Int32Array {
    this.#table.read(state, this.#tuple);
    return this.#tuple;
  }

  /** How a promise is broken; null where it was not. */
  breakOf(promise: string): Break | null {
    const found = this.#found.get(promise);
    if (!found) return null;
    const { failures, steps, action } = found;
    const last = action === null ? [] : [this.#happening(found.state, action)];
    return { failures, steps, happenings: [...this.#wayTo(found.state), ...last], atRest: action === null };
  }

  /** What happens on the way to a state, in order. */
  #wayTo(end: number): Happening[] {
    const happenings: Happening[] = [];
    for (let state = end; this.#table.parent(state) >= 0; state = this.#table.parent(state)) {
      const taken = this.#table.action(state);
      if (taken === crashed) happenings.push(...this.#happeningsTo(state));
      else if (taken !== handed) happenings.push(this.#happening(this.#table.parent(state), taken));
    }
    return happenings.reverse();
  }

  #happening(state: number, action: number): Happening {
    this.#table.read(state, this.#tuple);
    return this.#moves.happening(this.#tuple, this.#moves.offers(this.#tuple).all[action]!);
  }

  /** The steps on the way to a crash, the last first. */
  #happeningsTo(state: number): Happening[] {
    const [tuple, to] = [new Int32Array(width), new Int32Array(width)];
    this.#table.read(this.#table.parent(state), tuple);
    this.#table.read(state, to);
    const happenings: Happening[] = [];
    for (const offer of this.#crashes.between(tuple, to).offers) {
      happenings.push(this.#moves.happening(tuple, offer));
      this.#moves.take(tuple.slice(), offer, tuple);
    }
    return happenings.reverse();
  }

  #allFound(failures: number, depth: number): boolean {
    return this.#promises.every((id) => {
      const found = this.#found.get(id);
      return found && (found.failures < failures || (found.failures === failures && found.steps <= depth));
    });
  }

  #look(state: number, failures: number, depth: number): void {
    this.#table.read(state, this.#tuple);
    const { all, rests } = this.#moves.offers(this.#tuple);
    let onward = this.#moves.settles(this.#tuple, rests) ? nowhere : unknown;
    if (this.#moves.handOver(this.#tuple, rests, this.#next)) {
      const to = this.#reach(state, handed, failures, depth);
      if (rests) onward = to;
    }
    if (rests) for (const id of this.#moves.brokenAtRest(this.#tuple)) this.#note(id, failures, depth, state, null);
    for (const way of this.#crashes.from(this.#tuple)) {
      this.#crashes.follow(this.#tuple, way, this.#next);
      this.#transitions++;
      this.#reach(state, crashed, this.#moves.failuresIn(this.#next), depth + way.offers.length);
    }
    for (let i = 0; i < all.length; i++) {
      const offer = all[i]!;
      const broken = this.#moves.take(this.#tuple, offer, this.#next);
      if (broken === null) continue;
      this.#transitions++;
      const struck = offer.kind === 0 ? failures : failures + 1;
      for (const id of broken) this.#note(id, struck, depth + 1, state, i);
      const to = this.#reach(state, i, struck, depth + 1);
      // the newest is likely to be the furthest from where it has been before
      if (offer.kind === 0 && onward !== nowhere && to > onward) onward = to;
    }
    this.#table.goesOn(state, onward);
  }

  #note(id: string, failures: number, steps: number, state: number, action: number | null): void {
    const best = this.#found.get(id);
    if (best && (best.failures < failures || (best.failures === failures && best.steps <= steps))) return;
    this.#found.set(id, { failures, steps, state, action });
  }

  #reach(parent: number, action: number, failures: number, depth: number): number {
    const state = this.#table.reach(this.#next, parent, action, depth);
    if (state < 0) return ~state;
    (this.#waiting[failures]![depth] ??= []).push(state);
    return state;
  }
}
