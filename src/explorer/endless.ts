/**
 * What never settles: states from which, however things go on without a failure, nothing ever comes to rest. Of all that is
 * liveness this is the part that no verdict at rest can tell.
 */
import type { Moves } from './moves.ts';
import { width } from './situation.ts';
import type { StateTable } from './state-table.ts';

/** Steps: a state, and which of its actions is taken. */
type Way = readonly (readonly [state: number, action: number])[];

/** The state with the fewest failures and steps among them, a way from there to where it goes round, and once round. */
export interface EndlessAt {
  readonly state: number;
  readonly there: Way;
  readonly round: Way;
}

const settled = 1;
const open = 2;

/** Where a run never settles; null where there is no such state. All states have to be in the table. */
export function endlessIn(table: StateTable, moves: Moves): EndlessAt | null {
  const marks = followed(table);
  const walker = new Walker(table, moves);
  let left: number[] = [];
  marks.forEach((mark, state) => {
    if (mark === open) left.push(state);
  });
  for (let before = -1; left.length !== before;) {
    before = left.length;
    // states found later lie nearer to an end
    for (const state of left.reverse())
      if (walker.next(state).some(([to]) => marks[to] === settled)) marks[state] = settled;
    left = left.filter((state) => marks[state] === open).sort((a, b) => a - b);
  }
  if (left.length === 0) return null;
  const first = left.reduce((best, state) => (walker.isBefore(state, best) ? state : best));
  return { state: first, ...roundFrom(first, walker) };
}

/** Marks the states that one known way leads to an end; where it leads round, it is open whether another one does. */
function followed(table: StateTable): Uint8Array {
  const marks = new Uint8Array(table.size);
  const onWay = 3;
  const way: number[] = [];
  for (let start = 0; start < marks.length; start++) {
    let state = start;
    for (; state >= 0 && marks[state] === 0; state = table.onward(state)) {
      marks[state] = onWay;
      way.push(state);
    }
    const ends = state === -2 || (state >= 0 && marks[state] === settled);
    for (const each of way) marks[each] = ends ? settled : open;
    way.length = 0;
  }
  return marks;
}

/** Steps from state to state, failures aside. */
class Walker {
  readonly #table: StateTable;
  readonly #moves: Moves;
  readonly #tuple = new Int32Array(width);
  readonly #to = new Int32Array(width);

  constructor(table: StateTable, moves: Moves) {
    this.#table = table;
    this.#moves = moves;
  }

  /** The states that a state goes on to, and by which of its actions. */
  next(state: number): [to: number, action: number][] {
    this.#table.read(state, this.#tuple);
    const { all, rests } = this.#moves.offers(this.#tuple);
    const found: [number, number][] = [];
    all.forEach((offer, action) => {
      if (offer.kind === 0 && this.#moves.take(this.#tuple, offer, this.#to) !== null)
        found.push([this.#table.find(this.#to), action]);
    });
    if (rests && this.#moves.handOver(this.#tuple, rests, this.#to)) found.push([this.#table.find(this.#to), -1]);
    return found;
  }

  /** Whether a state is reached with fewer failures than another, or with as many in fewer steps. */
  isBefore(state: number, other: number): boolean {
    const [one, two] = [this.#failures(state), this.#failures(other)];
    return one < two || (one === two && this.#table.depth(state) < this.#table.depth(other));
  }

  #failures(state: number): number {
    this.#table.read(state, this.#tuple);
    return this.#moves.failuresIn(this.#tuple);
  }
}

function roundFrom(first: number, walker: Walker): { there: Way; round: Way } {
  const way: (readonly [number, number])[] = [];
  let state = first;
  while (!way.some(([seen]) => seen === state)) {
    const [to, action] = walker.next(state)[0]!;
    way.push([state, action]);
    state = to;
  }
  const begins = way.findIndex(([seen]) => seen === state);
  // where only what lies behind the bus is left, nothing has happened
  const happens = ([, action]: Way[number]): boolean => action >= 0;
  return { there: way.slice(0, begins).filter(happens), round: way.slice(begins).filter(happens) };
}
