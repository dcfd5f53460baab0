import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Judgement } from '../../../src/playback/judgement.ts';
import { letsGo } from '../../../src/playback/let-go.ts';
import type { Missing } from '../../../src/playback/missing.ts';
import { otherCauseOf } from '../../../src/playback/other-causes.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import type { RecordKind } from '../../../src/trace/record.ts';
import type { Failure, Input, Options, Scenario } from '../../../src/trace/scenario.ts';
import { top } from '../../support/tree.ts';

interface Followed {
  run: ReturnType<typeof simulate>;
  at: (cursor: number) => readonly Missing[];
  end: readonly Missing[];
}

function follow(scenario: Scenario): Followed {
  const parts = partsOf({ ...defaultOptions, ...scenario.options });
  const run = simulate(scenario);
  const playback = new Playback(parts);
  playback.append(run.records);
  const judgement = new Judgement(parts, playback.records);
  const at = (cursor: number) => judgement.missingAt(cursor, playback.viewAt(cursor));
  return { run, at, end: at(run.records.length) };
}

const scene = (id: string) => follow(JSON.parse(readFileSync(join(top, `src/scenes/${id}.json`), 'utf8')) as Scenario);

function played(options: Partial<Options>, inputs: Input[]): Followed {
  return follow({ format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 1, options, inputs });
}
const activate = (at = 0): Input => ({ at, kind: 'command', name: 'ActivateCampaign' });
const deactivate = (at: number): Input => ({ at, kind: 'command', name: 'DeactivateCampaign' });
const settle = (at: number): Input => ({ at, kind: 'settle' });
const failing = (failure: Failure, at = 0): Input => ({ at, kind: 'failure', failure });

const codes = (missing: readonly Missing[]) => [
  ...new Set(missing.map(({ state, reason }) => `${state} ${reason.code}`)),
];

describe('what is missing at the end, and why', () => {
  test.each([
    ['f04', 'lost crashedBeforePublish'],
    ['f05', 'lost refusedPublish'],
    ['f09', 'lost crashedAfterMark'],
    ['f10', 'lost refusedUnnoticed'],
    ['f14', 'lost skippedByCursor'],
    ['f31', 'lost overwritten'],
    ['f36', 'lost historyLost'],
    ['f41', 'lost droppedOffline'],
    ['f49a', 'lost knownWithoutEffect'],
  ])('%s: %s', (id, expected) => {
    expect(codes(scene(id).end)).toEqual([expected]);
  });

  test('what lies among the dead letters is parked, until it is sent back', () => {
    const { run, at, end } = scene('f46');
    const dead = run.records.find(({ kind }) => kind === 'bus.deadLettered')!;
    expect(codes(at(dead.seq + 1))).toContain('parked deadLettered');
    expect(end).toEqual([]);
  });

  test('a row left aside is parked', () => {
    const { end, run } = played({ failingRow: 'park' }, [
      activate(),
      { at: 4000, kind: 'command', name: 'DeactivateCampaign', payload: { reason: 'x'.repeat(1100) } },
      settle(60_000),
    ]);
    const parked = run.records.find(({ kind }) => kind === 'outbox.parked')!;
    expect(codes(end)).toEqual(['parked rowParked']);
    expect(end.map(({ at, subscription }) => [at, subscription])).toEqual([
      [parked.seq, 'adServing'],
      [parked.seq, 'billing'],
    ]);
  });

  test('an event let pass for its version is lost', () => {
    const { end, run } = played({ inbox: 'version', failingRow: 'skip' }, [
      { at: 0, kind: 'failure', failure: { type: 'crash', process: 'relay', restartAfter: 3000 } },
      activate(),
      deactivate(1000),
      failing({ type: 'refusePublish' }, 1001),
      settle(20_000),
    ]);
    expect(run.records.some(({ kind }) => kind === 'inbox.staleIgnored')).toBe(true);
    expect(codes(end)).toEqual(['lost ignoredAsStale']);
  });

  test('nothing is where everything arrived', () => {
    for (const bus of ['queue', 'log', 'pubsub'] as const)
      expect(played({ bus }, [activate(), deactivate(5000), settle(20_000)]).end).toEqual([]);
  });
});

