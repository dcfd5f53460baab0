import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Checkpoints, firstSpacing, mostCheckpoints } from '../../../src/playback/checkpoints.ts';
import { fold, viewFold } from '../../../src/playback/fold.ts';
import { Judgement } from '../../../src/playback/judgement.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import type { View } from '../../../src/playback/view.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import { judgeAll } from '../../../src/verdicts/judge.ts';
import { event, Script } from '../verdicts/script.ts';
import { randomScript, subscriptions } from '../verdicts/random-script.ts';
import { partsWith } from './folding.ts';

const parts = partsWith({
  processes: ['user', 'service', 'relay', 'bus'],
  subscriptions: [...subscriptions],
  tables: { outbox: [] },
});
const { start } = viewFold(parts);

function play(records: readonly TraceRecord[]): Playback {
  const playback = new Playback(parts);
  playback.append(records);
  return playback;
}

/** A run of many events in which nothing goes wrong, with the plumbing of real ones. */
function longRun(length: number): TraceRecord[] {
  const script = new Script();
  for (let version = 2; script.records.length < length; version++) {
    const one = event(version, String(version >> 3));
    const relay = { process: 'relay', task: `relay-${version}` };
    const task = `service-${version}`;
    script.send(`c${version}`);
    script.add({ kind: 'command.received', commandId: `c${version}`, name: 'ActivateCampaign', task });
    script.add({ kind: 'task.started', task, handler: 'outboxTable' });
    script.add({ kind: 'transaction.begun', task, transactionId: one.transactionId });
    script.commit(one, { row: version, task });
    script.end('done', { task });
    script.add({ kind: 'task.started', ...relay, handler: 'pollingPublisher' });
    script.publish(one, { adServing: `a${version}`, billing: `b${version}` }, { row: version, ...relay });
    script.mark(one, version, relay);
    script.end('done', relay);
    for (const [subscription, message] of [
      ['adServing', `a${version}`],
      ['billing', `b${version}`],
    ] as const) {
      script.add({
        kind: 'bus.dispatched',
        process: 'bus',
        ...one,
        subscription,
        message,
        until: script.records.length * 10 + 20,
      });
      script.handle(one, subscription, message);
    }
  }
  return script.records.slice(0, length);
}

const plain = (view: View): string =>
  JSON.stringify(view, (_, value: unknown) =>
    typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value)
      ? [...(value as Iterable<unknown>)]
      : value,
  );

