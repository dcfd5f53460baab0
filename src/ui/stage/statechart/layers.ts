/** Which states stand above which: every state in a layer of its own distance from the start, and what passes between. */
import type { Chart, Link } from './chart.ts';

/** A place in a layer: a state, or where a way passes between the states of that layer. */
export interface Slot {
  id: string;
  layer: number;
  /** Null where a way passes. */
  state: string | null;
  /** Places in the layer above and in the layer below that it is joined to. */
  up: Set<Slot>;
  down: Set<Slot>;
}

/** A way through the layers: its state, the places it passes, the other state. */
export interface Route {
  link: Link;
  slots: readonly Slot[];
}

export interface Layers {
  layers: Slot[][];
  routes: Route[];
}

/** Ways that lead back to where one has come from. */
function backWays(chart: Chart, ways: readonly Link[]): Set<Link> {
  const back = new Set<Link>();
  const seen = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    seen.set(name, 'open');
    for (const way of ways) {
      if (way.from !== name) continue;
      const other = seen.get(way.to);
      if (other === 'open') back.add(way);
      else if (other === undefined) visit(way.to);
    }
    seen.set(name, 'done');
  };
  for (const name of [chart.initial, ...chart.states.map((state) => state.name)]) if (!seen.has(name)) visit(name);
  return back;
}

/** How far each state is from the start, by the longest way that does not turn back. */
function depths(names: readonly string[], ways: readonly Link[]): Map<string, number> {
  const depth = new Map(names.map((name) => [name, 0]));
  // each round settles at least the states one deeper
  for (let round = 0; round < names.length; round++) {
    for (const { from, to } of ways) depth.set(to, Math.max(depth.get(to)!, depth.get(from!)! + 1));
  }
  return depth;
}

/** States that nothing leads to or from: in rows of about as many as there are rows, none longer than `most`. */
function rowsOf(names: readonly string[], most: number): string[][] {
  const columns = Math.max(1, Math.min(most, Math.ceil(Math.sqrt(names.length))));
  const rows: string[][] = [];
  for (let i = 0; i < names.length; i += columns) rows.push(names.slice(i, i + columns));
  return rows;
}

/** Lays the states of a chart into layers. `most`: how many fit beside each other. */
export function layersOf(chart: Chart, links: readonly Link[], most: number): Layers {
  const ways = links.filter(({ from, to }) => from !== null && from !== to);
  const joined = new Set(ways.flatMap(({ from, to }) => [from!, to]));
  const names = chart.states.map(({ name }) => name);
  const back = backWays(chart, ways);
  const forward = ways.map((way) => (back.has(way) ? { ...way, from: way.to, to: way.from! } : way));
  const depth = depths(
    names.filter((name) => joined.has(name)),
    forward,
  );
  const layers: Slot[][] = [];
  const slots = new Map<string, Slot>();
  const slotAt = (id: string, layer: number, state: string | null): Slot => {
    let slot = slots.get(id);
    if (!slot) {
      slots.set(id, (slot = { id, layer, state, up: new Set(), down: new Set() }));
      (layers[layer] ??= []).push(slot);
    }
    return slot;
  };
  for (const name of names) if (joined.has(name)) slotAt(name, depth.get(name)!, name);
  const loose = names.filter((name) => !joined.has(name));
  const first = layers.length;
  rowsOf(loose, most).forEach((row, index) => row.forEach((name) => slotAt(name, first + index, name)));
  const routes = ways.map((link): Route => ({ link, slots: routeOf(link, depth, slotAt) }));
  return { layers, routes };
}

/** The places a way passes: ways to the same state share them, so that they run into each other before they arrive. */
function routeOf(
  { from, to }: Link,
  depth: ReadonlyMap<string, number>,
  slotAt: (id: string, layer: number, state: string | null) => Slot,
): Slot[] {
  const [start, end] = [depth.get(from!)!, depth.get(to)!];
  const step = start < end ? 1 : -1;
  const route = [slotAt(from!, start, from)];
  for (let layer = start + step; layer !== end; layer += step) {
    route.push(slotAt(`${step > 0 ? 'v' : '^'}${layer} ${to}`, layer, null));
  }
  route.push(slotAt(to, end, to));
  for (let i = 1; i < route.length; i++) {
    const [upper, lower] = step > 0 ? [route[i - 1]!, route[i]!] : [route[i]!, route[i - 1]!];
    upper.down.add(lower);
    lower.up.add(upper);
  }
  return route;
}
