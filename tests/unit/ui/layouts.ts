/** What must hold of every layout of the stage, whatever flow and variant it is for. Each check tells what it finds. */
import { courseOf, pointAt, type Box, type Layout } from '../../../src/ui/stage/geometry.ts';
import { neighbour, partsOf, type Way } from '../../../src/ui/stage/roving.ts';

/** A layout with what it is for. */
export interface Laid {
  layout: Layout;
  name: string;
  processes: readonly string[];
  participants: readonly string[];
  ways: readonly Way[];
}

const inside = (box: Box, x: number, y: number, by: number) =>
  x >= box.x - by && x <= box.x + box.w + by && y >= box.y - by && y <= box.y + box.h + by;
const within = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.w <= outer.x + outer.w &&
  inner.y + inner.h <= outer.y + outer.h;
const apart = (p: Box, q: Box) => p.x + p.w <= q.x || q.x + q.w <= p.x || p.y + p.h <= q.y || q.y + q.h <= p.y;
/** How far a point is from the border of a box. */
function fromBorder(box: Box, x: number, y: number): number {
  const across = Math.min(Math.abs(x - box.x), Math.abs(x - box.x - box.w));
  const down = Math.min(Math.abs(y - box.y), Math.abs(y - box.y - box.h));
  return Math.min(across, down);
}

/** Which boxes lie in another. Of a subscriber with two consumers, the panel is theirs. */
function outerOf(name: string): string | null {
  if (['handler', 'aggregate', 'database'].includes(name)) return 'service';
  if (['aggregates', 'rows'].includes(name)) return 'database';
  if (name.startsWith('partition:')) return 'bus';
  if (name.startsWith('consumer:')) return `subscriber:${name.slice('consumer:'.length).replace(/-2$/, '')}`;
  return null;
}

/** A box that lies in a box which lies in the other. */
function isInside(a: string, b: string): boolean {
  const outer = (name: string): string[] => {
    const next = outerOf(name);
    return next === null ? [] : [next, ...outer(next)];
  };
  return outer(a).includes(b) || outer(b).includes(a);
}

/** A consumer of two: the panel that both are in. */
const panelOf = (part: string, boxes: Layout['boxes']): Box | undefined =>
  (part.startsWith('consumer:') && boxes[outerOf(part)!]) || boxes[part];

type Check = (laid: Laid) => Iterable<string>;

export const checks: Readonly<Record<string, Check>> = {
  *'everything stands on the stage'({ layout: { boxes, size } }) {
    const board = { x: 0, y: 0, ...size };
    for (const [name, box] of Object.entries(boxes)) if (!within(box, board)) yield name;
  },

  *'parts lie over each other only where one is inside the other'({ layout: { boxes } }) {
    const names = Object.keys(boxes);
    for (const a of names) {
      for (const b of names) {
        if (a >= b) continue;
        const [inner, outer] = outerOf(a) === b ? [a, b] : outerOf(b) === a ? [b, a] : [null, null];
        const lane = [a, b].includes('bus') && [a, b].some((name) => name.startsWith('queue:'));
        if (
          inner && outer
            ? !within(boxes[inner]!, boxes[outer]!)
            : !lane && !isInside(a, b) && !apart(boxes[a]!, boxes[b]!)
        )
          yield `${a} and ${b}`;
      }
    }
  },

  *'an edge starts and ends at the borders of its parts'({ layout: { edges, boxes } }) {
    for (const { from, to, curve } of edges) {
      // the service takes commands in at its handler, and reads and writes there and at the aggregate
      const ends = (part: string) =>
        part === 'service'
          ? ['handler', 'aggregate', 'service'].flatMap((name) => boxes[name] ?? [])
          : [panelOf(part, boxes), boxes[part]].filter((box) => box !== undefined);
      const near = (part: string, x: number, y: number) =>
        ends(part).some((box) => inside(box, x, y, 5) && fromBorder(box, x, y) <= 6);
      if (from !== 'user' && !near(from, curve[0], curve[1])) yield `${from}>${to} starts elsewhere`;
      if (!near(to, curve[6], curve[7])) yield `${from}>${to} ends elsewhere`;
    }
  },

  *'a leader ends at the part it speaks of'({ layout: { leaders, boxes } }) {
    for (const [part, points] of Object.entries(leaders)) {
      const box = panelOf(part, boxes);
      const end = points.at(-1)!;
      if (box && !(inside(box, end.x, end.y, 1) && fromBorder(box, end.x, end.y) <= 1)) yield part;
    }
  },

  *'callouts cover no part'({ layout: { callouts, boxes } }) {
    for (const [name, box] of Object.entries(boxes)) if (callouts && !apart(callouts, box)) yield name;
  },

  *'every process, and every part that keys can reach, has a place, and an edge'({ layout, processes, ways }) {
    const { boxes, edges } = layout;
    for (const part of [...processes, ...partsOf(ways)]) {
      if (!boxes[part]) yield part;
      if (part.startsWith('queue:')) continue;
      if (!edges.some(({ from, to }) => from === part || to === part)) yield `${part} stands alone`;
    }
  },

  *'what flies, flies from its part to its part, both ways, with an edge or without'({
    layout,
    processes,
    participants,
  }) {
    const { boxes } = layout;
    const ways = [
      ...processes.flatMap((process) => [
        ['database', process],
        [process, 'database'],
        [process, 'bus'],
        ['bus', process],
      ]),
      ...participants.flatMap((name) => [[name, 'bus'], ...processes.map((process) => [process, name])]),
    ];
    for (const [from, to] of ways as [string, string][]) {
      const course = courseOf(layout, { from, to });
      const [start, end] = [pointAt(course, 0), pointAt(course, 1)];
      const near = (part: string, { x, y }: { x: number; y: number }) =>
        inside(boxes[part]!, x, y, 5) || inside(panelOf(part, boxes)!, x, y, 5);
      if (!near(from, start) || !near(to, end)) yield `${from}>${to}`;
    }
  },

  *'arrow keys reach every part, and lead back'({ ways }) {
    const reached = new Set(['service']);
    for (const part of reached)
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowUp']) reached.add(neighbour(part, key, ways));
    for (const part of partsOf(ways)) {
      if (!reached.has(part)) yield `${part} is not reached`;
      const back = [...Array(12).keys()].reduce((at) => neighbour(at, 'ArrowLeft', ways), part);
      if (back !== 'service') yield `${part} leads back to ${back}`;
    }
  },
};
