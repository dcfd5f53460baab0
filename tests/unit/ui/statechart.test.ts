import { describe, expect, test } from 'vitest';
import { definitionOf } from '../../../src/patterns/saga-definitions.ts';
import { settingsOf } from '../../../src/simulation/saga/settings.ts';
import { completed } from '../../../src/trace/defaults.ts';
import type { Flow, Options } from '../../../src/trace/scenario.ts';
import { layersOf, layoutOf, measures, type Placed } from '../../../src/ui/stage/statechart/layout.ts';
import { anyState, chartOf, edgesOf } from '../../../src/ui/stage/statechart/read.ts';

const machines: [string, Flow, Partial<Options>][] = [
  ['campaignPublishing', 'campaign', { saga: 'guarded' }],
  ['campaignPublishing', 'campaign', { saga: 'eventSourced' }],
  ['campaignPublishing', 'campaign', { saga: 'guarded', deadlines: 'off', lateSuccess: 'accept' }],
  ['tripBooking', 'trip', {}],
  ['tripBooking', 'trip', { saga: 'eventSourced' }],
  ['tripBooking', 'trip', { compensation: 'off' }],
  ['budgetKeeping', 'budget', {}],
];

const configOf = ([id, flow, options]: (typeof machines)[number]) =>
  definitionOf(id).config(settingsOf(completed(flow, options)));

const overlap = (a: Placed, b: Placed): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.each(machines)('%s of the %s flow with %o', (...machine) => {
  const config = configOf(machine);
  const chart = chartOf(config);

  test('every state of the JSON is drawn, once, and none lies on another', () => {
    const names = Object.keys(config['states'] as object);
    for (const size of Object.values(measures)) {
      const { states, width, height } = layoutOf(chart, size);
      expect(
        states
          .map(({ name }) => name)
          .filter((name) => name !== anyState)
          .sort(),
      ).toEqual(names.sort());
      for (const [i, a] of states.entries()) {
        expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
        for (const b of states.slice(i + 1)) expect([a.name, b.name, overlap(a, b)]).toEqual([a.name, b.name, false]);
      }
    }
  });

  test('every transition that leads somewhere has its line, with its event', () => {
    const edges = edgesOf(chart);
    for (const { from, to, type, stays } of chart.transitions) {
      if (from === null && stays) continue;
      expect(edges).toContainEqual({ from: from ?? anyState, to, types: expect.arrayContaining([type]) as string[] });
    }
    const drawn = layoutOf(chart, measures.large).lines.map(({ edge }) => edge);
    expect(drawn).toEqual(edges);
  });

  test('a line runs through no state but its own two', () => {
    for (const size of Object.values(measures)) {
      const { lines, states } = layoutOf(chart, size);
      for (const { edge, path } of lines) {
        const others = states.filter(({ name }) => name !== edge.from && name !== edge.to);
        for (const { x, y } of pointsOn(path)) {
          const hit = others.find((s) => x > s.x && x < s.x + s.width && y > s.y && y < s.y + s.height);
          expect([edge.from, edge.to, hit?.name]).toEqual([edge.from, edge.to, undefined]);
        }
      }
    }
  });

  test('the same JSON gives the same drawing, and another one another', () => {
    const copy = JSON.parse(JSON.stringify(config)) as typeof config;
    expect(layoutOf(chartOf(copy), measures.small)).toEqual(layoutOf(chart, measures.small));
    const [first] = Object.keys(config['states'] as object);
    const states = { ...(copy['states'] as object), Added: { on: { Something: [{ target: first }] } } };
    const more = chartOf({ ...copy, states });
    expect(more.states).toHaveLength(chart.states.length + 1);
    expect(edgesOf(more)).toContainEqual({ from: 'Added', to: first, types: ['Something'] });
  });

  test('ended states come last', () => {
    const layers = layersOf(chart);
    const ended = chart.states.filter((state) => state.ended).map(({ name }) => name);
    expect(ended.length).toBeGreaterThan(0);
    for (const name of ended) expect(layers.at(-1)).toContain(name);
  });
});

test('what is no machine has no states, and does no harm', () => {
  for (const config of [
    {},
    { states: 3 },
    { states: { A: null }, initial: 7 },
    { states: { A: { on: 'x', tags: 4 } } },
  ]) {
    const chart = chartOf(config);
    expect(layoutOf(chart, measures.large).states.length).toBe(chart.states.length);
  }
});

/** Points along a path of lines and cubic curves. */
function pointsOn(path: string): { x: number; y: number }[] {
  const numbers = [...path.matchAll(/([MLC])([^MLC]*)/g)].map(([, kind, rest]) => ({
    kind,
    at: rest!
      .trim()
      .split(/[\s,]+/)
      .map(Number),
  }));
  let [px, py] = numbers[0]!.at as [number, number];
  return numbers.slice(1).flatMap(({ kind, at }) => {
    const [ax, ay, bx, by, cx, cy] = (kind === 'L' ? [px, py, at[0], at[1], at[0], at[1]] : at) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const points = Array.from({ length: 21 }, (_, i) => {
      const t = i / 20;
      const u = 1 - t;
      const mix = (p: number, a: number, b: number, c: number) =>
        u * u * u * p + 3 * u * u * t * a + 3 * u * t * t * b + t * t * t * c;
      return { x: mix(px, ax, bx, cx), y: mix(py, ay, by, cy) };
    });
    [px, py] = [cx, cy];
    return points;
  });
}
