/** The states seen, and how each was reached in the fewest steps. */
import { TupleIndex } from './tuple-index.ts';

/** States by their numbers, from 0 in the order in which they came. */
export class StateTable {
  readonly #index: TupleIndex;
  #parents = new Int32Array(1024);
  #actions = new Int16Array(1024);
  #depths = new Int16Array(1024);

  /** `width`: how many integers make a state. */
  constructor(width: number) {
    this.#index = new TupleIndex(width);
  }

  get size(): number {
    return this.#index.size;
  }
  /** Bytes that all of it takes. */
  get bytes(): number {
    return this.#index.bytes + this.#parents.byteLength + this.#actions.byteLength + this.#depths.byteLength;
  }
  /** The integers of a state, copied. */
  read(state: number, into: Int32Array): void {
    this.#index.read(state, into);
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

  /** The state of this tuple where it is new, or reached in fewer steps than before; else -1. */
  reach(tuple: Int32Array, parent: number, action: number, depth: number): number {
    const before = this.#index.size;
    const state = this.#index.numberOf(tuple);
    if (state < before && this.#depths[state]! <= depth) return -1;
    if (state >= this.#parents.length) this.#lengthen();
    this.#parents[state] = parent;
    this.#actions[state] = action;
    this.#depths[state] = depth;
    return state;
  }

  #lengthen(): void {
    const length = this.#parents.length * 2;
    const [parents, actions, depths] = [new Int32Array(length), new Int16Array(length), new Int16Array(length)];
    parents.set(this.#parents);
    actions.set(this.#actions);
    depths.set(this.#depths);
    [this.#parents, this.#actions, this.#depths] = [parents, actions, depths];
  }
}
