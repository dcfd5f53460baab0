/**
 * A chart laid out within a box: states in layers from the start downwards, ways between them that cross no state. A pure
 * function of the chart and the box: the same machine is always drawn the same.
 */
import { pointAt } from '../geometry/course.ts';
import { line, type Box, type Curve, type Point } from '../geometry/shapes.ts';
import { linksOf, type Chart, type ChartState, type Link } from './chart.ts';
import { layersOf, type Route, type Slot } from './layers.ts';
import { ordered } from './order.ts';
import { placed, type Reach } from './place.ts';

/** What a map is drawn with. */
export interface Pen {
  /** About how wide a letter is. */
  letter: number;
  /** Height of a state, where there is room for it. */
  height: number;
  /** Letters kept free for the time left, in states that a timer ends. */
  clock: number;
}

export interface MapState extends ChartState {
  box: Box;
}

export interface MapLink {
  link: Link;
  /** One after the other, from state to state. */
  curves: readonly Curve[];
}

export interface ChartMap {
  states: readonly MapState[];
  links: readonly MapLink[];
  /** The dot where an instance begins, and from there into the first state; null where there is no room for it. */
  start: Curve | null;
  /** Of a layer, from its lower border to the upper one of the next. */
  gap: number;
}

/** How far a way to the state itself reaches beyond its side, and how much is kept beside a way. */
const loop = 15;
const beside = 4;
const least = 8;

const middleOf = ({ x, w }: Box): number => x + w / 2;

/** Where ways meet the upper and the lower side of a state, spread from left to right as they come. */
class Ports {
  readonly #wanted = new Map<string, { key: string; from: number }[]>();

  add(state: string, side: 'top' | 'bottom', key: string, from: number): void {
    const all = this.#wanted.get(`${side} ${state}`) ?? [];
    if (!all.some((port) => port.key === key)) all.push({ key, from });
    this.#wanted.set(`${side} ${state}`, all);
  }

