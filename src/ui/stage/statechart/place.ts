/** Where the slots of a layer stand: as near to where they would like to, without touching, and within the width. */
import type { Slot } from './layers.ts';

/** How far a slot reaches from its middle. */
export interface Reach {
  left: number;
  right: number;
}

export interface Room {
  width: number;
  gap: number;
  reach: (slot: Slot) => Reach;
}

interface Block {
  sum: number;
  weight: number;
  count: number;
}

const mean = ({ sum, weight }: Block): number => sum / weight;

/** The nearest values to the wishes that never decrease: neighbours that would change places meet in the middle. */
function nondecreasing(wishes: readonly number[], weights: readonly number[]): number[] {
  const blocks: Block[] = [];
  wishes.forEach((wish, index) => {
    let block: Block = { sum: wish * weights[index]!, weight: weights[index]!, count: 1 };
    for (let last = blocks.at(-1); last && mean(last) > mean(block); last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
    }
    blocks.push(block);
  });
  return blocks.flatMap((block) => Array.from({ length: block.count }, () => mean(block)));
}

/** The places of a layer's slots for the places they would like. */
function settle(layer: readonly Slot[], wishes: readonly number[], { width, gap, reach }: Room): number[] {
  const offsets: number[] = [];
  let offset = 0;
  layer.forEach((slot, index) => {
    if (index > 0) offset += reach(layer[index - 1]!).right + gap + reach(slot).left;
    offsets.push(offset);
  });
  const low = reach(layer[0]!).left;
  const high = Math.max(low, width - reach(layer.at(-1)!).right - offset);
  const weights = layer.map(({ state }) => (state === null ? 2 : 1));
  const wanted = wishes.map((wish, index) => wish - offsets[index]!);
  return nondecreasing(wanted, weights).map((at, index) => Math.min(high, Math.max(low, at)) + offsets[index]!);
}

/** How often layers adapt to each other. */
const rounds = 10;

/** The middle of every slot. */
export function placed(layers: readonly Slot[][], room: Room): Map<Slot, number> {
  const at = new Map<Slot, number>();
  const middle = room.width / 2;
  const put = (layer: readonly Slot[], wishes: readonly number[]): void =>
    settle(layer, wishes, room).forEach((x, index) => at.set(layer[index]!, x));
  for (const layer of layers) {
    // spread over the width at first
    put(
      layer,
      layer.map((_, index) => ((index + 0.5) / layer.length) * room.width),
    );
  }
  for (let round = 0; round < rounds; round++) {
    const way = round % 2 === 0 ? [...layers] : layers.toReversed();
    for (const layer of way) {
      const wishes = layer.map((slot) => {
        const others = [...slot.up, ...slot.down].map((other) => at.get(other)!);
        if (others.length === 0) return at.get(slot)!;
        // a little to the middle, so that the whole does not lean
        return others.reduce((sum, x) => sum + x, middle * 0.2) / (others.length + 0.2);
      });
      put(layer, wishes);
    }
  }
  return at;
}
