import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../../src/base/canonical.ts';
import { allParts } from '../../../src/simulation/all-parts.ts';
import { rulesOf, startMoment, stepInMemory, type Moment } from '../../../src/simulation/running.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { RecordOf, TraceRecord } from '../../../src/trace/record.ts';
import { busScenarios } from '../../support/bus-scenarios.ts';

type Start = RecordOf<'bus.delivered'> | RecordOf<'bus.redelivered'>;
const isStart = (record: TraceRecord): record is Start =>
  record.kind === 'bus.delivered' || record.kind === 'bus.redelivered';

/** What has become of each message in the end. */
function fates(records: readonly TraceRecord[]): Map<string, string> {
  const fate = new Map<string, string>();
  for (const record of records) {
    if (record.kind === 'bus.accepted') for (const { message } of record.messages) fate.set(message, 'waiting');
    else if (record.kind === 'bus.duplicated') fate.set(record.copy, 'waiting');
    else if (record.kind === 'bus.redriven') fate.set(record.message, 'waiting');
    else if (isStart(record) && record.partition === undefined) fate.set(record.message, 'delivered');
    else if (record.kind === 'bus.requeued') fate.set(record.message, 'waiting');
    else if (record.kind === 'bus.acknowledged') fate.set(record.message, 'acknowledged');
    else if (record.kind === 'bus.deadLettered') fate.set(record.message, 'dead');
    else if (record.kind === 'bus.dropped') fate.set(record.message, 'dropped');
  }
  return fate;
}

/** Reads the log's records by another way: positions, commits and zombies from the trace alone. */
function checkLog(records: readonly TraceRecord[]): void {
  const shares = new Map<string, { position: number; committed: number; attempts: number[]; task: string | null }>();
  const shareOf = (subscription: string, partition: number) => {
    const key = `${subscription} ${partition}`;
    return shares.get(key) ?? shares.set(key, { position: 0, committed: 0, attempts: [], task: null }).get(key)!;
  };
  const ends = [0, 0];
  const starts = records.filter(isStart);
  for (const record of records) {
    if (record.kind === 'bus.accepted') {
      const end = ends[record.partition!]!;
      expect(record.offset).toBe(end);
      ends[record.partition!] = end + 1;
    } else if (isStart(record)) {
      const share = shareOf(record.subscription, record.partition!);
      expect(record.offset).toBe(share.position++);
      const attempts = (share.attempts[record.offset!] ?? 0) + 1;
      share.attempts[record.offset!] = attempts;
      expect(record.attempt).toBe(attempts);
      expect(share.task, 'one handler for the owner at a time').toBe(null);
      share.task = record.task;
    } else if (record.kind === 'bus.assigned' || record.kind === 'bus.rewound') {
      const share = shareOf(record.subscription, record.partition);
      if (record.kind === 'bus.assigned') expect(record.position).toBe(share.committed);
      Object.assign(share, {
        position: record.position,
        committed: Math.min(share.committed, record.position),
        task: null,
      });
    } else if (record.kind === 'bus.requeued') {
      const start = starts.find(({ seq, task, message }) => {
        return (
          seq < record.seq && message === record.message && [...shares.values()].some((share) => share.task === task)
        );
      })!;
      Object.assign(shareOf(start.subscription, start.partition!), { position: start.offset, task: null });
    } else if (record.kind === 'bus.acknowledged') {
      const share = shareOf(record.subscription, record.partition!);
      expect(record).toMatchObject({ task: share.task, offset: share.committed });
      Object.assign(share, { committed: record.offset! + 1, task: null });
    } else if (record.kind === 'bus.acknowledgementIgnored') {
      expect([...shares.values()].map(({ task }) => task)).not.toContain(record.task);
    }
  }
  for (const [key, { position, committed }] of shares) {
    expect([key, committed]).toEqual([key, ends[Number(key.at(-1))]]);
    expect(position).toBe(committed);
  }
}

test('every run comes to rest, with no message left and no handler forgotten', () => {
  fc.assert(
    fc.property(busScenarios, (scenario) => {
      const { records } = simulate(scenario);
      expect(records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
      const bus = scenario.options?.bus;
      const expected = {
        queue: ['acknowledged', 'dead', 'dropped'],
        pubsub: ['delivered', 'dropped'],
        log: ['acknowledged'],
      };
      for (const [message, fate] of fates(records)) expect(expected[bus!], message).toContain(fate);
      const ended = records.filter(({ kind }) => kind === 'task.ended').length;
      expect(records.filter(({ kind }) => kind === 'task.started').length).toBe(ended);
      if (bus === 'log') checkLog(records);
    }),
    { numRuns: 400 },
  );
});

test('pub/sub delivers or loses each message once, and to each consumer in order', () => {
  const pubsub = busScenarios.map((scenario) => {
    const { requeue: _r, confirm: _c, ...options } = scenario.options ?? {};
    return { ...scenario, options: { ...options, bus: 'pubsub' as const } };
  });
  fc.assert(
    fc.property(pubsub, (scenario) => {
      const seen = new Set<string>();
      const last = new Map<string, number>();
      for (const record of simulate(scenario).records) {
        if (record.kind !== 'bus.dropped' && !isStart(record)) continue;
        expect(seen).not.toContain(record.message);
        seen.add(record.message);
        if (!isStart(record)) continue;
        const number = Number(record.message.slice(1));
        expect(number).toBeGreaterThan(last.get(record.process) ?? 0);
        last.set(record.process, number);
      }
    }),
    { numRuns: 200 },
  );
});

test('a world of any bus that went through JSON goes on the same', () => {
  fc.assert(
    fc.property(busScenarios, fc.nat(120), (scenario, steps) => {
      const rules = rulesOf(scenario, allParts);
      let moment = startMoment(rules, scenario.seed);
      for (let i = 0; i < steps; i++) moment = stepInMemory(rules, moment)?.moment ?? moment;
      const rest = (from: Moment) => {
        const records: string[] = [];
        for (let next = stepInMemory(rules, from); next !== null; next = stepInMemory(rules, next.moment))
          records.push(...next.records.map(canonical));
        return records;
      };
      const copy = { ...moment, world: JSON.parse(JSON.stringify(moment.world)) as Moment['world'] };
      expect(rest(copy)).toEqual(rest(moment));
    }),
    { numRuns: 150 },
  );
});
