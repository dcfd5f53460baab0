/**
 * Where the bus forgets what a consumer had when it died, it matters what that was, and who dies when. Before a consumer
 * dies, whatever it did can be taken to have been done at once: so a crash is tried after each of the ways in which those
 * behind the bus may have gone on until then.
 */
import { isConsumer } from '../simulation/flow.ts';
import type { Moves } from './moves.ts';
import type { Offer } from './offers.ts';
import { placeOf, width } from './situation.ts';

/** A way to a crash: its steps, and the parts it leaves behind. */
interface Way {
  readonly offers: readonly Offer[];
  readonly after: Int32Array;
}

/** The parts that such a way looks at or changes. */
const concerned = (['bus', 'consumers', 'subscribers', 'published', 'received', 'bounds'] as const).map(
  (name) => placeOf[name],
);

const nowhere: readonly Way[] = [];

/** The ways to crashes of consumers, found once for all states that agree behind the bus. */
export class Crashes {
  readonly #moves: Moves;
  readonly #known = new Map<string, readonly Way[]>();

  constructor(moves: Moves) {
    this.#moves = moves;
  }

  /** All ways from a state. */
  from(tuple: Int32Array): readonly Way[] {
    if (!this.#moves.forgets) return nowhere;
    const key = concerned.map((place) => tuple[place]).join();
    let ways = this.#known.get(key);
    if (ways === undefined) this.#known.set(key, (ways = this.#find(tuple)));
    return ways;
  }

  /** Writes the state that a way leads to. */
  follow(tuple: Int32Array, { after }: Way, into: Int32Array): void {
    into.set(tuple);
    for (const place of concerned) into[place] = after[place]!;
  }

  /** The way that leads from one state to the other. @throws Error where there is none */
  between(tuple: Int32Array, to: Int32Array): Way {
    const way = this.from(tuple).find(({ after }) => concerned.every((place) => after[place] === to[place]));
    if (!way) throw new Error('no way leads there');
    return way;
  }

  #find(tuple: Int32Array): Way[] {
    const ways: Way[] = [];
    const next = new Int32Array(width);
    const seen = new Set([tuple.join()]);
    const met: { at: Int32Array; offers: readonly Offer[] }[] = [{ at: tuple.slice(), offers: [] }];
    for (const { at, offers } of met) {
      for (const offer of this.#moves.behind(at)) {
        if (this.#moves.take(at, offer, next) === null) continue;
        const steps = [...offers, offer];
        if (isCrash(offer)) ways.push({ offers: steps, after: next.slice() });
        else if (!seen.has(next.join())) {
          seen.add(next.join());
          met.push({ at: next.slice(), offers: steps });
        }
      }
    }
    return shortest(ways);
  }
}

const isCrash = ({ action: { failure } }: Offer): boolean => failure?.type === 'crash' && isConsumer(failure.process);

/** Of ways to the same end the first, which is the shortest. */
function shortest(ways: readonly Way[]): Way[] {
  const ends = new Map<string, Way>();
  for (const way of ways) {
    const end = concerned.map((place) => way.after[place]).join();
    if (!ends.has(end)) ends.set(end, way);
  }
  return [...ends.values()];
}
