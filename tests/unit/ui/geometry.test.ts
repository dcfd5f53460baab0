import { describe, expect, test } from 'vitest';
import { courseOf, layoutFor, pointAt, present, progressAt, type Box } from '../../../src/ui/stage/geometry.ts';
import { neighbour, partsOf } from '../../../src/ui/stage/roving.ts';

const layouts = [layoutFor(1000, 800), layoutFor(400, 600)];
const inside = (box: Box, x: number, y: number, by: number) =>
  x >= box.x - by && x <= box.x + box.w + by && y >= box.y - by && y <= box.y + box.h + by;

test('a wide stage and a narrow one have layouts of their own', () => {
  expect(layouts.map(({ name }) => name)).toEqual(['wide', 'narrow']);
  expect(layoutFor(1000, 300).name).toBe('narrow');
});

describe.each(layouts)('the $name layout', (layout) => {
  const { boxes, size, edges } = layout;

  test('everything stands on the stage', () => {
    for (const [name, box] of Object.entries(boxes)) {
      expect(box.x >= 0 && box.y >= 0 && box.x + box.w <= size.w && box.y + box.h <= size.h, name).toBe(true);
    }
  });

  test('parts lie over each other only where one is inside the other', () => {
    const within: Record<string, string> = { handler: 'service', aggregate: 'service', database: 'service' };
    const names = Object.keys(boxes);
    for (const a of names) {
      for (const b of names) {
        if (a >= b || within[a] === b || within[b] === a) continue;
        if ((a === 'bus' && b.startsWith('queue:')) || (b === 'bus' && a.startsWith('queue:'))) continue;
        const [p, q] = [boxes[a]!, boxes[b]!];
        const apart = p.x + p.w <= q.x || q.x + q.w <= p.x || p.y + p.h <= q.y || q.y + q.h <= p.y;
        expect(apart, `${a} and ${b}`).toBe(true);
      }
    }
  });

  test('an edge starts and ends at its parts', () => {
    for (const { from, to, curve } of edges) {
      if (from !== 'user') expect(inside(boxes[from]!, curve[0], curve[1], 5), `${from}>${to}`).toBe(true);
      expect(inside(boxes[to]!, curve[6], curve[7], 5), `${from}>${to}`).toBe(true);
    }
  });

  test('what flies, flies from its part to its part, both ways, with an edge or without', () => {
    for (const [from, to] of [
      ['relay', 'bus'],
      ['bus', 'relay'],
      ['consumer:billing', 'database'],
    ] as const) {
      const course = courseOf(layout, { from, to });
      const [start, end] = [pointAt(course, 0), pointAt(course, 1)];
      expect(inside(boxes[from]!, start.x, start.y, 5)).toBe(true);
      expect(inside(boxes[to]!, end.x, end.y, 5)).toBe(true);
    }
  });
});

test('progress is a pure function of time, and never leaves the way', () => {
  const flight = { at: 100, until: 300 };
  expect([0, 100, 200, 300, 999].map((time) => progressAt(flight, time))).toEqual([0, 0, 0.5, 1, 1]);
  expect(progressAt({ at: 5, until: 5 }, 5)).toBe(1);
});

test('an edge is there in its pattern only', () => {
  const relayed = layouts[0]!.edges.find(({ from, to }) => from === 'relay' && to === 'bus')!;
  expect([present(relayed, true), present(relayed, false)]).toEqual([true, false]);
});

test('arrow keys reach every part of every pattern, and lead back', () => {
  for (const publish of ['outbox', 'afterCommit', 'insideAggregate'] as const) {
    const reached = new Set(['service']);
    for (const part of reached)
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowUp']) reached.add(neighbour(part, key, publish));
    expect([...reached].sort()).toEqual(partsOf(publish).sort());
    expect(neighbour('service', 'ArrowLeft', publish)).toBe('service');
    expect(neighbour('consumer:billing', 'ArrowLeft', publish)).toBe('queue:billing');
    expect(neighbour('service', 'x', publish)).toBe('service');
  }
});
