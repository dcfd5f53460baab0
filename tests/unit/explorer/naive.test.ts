/** The explorer's search against one that anybody would write: the same steps, worlds kept whole, texts in a Map. */
import { expect, test } from 'vitest';
import { bits } from '../../../src/explorer/moves.ts';
import { OffersOfParts, offeringPlaces } from '../../../src/explorer/offers.ts';
import { Parts } from '../../../src/explorer/parts.ts';
import { partNames, places, width, type Situation } from '../../../src/explorer/situation.ts';
import { Space } from '../../../src/explorer/space.ts';
import { allParts } from '../../../src/simulation/all-parts.ts';
import { rulesOf } from '../../../src/simulation/running.ts';
import { settingOf } from '../../../src/simulation/simulate.ts';
import type { Options, Scenario } from '../../../src/trace/scenario.ts';
import { examinerOf } from '../../../src/verdicts/examiner.ts';
import { campaign, twoCommands } from '../../support/exploring.ts';

const kinds = [
  'abortTransaction',
  'crash service',
  'crash relay',
  'crash consumer',
  'refusePublish',
  'loseConfirmation',
];
const more = ['drop', 'redeliver', 'rebalance', 'expireLease'];

/** How many situations there are, and which promises break: by a queue of worlds and a Map of texts. */
function naively(options: Partial<Options>, failures: number) {
  const subscriptions = ['adServing', 'billing'];
  const scenario: Scenario = {
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    options,
    seed: 1,
    inputs: [],
  };
  const rules = rulesOf(scenario, allParts);
  const examiner = examinerOf(settingOf(scenario));
  const trying = { options: rules.options, subscriptions, kinds: [...kinds, ...more], commands: 2, failures };
  const commands = twoCommands.map((command) => ({ at: 0, kind: 'command' as const, ...command }));
  const space = new Space(rules, trying, examiner, commands);
  // every situation is cut anew, by itself: only the texts of its parts are used
  const textOf = (situation: Situation): string => {
    const tuple = new Int32Array(width);
    parts.number(situation, places, tuple);
    return tuple.join(' ');
  };
  const parts = new Parts(rules, () => true);
  const start = space.start();
  const seen = new Map<string, Situation>([[textOf(start), start]]);
  const queue = [start];
  const broken = new Set<string>();
  let transitions = 0;
  for (const situation of queue) {
    const { world, sent, struck } = situation;
    const tuple = new Int32Array(width);
    parts.number(situation, places, tuple);
    const offers = new OffersOfParts(parts, trying);
    const offered = offeringPlaces.map((place) => offers.of(place, tuple[place]!));
    const idle = world.agenda.every(
      ({ what }) =>
        !JSON.stringify(what).includes('"process":"service"') && !JSON.stringify(what).includes('"timer":"command"'),
    );
    const sends =
      sent < 2 &&
      idle &&
      world.waiting.length === 0 &&
      !world.agenda.some(({ what }) => 'fires' in what && what.fires['of'] === 'service');
    const next = sends ? [{ sends: true as const }] : offered.flatMap(({ items }) => items.map(({ action }) => action));
    if (next.length === 0) for (const id of space.brokenAtRest(situation)) broken.add(id);
    const failing =
      sends || bits(struck) >= failures
        ? []
        : offered.flatMap(({ failing: each }) =>
            each.filter(({ kind }) => (struck & kind) === 0).map(({ action }) => action),
          );
    for (const action of [...next, ...failing]) {
      // as a world that is found by its numbers has it
      const taken = space.take(parts.situation(tuple), action);
      if (taken === null) continue;
      transitions++;
      for (const id of taken.broken) broken.add(id);
      const text = textOf(taken.situation);
      if (seen.has(text)) continue;
      seen.set(text, taken.situation);
      queue.push(taken.situation);
    }
  }
  return { states: seen.size, transitions, broken: [...broken].sort(), parts: partNames.length };
}

test.each([
  [{ publish: 'insideAggregate' }, 1],
  [{ publish: 'afterCommit' }, 1],
  [{ publish: 'afterCommit', bus: 'log' }, 1],
  [{ publish: 'afterCommit', bus: 'pubsub' }, 2],
  [{}, 0],
  [{ outbox: 'document', bus: 'log' }, 0],
] as [Partial<Options>, number][])('%o, with %i failures: as many states, as many steps', (options, failures) => {
  const { states, transitions, broken } = naively(options, failures);
  const report = campaign(options, failures, { manner: { apart: false, halves: false, memo: true } });
  expect({ states: report.states, transitions: report.transitions }).toEqual({ states, transitions });
  const names = Object.entries(report.verdicts).flatMap(([id, { status }]) => (status === 'broken' ? [id] : []));
  expect(names.sort()).toEqual(broken);
  expect(states).toBeGreaterThan(50);
});
