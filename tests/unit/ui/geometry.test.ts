import { describe, expect, test } from 'vitest';
import { partitionCount } from '../../../src/patterns/message-bus/log.ts';
import { processesOf } from '../../../src/simulation/flow.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { layoutFor, progressAt, type Layout } from '../../../src/ui/stage/geometry.ts';
import { partitions } from '../../../src/ui/stage/late/log-cells.ts';
import { neighbour, waysOf } from '../../../src/ui/stage/roving.ts';
import { combinations } from '../../support/combinations.ts';
import { checks, type Laid } from './layouts.ts';

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

const laid = variants.map(({ layout, options }): Laid => ({
  layout,
  name: nameOf(options),
  processes: processesOf(options),
  participants: [],
  ways: waysOf(options),
}));

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
  test.each(Object.entries(checks))('%s', (_name, look) =>
    expect(laid.flatMap((one) => [...look(one)].map((what) => `${one.layout.name} ${one.name}: ${what}`))).toEqual([]),
  );
});

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
  expect(neighbour('service', 'ArrowLeft', waysOf(defaultOptions))).toBe('service');
  expect(neighbour('consumer:billing', 'ArrowLeft', waysOf(defaultOptions))).toBe('queue:billing');
  expect(neighbour('service', 'x', waysOf(defaultOptions))).toBe('service');
  const two: Options = { ...defaultOptions, relays: 2, consumers: 'competing', bus: 'log', cleanup: 'on' };
  expect(neighbour('relay', 'ArrowDown', waysOf(two))).toBe('relay-2');
  expect(neighbour('relay-2', 'ArrowDown', waysOf(two))).toBe('cleaner');
  expect(neighbour('bus', 'ArrowRight', waysOf(two))).toBe('consumer:adServing');
  expect(neighbour('consumer:adServing', 'ArrowDown', waysOf(two))).toBe('consumer:adServing-2');
});
