/** The ways that things take on the stage: pure functions of a layout and the time. */
import type { Flight, Part } from '../../../playback/view.ts';
import { backwards, line, type Curve, type Edge, type Layout, type Point } from './shapes.ts';

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
  if (back) return backwards(back);
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
