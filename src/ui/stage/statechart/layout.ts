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

/** Between rows: from border to border, and through each row between them by the gap that is nearest. */
function between(from: Placed, to: Placed, states: readonly Placed[]): Drawn {
  const down = to.y > from.y;
  const shift = down ? 8 : -8;
  const a = { x: centre(from).x + shift, y: down ? from.y + from.height : from.y };
  const b = { x: centre(to).x + shift, y: down ? to.y : to.y + to.height };
  const [low, high] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  const rows = [...new Set(states.map(({ y }) => y))].filter((y) => y > low && y < high).sort((p, q) => p - q);
  const via = (down ? rows : rows.reverse()).flatMap((y) => passing(y, a, b, states, down));
  const middle = via[Math.floor(via.length / 2)] ?? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return { path: pathThrough(a, b, via), at: middle };
}

type Point = { x: number; y: number };

/** How a line passes the row at `top`: upright, in the gap nearest to the way it would take. */
function passing(top: number, a: Point, b: Point, states: readonly Placed[], down: boolean): Point[] {
  const row = states.filter(({ y }) => y === top).sort((one, other) => one.x - other.x);
  const { height } = row[0]!;
  const last = row.at(-1)!;
  const inner = row.slice(1).map((state, i) => (row[i]!.x + row[i]!.width + state.x) / 2);
  const gaps = [row[0]!.x - 12, ...inner, last.x + last.width + 12];
  const wish = a.x + ((b.x - a.x) * (top + height / 2 - a.y)) / (b.y - a.y);
  const x = gaps.reduce((best, gap) => (Math.abs(gap - wish) < Math.abs(best - wish) ? gap : best));
  const [first, second] = [
    { x, y: top - 1 },
    { x, y: top + height + 1 },
  ];
  return down ? [first, second] : [second, first];
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