describe('what is under way is not called lost', () => {
  test.each(['queue', 'log', 'pubsub'] as const)('in a run in which nothing fails, over %s', (bus) => {
    const { run, at } = played({ bus }, [activate(), deactivate(1500), settle(20_000)]);
    const seen = new Set<string | null>();
    for (let cursor = 0; cursor <= run.records.length; cursor++)
      for (const { state, where } of at(cursor)) {
        expect(state, `at ${cursor}`).toBe('underWay');
        seen.add(where);
      }
    for (const where of ['outbox', 'publishing', 'bus', 'handler']) expect(seen).toContain(where);
  });

  test('nor what a crash only delays', () => {
    const crash: Failure = { type: 'crash', process: 'consumer:billing', point: 'before:apply', restartAfter: 2000 };
    const { run, at, end } = played({}, [failing(crash), activate(), settle(20_000)]);
    for (let cursor = 0; cursor <= run.records.length; cursor++)
      for (const { state } of at(cursor)) expect(state, `at ${cursor}`).toBe('underWay');
    expect(end).toEqual([]);
  });

  test('once lost, it stays so to the end, in every scene', () => {
    for (const name of readdirSync(join(top, 'src/scenes')).filter((file) => file.endsWith('.json'))) {
      const { run, at } = scene(name.replace('.json', ''));
      const key = ({ subscription, eventId }: Missing) => `${subscription} ${eventId}`;
      const lost = new Set<string>();
      for (let cursor = 0; cursor <= run.records.length; cursor++) {
        const now = new Set(
          at(cursor)
            .filter(({ state }) => state === 'lost')
            .map(key),
        );
        for (const one of lost) expect(now, `${name} at ${cursor}`).toContain(one);
        for (const one of now) lost.add(one);
      }
    }
  });
});

test('the first loss is listed first, and what is parked before what is under way', () => {
  const ranks = ['lost', 'parked', 'underWay'];
  const { run, at } = scene('f18');
  for (let cursor = 0; cursor <= run.records.length; cursor++) {
    const order = at(cursor).map(({ state }) => ranks.indexOf(state));
    expect(order).toEqual(order.toSorted());
  }
});

describe('the other cause', () => {
  const first = ({ records }: Followed['run'], kind: RecordKind) => records.find((record) => record.kind === kind)!;
  test.each([
    ['f49a', 'inbox.duplicateIgnored', 'inbox.recorded'],
    ['f46', 'bus.deadLettered', 'consumer.failed'],
    ['f41', 'bus.dropped', 'process.crashed'],
    ['f36', 'relay.historyLost', 'process.crashed'],
    ['f48', 'bus.acknowledgementIgnored', 'bus.assigned'],
  ] as const)('in %s, of %s is %s', (id, kind, cause) => {
    const { run } = scene(id);
    expect(otherCauseOf(first(run, kind), run.records)?.kind).toBe(cause);
  });

  test('of a stale delivery is the effect of the newer version', () => {
    const { run } = played({ inbox: 'version', failingRow: 'skip' }, [
      { at: 0, kind: 'failure', failure: { type: 'crash', process: 'relay', restartAfter: 3000 } },
      activate(),
      deactivate(1000),
      failing({ type: 'refusePublish' }, 1001),
      settle(20_000),
    ]);
    const stale = first(run, 'inbox.staleIgnored');
    expect(otherCauseOf(stale, run.records)).toMatchObject({ kind: 'consumer.effectApplied', aggregateVersion: 3 });
  });

  test('of anything else is none', () => {
    const { run } = scene('f08');
    for (const record of run.records) expect(otherCauseOf(record, run.records)).toBe(null);
  });
});

test('what was let go is what the run tells of it, and nothing of a run in which nothing fails', () => {
  const kinds = (id: string) => [
    ...new Set(
      scene(id)
        .run.records.filter(letsGo)
        .map(({ kind }) => kind),
    ),
  ];
  expect(kinds('f49a')).toContain('inbox.duplicateIgnored');
  expect(kinds('f41')).toContain('bus.dropped');
  expect(kinds('f46')).toContain('bus.deadLettered');
  expect(kinds('f36')).toContain('relay.historyLost');
  expect(kinds('f48')).toContain('bus.acknowledgementIgnored');
  expect(played({}, [activate(), deactivate(5000), settle(20_000)]).run.records.filter(letsGo)).toEqual([]);
});
