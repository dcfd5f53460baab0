/** The order within layers: so that ways cross as seldom as can be. */
import type { Slot } from './layers.ts';

const indexes = (layers: readonly Slot[][]): Map<Slot, number> =>
  new Map(layers.flatMap((layer) => layer.map((slot, index) => [slot, index] as const)));

/** How often ways cross between the layers. */
export function crossings(layers: readonly Slot[][]): number {
  const at = indexes(layers);
  let count = 0;
  for (const layer of layers) {
    const pairs = layer.flatMap((slot) => [...slot.down].map((below) => [at.get(slot)!, at.get(below)!] as const));
    for (const [index, [a, x]] of pairs.entries()) {
      for (const [b, y] of pairs.slice(index + 1)) if ((a - b) * (x - y) < 0) count++;
    }
  }
  return count;
}

/** One layer, each slot where its neighbours in the layer before are on average; those without stay where they are. */
function sorted(layer: readonly Slot[], neighbours: 'up' | 'down', at: ReadonlyMap<Slot, number>): Slot[] {
  const wish = new Map(
    layer.map((slot, index) => {
      const places = [...slot[neighbours]].map((other) => at.get(other)!);
      return [slot, places.length === 0 ? index : places.reduce((sum, place) => sum + place, 0) / places.length];
    }),
  );
  return layer.toSorted((a, b) => wish.get(a)! - wish.get(b)! || at.get(a)! - at.get(b)!);
}

function sweep(layers: readonly Slot[][], direction: 'up' | 'down'): Slot[][] {
  const next = layers.map((layer) => [...layer]);
  const way = direction === 'up' ? next.keys() : [...next.keys()].reverse();
  for (const index of way) next[index] = sorted(next[index]!, direction, indexes(next));
  return next;
}

/** Exchanges neighbours as long as that leaves fewer crossings. */
function exchanged(layers: readonly Slot[][]): Slot[][] {
  let best = layers.map((layer) => [...layer]);
  let least = crossings(best);
  for (let better = true; better;) {
    better = false;
    for (const [index, layer] of best.entries()) {
      for (let i = 1; i < layer.length; i++) {
        const swapped = layer.toSpliced(i - 1, 2, layer[i]!, layer[i - 1]!);
        const next = best.with(index, swapped);
        if (crossings(next) >= least) continue;
        [best, least, better] = [next, crossings(next), true];
        break;
      }
    }
  }
  return best;
}

/** How often the layers are gone through: few states need few. */
const sweeps = 12;

/** The layers in an order with few crossings; the same layers always in the same. */
export function ordered(layers: readonly Slot[][]): Slot[][] {
  let best = exchanged(layers);
  let current: Slot[][] = layers.map((layer) => [...layer]);
  for (let i = 0; i < sweeps; i++) {
    current = sweep(current, i % 2 === 0 ? 'up' : 'down');
    const tried = exchanged(current);
    if (crossings(tried) < crossings(best)) best = tried;
  }
  return best;
}
