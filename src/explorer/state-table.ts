/**
 * The states seen, and how each was reached in the fewest steps. What lies before the bus and what lies behind it is kept
 * once for all states that agree in it, so a state is three integers: two sides and its bounds (after A. Laarman,
 * J. van de Pol, M. Weber, "Parallel Recursive State Compression for Free", 2011).
 */
import { partNames, placeOf, type PartName } from './situation.ts';
import { lengthened, longer, TupleIndex } from './tuple-index.ts';

const behindNames: readonly PartName[] = ['bus', 'consumers', 'subscribers', 'received'];
const behind = behindNames.map((name) => placeOf[name]);
const bounds = placeOf.bounds;
const before = partNames.map((name) => placeOf[name]).filter((place) => place !== bounds && !behind.includes(place));

/** States by their numbers, from 0 in the order in which they came. */
export class StateTable {
  readonly #before = new TupleIndex(before.length);
  readonly #behind = new TupleIndex(behind.length);
  readonly #index = new TupleIndex(3);
  readonly #ofBefore = new Int32Array(before.length);
  readonly #ofBehind = new Int32Array(behind.length);
  readonly #ofAll = new Int32Array(3);
  #parents = new Int32Array(1024);
  #actions = new Int16Array(1024);
  #depths = new Int16Array(1024);
  #onward = new Int32Array(1024);

  get size(): number {
    return this.#index.size;
  }
  /** Bytes that all of it takes. */
  get bytes(): number {
    const [numbers, ways] = [
      [this.#index, this.#before, this.#behind],
      [this.#parents, this.#actions, this.#depths],
    ];
    const bytes = numbers.reduce((sum, index) => sum + index.bytes, this.#onward.byteLength);
    return ways.reduce((sum, array) => sum + array.byteLength, bytes);
  }
  /** The numbers of a state's parts, copied. */
  read(state: number, into: Int32Array): void {
    this.#index.read(state, this.#ofAll);
    this.#before.read(this.#ofAll[0]!, this.#ofBefore);
    this.#behind.read(this.#ofAll[1]!, this.#ofBehind);
    for (let i = 0; i < before.length; i++) into[before[i]!] = this.#ofBefore[i]!;
    for (let i = 0; i < behind.length; i++) into[behind[i]!] = this.#ofBehind[i]!;
    into[bounds] = this.#ofAll[2]!;
  }
  /** The state it was reached from; -1 for where the search began. */
  parent(state: number): number {
    return this.#parents[state]!;
  }
  /** Which of its parent's actions led there. */
  action(state: number): number {
    return this.#actions[state]!;
  }
  depth(state: number): number {
    return this.#depths[state]!;
  }

  /** A state it goes on to without a failure; -1 where none is known, -2 where nothing is left to do. */
  onward(state: number): number {
    return this.#onward[state]!;
  }
  goesOn(state: number, to: number): void {
    this.#onward[state] = to;
  }
  /** The state of these parts, which has been reached before. */
  find(tuple: Int32Array): number {
    return this.#numberOf(tuple);
  }

  /** The state of these parts where it is new, or reached in fewer steps than before; else its complement, which is negative. */
  reach(tuple: Int32Array, parent: number, action: number, depth: number): number {
    const known = this.#index.size;
    const state = this.#numberOf(tuple);
    if (state < known && this.#depths[state]! <= depth) return ~state;
    if (state >= this.#parents.length) this.#lengthen();
    if (state === known) this.#onward[state] = -1;
    this.#parents[state] = parent;
    this.#actions[state] = action;
    this.#depths[state] = depth;
    return state;
  }

  #numberOf(tuple: Int32Array): number {
    for (let i = 0; i < before.length; i++) this.#ofBefore[i] = tuple[before[i]!]!;
    for (let i = 0; i < behind.length; i++) this.#ofBehind[i] = tuple[behind[i]!]!;
    this.#ofAll[0] = this.#before.numberOf(this.#ofBefore);
    this.#ofAll[1] = this.#behind.numberOf(this.#ofBehind);
    this.#ofAll[2] = tuple[bounds]!;
    return this.#index.numberOf(this.#ofAll);
  }

  #lengthen(): void {
    this.#parents = lengthened(this.#parents, new Int32Array(longer(this.#parents.length)));
    this.#actions = lengthened(this.#actions, new Int16Array(longer(this.#actions.length)));
    this.#onward = lengthened(this.#onward, new Int32Array(longer(this.#onward.length)));
    this.#depths = lengthened(this.#depths, new Int16Array(longer(this.#depths.length)));
  }
}
