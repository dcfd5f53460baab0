/** The trip on a wide stage: the process manager in the middle, those it asks on the right, its rows on the left. */
import { corners, line, type Box, type Edge, type Layout } from '../geometry/shapes.ts';
import { box, busAndSaga, ofSaga, panelOf, sagaAndRows, sagaBoxes, sends, type Boxes } from './common.ts';
import { answers, type Setting } from './setting.ts';

const panel = box(360, 156, 340, 330);

function busBoxes({ bus }: Setting): Boxes {
  switch (bus) {
    case 'queue':
      return { bus: box(360, 550, 524, 106), 'queue:processManager': box(372, 584, 500, 36) };
    case 'pubsub':
      return { bus: box(360, 588, 524, 56), 'queue:processManager': box(420, 494, 220, 84) };
    case 'log':
      return {
        bus: box(360, 542, 524, 114),
        'partition:0': box(372, 572, 500, 38),
        'partition:1': box(372, 613, 500, 38),
      };
  }
}

/** Those who are asked, in the order in which it happens. */
const places = (participants: readonly string[]): Boxes =>
  Object.fromEntries(participants.map((name, index): [string, Box] => [name, box(760, 16 + index * 86, 124, 74)]));

const inService: Edge[] = [
  { from: 'user', to: 'service', curve: line(-40, 85, 40, 85) },
  { from: 'database', to: 'service', curve: line(98, 172, 98, 114), label: { text: 'load', at: { x: 105, y: 147 } } },
  {
    from: 'service',
    to: 'database',
    curve: line(230, 114, 230, 172),
    label: { text: 'commit', at: { x: 237, y: 147 } },
  },
];

/** The commands to each, the answers of those who give any, and the reader's doing in their place. */
function asking(setting: Setting, boxes: Readonly<Boxes>): Edge[] {
  const { participants, direct } = setting;
  const { x, w } = panel;
  const top = boxes['bus']!.y;
  return participants.flatMap((name, index): Edge[] => {
    const { y } = boxes[name]!;
    const from = 58 + index * 5;
    return [
      ...(setting.relayed
        ? [
            {
              from: 'relay',
              to: name,
              quiet: direct,
              curve: [670, from, 744, from, 700, y + 22, 760, y + 22],
              ...(index === 0 && !direct && { label: sends(700, 44) }),
            } as Edge,
          ]
        : []),
      ...(answers(name)
        ? [{ from: name, to: 'bus', quiet: true, curve: [760, y + 52, 716, y + 56, 736, top - 60, 736, top] } as Edge]
        : []),
      { from: 'user', to: name, quiet: true, curve: line(960, y + 37, 884, y + 37) },
      { from: 'service', to: name, quiet: true, curve: [316, 30, 520, 20, 730, 20, 760, y + 14] },
      ...ofSaga(setting, (handler, number): Edge[] => [
        {
          from: handler,
          to: name,
          quiet: !direct || number > 0,
          curve: [x + w, 250 + index * 12, 744, 250 + index * 12, 720, y + 22, 760, y + 22],
        },
      ]),
    ];
  });
}

const relayEdges: Edge[] = [
  {
    from: 'database',
    to: 'relay',
    curve: [300, 246, 340, 246, 336, 60, 520, 60],
    label: { text: 'fetch', at: { x: 420, y: 62 } },
  },
  {
    from: 'relay',
    to: 'database',
    curve: [520, 90, 310, 92, 346, 284, 300, 284],
    label: { text: 'mark', at: { x: 322, y: 304 } },
  },
];

function leaders(setting: Setting, boxes: Readonly<Boxes>): Layout['leaders'] {
  const manager = corners(338, 690, 338, 470, 360, 470);
  const { participants } = setting;
  return {
    service: corners(200, 690, 200, 656),
    database: corners(308, 690, 308, 600, 300, 600),
    ...(boxes['relay'] && { relay: corners(338, 690, 338, 100, 520, 100) }),
    bus: corners(600, 690, 600, boxes['bus']!.y + boxes['bus']!.h),
    'consumer:processManager': manager,
    'consumer:processManager-2': manager,
    ...Object.fromEntries(
      participants.map((name) => {
        const y = boxes[name]!.y + 37;
        return [name, corners(892, 690, 892, y, 884, y)];
      }),
    ),
  };
}

/** Lays out the trip for a wide stage. */
export function tripWide(setting: Setting): Layout {
  const boxes: Boxes = {
    service: box(24, 16, 292, 640),
    handler: box(40, 58, 260, 56),
    database: box(40, 168, 260, 480),
    rows: box(50, 208, 240, 412),
    ...(setting.relayed && { relay: box(520, 28, 150, 84) }),
    ...busBoxes(setting),
    ...places(setting.participants),
    ...sagaBoxes(setting, panel, [10, 34, 10, 36]),
  };
  return {
    name: 'wide',
    size: { w: 900, h: 744 },
    boxes,
    edges: [
      ...inService,
      ...(setting.relayed ? relayEdges : []),
      ...busAndSaga(setting, boxes, 520, 552),
      ...sagaAndRows(setting, line(panelOf(boxes, 'processManager').x, 350, 300, 350)),
      ...asking(setting, boxes),
    ],
    row: 23,
    shown: { outbox: 0, effects: 0, sagas: 2, commands: 4, timers: 2, history: 3 },
    lane: { w: 136, units: 20, label: 112 },
    callouts: box(24, 664, 856, 76),
    leaders: leaders(setting, boxes),
    legend: { at: { x: 28, y: 678 }, columns: 5, column: 172, row: 24 },
  };
}
