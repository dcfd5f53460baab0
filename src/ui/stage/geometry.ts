/**
 * Where everything stands: hand-laid positions and edges of the campaign flow, as data, for a wide stage and a narrow
 * one. No component is imported here; positions on an edge are pure functions.
 */
import type { Flight, Part } from '../../playback/view.ts';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A cubic Bézier curve: start, two handles, end. */
export type Curve = readonly [number, number, number, number, number, number, number, number];

export interface Edge {
  from: Part;
  to: Part;
  curve: Curve;
  /** In which patterns it is there. */
  when?: 'outbox' | 'direct';
  /** Drawn only while something travels on it. */
  quiet?: boolean;
  /** A word beside it, and where. */
  label?: { text: 'fetch' | 'mark' | 'publish' | 'load' | 'commit'; at: Point };
}

export interface Layout {
  name: 'wide' | 'narrow';
  size: { w: number; h: number };
  boxes: Readonly<Record<Part, Box>>;
  edges: readonly Edge[];
  /** Height of a table row and of a note in a lane. */
  row: number;
  /** How many rows of each table are shown; `effects`: of what a subscriber writes. */
  shown: { campaigns: number; outbox: number; effects: number };
  /** Where callouts stack, and the lines from there to the part that broke. */
  callouts: Box | null;
  leaders: Readonly<Record<Part, readonly Point[]>>;
  legend: Point | null;
}

const line = (x0: number, y0: number, x1: number, y1: number): Curve => [
  x0,
  y0,
  x0 + (x1 - x0) / 3,
  y0 + (y1 - y0) / 3,
  x0 + ((x1 - x0) * 2) / 3,
  y0 + ((y1 - y0) * 2) / 3,
  x1,
  y1,
];

const wide: Layout = {
  name: 'wide',
  size: { w: 828, h: 664 },
  boxes: {
    service: { x: 24, y: 16, w: 324, h: 544 },
    handler: { x: 44, y: 62, w: 132, h: 58 },
    aggregate: { x: 206, y: 56, w: 126, h: 70 },
    database: { x: 44, y: 188, w: 284, h: 352 },
    relay: { x: 432, y: 128, w: 164, h: 88 },
    bus: { x: 416, y: 284, w: 392, h: 146 },
    'queue:adServing': { x: 428, y: 318, w: 368, h: 34 },
    'queue:billing': { x: 428, y: 356, w: 368, h: 34 },
    'consumer:adServing': { x: 416, y: 492, w: 188, h: 160 },
    'consumer:billing': { x: 620, y: 492, w: 188, h: 160 },
  },
  edges: [
    { from: 'user', to: 'service', curve: line(-40, 91, 44, 91) },
    { from: 'service', to: 'aggregate', curve: line(176, 91, 206, 91) },
    {
      from: 'database',
      to: 'service',
      curve: line(110, 192, 110, 120),
      label: { text: 'load', at: { x: 118, y: 160 } },
    },
    {
      from: 'service',
      to: 'database',
      curve: line(270, 126, 270, 192),
      label: { text: 'commit', at: { x: 278, y: 160 } },
    },
    {
      from: 'database',
      to: 'relay',
      when: 'outbox',
      curve: [328, 336, 392, 330, 368, 158, 432, 158],
      label: { text: 'fetch', at: { x: 352, y: 232 } },
    },
    {
      from: 'relay',
      to: 'database',
      when: 'outbox',
      curve: [432, 192, 392, 196, 402, 402, 328, 404],
      label: { text: 'mark', at: { x: 372, y: 384 } },
    },
    {
      from: 'relay',
      to: 'bus',
      when: 'outbox',
      curve: line(514, 216, 514, 284),
      label: { text: 'publish', at: { x: 522, y: 252 } },
    },
    {
      from: 'service',
      to: 'bus',
      when: 'direct',
      curve: [348, 246, 420, 246, 480, 248, 480, 284],
      label: { text: 'publish', at: { x: 372, y: 238 } },
    },
    { from: 'bus', to: 'consumer:adServing', curve: line(500, 430, 500, 492) },
    { from: 'bus', to: 'consumer:billing', curve: line(704, 430, 704, 492) },
    { from: 'consumer:adServing', to: 'bus', quiet: true, curve: line(540, 492, 540, 430) },
    { from: 'consumer:billing', to: 'bus', quiet: true, curve: line(744, 492, 744, 430) },
  ],
  row: 26,
  shown: { campaigns: 1, outbox: 6, effects: 3 },
  callouts: { x: 622, y: 16, w: 196, h: 250 },
  leaders: {
    service: [
      { x: 700, y: 40 },
      { x: 348, y: 40 },
    ],
    database: [
      { x: 700, y: 40 },
      { x: 380, y: 40 },
      { x: 380, y: 470 },
      { x: 328, y: 470 },
    ],
    relay: [
      { x: 700, y: 40 },
      { x: 610, y: 40 },
      { x: 610, y: 172 },
      { x: 596, y: 172 },
    ],
    bus: [
      { x: 770, y: 40 },
      { x: 770, y: 284 },
    ],
    'consumer:adServing': [
      { x: 800, y: 40 },
      { x: 822, y: 40 },
      { x: 822, y: 660 },
      { x: 510, y: 660 },
      { x: 510, y: 652 },
    ],
    'consumer:billing': [
      { x: 800, y: 40 },
      { x: 822, y: 40 },
      { x: 822, y: 572 },
      { x: 808, y: 572 },
    ],
  },
  legend: { x: 28, y: 592 },
};

