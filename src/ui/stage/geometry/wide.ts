/** The wide stage: the service with its database on the left, relays, bus and subscribers on the right. */
import { consumerEdges } from './consumers.ts';
import { corners, line, type Box, type Curve, type Edge, type Layout, type Point } from './shapes.ts';
import type { Variant } from './variant.ts';

const upper: Record<string, Box> = {
  service: { x: 24, y: 16, w: 324, h: 544 },
  handler: { x: 44, y: 62, w: 132, h: 58 },
  aggregate: { x: 206, y: 56, w: 126, h: 70 },
  database: { x: 44, y: 188, w: 284, h: 352 },
};

const relayBoxes = ({ relays, detailed }: Variant): Record<string, Box> =>
  relays === 2
    ? { relay: { x: 462, y: 28, w: 154, h: 90 }, 'relay-2': { x: 396, y: 134, w: 150, h: 90 } }
    : { relay: detailed ? { x: 432, y: 124, w: 164, h: 96 } : { x: 432, y: 128, w: 164, h: 88 } };

const buses: Readonly<Record<Variant['bus'], Record<string, Box>>> = {
  queue: {
    bus: { x: 416, y: 284, w: 392, h: 146 },
    'queue:adServing': { x: 428, y: 318, w: 368, h: 34 },
    'queue:billing': { x: 428, y: 356, w: 368, h: 34 },
  },
  // a part of its own to each subscriber: what travels there can be struck, though it is kept nowhere
  pubsub: {
    bus: { x: 416, y: 296, w: 392, h: 44 },
    'queue:adServing': { x: 424, y: 352, w: 172, h: 86 },
    'queue:billing': { x: 628, y: 352, w: 172, h: 86 },
  },
  log: {
    bus: { x: 416, y: 268, w: 392, h: 188 },
    'partition:0': { x: 428, y: 302, w: 368, h: 68 },
    'partition:1': { x: 428, y: 380, w: 368, h: 68 },
  },
};

/** A subscriber, and its consumers where it has two: side by side in its upper part. */
function subscriber(name: string, x: number, { bus, competing }: Variant): Record<string, Box> {
  const y = bus === 'pubsub' ? 450 : 492;
  const panel = { x, y, w: 188, h: 652 - y };
  if (!competing) return { [`consumer:${name}`]: panel };
  return {
    [`subscriber:${name}`]: panel,
    [`consumer:${name}`]: { x: x + 8, y: y + 8, w: 83, h: 36 },
    [`consumer:${name}-2`]: { x: x + 97, y: y + 8, w: 83, h: 36 },
  };
}

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 91, 44, 91) },
  { from: 'service', to: 'aggregate', curve: line(176, 91, 206, 91) },
  { from: 'database', to: 'service', curve: line(110, 192, 110, 120), label: { text: 'load', at: { x: 118, y: 160 } } },
  {
    from: 'service',
    to: 'database',
    curve: line(270, 126, 270, 192),
    label: { text: 'commit', at: { x: 278, y: 160 } },
  },
];

/** The ways between the database and a relay: what it takes, and what it does afterwards; with their words' places. */
interface Ways {
  takes: Curve;
  takesAt: Point;
  finishes: Curve;
  finishesAt: Point;
}

const fromTable: Ways = {
  takes: [328, 336, 392, 330, 368, 158, 432, 158],
  takesAt: { x: 378, y: 149 },
  finishes: [432, 192, 392, 196, 402, 402, 328, 404],
  finishesAt: { x: 353, y: 422 },
};

const fromLog: Ways = {
  takes: [328, 494, 424, 490, 392, 196, 432, 192],
  takesAt: { x: 353, y: 511 },
  finishes: [432, 158, 372, 160, 386, 350, 328, 354],
  finishesAt: { x: 370, y: 149 },
};

/** Of two relays, each has one way there and back. */
function twoRelays({ tails, takes, finishes }: Variant, busTop: number): Edge[] {
  const [first, second] = tails ? [474, 500] : [300, 392];
  return [
    {
      from: 'database',
      to: 'relay',
      both: true,
      curve: [328, first, tails ? 366 : 392, first - 4, tails ? 326 : 336, 72, 462, 72],
      label: { text: takes, and: finishes, at: { x: 353, y: 60 } },
    },
    {
      from: 'database',
      to: 'relay-2',
      both: true,
      curve: [328, second, tails ? 404 : 400, second - 4, tails ? 348 : 352, 178, 396, 178],
    },
    publishing('relay', line(582, 118, 582, busTop)),
    publishing('relay-2', line(470, 224, 470, busTop)),
  ];
}

