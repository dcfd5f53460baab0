/** The campaign with its saga on a wide stage: as without, and the saga above the bus, with those it asks. */
import { corners, line, type Box, type Curve, type Edge, type Layout } from '../geometry/shapes.ts';
import {
  box,
  busAndSaga,
  ofSaga,
  panelOf,
  readerEdges,
  sagaAndRows,
  sagaBoxes,
  sends,
  twoIn,
  type Boxes,
} from './common.ts';
import type { Setting } from './setting.ts';

const upper: Boxes = {
  service: box(24, 16, 292, 640),
  handler: box(40, 58, 124, 54),
  aggregate: box(180, 52, 122, 66),
  database: box(40, 168, 260, 480),
  saga: box(592, 16, 292, 322),
};

const relayBoxes = ({ relays, relayed, outbox }: Setting): Boxes =>
  relays === 2
    ? { relay: box(372, 64, 158, 68), 'relay-2': box(396, 142, 158, 66) }
    : relayed || !outbox
      ? { relay: box(372, 92, 158, 84) }
      : {};

/** What the bus shows: lanes, ways, or partitions. */
function busBoxes({ bus }: Setting): Boxes {
  const lane = (y: number, h: number): Box => box(384, y, 488, h);
  switch (bus) {
    case 'queue':
      return {
        bus: box(372, 380, 512, 158),
        'queue:adServing': lane(410, 30),
        'queue:billing': lane(442, 30),
        'queue:saga': lane(474, 30),
      };
    case 'pubsub':
      return {
        bus: box(372, 396, 512, 46),
        'queue:adServing': box(400, 450, 190, 98),
        'queue:billing': box(664, 450, 190, 98),
        'queue:saga': box(690, 344, 180, 46),
      };
    case 'log':
      return { bus: box(372, 384, 512, 166), 'partition:0': lane(416, 62), 'partition:1': lane(483, 62) };
  }
}

function subscriber(name: string, x: number, { bus, competing }: Setting): Boxes {
  const y = bus === 'log' ? 574 : 560;
  const panel = box(x, y, 250, 656 - y);
  return competing ? twoIn(panel, name, [8, 6, 8, 32]) : { [`consumer:${name}`]: panel };
}

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 85, 40, 85) },
  { from: 'service', to: 'aggregate', curve: line(164, 85, 180, 85) },
  { from: 'database', to: 'service', curve: line(98, 172, 98, 112), label: { text: 'load', at: { x: 105, y: 146 } } },
  {
    from: 'service',
    to: 'database',
    curve: line(240, 118, 240, 172),
    label: { text: 'commit', at: { x: 247, y: 146 } },
  },
];

/** What the relay takes and marks, and where it publishes. */
function relayEdges(setting: Setting, boxes: Readonly<Boxes>): Edge[] {
  const { outbox, relayed, relays, tails, takes, finishes } = setting;
  const top = boxes['bus']!.y;
  const relay = boxes['relay'];
  const taken = tails ? 420 : 300;
  const edges: Edge[] = [];
  if (!outbox) {
    const curve: Curve = [316, 236, 350, 236, 384, 300, 384, top];
    edges.push({ from: 'service', to: 'bus', curve, label: { text: 'publish', at: { x: 326, y: 228 } } });
  }
  if (!relay || !relayed) return edges;
  const [a, b] = [relay.y + 34, relay.y + 60];
  edges.push(
    {
      from: 'database',
      to: 'relay',
      curve: [300, taken, 350, taken - 4, 330, a, 372, a],
      label: { text: takes, at: { x: 322, y: outbox ? taken - 84 : 190 } },
    },
    {
      from: 'relay',
      to: 'database',
      curve: [372, b, 340, b + 4, 360, taken + 62, 300, taken + 64],
      label: { text: finishes, at: { x: 322, y: taken + 84 } },
    },
  );
  if (outbox)
    edges.push(publishing(line(382, relay.y + relay.h, 382, top), relays === 2 ? 224 : relay.y + relay.h + 26));
  if (relays === 2)
    edges.push(
      {
        from: 'database',
        to: 'relay-2',
        both: true,
        curve: [300, taken + 26, 356, taken + 20, 352, 176, 396, 176],
      },
      { from: 'relay-2', to: 'bus', curve: line(402, 208, 402, top) },
    );
  return edges;
}

const publishing = (curve: Curve, y: number): Edge => ({
  from: 'relay',
  to: 'bus',
  curve,
  label: { text: 'publish', at: { x: curve[0] + 8, y } },
});