const narrow: Layout = {
  name: 'narrow',
  size: { w: 380, h: 492 },
  boxes: {
    service: { x: 8, y: 8, w: 240, h: 282 },
    handler: { x: 18, y: 34, w: 104, h: 42 },
    aggregate: { x: 140, y: 30, w: 100, h: 50 },
    database: { x: 18, y: 112, w: 220, h: 168 },
    relay: { x: 276, y: 148, w: 96, h: 74 },
    bus: { x: 8, y: 312, w: 364, h: 94 },
    'queue:adServing': { x: 14, y: 334, w: 352, h: 24 },
    'queue:billing': { x: 14, y: 361, w: 352, h: 24 },
    'consumer:adServing': { x: 8, y: 430, w: 176, h: 58 },
    'consumer:billing': { x: 196, y: 430, w: 176, h: 58 },
  },
  edges: [
    { from: 'user', to: 'service', curve: line(-40, 55, 18, 55) },
    { from: 'service', to: 'aggregate', curve: line(122, 55, 140, 55) },
    { from: 'database', to: 'service', curve: line(70, 114, 70, 76), label: { text: 'load', at: { x: 75, y: 98 } } },
    {
      from: 'service',
      to: 'database',
      curve: line(190, 80, 190, 114),
      label: { text: 'commit', at: { x: 195, y: 99 } },
    },
    {
      from: 'database',
      to: 'relay',
      when: 'outbox',
      curve: [238, 190, 262, 186, 252, 168, 276, 168],
      label: { text: 'fetch', at: { x: 251, y: 158 } },
    },
    {
      from: 'relay',
      to: 'database',
      when: 'outbox',
      curve: [276, 206, 262, 208, 262, 236, 238, 238],
      label: { text: 'mark', at: { x: 254, y: 246 } },
    },
    {
      from: 'relay',
      to: 'bus',
      when: 'outbox',
      curve: line(324, 222, 324, 312),
      label: { text: 'publish', at: { x: 329, y: 270 } },
    },
    {
      from: 'service',
      to: 'bus',
      when: 'direct',
      curve: [248, 100, 300, 100, 262, 220, 262, 312],
      label: { text: 'publish', at: { x: 276, y: 120 } },
    },
    { from: 'bus', to: 'consumer:adServing', curve: line(84, 406, 84, 430) },
    { from: 'bus', to: 'consumer:billing', curve: line(272, 406, 272, 430) },
    { from: 'consumer:adServing', to: 'bus', quiet: true, curve: line(120, 430, 120, 406) },
    { from: 'consumer:billing', to: 'bus', quiet: true, curve: line(308, 430, 308, 406) },
  ],
  row: 20,
  shown: { campaigns: 1, outbox: 3, effects: 0 },
  callouts: null,
  leaders: {},
  legend: null,
};

/** The layout for a stage of this width and height in CSS pixels. */
export const layoutFor = (width: number, height: number): Layout => (width < 640 || height < 400 ? narrow : wide);

/** Whether an edge is there in a pattern. */
export const present = (edge: Edge, outbox: boolean): boolean => !edge.when || (edge.when === 'outbox') === outbox;

/** The edge something travels on, if there is one from here to there. */
export const edgeBetween = (layout: Layout, from: Part, to: Part): Edge | undefined =>
  layout.edges.find((edge) => edge.from === from && edge.to === to);

/** The edges something travels on, as `from>to`. */
export const litEdges = (flights: readonly Pick<Flight, 'from' | 'to'>[]): ReadonlySet<string> =>
  new Set(flights.map(({ from, to }) => `${from}>${to}`));

/** The way a flight takes: its edge, the same edge backwards, or straight from part to part. */
export function courseOf(layout: Layout, flight: Pick<Flight, 'from' | 'to'>): Curve {
  const { from, to } = flight;
  const there = edgeBetween(layout, from, to)?.curve;
  if (there) return there;
  const back = edgeBetween(layout, to, from)?.curve;
  if (back) return [back[6], back[7], back[4], back[5], back[2], back[3], back[0], back[1]];
  const a = centre(layout, from);
  const b = centre(layout, to);
  return line(a.x, a.y, b.x, b.y);
}

/** The middle of a part; of the service, that of its handler: what it remembers is there. */
export function centre(layout: Layout, part: Part): Point {
  const box = layout.boxes[part === 'service' ? 'handler' : part];
  return box ? { x: box.x + box.w / 2, y: box.y + box.h / 2 } : { x: 0, y: layout.size.h / 2 };
}

/** The point of a curve at `t` from 0 to 1. */
export function pointAt([x0, y0, x1, y1, x2, y2, x3, y3]: Curve, t: number): Point {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return { x: a * x0 + b * x1 + c * x2 + d * x3, y: a * y0 + b * y1 + c * y2 + d * y3 };
}

/** How far a flight is at a time: 0 to 1, slow at both ends. */
export function progressAt(flight: Pick<Flight, 'at' | 'until'>, time: number): number {
  const length = flight.until - flight.at;
  const t = length <= 0 ? 1 : Math.min(1, Math.max(0, (time - flight.at) / length));
  return t * t * (3 - 2 * t);
}

/** A curve as an SVG path. */
export const pathOf = (c: Curve): string => `M${c[0]} ${c[1]}C${c[2]} ${c[3]} ${c[4]} ${c[5]} ${c[6]} ${c[7]}`;
