import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draw, nextChance } from '../../../src/kernel/chance.ts';
import { insertItem, type Item } from '../../../src/kernel/world.ts';
import { allParts } from '../../../src/simulation/all-parts.ts';
import { rulesOf, startMoment, stepInMemory } from '../../../src/simulation/running.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { scenarios } from '../../support/scenarios.ts';

function recordsOf(scenario: Scenario): TraceRecord[] {
  const rules = rulesOf(scenario, allParts);
  const records: TraceRecord[] = [];
  let next = stepInMemory(rules, startMoment(rules, scenario.seed));
  for (; next; next = stepInMemory(rules, next.moment)) records.push(...next.records);
  return records;
}

test('records are numbered without gaps, time never goes back, and each cause comes before its effect', () => {
  fc.assert(
    fc.property(scenarios(), (scenario) => {
      let before = -1;
      recordsOf(scenario).forEach((record, i) => {
        expect(record.seq).toBe(i);
        expect(Number.isSafeInteger(record.at)).toBe(true);
        expect(record.at).toBeGreaterThanOrEqual(before);
        before = record.at;
        if (record.cause !== undefined) expect(record.cause).toBeLessThan(i);
      });
    }),
  );
});

test('an input added at the time of the last step changes nothing before it', () => {
  fc.assert(
    fc.property(scenarios(8), fc.nat(60), (scenario, cut) => {
      // play some steps, as the page does, and only then give an input at the time reached
      const rules = rulesOf(scenario, allParts);
      let moment = startMoment(rules, scenario.seed);
      const seen: TraceRecord[] = [];
      for (let i = 0; i < cut; i++) {
        const next = stepInMemory(rules, moment);
        if (!next) break;
        moment = next.moment;
        seen.push(...next.records);
      }
      const { now, inputsTaken, choicesTaken } = moment.world;
      const { choices, ...rest } = scenario;
      const branched: Scenario = {
        ...rest,
        ...(choices && { choices: choices.slice(0, choicesTaken) }),
        inputs: [...scenario.inputs.slice(0, inputsTaken), { at: now, kind: 'command', name: 'ActivateCampaign' }],
      };
      const replayed = recordsOf(branched);
      expect(replayed.slice(0, seen.length)).toEqual(seen);
      expect(replayed[seen.length]).toMatchObject({ kind: 'command.sent', at: now });
    }),
    { numRuns: 200 },
  );
});

test('the agenda stays in order of due time, ties in order of arrival', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      let agenda: readonly Item[] = [];
      times.forEach(
        (due, order) =>
          (agenda = insertItem(agenda, { due, order, cause: undefined, what: { fires: { timer: 'x' } } })),
      );
      const sorted = times.map((due, order) => ({ due, order })).sort((a, b) => a.due - b.due || a.order - b.order);
      expect(agenda.map(({ due, order }) => ({ due, order }))).toEqual(sorted);
    }),
  );
});

test('chance is integers, the same in every engine, and every value comes up', () => {
  let state = 42;
  const drawn: number[] = [];
  for (let i = 0; i < 2000; i++) drawn.push(draw((state = nextChance(state)), 7));
  expect(drawn.slice(0, 12)).toEqual([3, 2, 0, 4, 6, 1, 2, 0, 6, 4, 0, 4]);
  for (let value = 0; value < 7; value++) expect(drawn.filter((one) => one === value).length).toBeGreaterThan(200);
});

test('scheduling choices replace the seed: every order of two independent handlers can be asked for', () => {
  const base: Scenario = {
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    seed: 1,
    options: { publish: 'afterCommit' },
    inputs: [
      { at: 0, kind: 'command', name: 'ActivateCampaign', payload: { id: '1' } },
      { at: 0, kind: 'command', name: 'ActivateCampaign', payload: { id: '2' } },
    ],
  };
  const publishedIn = (choices: number[]): string[] =>
    recordsOf({ ...base, choices }).flatMap((record) =>
      record.kind === 'service.published' ? [record.aggregateId] : [],
    );
  const orders = new Set(
    Array.from({ length: 64 }, (_, bits) => publishedIn([...bits.toString(2).padStart(6, '0')].map(Number)).join()),
  );
  expect(orders).toEqual(new Set(['1,2', '2,1']));
});
