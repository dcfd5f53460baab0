/** The statechart as it is laid out: every machine there is, under every setting that changes it, in small and large boxes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { machinesOf } from '../../../src/simulation/saga/settings.ts';
import { completed } from '../../../src/trace/defaults.ts';
import { withOption } from '../../../src/trace/option-rules.ts';
import { optionValues } from '../../../src/trace/option-values.ts';
import type { Flow, Options, Payload } from '../../../src/trace/scenario.ts';
import type { Box } from '../../../src/ui/stage/geometry.ts';
import { chartOf, linksOf } from '../../../src/ui/stage/statechart/chart.ts';
import { mapOf, pointsOf, type ChartMap } from '../../../src/ui/stage/statechart/map.ts';

const pens = [
  [
    { x: 606, y: 80, w: 264, h: 210 },
    { letter: 6.6, height: 26, clock: 6 },
  ],
  [
    { x: 12, y: 40, w: 350, h: 150 },
    { letter: 5.4, height: 20, clock: 6 },
  ],
  [
    { x: 12, y: 40, w: 180, h: 180 },
    { letter: 5.4, height: 20, clock: 6 },
  ],
  [
    { x: 0, y: 0, w: 290, h: 420 },
    { letter: 6.6, height: 28, clock: 6 },
  ],
  [
    { x: 0, y: 0, w: 720, h: 560 },
    { letter: 6.6, height: 28, clock: 6 },
  ],
] as const;

const changing = ['saga', 'notFound', 'deadlines', 'tokens', 'compensation', 'lateSuccess', 'contradiction'] as const;

/** Every machine that runs somewhere, each once. */
function machines(): Map<string, Payload> {
  const found = new Map<string, Payload>();
  const add = (flow: Flow, options: Options) => {
    for (const { config } of machinesOf(flow, options)) found.set(JSON.stringify(config), config);
  };
  for (const flow of ['campaign', 'trip', 'budget'] as const) {
    let sets = [withOption(completed(flow), 'saga', 'guarded', flow)];
    for (const name of changing)
      sets = sets.flatMap((set) => optionValues[name].map((value) => withOption(set, name, value as never, flow)));
    for (const set of sets) add(flow, set);
  }
  return found;
}

const all = [...machines().values()];
const apart = (p: Box, q: Box, by = 0) =>
  p.x + p.w + by <= q.x || q.x + q.w + by <= p.x || p.y + p.h + by <= q.y || q.y + q.h + by <= p.y;
const holds = (box: Box, { x, y }: { x: number; y: number }, by: number) =>
  x > box.x + by && x < box.x + box.w - by && y > box.y + by && y < box.y + box.h - by;

/** What is wrong with a map: nothing, one hopes. */
function faults(map: ChartMap, box: Box): string[] {
  const wrong: string[] = [];
  for (const [index, a] of map.states.entries()) {
    if (a.box.x < box.x - 0.1 || a.box.x + a.box.w > box.x + box.w + 0.1) wrong.push(`${a.name} sticks out`);
    if (a.box.y < box.y - 0.1 || a.box.y + a.box.h > box.y + box.h + 0.1) wrong.push(`${a.name} sticks out below`);
    for (const b of map.states.slice(index + 1)) if (!apart(a.box, b.box, 3)) wrong.push(`${a.name} over ${b.name}`);
  }
  for (const { link, curves } of map.links) {
    for (const point of pointsOf(curves)) {
      for (const { name, box: over } of map.states) {
        if (holds(over, point, 2)) wrong.push(`${link.from}>${link.to} crosses ${name}`);
      }
      if (point.x < box.x - 0.1 || point.x > box.x + box.w + 0.1) wrong.push(`${link.from}>${link.to} leaves the box`);
    }
  }
  return [...new Set(wrong)];
}

test('there are machines to be drawn', () => {
  expect(all.length).toBeGreaterThan(20);
  const sizes = all.map((config) => chartOf(config).states.length);
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([4, 9]);
});

describe.each(pens)('in a box %o', (box, pen) => {
  test('no state lies over another or outside, and no way crosses a state', () => {
    const wrong = all.flatMap((config) => {
      const found = faults(mapOf(chartOf(config), box, pen), box);
      return found.length > 0 ? [`${JSON.stringify(config).slice(0, 60)}… ${found.join('; ')}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test('every way starts at its state and ends at its state', () => {
    for (const config of all) {
      const map = mapOf(chartOf(config), box, pen);
      const of = (name: string) => map.states.find((state) => state.name === name)!.box;
      const at = (over: Box, x: number, y: number) =>
        !apart({ x: x - 1, y: y - 1, w: 2, h: 2 }, over) && !holds(over, { x, y }, 1.5);
      for (const { link, curves } of map.links) {
        const [first, last] = [curves[0]!, curves.at(-1)!];
        expect(at(of(link.to), last[6], last[7])).toBe(true);
        if (link.from !== null) expect(at(of(link.from), first[0], first[1])).toBe(true);
        // without a jump
        for (let i = 1; i < curves.length; i++) expect(curves[i]!.slice(0, 2)).toEqual(curves[i - 1]!.slice(6));
      }
    }
  });

  test('the same machine is drawn the same', () => {
    for (const config of all) {
      const again = JSON.parse(JSON.stringify(config)) as Payload;
      expect(mapOf(chartOf(again), box, pen)).toEqual(mapOf(chartOf(config), box, pen));
    }
  });
});

test('any machine of up to twelve states is drawn without overlaps', () => {
  const machine = fc
    .record({
      states: fc.integer({ min: 1, max: 12 }),
      ways: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 26 }),
      anywhere: fc.array(fc.nat(11), { maxLength: 3 }),
    })
    .map(({ states, ways, anywhere }) => {
      const name = (index: number) => `State${index % states}`;
      const on = (targets: number[]) =>
        Object.fromEntries(targets.map((target, index) => [`Event${index}`, [{ target: name(target) }]]));
      const own = Array.from({ length: states }, (_, index) => [
        name(index),
        { on: on(ways.filter(([from]) => from % states === index).map(([, to]) => to)) },
      ]);
      return { id: 'any', initial: 'State0', on: on(anywhere), states: Object.fromEntries(own) as Payload };
    });
  fc.assert(
    fc.property(machine, fc.constantFrom(...pens.slice(3)), (config, [box, pen]) => {
      expect(faults(mapOf(chartOf(config), box, pen), box)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a change of the machine changes the drawing', () => {
  const drawn = (change: Partial<Options>) => {
    const [machine] = machinesOf('campaign', { ...completed('campaign'), saga: 'guarded', ...change });
    return linksOf(chartOf(machine!.config)).map(({ from, to }) => `${from}>${to}`);
  };
  expect(drawn({})).toContain('Awaiting>TimedOut');
  expect(drawn({ deadlines: 'off' })).not.toContain('Awaiting>TimedOut');
  expect(drawn({ lateSuccess: 'accept' })).toContain('TimedOut>Confirmed');
  expect(drawn({ saga: 'eventSourced' })).toEqual(['null>Awaiting', 'null>Confirmed', 'null>Rejected']);
});