const publishing = (from: string, curve: Curve): Edge => ({
  from,
  to: 'bus',
  curve,
  label: { text: 'publish', at: { x: curve[0] + 8, y: curve[7] - 18 } },
});

function relayEdges(variant: Variant, boxes: Readonly<Record<string, Box>>): Edge[] {
  const { outbox, relays, tails, takes, finishes } = variant;
  const busTop = boxes['bus']!.y;
  if (!outbox) {
    const curve: Curve = [348, 246, 420, 246, 480, 248, 480, busTop];
    return [{ from: 'service', to: 'bus', curve, label: { text: 'publish', at: { x: 372, y: 238 } } }];
  }
  if (relays === 2) return twoRelays(variant, busTop);
  const ways = tails ? fromLog : fromTable;
  const relay = boxes['relay']!;
  return [
    { from: 'database', to: 'relay', curve: ways.takes, label: { text: takes, at: ways.takesAt } },
    { from: 'relay', to: 'database', curve: ways.finishes, label: { text: finishes, at: ways.finishesAt } },
    publishing('relay', line(514, relay.y + relay.h, 514, busTop)),
  ];
}

const cleanerEdges: Edge[] = [
  { from: 'database', to: 'cleaner', curve: line(84, 535, 84, 580) },
  {
    from: 'cleaner',
    to: 'database',
    curve: line(128, 580, 128, 538),
    label: { text: 'remove', at: { x: 136, y: 574 } },
  },
];

/** From the callouts, behind which they begin, to the parts. */
function leaders({ relays }: Variant, { bus, ...boxes }: Readonly<Record<string, Box>>): Layout['leaders'] {
  const { y, h } = (boxes['subscriber:adServing'] ?? boxes['consumer:adServing'])!;
  const adServing = corners(800, 40, 822, 40, 822, 660, 510, 660, 510, y + h);
  const billing = corners(800, 40, 822, 40, 822, y + 80, 808, y + 80);
  return {
    service: corners(700, 20, 348, 20),
    database: corners(700, 20, 372, 20, 372, 470, 328, 470),
    relay: relays === 2 ? corners(700, 72, 616, 72) : corners(700, 40, 610, 40, 610, 172, 596, 172),
    'relay-2': corners(700, 60, 622, 60, 622, 180, 546, 180),
    cleaner: corners(700, 20, 372, 20, 372, 608, 180, 608),
    bus: corners(770, 40, 770, bus!.y),
    'consumer:adServing': adServing,
    'consumer:adServing-2': adServing,
    'consumer:billing': billing,
    'consumer:billing-2': billing,
  };
}

/** Lays out a variant for a wide stage. */
export function wide(variant: Variant): Layout {
  const boxes: Record<string, Box> = {
    ...upper,
    ...relayBoxes(variant),
    ...(variant.cleaner && { cleaner: { x: 24, y: 580, w: 156, h: 56 } }),
    ...buses[variant.bus],
    ...subscriber('adServing', 416, variant),
    ...subscriber('billing', 620, variant),
  };
  const callouts = variant.relays === 2 ? { x: 636, y: 16, w: 182, h: 240 } : { x: 622, y: 16, w: 196, h: 240 };
  const edges = [...inService, ...relayEdges(variant, boxes), ...consumerEdges(boxes)];
  return {
    name: 'wide',
    size: { w: 828, h: 664 },
    boxes,
    edges: variant.cleaner ? [...edges, ...cleanerEdges] : edges,
    row: 26,
    shown: { outbox: variant.tails ? 4 : 6, effects: variant.competing ? 2 : 3 },
    callouts,
    leaders: leaders(variant, boxes),
    legend: variant.cleaner
      ? { at: { x: 194, y: 574 }, columns: 2, column: 114, row: 22 }
      : { at: { x: 28, y: 584 }, columns: 3, column: 116, row: 26 },
  };
}
