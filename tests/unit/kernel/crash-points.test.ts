import { expect, test } from 'vitest';
import { processesOf } from '../../../src/simulation/flow.ts';
import { effectsOf } from '../../../src/trace/crash-points.ts';
import { completeOptions } from '../../../src/simulation/options.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { RecordKind, TraceRecord } from '../../../src/trace/record.ts';
import type { Options, Scenario } from '../../../src/trace/scenario.ts';

/** The record that says an effect has been performed. */
const outcomes: Record<string, RecordKind> = {
  load: 'aggregate.loaded',
  commit: 'transaction.committed',
  publish: 'bus.accepted',
  fetchUnpublished: 'relay.fetched',
  markPublished: 'outbox.marked',
  apply: 'consumer.effectApplied',
  acknowledge: 'bus.acknowledged',
};

const cases = (['insideAggregate', 'afterCommit', 'outbox'] as const).flatMap((publish) => {
  const options = completeOptions({ flow: 'campaign', options: { publish } });
  return processesOf(options).flatMap((process) =>
    effectsOf(process, options).flatMap((effect) =>
      (['before', 'after'] as const).map((when) => ({ publish, process, effect, when })),
    ),
  );
});

const crashing = (publish: Options['publish'], process: string, point: string): Scenario => ({
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 4,
  options: { publish },
  inputs: [
    { at: 0, kind: 'failure', failure: { type: 'crash', process, point, restartAfter: 900 } },
    { at: 0, kind: 'command', name: 'ActivateCampaign' },
    { at: 15_000, kind: 'command', name: 'DeactivateCampaign' },
    { at: 30_000, kind: 'settle' },
  ],
});

test('every named effect of every process has both points', () => {
  expect(cases.length).toBe(2 * (3 + 4 + (3 + 4) + (2 + 3 + 4)));
});

test.each(cases)('$publish: $process dies $when $effect, and not elsewhere', ({ publish, process, effect, when }) => {
  const { records } = simulate(crashing(publish, process, `${when}:${effect}`));
  const crashes = records.filter((record) => record.kind === 'process.crashed');
  expect(crashes).toMatchObject([{ process, point: `${when}:${effect}`, tasks: [expect.any(String)] }]);
  const crash = crashes[0]!;
  // the same step: everything at the crash's time up to the crash
  const performed = records.some(
    (record: TraceRecord) => record.at === crash.at && record.seq < crash.seq && record.kind === outcomes[effect],
  );
  expect(performed).toBe(when === 'after');
  // nothing is stuck: the next command is handled as if nothing had happened, and the run comes to rest
  expect(records.filter((record) => record.kind === 'command.handled').map((record) => record.name)).toContain(
    'DeactivateCampaign',
  );
  expect(records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
});
