/** The campaign with its saga on a narrow stage: service, relay and those who are asked above, the saga below the bus. */
import { backwards, line, type Box, type Curve, type Edge, type Layout } from '../geometry/shapes.ts';
import { box, busAndSaga, ofSaga, sagaAndRows, sagaBoxes, twoIn, type Boxes } from './common.ts';
import type { Setting } from './setting.ts';

const right = 254;

function upper({ relays, relayed, outbox, cleaner, tails, remembers }: Setting): Boxes {
  const two = relays === 2;
  return {
    service: box(8, 8, 232, 350),
    handler: box(16, 32, 98, 40),
    aggregate: box(126, 28, 106, 48),
    database: box(16, 106, 216, 244),
    ...(remembers && { rows: box(23, tails ? 265 : 236, 202, tails ? 69 : 98) }),
    operator: box(right, 8, 118, 34),
    ...((relayed || !outbox) && { relay: box(right, 60, 118, two ? 52 : 68) }),
    ...(two && { 'relay-2': box(right, 120, 118, 52) }),
    publishing: box(right, two ? 194 : 176, 118, 74),
    ...(cleaner && { cleaner: box(right, 288, 90, 38) }),
  };
}

function busBoxes({ bus }: Setting): Boxes {
  const y = 378;
  const lane = (top: number, h: number): Box => box(14, y + top, 338, h);
  switch (bus) {
    case 'queue':
      return {
        bus: box(8, y, 352, 112),
        'queue:adServing': lane(20, 24),
        'queue:billing': lane(45, 24),
        'queue:saga': lane(70, 24),
      };
    case 'pubsub':
      return {
        bus: box(8, y, 352, 28),
        'queue:adServing': box(8, y + 32, 140, 26),
        'queue:billing': box(8, y + 60, 140, 26),
        'queue:saga': box(160, y + 34, 190, 52),
      };
    case 'log':
      return { bus: box(8, y, 352, 130), 'partition:0': lane(22, 52), 'partition:1': lane(76, 52) };
  }
}

/** The two subscribers under each other: the saga needs the room beside them. */
function subscribers({ bus, competing }: Setting, y: number): Boxes {
  const h = (competing ? 92 : 68) + (bus === 'pubsub' ? 16 : 0);
  const panel = (index: number) => box(22, y + index * (h + 8), 124, h);
  return Object.assign(
    {},
    ...['adServing', 'billing'].map((name, index) =>
      competing ? twoIn(panel(index), name, [5, 5, 4, 28]) : { [`consumer:${name}`]: panel(index) },
    ),
  ) as Boxes;
}

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 52, 16, 52) },
  { from: 'service', to: 'aggregate', curve: line(114, 52, 126, 52) },
  { from: 'database', to: 'service', curve: line(60, 109, 60, 72), label: { text: 'load', at: { x: 65, y: 94 } } },
  { from: 'service', to: 'database', curve: line(176, 76, 176, 109), label: { text: 'commit', at: { x: 181, y: 94 } } },
];

function relayEdges({ outbox, relayed, relays }: Setting, { relay }: Readonly<Boxes>): Edge[] {
  const edges: Edge[] = [];
  if (!outbox) edges.push({ from: 'service', to: 'bus', curve: [240, 200, 252, 210, 246, 300, 246, 378] });
  if (!relay || !relayed) return edges;
  const { y, h } = relay;
  edges.push(
    { from: 'database', to: 'relay', curve: [232, 190, 250, 186, 240, y + 30, right, y + 30] },
    { from: 'relay', to: 'database', curve: [right, y + 46, 244, y + 48, 252, 214, 232, 216] },
  );
  if (outbox) edges.push({ from: 'relay', to: 'bus', curve: [right + 6, y + h, 244, y + h + 40, 248, 320, 248, 378] });
  if (relays === 2)
    edges.push(
      { from: 'database', to: 'relay-2', both: true, curve: [232, 200, 248, 198, 240, 146, right, 146] },
      { from: 'relay-2', to: 'bus', quiet: true, curve: [right + 6, 172, 246, 200, 250, 320, 250, 378] },
    );
  return edges;
}

