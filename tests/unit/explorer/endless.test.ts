/** A run that never comes to rest is found, and once round is told. Where every run does, none is. */
import { expect, test } from 'vitest';
import { Refusal } from '../../../src/base/refusal.ts';
import { startMoment, stepInMemory, type Rules } from '../../../src/simulation/running.ts';
import { fetchUnpublished, finish, publish, type Handler } from '../../../src/messaging/effects.ts';
import { refOf } from '../../../src/patterns/relay.ts';
import type { ExploreReport } from '../../../src/trace/exploration.ts';
import { campaign } from '../../support/exploring.ts';

/** Gives up wherever two rows wait, and then never gets rid of either. */
function* onlyOneAtATime(): Handler {
  const rows = yield* fetchUnpublished(10);
  if (rows.length > 1) throw new Refusal('publishRefused');
  for (const row of rows) {
    yield* publish(row.event, { position: row.position });
    yield* finish('mark', { rows: [refOf(row)] });
  }
}

let planted: Rules | null = null;
const plant = (rules: Rules): void => {
  planted = rules;
  const { mechanics } = rules;
  Object.assign(mechanics, { handlers: { ...mechanics.handlers, pollingPublisher: onlyOneAtATime } });
};

const manners = [true, false].map((halves) => ({ apart: true, halves, memo: true }));

test.each(manners)('two rows at once are never published: found, in the fewest steps: %o', (manner) => {
  const { endless, complete }: ExploreReport = campaign({}, 0, { manner: { ...manner, plant } });
  expect(complete).toBe(true);
  const { failures, steps, records, from, scenario } = endless!;
  // both commands, four steps each, and the relay has neither been nor looked
  expect({ failures, steps }).toEqual({ failures: 0, steps: 8 });
  const round = records.slice(from).map(({ kind }) => kind);
  expect(round).toContain('relay.fetched');
  expect(round).not.toContain('relay.published');
  // on it goes: a thousand steps later nothing has come of it
  const rules: Rules = { ...planted!, program: { inputs: scenario.inputs, choices: scenario.choices ?? [] } };
  let next = stepInMemory(rules, startMoment(rules, scenario.seed));
  const kinds = new Set<string>();
  for (let i = 0; i < 1000; i++, next = stepInMemory(rules, next!.moment))
    for (const { kind } of next!.records) kinds.add(kind);
  expect(next).not.toBeNull();
  expect(kinds.has('relay.published')).toBe(false);
});

test.each(manners)('the relay as it is comes to rest, whatever fails: %o', (manner) => {
  const report = campaign({ inbox: 'sameTransaction' }, 1, { manner });
  expect(report.complete).toBe(true);
  expect(report.endless).toBeUndefined();
});
