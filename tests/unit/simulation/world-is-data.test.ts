import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../../src/base/canonical.ts';
import { allParts } from '../../../src/simulation/all-parts.ts';
import {
  hashMoment,
  rulesOf,
  startMoment,
  stepInMemory,
  type Moment,
  type Rules,
} from '../../../src/simulation/running.ts';
import { scenarios } from '../../support/scenarios.ts';

/** Takes at most `steps` steps and returns the moments passed and the records written. */
function walk(rules: Rules, from: Moment, steps: number): { moments: Moment[]; records: string[] } {
  const moments = [from];
  const records: string[] = [];
  for (let i = 0; i < steps; i++) {
    const next = stepInMemory(rules, moments.at(-1)!);
    if (next === null) break;
    moments.push(next.moment);
    records.push(...next.records.map(canonical));
  }
  return { moments, records };
}

/** Everything a moment holds, as text: what must not change while others go on from it. */
const picture = ({ world, tables }: Moment): string =>
  JSON.stringify([
    world,
    Object.entries(tables.byName).map(([name, table]) => [
      name,
      [...table.rows.entries()],
      table.lastNumber,
      table.unpublished,
    ]),
  ]);

test('a world kept at any step goes on like the original, step by step, and neither touches the other', () => {
  fc.assert(
    fc.property(scenarios(), fc.nat(80), (scenario, steps) => {
      const rules = rulesOf(scenario, allParts);
      const kept = walk(rules, startMoment(rules, scenario.seed), steps).moments.at(-1)!;
      const before = picture(kept);
      const hash = hashMoment(kept);
      // the original first, to its end; then the copy, whose handlers in flight must be rebuilt from their results
      const original = walk(rules, kept, 400);
      expect(picture(kept)).toBe(before);
      const copy = walk(rules, kept, 400);
      expect(copy.records).toEqual(original.records);
      expect(copy.moments.map(hashMoment)).toEqual(original.moments.map(hashMoment));
      expect(hashMoment(kept)).toBe(hash);
      expect(picture(kept)).toBe(before);
    }),
    { numRuns: 300 },
  );
});

test('a world that went through JSON goes on the same: nothing of it lives outside the data', () => {
  fc.assert(
    fc.property(scenarios(8), fc.nat(60), (scenario, steps) => {
      const rules = rulesOf(scenario, allParts);
      const kept = walk(rules, startMoment(rules, scenario.seed), steps).moments.at(-1)!;
      const revived = { ...kept, world: JSON.parse(JSON.stringify(kept.world)) as Moment['world'] };
      expect(walk(rules, revived, 400).records).toEqual(walk(rules, kept, 400).records);
    }),
    { numRuns: 150 },
  );
});

test('different worlds have different hashes, and continuing one way does not reach the other', () => {
  fc.assert(
    fc.property(scenarios(), (scenario) => {
      const rules = rulesOf(scenario, allParts);
      const { moments } = walk(rules, startMoment(rules, scenario.seed), 300);
      expect(new Set(moments.map(hashMoment)).size).toBe(moments.length);
    }),
    { numRuns: 100 },
  );
});

test('the hash sees every part of the world', () => {
  const scenario = fc.sample(scenarios(12), { numRuns: 1, seed: 5 })[0]!;
  const rules = rulesOf(scenario, allParts);
  const { moments } = walk(rules, startMoment(rules, scenario.seed), 40);
  const moment = moments.at(-1)!;
  const { world } = moment;
  const base = hashMoment(moment);
  for (const key of Object.keys(world) as (keyof typeof world)[]) {
    const changed = {
      ...world,
      [key]:
        typeof world[key] === 'number'
          ? world[key] + 1
          : typeof world[key] === 'boolean'
            ? !world[key]
            : { planted: 1 },
    };
    expect(hashMoment({ ...moment, world: changed }), key).not.toBe(base);
  }
});