describe('a cursor', () => {
  test('shows what folding so many records shows, wherever it walks', () => {
    fc.assert(
      fc.property(randomScript, fc.array(fc.nat(200), { maxLength: 20 }), ({ records, setting }, walk) => {
        const playback = play(records);
        const judgement = new Judgement({ ...parts, options: setting.options }, playback.records);
        for (const cursor of walk) {
          const shown = records.slice(0, cursor);
          expect(playback.viewAt(cursor)).toEqual(shown.reduce(fold, start));
          expect(judgement.at(cursor)).toEqual(judgeAll(shown, setting));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('shows the same in a long trace, and while the trace grows', () => {
    const records = longRun(2000);
    const playback = new Playback(parts);
    for (let from = 0; from < records.length; from += 300) {
      playback.append(records.slice(from, from + 300));
      for (const cursor of [0, 1, 127, 128, 129, from, from + 150, from + 299, 10 ** 6, -1]) {
        const shown = records.slice(0, Math.max(0, Math.min(cursor, from + 300)));
        expect(plain(playback.viewAt(cursor))).toBe(plain(shown.reduce(fold, start)));
      }
    }
  });

  test('views handed out never change', () => {
    const records = longRun(700);
    const playback = play(records.slice(0, 400));
    const kept = [0, 5, 130, 131, 399, 400].map((cursor) => playback.viewAt(cursor));
    const before = kept.map(plain);
    playback.append(records.slice(400));
    for (let cursor = 0; cursor <= 700; cursor += 13) playback.viewAt(cursor);
    expect(kept.map(plain)).toEqual(before);
  });

  test('the view of a random trace can be frozen at every step, and folding goes on', () => {
    fc.assert(
      fc.property(randomScript, ({ records }) => {
        records.reduce((view, record) => freeze(fold(view, record)), freeze(start));
      }),
      { numRuns: 60 },
    );
  });

  test('the end of the trace is the same view until it grows', () => {
    const playback = play(longRun(300));
    expect(playback.viewAt(300)).toBe(playback.viewAt(300));
    expect(playback.viewAt(200)).toBe(playback.viewAt(200));
  });

  test('records must follow without a gap', () => {
    const records = longRun(10);
    const playback = play(records.slice(0, 4));
    expect(() => playback.append(records.slice(5))).toThrow(new RangeError('record 4 is missing: got 5'));
    expect(playback.records).toHaveLength(4);
  });
});

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

describe('checkpoints', () => {
  /** Counts the steps it takes. */
  function counting(length: number) {
    const records = Array.from({ length }, (_, seq) => ({ seq })) as TraceRecord[];
    let steps = 0;
    const points = new Checkpoints({ start: 0, step: (state: number) => (steps++, state + 1) }, records);
    const cost = (cursor: number): number => {
      steps = 0;
      expect(points.at(cursor)).toBe(Math.min(cursor, length));
      return steps;
    };
    return { cost, folded: steps };
  }

  test('reaching any step of 10,000 records takes fewer than 128', () => {
    const { cost, folded } = counting(10_000);
    expect(folded).toBe(10_000);
    for (let i = 0; i < 500; i++) expect(cost((i * 7919) % 10_001)).toBeLessThan(128);
    cost(5000);
    expect(cost(5001)).toBe(1);
    expect(cost(5001)).toBe(0);
  });

  test('their number stays bounded in very long traces', () => {
    const { cost } = counting(firstSpacing * mostCheckpoints + 1000);
    for (let i = 0; i < 200; i++) expect(cost(i * 661)).toBeLessThan(2 * firstSpacing);
  });
});

describe('finding the way', () => {
  const script = new Script();
  const sent = script.send('c1');
  const task = script.add({ kind: 'task.started', task: 'service-1', handler: 'outboxTable', cause: sent });
  const e2 = event(2);
  script.commit(e2, { row: 7 });
  script.add({ kind: 'relay.fetched', process: 'relay', task: 'relay-1', positions: [7, 8], cause: 3 });
  script.commit(event(3));
  const playback = play(script.records);

  test('by time', () => {
    expect([-1, 0, 9, 10, 25, 50, 9999].map((time) => playback.recordAtTime(time))).toEqual([0, 1, 1, 2, 3, 6, 6]);
    expect(new Playback(parts).recordAtTime(5)).toBe(0);
  });

  test('by cause, from what the reader did', () => {
    expect(playback.chainOf(task).map(({ kind }) => kind)).toEqual(['command.sent', 'task.started']);
    expect(playback.chainOf(4).map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect(playback.chainOf(77)).toEqual([]);
  });

  test('a chain ends where a file says nonsense', () => {
    const odd = new Script();
    odd.add({ kind: 'run.settling', cause: 0 });
    odd.add({ kind: 'run.settled', quiet: true, cause: 5 });
    expect(play(odd.records).chainOf(1)).toHaveLength(1);
    expect(play(odd.records).chainOf(0)).toHaveLength(1);
  });

  test('to the next thing worth seeing, past the plumbing', () => {
    expect(playback.nextInteresting(0, 'forward')).toBe(1);
    expect(playback.nextInteresting(1, 'forward')).toBe(3);
    expect(playback.nextInteresting(5, 'forward')).toBe(6);
    expect(playback.nextInteresting(6, 'forward')).toBe(6);
    expect(playback.nextInteresting(6, 'back')).toBe(5);
    expect(playback.nextInteresting(3, 'back')).toBe(1);
    expect(playback.nextInteresting(1, 'back')).toBe(0);
    expect(playback.nextInteresting(0, 'back')).toBe(0);
  });
});

test('what is told by the record that follows is passed over', () => {
  const script = new Script();
  const consumer = { process: 'consumer:billing', subscription: 'billing', eventId: '123.2', task: 't' };
  script.add({ kind: 'inbox.checked', ...consumer, known: true });
  script.add({ kind: 'inbox.duplicateIgnored', ...consumer, message: 'm1' });
  script.abort(event(2), 'stale');
  script.add({ kind: 'inbox.staleIgnored', ...consumer, message: 'm2', seen: 3 });
  script.add({ kind: 'outbox.reserved', task: 't', position: 7, transactionId: 't1' });
  script.add({ kind: 'outbox.cleaned', process: 'cleaner', task: 't', positions: [] });
  script.add({ kind: 'relay.advanced', process: 'relay', task: 't', position: 7 });
  script.add({ kind: 'relay.historyLost', process: 'relay', task: 't', position: 7, first: 9 });
  const playback = play(script.records);
  expect([0, 2, 4].map((from) => playback.nextInteresting(from, 'forward'))).toEqual([2, 4, 8]);
});

test('how long a record takes', () => {
  const records = longRun(10_000);
  const { step } = viewFold(parts);
  const spans = Array.from({ length: 6 }, () => {
    const begun = process.cpuUsage();
    expect(records.reduce(step, start).length).toBe(records.length);
    return process.cpuUsage(begun).user / records.length;
  });
  console.log(
    `views, µs a record over ${records.length} records: ${spans[0]!.toFixed(2)} cold, ${Math.min(...spans).toFixed(2)} warm`,
  );
});
