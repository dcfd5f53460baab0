import { describe, expect, test } from 'vitest';
import { partsOf } from '../../../src/simulation/flow.ts';
import { completed } from '../../../src/trace/defaults.ts';
import { conflictOf } from '../../../src/trace/option-rules.ts';
import { optionValues } from '../../../src/trace/option-values.ts';
import type { Flow, Options } from '../../../src/trace/scenario.ts';
import type { Layout } from '../../../src/ui/stage/geometry.ts';
import { layoutOf } from '../../../src/ui/stage/flows/layout.ts';
import { waysOf } from '../../../src/ui/stage/flows/ways.ts';
import { checks, type Laid } from './layouts.ts';

/** What decides where things stand. */
const names = [
  'saga',
  'boundary',
  'sending',
  'bus',
  'consumers',
  'publish',
  'outbox',
  'relay',
  'relays',
  'cleanup',
] as const satisfies readonly (keyof Options)[];

/** Every choice of these options that goes together in a flow with a saga or without an aggregate of its own. */
function* choices(
  flow: Flow,
  chosen: Partial<Options> = {},
  rest: readonly (keyof Options)[] = names,
): Iterable<Options> {
  const [name, ...others] = rest;
  if (name === undefined) {
    const options = completed(flow, chosen);
    if (conflictOf(options, flow) === null && (flow !== 'campaign' || options.saga !== 'none')) yield options;
    return;
  }
  for (const value of optionValues[name]) yield* choices(flow, { ...chosen, [name]: value }, others);
}

const seen = new Set<Layout>();
const laid = (['campaign', 'trip', 'budget'] as const).flatMap((flow) =>
  [...choices(flow)].flatMap((options) => {
    const parts = partsOf(options, flow);
    const name = [flow, ...names.map((each) => options[each])].join(' ');
    return (['wide', 'narrow'] as const).flatMap((size): Laid[] => {
      const layout = layoutOf(size, parts);
      if (seen.has(layout)) return [];
      seen.add(layout);
      const { processes, participants } = parts;
      return [{ layout, name, processes, participants, ways: waysOf(parts) }];
    });
  }),
);

describe('in every flow and variant', () => {
  test('there are many', () => expect(laid.length).toBeGreaterThan(300));

  test.each(Object.entries(checks))('%s', (_name, look) => {
    const found = new Map<string, string>();
    for (const one of laid)
      for (const what of look(one)) if (!found.has(what)) found.set(what, `${one.layout.name} ${one.name}: ${what}`);
    expect([...found.values()]).toEqual([]);
  });
});

test('the same parts share a layout', () => {
  const parts = (more: Partial<Options>) => partsOf(completed('trip', more), 'trip');
  expect(layoutOf('wide', parts({ tokens: 'off', tombstones: 'off' }))).toBe(layoutOf('wide', parts({})));
});
