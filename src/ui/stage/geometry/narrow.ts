/** The narrow stage: the service above, the bus and the subscribers below; two relays between them. */
import { consumerEdges } from './consumers.ts';
import { backwards, line, type Box, type Curve, type Edge, type Layout } from './shapes.ts';
import type { Variant } from './variant.ts';

/** How much taller the database is where it also shows its change log. */
const logHeight = 24;

function upper({ tails, relays, detailed, cleaner }: Variant): Record<string, Box> {
  const more = tails ? logHeight : 0;
  const one = cleaner ? { x: 272, y: 190, w: 100, h: 88 } : { x: 272, y: detailed ? 136 : 148, w: 100, h: 88 };
  return {
    service: { x: 8, y: 8, w: 240, h: 282 + more },
    handler: { x: 18, y: 34, w: 104, h: 42 },
    aggregate: { x: 140, y: 30, w: 100, h: 50 },
    database: { x: 18, y: 112, w: 220, h: 168 + more },
    ...(relays === 2
      ? { relay: { x: 8, y: 324 + more, w: 176, h: 74 }, 'relay-2': { x: 196, y: 324 + more, w: 176, h: 74 } }
      : { relay: detailed ? one : { ...one, h: 74 } }),
    ...(cleaner && { cleaner: { x: 272, y: relays === 2 ? 160 : 132, w: 100, h: 42 } }),
  };
}

function bus({ bus: kind }: Variant, y: number): Record<string, Box> {
  const lane = (top: number, h: number): Box => ({ x: 14, y: y + top, w: 352, h });
  switch (kind) {
    case 'queue':
      return {
        bus: { x: 8, y, w: 364, h: 94 },
        'queue:adServing': lane(22, 24),
        'queue:billing': lane(49, 24),
      };
    case 'pubsub':
      return {
        bus: { x: 8, y, w: 364, h: 30 },
        'queue:adServing': { x: 20, y: y + 34, w: 152, h: 36 },
        'queue:billing': { x: 208, y: y + 34, w: 152, h: 36 },
      };
    case 'log':
      return { bus: { x: 8, y, w: 364, h: 126 }, 'partition:0': lane(24, 46), 'partition:1': lane(74, 46) };
  }
}

function subscriber(name: string, x: number, y: number, { bus: kind, competing }: Variant): Record<string, Box> {
  const memory = kind === 'pubsub' ? 18 : 0;
  const panel = { x, y, w: 176, h: (competing ? 96 : 58) + memory };
  if (!competing) return { [`consumer:${name}`]: panel };
  return {
    [`subscriber:${name}`]: panel,
    [`consumer:${name}`]: { x: x + 6, y: y + 6, w: 79, h: 30 },
    [`consumer:${name}-2`]: { x: x + 91, y: y + 6, w: 79, h: 30 },
  };
}

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 55, 18, 55) },
  { from: 'service', to: 'aggregate', curve: line(122, 55, 140, 55) },
  { from: 'database', to: 'service', curve: line(70, 114, 70, 76), label: { text: 'load', at: { x: 75, y: 98 } } },
  { from: 'service', to: 'database', curve: line(190, 80, 190, 114), label: { text: 'commit', at: { x: 195, y: 99 } } },
];

function relayEdges(variant: Variant, boxes: Readonly<Record<string, Box>>): Edge[] {
  const { outbox, relays, tails, takes, finishes } = variant;
  const top = boxes['bus']!.y;
  if (!outbox) {
    const curve: Curve = [248, 100, 300, 100, 262, 220, 262, top];
    return [{ from: 'service', to: 'bus', curve, label: { text: 'publish', at: { x: 276, y: 120 } } }];
  }
  if (relays === 2) return twoRelays(variant, boxes, top);
  const { y, h } = boxes['relay']!;
  // the change log lies below the table: what comes out of it takes the lower way
  const upperWay: Curve = [238, tails ? 206 : 190, 262, 186, 250, y + 22, 272, y + 20];
  const lowerWay: Curve = [238, tails ? 272 : 238, 266, tails ? 270 : 236, 256, y + 62, 272, y + 60];
  const above = { x: 251, y: y - 5 };
  const below = { x: tails ? 250 : 258, y: tails ? 286 : y + h + 10 };
  return [
    {
      from: 'database',
      to: 'relay',
      curve: tails ? lowerWay : upperWay,
      label: { text: takes, at: tails ? below : above },
    },
    {
      from: 'relay',
      to: 'database',
      curve: backwards(tails ? upperWay : lowerWay),
      label: { text: finishes, at: tails ? above : below },
    },
    {
      from: 'relay',
      to: 'bus',
      curve: line(324, y + h, 324, top),
      label: { text: 'publish', at: { x: 329, y: (y + h + top) / 2 + 4 } },
    },
  ];
}

/** Of two relays, each has one way there and back. */
function twoRelays({ takes, finishes, tails }: Variant, boxes: Readonly<Record<string, Box>>, top: number): Edge[] {
  const { y, h } = boxes['relay']!;
  const { database } = boxes;
  const bottom = database!.y + database!.h - 4;
  const side = tails ? bottom - 30 : bottom - 60;
  return [
    {
      from: 'database',
      to: 'relay',
      both: true,
      curve: line(90, bottom, 90, y),
      label: { text: takes, and: finishes, at: { x: 97, y: y - 9 } },
    },
    {
      from: 'database',
      to: 'relay-2',
      both: true,
      curve: [238, side, 290, side, 284, y - 50, 284, y],
      label: { text: takes, and: finishes, at: { x: 291, y: y - 9 } },
    },
    {
      from: 'relay',
      to: 'bus',
      curve: line(90, y + h, 90, top),
      label: { text: 'publish', at: { x: 97, y: top - 8 } },
    },
    {
      from: 'relay-2',
      to: 'bus',
      curve: line(284, y + h, 284, top),
      label: { text: 'publish', at: { x: 291, y: top - 8 } },
    },
  ];
}

function cleanerEdges({ cleaner }: Readonly<Record<string, Box>>): Edge[] {
  if (!cleaner) return [];
  const { x, y } = cleaner;
  return [
    { from: 'database', to: 'cleaner', curve: line(238, y + 12, x, y + 12) },
    { from: 'cleaner', to: 'database', curve: line(x, y + 28, 238, y + 28) },
  ];
}

/** Lays out a variant for a narrow stage. */
export function narrow(variant: Variant): Layout {
  const above = upper(variant);
  const { y, h } = above[variant.relays === 2 ? 'relay' : 'service']!;
  const middle = bus(variant, y + h + 22);
  const below = middle['bus']!.y + middle['bus']!.h + (variant.bus === 'pubsub' ? 44 : 24);
  const boxes = {
    ...above,
    ...middle,
    ...subscriber('adServing', 8, below, variant),
    ...subscriber('billing', 196, below, variant),
  };
  const lowest = Math.max(...Object.values(boxes).map((box) => box.y + box.h));
  return {
    name: 'narrow',
    size: { w: 380, h: lowest + 4 },
    boxes,
    edges: [...inService, ...relayEdges(variant, boxes), ...consumerEdges(boxes), ...cleanerEdges(boxes)],
    row: 20,
    shown: { outbox: variant.tails ? 2 : 3, effects: 0 },
    callouts: null,
    leaders: {},
    legend: null,
  };
}