function asking(setting: Setting, boxes: Readonly<Boxes>): Edge[] {
  const { relays, remembers, direct } = setting;
  const { relay, publishing } = boxes;
  const { y, h } = publishing!;
  const edges: Edge[] = [
    {
      from: 'publishing',
      to: 'bus',
      curve: line(354, y + h, 354, 378),
      label: { text: 'answer', at: { x: 314, y: 368 } },
    },
    { from: 'user', to: 'publishing', quiet: true, curve: line(420, y + 20, right + 118, y + 30) },
  ];
  if (relay && setting.relayed && remembers)
    edges.push(
      {
        from: 'relay',
        to: 'publishing',
        quiet: direct,
        curve: relays === 2 ? [372, 80, 384, 110, 384, 190, 372, y + 20] : line(330, relay.y + relay.h, 330, y),
        ...(relays === 1 && { label: { text: 'send', at: { x: 334, y: 156 } } }),
      },
      { from: 'relay', to: 'operator', quiet: true, curve: line(330, relay.y, 330, 42) },
      { from: 'relay', to: 'service', quiet: direct, curve: line(right, relay.y + 10, 240, relay.y + 10) },
    );
  const top = (boxes['subscriber:saga'] ?? boxes['consumer:saga'])!.y;
  return [
    ...edges,
    ...ofSaga(setting, (handler, index) => [
      {
        from: handler,
        to: 'publishing',
        quiet: !direct || index > 0,
        curve: [374, top + 20, 384, 380, 376, 300, 364, y + h],
      },
      { from: handler, to: 'operator', quiet: true, curve: [374, top + 20, 390, 300, 390, 80, 372, 30] },
      { from: handler, to: 'service', quiet: true, curve: [374, top + 20, 378, 350, 300, 330, 240, 320] },
    ]),
  ];
}

const cleanerEdges: Edge[] = [
  { from: 'database', to: 'cleaner', quiet: true, curve: line(232, 298, right, 298) },
  { from: 'cleaner', to: 'database', curve: line(right, 314, 232, 314) },
];

/** From the bus straight to the first subscriber, and past it to the second. */
function fromBus(top: number, boxes: Readonly<Boxes>): Edge[] {
  return Object.entries(boxes).flatMap(([part, to]): Edge[] => {
    const name = /^consumer:(adServing|billing)/.exec(part)?.[1];
    if (name === undefined) return [];
    const second = part.endsWith('-2');
    const at = to.x + to.w / 2 - 10;
    const there: Curve =
      name === 'adServing'
        ? line(at, top, at, to.y)
        : second
          ? [14, top, 14, to.y - 20, 14, to.y - 4, to.x + 10, to.y]
          : [14, top, 14, to.y, 12, to.y + 16, to.x, to.y + 16];
    return [
      { from: 'bus', to: part, quiet: second && name === 'billing', curve: there },
      { from: part, to: 'bus', quiet: true, curve: backwards(there) },
    ];
  });
}

/** Lays out the campaign with its saga for a narrow stage. */
export function campaignNarrow(setting: Setting): Layout {
  const above = { ...upper(setting), ...busBoxes(setting) };
  const bus = above['bus']!;
  const below = bus.y + bus.h + (setting.bus === 'pubsub' ? 76 : 22);
  const readers = subscribers(setting, below);
  const lowest = Math.max(...Object.values(readers).map(({ y, h }) => y + h));
  const boxes: Boxes = {
    ...above,
    ...readers,
    ...sagaBoxes(setting, box(154, below, 220, lowest - below), [8, 24, 8, 28]),
  };
  return {
    name: 'narrow',
    size: { w: 380, h: lowest + 4 },
    boxes,
    edges: [
      ...inService,
      ...relayEdges(setting, boxes),
      ...fromBus(bus.y + bus.h, boxes),
      ...busAndSaga(setting, boxes, 250, 270),
      ...sagaAndRows(setting, [368, below, 380, 340, 320, 330, 232, 290]),
      ...asking(setting, boxes),
      ...(setting.cleaner ? cleanerEdges : []),
    ],
    row: 18,
    shown: { outbox: setting.tails ? 1 : 2, effects: 0, sagas: 0, commands: setting.tails ? 1 : 2, timers: 1 },
    callouts: null,
    leaders: {},
    legend: null,
  };
}
