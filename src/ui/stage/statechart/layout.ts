/**
 * Where the states of a machine stand: layers by their distance from the first one, ended states last, and within a layer
 * an order that keeps lines short. Pure functions of the chart and the space there is; a layered drawing after Sugiyama,
 * Tagawa and Toda (1981), without more than a handful of states calls for.
 */
import { anyState, edgesOf, type Chart, type ChartEdge } from './read.ts';

export interface Placed {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly edge: ChartEdge;
  /** An SVG path from border to border. */
  readonly path: string;
  /** Where its words go. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly states: readonly Placed[];
  readonly lines: readonly Line[];
}

/** How large a state is, and how far apart they stand, in the units of the drawing. */
export interface Measures {
  readonly width: number;
  readonly height: number;
  readonly across: number;
  readonly down: number;
  /** So many states beside each other at most. */
  readonly columns: number;
}

export const measures: Readonly<Record<'small' | 'large' | 'narrow', Measures>> = {
  small: { width: 78, height: 24, across: 14, down: 20, columns: 3 },
  large: { width: 112, height: 36, across: 44, down: 50, columns: 4 },
  narrow: { width: 96, height: 34, across: 24, down: 44, columns: 3 },
};

const margin = 22;

/** The layers of the states: the first one, those it leads to, and so on; ended states after all others. */
export function layersOf(chart: Chart): string[][] {
  const edges = edgesOf(chart);
  const ended = new Set(chart.states.filter((state) => state.ended).map(({ name }) => name));
  const depth = new Map<string, number>([
    [anyState, 0],
    [chart.initial, 0],
  ]);
  for (const name of depth.keys()) {
    for (const { from, to } of edges) if (from === name && !depth.has(to)) depth.set(to, depth.get(name)! + 1);
  }
  const deepest = Math.max(0, ...[...depth].filter(([name]) => !ended.has(name)).map(([, at]) => at));
  const layers: string[][] = [];
  for (const { name } of chart.states) {
    const at = ended.has(name) && name !== chart.initial ? deepest + 1 : (depth.get(name) ?? deepest);
    (layers[at] ??= []).push(name);
  }
  return layers.filter((layer) => layer !== undefined);
}

/** Layers as rows of the drawing: no longer than there is room for, each in an order that keeps lines short. */
function rowsOf(chart: Chart, columns: number): string[][] {
  const edges = edgesOf(chart);
  const rows = joined(layersOf(chart), columns).flatMap((layer) => cut(layer, columns));
  for (let i = 1; i < rows.length; i++) {
    const before = rows.slice(0, i);
    const place = (name: string): number => {
      const from = edges.filter(({ to }) => to === name).map((edge) => edge.from);
      const places = before.flatMap((row) =>
        row.flatMap((other, x) => (from.includes(other) ? [x - row.length / 2] : [])),
      );
      return places.length === 0 ? 0 : places.reduce((sum, x) => sum + x, 0) / places.length;
    };
    const order = new Map(rows[i]!.map((name) => [name, place(name)]));
    rows[i] = [...rows[i]!].sort((a, b) => order.get(a)! - order.get(b)!);
  }
  return rows;
}

/** Layers of single states that follow each other share a row, so that a chain does not make a tower. */
function joined(layers: string[][], columns: number): string[][] {
  const rows: string[][] = [];
  let single = false;
  for (const layer of layers) {
    const last = rows.at(-1);
    if (last && single && layer.length === 1 && last.length < columns) last.push(layer[0]!);
    else rows.push([...layer]);
    single = layer.length === 1;
  }
  return rows;
}

const cut = (row: string[], columns: number): string[][] => {
  const parts = Math.ceil(row.length / columns);
  const length = Math.ceil(row.length / parts);
  return Array.from({ length: parts }, (_, i) => row.slice(i * length, (i + 1) * length));
};

/** The layout of a chart. The same chart and measures give the same layout. */
export function layoutOf(chart: Chart, size: Measures): ChartLayout {
  const rows = rowsOf(chart, size.columns);
  const widest = Math.max(1, ...rows.map((row) => row.length));
  const width = margin * 2 + widest * size.width + (widest - 1) * size.across;
  const height = margin * 2 + rows.length * size.height + Math.max(0, rows.length - 1) * size.down;
  const states = rows.flatMap((row, y) => {
    const length = row.length * size.width + (row.length - 1) * size.across;
    return row.map((name, x) => ({
      name,
      x: (width - length) / 2 + x * (size.width + size.across),
      y: margin + y * (size.height + size.down),
      width: size.width,
      height: size.height,
    }));
  });
  const lines = edgesOf(chart).map((edge) => lineOf(edge, states));
  return { width, height, states, lines };
}

function lineOf(edge: ChartEdge, states: readonly Placed[]): Line {
  const from = states.find(({ name }) => name === edge.from)!;
  const to = states.find(({ name }) => name === edge.to)!;
  if (from === to) return { edge, ...loop(from) };
  return { edge, ...(from.y === to.y ? beside(from, to, states) : between(from, to, states)) };
}

type Drawn = Pick<Line, 'path' | 'at'>;

/** Back to the state itself: an ear at its upper right corner. */
function loop({ x, y, width, height }: Placed): Drawn {
  const right = x + width;
  const path = `M${right - 16} ${y} C${right - 14} ${y - 14} ${right + 14} ${y - 8} ${right} ${y + height / 2 - 4}`;
  return { path, at: { x: right, y: y - 10 } };
}

const centre = ({ x, y, width, height }: Placed) => ({ x: x + width / 2, y: y + height / 2 });

/** Between states of one row: straight to the neighbour, in an arc over or under what is between. */
function beside(from: Placed, to: Placed, states: readonly Placed[]): Drawn {
  const right = to.x > from.x;
  const [low, high] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const crossed = states.some((other) => other.y === from.y && other.x > low && other.x < high);
  const side = right ? -1 : 1; // there above, and back below: the two never lie on each other
  if (!crossed) {
    const y = from.y + from.height / 2 + side * 5;
    const [start, end] = right ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
    return { path: `M${start} ${y} L${end} ${y}`, at: { x: (start + end) / 2, y: y + side * 8 } };
  }
  const edgeY = right ? from.y : from.y + from.height;
  const bend = edgeY + side * 26;
  const [a, b] = [centre(from).x + (right ? 10 : -10), centre(to).x + (right ? -10 : 10)];
  return {
    path: `M${a} ${edgeY} C${a} ${bend} ${b} ${bend} ${b} ${edgeY}`,
    at: { x: (a + b) / 2, y: bend + side * 2 },
  };
}

/** Between rows: from the border below to the border above, bent sideways where a state stands in the way. */
function between(from: Placed, to: Placed, states: readonly Placed[]): Drawn {
  const down = to.y > from.y;
  const shift = down ? 8 : -8;
  const a = { x: centre(from).x + shift, y: down ? from.y + from.height : from.y };
  const b = { x: centre(to).x + shift, y: down ? to.y : to.y + to.height };
  const straight = pathThrough(a, b, []);
  const inTheWay = states.filter((other) => other !== from && other !== to && meets(other, a, b));
  if (inTheWay.length === 0) return { path: straight, at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
  const via = inTheWay
    .sort((one, other) => (down ? one.y - other.y : other.y - one.y))
    .map((block) => passing(block, a, b, states));
  return { path: pathThrough(a, b, via), at: via[Math.floor(via.length / 2)]! };
}

type Point = { x: number; y: number };

/** Whether the straight line between two points comes near a state. */
function meets({ x, y, width, height }: Placed, a: Point, b: Point): boolean {
  const steps = 24;
  for (let i = 1; i < steps; i++) {
    const px = a.x + ((b.x - a.x) * i) / steps;
    const py = a.y + ((b.y - a.y) * i) / steps;
    if (px > x - 5 && px < x + width + 5 && py > y - 5 && py < y + height + 5) return true;
  }
  return false;
}

/** The gap beside a state through which a line passes its row: the nearer one. */
function passing(block: Placed, a: Point, b: Point, states: readonly Placed[]): Point {
  const y = block.y + block.height / 2;
  const wish = a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y);
  const row = states.filter((other) => other.y === block.y).sort((one, other) => one.x - other.x);
  const gaps = [
    row[0]!.x - 12,
    ...row.map((other, i) =>
      i + 1 < row.length ? (other.x + other.width + row[i + 1]!.x) / 2 : other.x + other.width + 12,
    ),
  ];
  return { x: gaps.reduce((best, gap) => (Math.abs(gap - wish) < Math.abs(best - wish) ? gap : best)), y };
}

/** A smooth path through points, upright at each of them. */
function pathThrough(a: Point, b: Point, via: readonly Point[]): string {
  const points = [a, ...via, b];
  const parts = points.slice(1).map((point, i) => {
    const before = points[i]!;
    const half = (point.y - before.y) / 2;
    return `C${round(before.x)} ${round(before.y + half)} ${round(point.x)} ${round(point.y - half)} ${round(point.x)} ${round(point.y)}`;
  });
  return `M${round(a.x)} ${round(a.y)} ${parts.join(' ')}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
