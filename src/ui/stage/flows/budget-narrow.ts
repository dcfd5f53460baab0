/** The budget on a narrow stage: the service above, the bus and the saga below. */
import { line, type Box, type Edge, type Layout } from '../geometry/shapes.ts';
import { box, busAndSaga, ofSaga, sagaAndRows, sagaBoxes, type Boxes } from './common.ts';
import type { Setting } from './setting.ts';

const right = 264;
const top = 402;

function busBoxes({ bus, saga }: Setting): Boxes {
  const lane = (y: number, h: number): Box => box(14, top + y, 338, h);
  if (saga === null) return { bus: box(8, top, 364, 44) };
  switch (bus) {
    case 'queue':
      return { bus: box(8, top, 352, 70), 'queue:saga': lane(22, 28) };
    case 'pubsub':
      return { bus: box(8, top, 352, 28), 'queue:saga': box(40, top + 32, 200, 40) };
    case 'log':
      return { bus: box(8, top, 352, 92), 'partition:0': lane(22, 32), 'partition:1': lane(57, 32) };
  }
}

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 52, 14, 52) },
  { from: 'database', to: 'service', curve: line(40, 105, 40, 72), label: { text: 'load', at: { x: 45, y: 92 } } },
  { from: 'service', to: 'database', curve: line(84, 72, 84, 104), label: { text: 'commit', at: { x: 89, y: 92 } } },
];

function relayEdges(setting: Setting, boxes: Readonly<Boxes>): Edge[] {
  const { relay } = boxes;
  if (!relay) return [];
  const { y, h } = relay;
  const edges: Edge[] = [
    { from: 'database', to: 'relay', curve: [240, 220, 262, 214, 246, y + 30, right, y + 30] },
    { from: 'relay', to: 'database', curve: [right, y + 50, 250, y + 54, 262, 240, 240, 242] },
    { from: 'relay', to: 'bus', curve: [right + 6, y + h, 252, y + h + 40, 256, 310, 256, top] },
  ];
  if (setting.relays === 2)
    edges.push(
      { from: 'database', to: 'relay-2', both: true, curve: [240, 230, 256, 228, 250, 196, right, 196] },
      { from: 'relay-2', to: 'bus', curve: line(340, 224, 340, top) },
    );
  if (setting.remembers)
    edges.push({ from: 'relay', to: 'service', quiet: setting.direct, curve: line(right, y + 12, 248, y + 12) });
  return edges;
}

/** Lays out the budget for a narrow stage. */
export function budgetNarrow(setting: Setting): Layout {
  const { saga, relays, tails, cleaner } = setting;
  const boxes: Boxes = {
    service: box(8, 8, 240, 378),
    handler: box(14, 32, 102, 40),
    aggregate: box(120, 28, 122, 50),
    database: box(16, 102, 224, 276),
    aggregates: box(24, 124, 208, saga === null ? 104 : 96),
    ...(saga !== null && { rows: box(23, tails ? 320 : 298, 210, tails ? 36 : 56) }),
    relay: box(right, 44, 108, 74),
    ...(relays === 2 && { 'relay-2': box(right, 150, 108, 74) }),
    ...(cleaner && { cleaner: box(right, 260, 66, 40) }),
    ...busBoxes(setting),
  };
  const bus = boxes['bus']!;
  const below = bus.y + bus.h + (setting.bus === 'pubsub' ? 52 : 24);
  Object.assign(boxes, sagaBoxes(setting, box(8, below, 364, 142), [8, 24, 8, 28]));
  return {
    name: 'narrow',
    size: { w: 380, h: saga === null ? bus.y + bus.h + 4 : below + 146 },
    boxes,
    edges: [
      ...inService,
      ...relayEdges(setting, boxes),
      ...busAndSaga(setting, boxes, 150, 170),
      ...sagaAndRows(setting, [366, below, 378, 340, 300, 340, 240, 300]),
      ...ofSaga(setting, (handler) => [
        { from: handler, to: 'service', quiet: true, curve: [366, below, 372, 360, 300, 330, 248, 330] },
      ]),
      ...(cleaner
        ? [
            { from: 'database', to: 'cleaner', quiet: true, curve: line(240, 272, right, 272) },
            { from: 'cleaner', to: 'database', curve: line(right, 288, 240, 288) },
          ]
        : []),
    ],
    row: 18,
    shown: {
      outbox: saga === null ? (tails ? 2 : 4) : tails ? 1 : 2,
      effects: 0,
      sagas: 0,
      commands: tails ? 1 : 2,
      timers: 0,
    },
    lane: { w: 100, units: 18 },
    callouts: null,
    leaders: {},
    legend: null,
  };
}
