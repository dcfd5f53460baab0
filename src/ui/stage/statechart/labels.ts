/** Words beside the ways of a map, where there is room: none over a state, over another word or, if it can be helped, a way. */
import type { Box, Point } from '../geometry/shapes.ts';
import { pointsOf, type ChartMap, type MapLink } from './map.ts';

export interface Wanted {
  way: MapLink;
  lines: readonly string[];
  /** It must be said, if only over a way. */
  must: boolean;
}

export interface Label {
  way: MapLink;
  lines: readonly string[];
  box: Box;
}

export interface Letters {
  letter: number;
  line: number;
}

const apart = (a: Box, b: Box, by: number): boolean =>
  a.x + a.w + by <= b.x || b.x + b.w + by <= a.x || a.y + a.h + by <= b.y || b.y + b.h + by <= a.y;
const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.w <= outer.x + outer.w &&
  inner.y + inner.h <= outer.y + outer.h;
const covers = ({ x, y, w, h }: Box, point: Point): boolean =>
  point.x > x && point.x < x + w && point.y > y && point.y < y + h;

/** Beside a point of the way on either side, on it, or a little farther away; with what each costs. */
function places({ x, y }: Point, w: number, h: number): { at: Box; cost: number }[] {
  const lefts = [x + 5, x - 5 - w, x - w / 2, x + 16, x - 16 - w];
  return lefts.map((left, index) => ({ at: { x: left, y: y - h / 2, w, h }, cost: index < 2 ? 0 : 0.3 }));
}

/** The part of a way that is its own: farther on it may have run into others. */
const ownPart = ({ curves }: MapLink): Point[] => pointsOf(curves.slice(0, 1), 16);

/** Places words within a box; those that must be said come first. The rest is left out where there is no room. */
export function labelsOf(map: ChartMap, wanted: readonly Wanted[], box: Box, { letter, line }: Letters): Label[] {
  const labels: Label[] = [];
  const points = map.links.flatMap(({ curves }) => pointsOf(curves, 12));
  for (const { way, lines, must } of wanted.toSorted((a, b) => Number(b.must) - Number(a.must))) {
    const w = Math.max(...lines.map(({ length }) => length)) * letter + 4;
    const h = lines.length * line;
    const along = ownPart(way);
    let best: { at: Box; cost: number } | null = null;
    for (const [index, point] of along.entries()) {
      for (const { at, cost: aside } of places(point, w, h)) {
        const free =
          within(at, box) &&
          map.states.every((state) => apart(state.box, at, 1)) &&
          labels.every((label) => apart(label.box, at, 1));
        if (!free) continue;
        const crossed = points.filter((other) => covers(at, other)).length;
        if (crossed > 0 && !must) continue;
        const cost = crossed + aside + Math.abs(index / (along.length - 1) - 0.45);
        if (best === null || cost < best.cost) best = { at, cost };
      }
    }
    if (best) labels.push({ way, lines, box: best.at });
  }
  return labels;
}
