/** The budget on a wide stage: the aggregates as the boundary cuts them, and the saga where it cuts them apart. */
import { corners, line, type Box, type Edge, type Layout } from '../geometry/shapes.ts';
import { box, busAndSaga, ofSaga, sagaAndRows, sagaBoxes, sends, type Boxes } from './common.ts';
import type { Setting } from './setting.ts';

/** Where the service ends: without a saga there is more room for it. */
const widthOf = ({ saga }: Setting): number => (saga === null ? 540 : 420);

function busBoxes({ bus, saga }: Setting, x: number): Boxes {
  const w = 884 - x;
  const lane = (y: number, h: number): Box => box(x + 12, y, w - 24, h);
  if (saga === null) return { bus: box(x, 440, w, 74) };
  switch (bus) {
    case 'queue':
      return { bus: box(x, 534, w, 106), 'queue:saga': lane(568, 36) };
    case 'pubsub':
      return { bus: box(x, 580, w, 56), 'queue:saga': box(x + 110, 494, 200, 80) };
    case 'log':
      return { bus: box(x, 528, w, 114), 'partition:0': lane(558, 38), 'partition:1': lane(599, 38) };
  }
}

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 85, 40, 85) },
  { from: 'database', to: 'service', curve: line(88, 172, 88, 112), label: { text: 'load', at: { x: 95, y: 146 } } },
  {
    from: 'service',
    to: 'database',
    curve: line(158, 112, 158, 169),
    label: { text: 'commit', at: { x: 165, y: 146 } },
  },
];

function relayEdges(setting: Setting, boxes: Readonly<Boxes>): Edge[] {
  const { relays, tails, takes, finishes, saga } = setting;
  const { relay, database, bus, service } = boxes;
  if (!relay) return [];
  const side = database!.x + database!.w;
  const wall = service!.x + service!.w;
  const { x, y, h } = relay;
  const taken = tails ? 470 : 400;
  const edges: Edge[] = [
    {
      from: 'database',
      to: 'relay',
      curve: [side, taken, wall + 28, taken - 4, wall + 8, y + 40, x, y + 40],
      label: { text: takes, at: { x: wall + 6, y: 250 } },
    },
    {
      from: 'relay',
      to: 'database',
      curve: [x, y + 66, wall + 18, y + 70, wall + 42, taken + 26, side, taken + 30],
      label: { text: finishes, at: { x: wall + 6, y: taken + 46 } },
    },
    {
      from: 'relay',
      to: 'bus',
      curve: line(x + 20, y + h, x + 20, bus!.y),
      label: { text: 'publish', at: { x: x + 28, y: saga === null ? 240 : 126 } },
    },
  ];
  if (relays === 2) {
    const second = boxes['relay-2']!;
    const out = second.x + second.w - 12;
    edges.push(
      {
        from: 'database',
        to: 'relay-2',
        both: true,
        curve:
          saga === null
            ? [side, taken - 24, wall + 70, taken - 28, second.x + 24, 320, second.x + 24, y + h]
            : [side, taken - 24, wall + 60, 70, second.x - 60, y + h + 22, second.x, y + h - 12],
      },
      { from: 'relay-2', to: 'bus', curve: line(out, y + h, out, bus!.y) },
    );
  }
  if (setting.remembers)
    edges.push({
      from: 'relay',
      to: 'service',
      quiet: setting.direct,
      curve: line(x, y + 16, wall, y + 16),
      label: sends(wall + 8, y + 10),
    });
  return edges;
}

function leaders(boxes: Readonly<Boxes>): Layout['leaders'] {
  const { relay, service, bus } = boxes;
  const gap = service!.x + service!.w + 16;
  const saga = corners(892, 690, 892, 300, 860, 300);
  return {
    service: corners(200, 690, 200, 656),
    database: corners(gap, 690, gap, 600, gap - 32, 600),
    ...(relay && { relay: corners(gap, 690, gap, relay.y + 78, relay.x, relay.y + 78) }),
    ...(boxes['relay-2'] && {
      'relay-2': corners(892, 690, 892, boxes['relay-2'].y + 36, 884, boxes['relay-2'].y + 36),
    }),
    bus: corners(700, 690, 700, bus!.y + bus!.h),
    'consumer:saga': saga,
    'consumer:saga-2': saga,
    ...(boxes['cleaner'] && { cleaner: corners(220, 700, 164, 700) }),
  };
}

/** Lays out the budget for a wide stage. */
export function budgetWide(setting: Setting): Layout {
  const { saga, relays, tails, cleaner } = setting;
  const w = widthOf(setting);
  const right = 24 + w + 48;
  const panel = box(right + 48, 130, 860 - right - 48, 356);
  const rows = tails ? 550 : 506;
  const relayTop = saga === null ? 100 : 24;
  const boxes: Boxes = {
    service: box(24, 16, w, 640),
    handler: box(40, 58, 150, 54),
    aggregate: box(206, 48, w - 198, 74),
    database: box(40, 168, w - 32, 480),
    aggregates: box(56, 214, w - 64, 150),
    ...(saga !== null && { rows: box(50, rows, w - 52, tails ? 76 : 110) }),
    relay: box(right, relayTop, relays === 2 && saga === null ? 132 : 158, 86),
    ...(relays === 2 && { 'relay-2': saga === null ? box(752, relayTop, 132, 86) : box(726, relayTop, 158, 86) }),
    ...(cleaner && { cleaner: box(24, 676, 140, 50) }),
    ...busBoxes(setting, right),
    ...sagaBoxes(setting, panel, [10, 34, 10, 36]),
  };
  return {
    name: 'wide',
    size: { w: 900, h: 744 },
    boxes,
    edges: [
      ...inService,
      ...relayEdges(setting, boxes),
      ...busAndSaga(setting, boxes, 690, 720),
      ...sagaAndRows(setting, [panel.x, 420, 500, 420, 470, 546, w + 8, 548]),
      ...ofSaga(setting, (handler) => [
        { from: handler, to: 'service', quiet: true, curve: line(panel.x, 180, 24 + w, 180) },
      ]),
      ...(cleaner
        ? [
            { from: 'database', to: 'cleaner', curve: line(76, 645, 76, 676) },
            { from: 'cleaner', to: 'database', curve: line(112, 676, 112, 647) },
          ]
        : []),
    ],
    row: 23,
    shown: { outbox: shownRows(setting), effects: 0, sagas: 0, commands: tails ? 1 : 2, timers: 0 },
    lane: { w: 120, units: 17 },
    callouts: box(cleaner ? 184 : 24, 664, cleaner ? 696 : 856, 76),
    leaders: leaders(boxes),
    legend: { at: { x: cleaner ? 190 : 28, y: 678 }, columns: cleaner ? 5 : 6, column: cleaner ? 140 : 143, row: 24 },
  };
}

const shownRows = ({ saga, tails }: Setting): number => (saga === null ? (tails ? 3 : 5) : tails ? 2 : 3);
