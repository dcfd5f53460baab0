import { describe, expect, test } from 'vitest';
import { partitionCount } from '../../../src/patterns/message-bus/log.ts';
import { processesOf } from '../../../src/simulation/flow.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { courseOf, layoutFor, pointAt, progressAt, type Box, type Layout } from '../../../src/ui/stage/geometry.ts';
import { partitions } from '../../../src/ui/stage/late/log-cells.ts';
import { neighbour, partsOf } from '../../../src/ui/stage/roving.ts';
import { combinations } from '../../support/combinations.ts';

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
  if (name.startsWith('partition:')) return 'bus';
  if (name.startsWith('consumer:')) return `subscriber:${name.slice('consumer:'.length).replace(/-2$/, '')}`;
  return null;
}

const { sensible } = combinations([
  'publish',
  'outbox',
  'relay',
  'relays',
  'claim',
  'afterPublish',
  'bus',
  'consumers',
  'cleanup',
]);
const all = new Map<Layout, Options>();
for (const options of sensible)
  for (const layout of [layoutFor(1000, 800, options), layoutFor(400, 600, options)]) all.set(layout, options);
const variants = [...all].map(([layout, options]) => ({ layout, options }));

const nameOf = (options: Options): string =>
  Object.entries(options)
    .filter(([name, value]) => defaultOptions[name as keyof Options] !== value)
    .map((entry) => entry.join('='))
    .join(' ');

/** Expects nothing to be found in any layout; what is, is told with its options. */
const check = (look: (layout: Layout, options: Options) => Iterable<string>) => {
  const found = variants.flatMap(({ layout, options }) =>
    [...look(layout, options)].map((what) => `${layout.name} ${nameOf(options)}: ${what}`),
  );
  expect(found).toEqual([]);
};

test('a wide stage and a narrow one have layouts of their own', () => {
  const nameFor = (width: number, height: number) => layoutFor(width, height, defaultOptions).name;
  expect([nameFor(1000, 800), nameFor(400, 600), nameFor(1000, 300)]).toEqual(['wide', 'narrow', 'narrow']);
});

test('options that change no place share a layout', () => {
  const other: Options = { ...defaultOptions, inbox: 'after', writes: 'optimistic', retention: 'short' };
  expect(layoutFor(1000, 800, other)).toBe(layoutFor(1000, 800, defaultOptions));
  expect(variants.length).toBeGreaterThan(200);
});

describe('in every variant', () => {
  test('everything stands on the stage', () =>
    check(function* ({ boxes, size }) {
      const board = { x: 0, y: 0, ...size };
      for (const [name, box] of Object.entries(boxes)) if (!within(box, board)) yield name;
    }));

  test('parts lie over each other only where one is inside the other', () =>
    check(function* ({ boxes }) {
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
    }));

  test('an edge starts and ends at the borders of its parts', () =>
    check(function* ({ edges, boxes }) {
      for (const { from, to, curve } of edges) {
        // the service takes commands in at its handler, and reads and writes there and at the aggregate
        const ends = (part: string) =>
          (part === 'service' ? ['handler', 'aggregate', 'service'] : [part]).map((name) => boxes[name]!);
        const near = (part: string, x: number, y: number) =>
          ends(part).some((box) => inside(box, x, y, 5) && fromBorder(box, x, y) <= 6);
        if (from !== 'user' && !near(from, curve[0], curve[1])) yield `${from}>${to} starts elsewhere`;
        if (!near(to, curve[6], curve[7])) yield `${from}>${to} ends elsewhere`;
      }
    }));

  test('a leader ends at the part it speaks of', () =>
    check(function* ({ leaders, boxes }) {
      for (const [part, points] of Object.entries(leaders)) {
        // of two consumers, at the panel that both are in
        const box = (part.startsWith('consumer:') && boxes[outerOf(part)!]) || boxes[part];
        const end = points.at(-1)!;
        if (box && !(inside(box, end.x, end.y, 1) && fromBorder(box, end.x, end.y) <= 1)) yield part;
      }
    }));

  test('callouts cover no part', () =>
    check(function* ({ callouts, boxes }) {
      for (const [name, box] of Object.entries(boxes)) if (callouts && !apart(callouts, box)) yield name;
    }));

  test('every process, and every part that keys can reach, has a place, and an edge', () =>
    check(function* ({ boxes, edges }, options) {
      for (const part of [...processesOf(options), ...partsOf(options)]) {
        if (!boxes[part]) yield part;
        if (part.startsWith('queue:')) continue;
        if (!edges.some(({ from, to }) => from === part || to === part)) yield `${part} stands alone`;
      }
    }));

  test('what flies, flies from its part to its part, both ways, with an edge or without', () =>
    check(function* (layout, options) {
      const { boxes } = layout;
      const ways = processesOf(options).flatMap((process) => [
        ['database', process],
        [process, 'database'],
        [process, 'bus'],
        ['bus', process],
      ]);
      for (const [from, to] of ways as [string, string][]) {
        const course = courseOf(layout, { from, to });
        const [start, end] = [pointAt(course, 0), pointAt(course, 1)];
        const near = (part: string, { x, y }: { x: number; y: number }) => inside(boxes[part]!, x, y, 5);
        if (!near(from, start) || !near(to, end)) yield `${from}>${to}`;
      }
    }));

  test('arrow keys reach every part, and lead back', () =>
    check(function* (_layout, options) {
      const reached = new Set(['service']);
      for (const part of reached)
        for (const key of ['ArrowRight', 'ArrowDown', 'ArrowUp']) reached.add(neighbour(part, key, options));
      for (const part of partsOf(options)) {
        if (!reached.has(part)) yield `${part} is not reached`;
        const back = [...Array(8).keys()].reduce((at) => neighbour(at, 'ArrowLeft', options), part);
        if (back !== 'service') yield `${part} leads back to ${back}`;
      }
    }));
});

