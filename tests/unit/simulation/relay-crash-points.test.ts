import { expect, test } from 'vitest';
import { cleaner, isRelay, processesOf } from '../../../src/simulation/flow.ts';
import { effectsOf } from '../../../src/trace/crash-points.ts';
import { completeOptions } from '../../../src/simulation/options.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { RecordKind } from '../../../src/trace/record.ts';
import type { Input, Options } from '../../../src/trace/scenario.ts';
import { activate, deactivate, fail, settle } from '../../support/story.ts';

/** The records of which one says that an effect has been performed; null for an effect that leaves no record of its own. */
const outcomes: Record<string, RecordKind[] | null> = {
  reservePosition: ['outbox.reserved'],
  publish: ['bus.accepted', 'bus.refused'],
  fetchUnpublished: ['relay.fetched'],
  claimUnpublished: ['relay.fetched'],
  fetchPending: ['relay.fetched'],
  claimPending: ['relay.fetched'],
  reloadDocument: ['relay.fetched'],
  readPosition: null,
  fetchAfter: ['relay.fetched'],
  fetchChanges: ['relay.fetched'],
  markPublished: ['outbox.marked', 'transaction.aborted'],
  deletePublished: ['outbox.deleted'],
  storePosition: ['relay.advanced'],
  countAttempt: ['outbox.attemptFailed', 'outbox.parked'],
  releaseLeases: ['outbox.released'],
  fetchPublished: null,
  removePublished: ['outbox.cleaned'],
  load: ['aggregate.loaded'],
  commit: ['transaction.committed'],
};

/** Which relays there can be, and what must happen for every effect of theirs to be reached. */
const variants: { options: Partial<Options>; also?: Input[]; second?: number }[] = [
  { options: { afterPublish: 'delete' } },
  { options: { afterPublish: 'markFirst' } },
  { options: { marking: 'batch' } },
  { options: { polling: 'scan' } },
  { options: { failingRow: 'park' }, also: [fail({ type: 'refusePublish' })] },
  { options: { cleanup: 'on' } },
  { options: { relay: 'cursorPolling', fence: 'on' } },
  { options: { relay: 'cursorPolling', afterPublish: 'delete', marking: 'batch' } },
  { options: { relay: 'logTailing' } },
  { options: { relay: 'logTailing', afterPublish: 'delete', retention: 'short' } },
  { options: { relay: 'logTailing', outbox: 'document' } },
  { options: { outbox: 'document' }, second: 1620 },
  { options: { outbox: 'document', relayWrites: 'notRaised', afterPublish: 'delete' } },
  { options: { outbox: 'document', relayWrites: 'unchecked' } },
  { options: { relays: 2, claim: 'none' } },
  { options: { relays: 2, claim: 'row' } },
  { options: { relays: 2, claim: 'aggregate' } },
  { options: { relays: 2, claim: 'aggregate', outbox: 'document' } },
];

const cases = variants.flatMap(({ options, also = [], second = 15_000 }) => {
  const complete = completeOptions({ flow: 'campaign', options });
  return processesOf(complete)
    .filter((process) => isRelay(process) || process === cleaner || process === 'service')
    .flatMap((process) =>
      effectsOf(process, complete).flatMap((effect) =>
        (['before', 'after'] as const).map((when) => ({ options, process, effect, when, also, second })),
      ),
    );
});

const run = ({ options, process, effect, when, also, second }: (typeof cases)[number]) =>
  simulate({
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    seed: 3,
    options,
    inputs: [
      fail({ type: 'crash', process, point: `${when}:${effect}`, restartAfter: 900 }),
      ...also,
      activate(0),
      deactivate(second),
      activate(30_000, '456'),
      deactivate(45_000, '456'),
      settle(70_000),
    ],
  }).records;

test.each(cases)('$options: $process dies $when $effect', (one) => {
  const { options, process, effect, when } = one;
  const records = run(one);
  const crashes = records.filter((record) => record.kind === 'process.crashed');
  // of two relays that share the work, or where writes must collide, it may never come to that
  const rare = options.relays === 2 || effect === 'reloadDocument';
  if (!rare) expect(crashes).toHaveLength(1);
  for (const crash of crashes) {
    expect(crash).toMatchObject({ process, point: `${when}:${effect}`, tasks: [expect.any(String)] });
    const outcome = outcomes[effect];
    if (outcome) {
      const performed = records.some(
        (record) => record.at === crash.at && record.seq < crash.seq && outcome.includes(record.kind),
      );
      expect(performed).toBe(when === 'after');
    }
  }
  // nothing is stuck: what comes later is handled as if nothing had happened, and the run comes to rest
  const later = records.filter((record) => record.kind === 'consumer.effectApplied' && record.aggregateId === '456');
  expect(new Set(later.map((record) => 'eventType' in record && record.eventType))).toEqual(
    new Set(['CampaignActivated', 'CampaignDeactivated']),
  );
  expect(records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
});

test('where two relays share the work, each point strikes one of them', () => {
  const shared = cases.filter(({ options, process }) => options.relays === 2 && isRelay(process));
  const points = new Set(shared.map(({ options, effect, when }) => JSON.stringify([options, when, effect])));
  for (const point of points) {
    const both = shared.filter(({ options, effect, when }) => JSON.stringify([options, when, effect]) === point);
    const struck = both.some((one) => run(one).some(({ kind }) => kind === 'process.crashed'));
    expect(struck || point.includes('reloadDocument'), point).toBe(true);
  }
});
