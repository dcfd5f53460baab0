/** How the inside of a subscriber is laid out: baselines of its texts, the rows it has written, its memory. */
import type { Box, Layout } from './geometry.ts';

export interface ConsumerInside {
  title: number;
  outcome: number;
  /** The first row of what it has written, and from one to the next. */
  effects: number;
  step: number;
  /** What waits in its memory, where the bus keeps nothing. */
  memory: Box;
  inbox: number;
  /** What it does, or what went wrong. */
  state: number;
}

/** The inside of a subscriber. `competing`: its two consumers take its upper part. `memory`: it has one. */
export function consumerInside(layout: Layout, box: Box, competing: boolean, memory: boolean): ConsumerInside {
  const { y, h } = box;
  if (layout.name === 'narrow') {
    const top = y + (competing ? 38 : 0);
    return {
      title: top + (competing ? 13 : 15),
      outcome: top + (competing ? 26 : 28),
      effects: 0,
      step: 0,
      memory: { x: box.x + 6, y: top + 32, w: box.w - 12, h: 14 },
      inbox: y + h - (competing ? 16 : 17),
      state: y + h - 6,
    };
  }
  // beside a saga there is less room
  if (h < 100) {
    const top = y + (competing ? 30 : 0);
    return {
      title: top + 20,
      outcome: top + (competing ? 34 : 37),
      effects: 0,
      step: 0,
      memory: { x: box.x + 10, y: top + (competing ? 37 : 42), w: box.w - 20, h: competing ? 14 : 17 },
      inbox: y + h - (competing ? 4 : memory ? 21 : 26),
      state: y + h - (memory ? 7 : 10),
    };
  }
  const top = y + (competing ? 42 : 0);
  const afterText = top + (competing ? 49 : 54);
  return {
    title: top + (competing ? 20 : 24),
    outcome: top + (competing ? 37 : 42),
    effects: afterText + (memory ? 28 : 0),
    step: 23,
    memory: { x: box.x + 10, y: afterText, w: box.w - 20, h: 22 },
    inbox: y + h - (competing ? 10 : 26),
    state: y + h - 10,
  };
}