/** The commands, the answers, and the reader who plays whoever answers. */
function asking(setting: Setting, boxes: Readonly<Boxes>): Edge[] {
  const { relays, relayed, remembers, direct } = setting;
  const top = boxes['bus']!.y;
  const relay = boxes['relay'];
  const { x: right } = panelOf(boxes, 'saga');
  const edges: Edge[] = [
    {
      from: 'publishing',
      to: 'bus',
      curve: line(478, 312, 478, top),
      label: { text: 'answer', at: { x: 486, y: top - 12 } },
    },
    { from: 'user', to: 'publishing', quiet: true, curve: line(580, 380, 548, 308) },
  ];
  if (relay && relayed && remembers)
    edges.push(
      relays === 2
        ? { from: 'relay', to: 'publishing', quiet: direct, curve: [530, 96, 586, 96, 586, 240, 558, 262] }
        : { from: 'relay', to: 'publishing', quiet: direct, curve: line(480, 176, 480, 232), label: sends(488, 208) },
      { from: 'relay', to: 'operator', quiet: true, curve: line(452, relay.y, 452, 56) },
      {
        from: 'relay',
        to: 'service',
        quiet: direct,
        curve: [372, relay.y + 14, 344, relay.y + 12, 346, 72, 316, 70],
      },
    );
  return [
    ...edges,
    ...ofSaga(setting, (handler, index) => [
      { from: handler, to: 'publishing', quiet: !direct || index > 0, curve: line(right, 262, 558, 262) },
      { from: handler, to: 'operator', quiet: true, curve: line(right, 36, 518, 36) },
      { from: handler, to: 'service', quiet: true, curve: [right, 60, 520, 60, 420, 58, 316, 60] },
    ]),
  ];
}

const cleanerEdges: Edge[] = [
  { from: 'database', to: 'cleaner', curve: line(76, 645, 76, 676) },
  { from: 'cleaner', to: 'database', curve: line(112, 676, 112, 647) },
];

/** From the callouts, behind which they begin, up to the parts. */
function leaders(boxes: Readonly<Boxes>): Layout['leaders'] {
  const { relay, bus } = boxes;
  const up = 344;
  const saga = corners(892, 690, 892, 300, 884, 300);
  return {
    service: corners(200, 690, 200, 656),
    database: corners(308, 690, 308, 600, 300, 600),
    ...(relay && { relay: corners(up, 690, up, relay.y + 8, relay.x, relay.y + 8) }),
    ...(boxes['relay-2'] && { 'relay-2': corners(up, 690, up, 200, 396, 200) }),
    ...(boxes['cleaner'] && { cleaner: corners(220, 700, 164, 700) }),
    bus: corners(up, 690, up, bus!.y + 20, 372, bus!.y + 20),
    publishing: corners(572, 690, 572, 300, 558, 300),
    'consumer:adServing': corners(480, 690, 480, 656),
    'consumer:billing': corners(740, 690, 740, 656),
    'consumer:saga': saga,
    'consumer:saga-2': saga,
  };
}

/** Lays out the campaign with its saga for a wide stage. */
export function campaignWide(setting: Setting): Layout {
  const { saga, ...rest } = upper;
  const boxes: Boxes = {
    ...rest,
    ...relayBoxes(setting),
    ...(setting.cleaner && { cleaner: box(24, 676, 140, 50) }),
    ...(setting.remembers && { rows: box(50, setting.tails ? 440 : 404, 240, setting.tails ? 176 : 210) }),
    publishing: box(408, 232, 150, 80),
    operator: box(384, 16, 134, 40),
    ...busBoxes(setting),
    ...subscriber('adServing', 372, setting),
    ...subscriber('billing', 634, setting),
    ...sagaBoxes(setting, saga!, [10, 34, 10, 34]),
  };
  const { bus } = boxes;
  return {
    name: 'wide',
    size: { w: 900, h: 744 },
    boxes,
    edges: [
      ...inService,
      ...relayEdges(setting, boxes),
      ...readerEdges(bus!, boxes),
      ...busAndSaga(setting, boxes, 770, 800),
      ...sagaAndRows(setting, [592, 316, 470, 356, 390, 320, 300, 470], {
        text: 'load',
        and: 'commit',
        at: { x: 392, y: 340 },
      }),
      ...asking(setting, boxes),
      ...(setting.cleaner ? cleanerEdges : []),
    ],
    row: 23,
    shown: {
      outbox: setting.tails ? 2 : 3,
      effects: 0,
      sagas: 1,
      commands: 2,
      timers: setting.tails ? 1 : 2,
    },
    callouts: box(setting.cleaner ? 184 : 24, 664, setting.cleaner ? 696 : 856, 76),
    leaders: leaders(boxes),
    legend: { at: { x: setting.cleaner ? 190 : 28, y: 678 }, columns: 5, column: setting.cleaner ? 140 : 172, row: 24 },
  };
}
