/** The trip on a narrow stage: rows and participants above, the process manager below the bus. */
import { line, type Edge, type Layout } from '../geometry/shapes.ts';
import { box, busAndSaga, ofSaga, sagaAndRows, sagaBoxes, type Boxes } from './common.ts';
import { answers, type Setting } from './setting.ts';

const top = 324;

function busBoxes({ bus }: Setting): Boxes {
  switch (bus) {
    case 'queue':
      return { bus: box(8, top, 352, 70), 'queue:processManager': box(14, top + 22, 338, 28) };
    case 'pubsub':
      return { bus: box(8, top, 352, 28), 'queue:processManager': box(40, top + 32, 200, 40) };
    case 'log':
      return {
        bus: box(8, top, 352, 92),
        'partition:0': box(14, top + 22, 338, 32),
        'partition:1': box(14, top + 57, 338, 32),
      };
  }
}

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 52, 14, 52) },
  { from: 'database', to: 'service', curve: line(56, 105, 56, 72), label: { text: 'load', at: { x: 61, y: 92 } } },
  { from: 'service', to: 'database', curve: line(124, 72, 124, 105), label: { text: 'commit', at: { x: 129, y: 92 } } },
];

function asking(setting: Setting, boxes: Readonly<Boxes>, panelTop: number): Edge[] {
  const { participants, direct } = setting;
  return participants.flatMap((name, index): Edge[] => {
    const { x, y } = boxes[name]!;
    const from = 50 + index * 4;
    return [
      ...(setting.relayed
        ? [{ from: 'relay', to: name, quiet: direct, curve: [288, from, 302, from, 288, y + 14, x, y + 14] } as Edge]
        : []),
      ...(answers(name)
        ? [{ from: name, to: 'bus', quiet: true, curve: [x, y + 34, 292, y + 36, 295, top - 50, 295, top] } as Edge]
        : []),
      { from: 'user', to: name, quiet: true, curve: line(440, y + 20, 376, y + 20) },
      { from: 'service', to: name, quiet: true, curve: [186, 26, 230, 20, 270, 20, x, y + 10] },
      ...ofSaga(setting, (handler, number): Edge[] => [
        {
          from: handler,
          to: name,
          quiet: !direct || number > 0,
          curve: [262, panelTop, 262, 280, 268, y + 20, x, y + 20],
        },
      ]),
    ];
  });
}

const relayEdges: Edge[] = [
  { from: 'database', to: 'relay', curve: [178, 150, 202, 148, 182, 62, 198, 62] },
  { from: 'relay', to: 'database', curve: [198, 84, 186, 86, 204, 172, 178, 174] },
];

/** Lays out the trip for a narrow stage. */
export function tripNarrow(setting: Setting): Layout {
  const boxes: Boxes = {
    service: box(8, 8, 178, 300),
    handler: box(14, 32, 166, 40),
    database: box(16, 102, 162, 198),
    rows: box(22, 122, 150, 162),
    ...(setting.relayed && { relay: box(198, 36, 90, 68) }),
    ...Object.fromEntries(setting.participants.map((name, index) => [name, box(304, 8 + index * 51, 72, 45)])),
    ...busBoxes(setting),
  };
  const bus = boxes['bus']!;
  const below = bus.y + bus.h + (setting.bus === 'pubsub' ? 52 : 24);
  Object.assign(boxes, sagaBoxes(setting, box(8, below, 366, 196), [8, 24, 8, 28]));
  return {
    name: 'narrow',
    size: { w: 380, h: below + 200 },
    boxes,
    edges: [
      ...inService,
      ...(setting.relayed ? relayEdges : []),
      ...busAndSaga(setting, boxes, 150, 170),
      ...sagaAndRows(setting, [368, below, 376, 290, 250, 320, 178, 270]),
      ...asking(setting, boxes, below),
    ],
    row: 18,
    shown: { outbox: 0, effects: 0, sagas: 1, commands: 3, timers: 1, history: 0 },
    lane: { w: 100, units: 18, label: 92 },
    callouts: null,
    leaders: {},
    legend: null,
  };
}