/** A box that lies in a box which lies in the other. */
function isInside(a: string, b: string): boolean {
  const outer = (name: string): string[] => {
    const next = outerOf(name);
    return next === null ? [] : [next, ...outer(next)];
  };
  return outer(a).includes(b) || outer(b).includes(a);
}

test('the picture of a log has as many partitions as the log', () => expect(partitions).toHaveLength(partitionCount));

test('progress is a pure function of time, and never leaves the way', () => {
  const flight = { at: 100, until: 300 };
  expect([0, 100, 200, 300, 999].map((time) => progressAt(flight, time))).toEqual([0, 0, 0.5, 1, 1]);
  expect(progressAt({ at: 5, until: 5 }, 5)).toBe(1);
});

test('an edge is there in its pattern only, with the words of the pattern', () => {
  const edges = (more: Partial<Options>) =>
    layoutFor(1000, 800, { ...defaultOptions, ...more }).edges.flatMap(({ from, to, label }) =>
      from.startsWith('relay') || to.startsWith('relay') || from === 'service' ? [`${from}>${to} ${label?.text}`] : [],
    );
  expect(edges({})).toContain('relay>bus publish');
  expect(edges({ publish: 'afterCommit' })).toContain('service>bus publish');
  expect(edges({ publish: 'afterCommit' }).join()).not.toContain('relay');
  expect(edges({ afterPublish: 'delete' })).toContain('relay>database delete');
  expect(edges({ relays: 2, claim: 'row' })).toContain('database>relay claim');
  expect(edges({ relay: 'logTailing' })).toContain('database>relay readOn');
});

test('arrow keys go where one would think', () => {
  expect(neighbour('service', 'ArrowLeft', defaultOptions)).toBe('service');
  expect(neighbour('consumer:billing', 'ArrowLeft', defaultOptions)).toBe('queue:billing');
  expect(neighbour('service', 'x', defaultOptions)).toBe('service');
  const two: Options = { ...defaultOptions, relays: 2, consumers: 'competing', bus: 'log', cleanup: 'on' };
  expect(neighbour('relay', 'ArrowDown', two)).toBe('relay-2');
  expect(neighbour('relay-2', 'ArrowDown', two)).toBe('cleaner');
  expect(neighbour('bus', 'ArrowRight', two)).toBe('consumer:adServing');
  expect(neighbour('consumer:adServing', 'ArrowDown', two)).toBe('consumer:adServing-2');
});