  at(box: Box, state: string, side: 'top' | 'bottom', key: string): number {
    const all = (this.#wanted.get(`${side} ${state}`) ?? []).toSorted((a, b) => a.from - b.from);
    const index = all.findIndex((port) => port.key === key);
    const step = all.length > 1 ? Math.min(16, (box.w - 2 * least) / (all.length - 1)) : 0;
    return middleOf(box) + (index - (all.length - 1) / 2) * step;
  }
}

interface Frame {
  box: Box;
  height: number;
  gap: number;
  /** The middle of every slot. */
  at: ReadonlyMap<Slot, number>;
  boxes: ReadonlyMap<string, Box>;
}

/** How wide each state is: as its name needs, or less where a layer has no room for that. */
function widthsOf(chart: Chart, layers: readonly Slot[][], width: number, pen: Pen, loops: ReadonlySet<string>) {
  const wanted = new Map(
    chart.states.map(({ name, timed, waiting }) => [
      name,
      Math.max(44, name.length * pen.letter + (timed && waiting ? pen.clock * pen.letter : 0) + 18),
    ]),
  );
  for (const layer of layers) {
    const names = layer.flatMap(({ state }) => state ?? []);
    const taken = layer.length - names.length;
    const kept =
      taken * 2 * beside + (layer.length - 1) * least + names.filter((name) => loops.has(name)).length * loop;
    const sum = names.reduce((all, name) => all + wanted.get(name)!, 0);
    const share = (width - kept) / sum;
    if (share < 1) for (const name of names) wanted.set(name, wanted.get(name)! * share);
  }
  return wanted;
}

/** A way that leaves one place and comes to another upright. */
function swung(x0: number, y0: number, x1: number, y1: number): Curve {
  const bend = (y1 - y0) * 0.55;
  return [x0, y0, x0, y0 + bend, x1, y1 - bend, x1, y1];
}

/** The way of a route: through the gaps between layers, and straight through the layers it passes. */
function curvesOf({ link, slots }: Route, ports: Ports, { box, height, gap, at, boxes }: Frame): Curve[] {
  const down = slots[0]!.layer < slots.at(-1)!.layer;
  const topOf = (layer: number): number => box.y + layer * (height + gap);
  const curves: Curve[] = [];
  const xOf = (slot: Slot, side: 'top' | 'bottom', other: Slot): number =>
    slot.state === null
      ? at.get(slot)!
      : ports.at(boxes.get(slot.state)!, slot.state, side, portKey(link, slot, other));
  for (let i = 1; i < slots.length; i++) {
    const [a, b] = [slots[i - 1]!, slots[i]!];
    const [leave, arrive] = down ? (['bottom', 'top'] as const) : (['top', 'bottom'] as const);
    const [ya, yb] = [topOf(a.layer) + (down ? height : 0), topOf(b.layer) + (down ? 0 : height)];
    curves.push(swung(xOf(a, leave, b), ya, xOf(b, arrive, a), yb));
    if (b.state === null) curves.push(line(at.get(b)!, yb, at.get(b)!, yb + (down ? height : -height)));
  }
  return curves;
}

/** Ways that come from one place to one state share a port; those that go there and back do not. */
const portKey = (link: Link, slot: Slot, other: Slot): string => `${other.id} ${slot.state === link.from}`;

/** Ways into a state from whatever state, one for all: from a ring above it. */
const stub = (box: Box, x: number, gap: number): Curve => line(x, box.y - Math.min(18, gap * 0.6), x, box.y);

function loopOf(box: Box): Curve {
  const [x, y] = [box.x + box.w, box.y + box.h / 2];
  return [x - 1, y - 6, x + loop, y - 13, x + loop, y + 13, x - 1, y + 6];
}

/** Lays a chart out within a box. */
export function mapOf(chart: Chart, box: Box, pen: Pen): ChartMap {
  const links = linksOf(chart);
  const loops = new Set(links.flatMap(({ from, to }) => (from === to ? to : [])));
  const longest = Math.max(...chart.states.map(({ name }) => name.length), 4) * pen.letter + 18;
  const { layers: unordered, routes } = layersOf(chart, links, Math.max(1, Math.floor((box.w + least) / longest)));
  const layers = ordered(unordered);
  // above the first layer, room to come from
  const above = pen.height * 0.5;
  const inner = { ...box, y: box.y + above, h: box.h - above };
  const height = Math.min(pen.height, inner.h / (layers.length * 1.7 - 0.7));
  const gap = layers.length > 1 ? Math.min(3 * pen.height, (inner.h - height) / (layers.length - 1) - height) : 0;
  const widths = widthsOf(chart, layers, box.w, pen, loops);
  const reach = ({ state }: Slot): Reach => {
    if (state === null) return { left: beside, right: beside };
    const half = widths.get(state)! / 2;
    return { left: half, right: half + (loops.has(state) ? loop : 0) };
  };
  const at = new Map([...placed(layers, { width: box.w, gap: least, reach })].map(([slot, x]) => [slot, x + box.x]));
  const boxes = new Map(
    layers.flat().flatMap((slot): [string, Box][] => {
      if (slot.state === null) return [];
      const w = widths.get(slot.state)!;
      return [[slot.state, { x: at.get(slot)! - w / 2, y: inner.y + slot.layer * (height + gap), w, h: height }]];
    }),
  );
  const ways = waysOf(links, routes, { box: inner, height, gap, at, boxes });
  const first = boxes.get(chart.initial);
  return {
    gap,
    states: chart.states.map((state) => ({ ...state, box: boxes.get(state.name)! })),
    links: ways,
    start: first ? line(middleOf(first), first.y - above + 4, middleOf(first), first.y) : null,
  };
}

function waysOf(links: readonly Link[], routes: readonly Route[], frame: Frame): MapLink[] {
  const { boxes, at, gap } = frame;
  const ports = new Ports();
  for (const { link, slots } of routes) {
    const down = slots[0]!.layer < slots.at(-1)!.layer;
    const [first, second, last, before] = [slots[0]!, slots[1]!, slots.at(-1)!, slots.at(-2)!];
    ports.add(first.state!, down ? 'bottom' : 'top', portKey(link, first, second), at.get(second)!);
    ports.add(last.state!, down ? 'top' : 'bottom', portKey(link, last, before), at.get(before)!);
  }
  for (const { from, to } of links) if (from === null) ports.add(to, 'top', 'anywhere', -Infinity);
  const ofLink = new Map(routes.map((route) => [route.link, route]));
  return links.map((link): MapLink => {
    const route = ofLink.get(link);
    if (route) return { link, curves: curvesOf(route, ports, frame) };
    const box = boxes.get(link.to)!;
    const curve = link.from === null ? stub(box, ports.at(box, link.to, 'top', 'anywhere'), gap) : loopOf(box);
    return { link, curves: [curve] };
  });
}

/** A map's way as an SVG path. */
export const wayPath = (curves: readonly Curve[]): string =>
  curves.map((c, index) => `${index === 0 ? `M${r(c[0])} ${r(c[1])}` : ''}C${c.slice(2).map(r).join(' ')}`).join('');

const r = (value: number): number => Math.round(value * 10) / 10;

/** Points along a way, close to each other. */
export function pointsOf(curves: readonly Curve[], each = 8): Point[] {
  return curves.flatMap((curve) => Array.from({ length: each + 1 }, (_, index) => pointAt(curve, index / each)));
}
