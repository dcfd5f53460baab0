import { describe, expect, test } from 'vitest';
import { keptEntries } from '../../../src/playback/log.ts';
import type { QueueView } from '../../../src/playback/view.ts';
import type { EventRef } from '../../../src/trace/record.ts';
import { event, type Script } from '../verdicts/script.ts';
import { after, ids } from './folding.ts';

const e2 = event(2);
const [one, two] = ['consumer:billing', 'consumer:billing-2'];

/** Billing is given a message; the task is named after the process and the message. */
const give = (s: Script, message: string, process = one, attempt = 1, place = {}) =>
  s.add({
    kind: attempt > 1 ? 'bus.redelivered' : 'bus.delivered',
    process,
    ...e2,
    ...place,
    subscription: 'billing',
    message,
    attempt,
    task: `${process} ${message}`,
  });
const end = (s: Script, message: string, process = one, outcome: 'done' | 'failed' = 'done') =>
  s.end(outcome, { process, task: `${process} ${message}` });
const acknowledge = (s: Script, message: string, process = one, place = {}) =>
  s.add({
    kind: 'bus.acknowledged',
    process: 'bus',
    subscription: 'billing',
    message,
    eventId: e2.eventId,
    task: `${process} ${message}`,
    ...place,
  });

const billing = (write: (script: Script) => void): QueueView => after(write).queues['billing']!;
const places = ({ waiting, inFlight, expired, released, buffered, dead }: QueueView) =>
  Object.fromEntries(
    Object.entries({ waiting, inFlight, expired, released, buffered, dead })
      .filter(([, list]) => list.length > 0)
      .map(([name, list]) => [name, ids(list)]),
  );

describe('a queue', () => {
  const both = (s: Script) => {
    for (const message of ['m1', 'm2', 'm3']) s.accept(e2, { billing: message });
    give(s, 'm1', one);
    give(s, 'm2', two);
  };

  test('with competing consumers has several messages in flight, and says who has each', () => {
    const queue = billing(both);
    expect(queue.inFlight).toMatchObject([
      { message: 'm1', consumer: one },
      { message: 'm2', consumer: two },
    ]);
    const overtaken = billing((s) => {
      both(s);
      acknowledge(s, 'm2', two);
    });
    expect(places(overtaken)).toEqual({ inFlight: ['m1'], waiting: ['m3'] });
  });

  test('that waited too long gives a message to another while the first handler runs on', () => {
    const late = (s: Script) => {
      both(s);
      acknowledge(s, 'm2', two);
      s.requeue(e2, 'billing', 'm1', 'timeout');
      give(s, 'm1', two, 2);
    };
    expect(places(billing(late))).toEqual({ inFlight: ['m1'], expired: ['m1'], waiting: ['m3'] });
    expect(billing(late)).toMatchObject({
      inFlight: [{ consumer: two, attempts: 2 }],
      expired: [{ consumer: one, attempts: 1 }],
    });
    const done = billing((s) => {
      late(s);
      acknowledge(s, 'm1', two);
      end(s, 'm1', one);
    });
    expect(places(done)).toEqual({ waiting: ['m3'] });
    const crashed = billing((s) => {
      late(s);
      s.crash(one, `${one} m1`);
    });
    expect(places(crashed)).toEqual({ inFlight: ['m1'], waiting: ['m3'] });
  });

  test('knows what a handler failed to handle before it says where it goes', () => {
    const failed = (s: Script) => {
      both(s);
      end(s, 'm1', one, 'failed');
    };
    expect(places(billing(failed))).toEqual({ inFlight: ['m2'], released: ['m1'], waiting: ['m3'] });
    const back = billing((s) => {
      failed(s);
      s.requeue(e2, 'billing', 'm1', 'failure');
    });
    expect(places(back)).toEqual({ inFlight: ['m2'], waiting: ['m1', 'm3'] });
    const dead = billing((s) => {
      both(s);
      s.crash(two, `${two} m2`);
      s.deadLetter(e2, 'billing', 'm2');
    });
    expect(places(dead)).toEqual({ inFlight: ['m1'], waiting: ['m3'], dead: ['m2'] });
  });
});

describe('pub/sub', () => {
  const arrive = (s: Script, message: string) => {
    s.accept(e2, { billing: message });
    s.add({ kind: 'bus.buffered', process: one, subscription: 'billing', message, eventId: e2.eventId });
  };

  test('messages wait in the consumer’s memory, and are gone when their handlers have ended', () => {
    const handling = (s: Script) => {
      arrive(s, 'm1');
      arrive(s, 'm2');
      give(s, 'm1');
    };
    expect(places(billing(handling))).toEqual({ inFlight: ['m1'], buffered: ['m2'] });
    for (const outcome of ['done', 'failed'] as const) {
      const ended = billing((s) => {
        handling(s);
        end(s, 'm1', one, outcome);
      });
      expect(places(ended)).toEqual({ buffered: ['m2'] });
      expect(ended.acknowledged).toBe(0);
    }
  });

  test('what is handled at once, without having waited, is gone too', () => {
    const ended = billing((s) => {
      s.accept(e2, { billing: 'm1' });
      give(s, 'm1');
      end(s, 'm1');
    });
    expect(places(ended)).toEqual({});
    const failed = billing((s) => {
      s.accept(e2, { billing: 'm1' });
      s.accept(e2, { billing: 'm2' });
      give(s, 'm1');
      end(s, 'm1', one, 'failed');
      give(s, 'm2');
    });
    expect(places(failed)).toEqual({ inFlight: ['m2'] });
  });
});

describe('a log', () => {
  const append = (s: Script, partition: number, offset: number, about: EventRef = event(offset + 2)) =>
    s.add({
      kind: 'bus.accepted',
      process: 'bus',
      ...about,
      partition,
      offset,
      messages: ['adServing', 'billing'].map((subscription) => ({ subscription, message: `${partition}:${offset}` })),
    });
  const rewind = (s: Script, position: number) =>
    s.add({ kind: 'bus.rewound', process: 'bus', subscription: 'billing', partition: 0, position });
  const read = (s: Script, offset: number, process = one) =>
    give(s, `0:${offset}`, process, 1, { partition: 0, offset });
  const commit = (s: Script, offset: number) => acknowledge(s, `0:${offset}`, one, { partition: 0, offset });

  test('keeps what was appended, by partition, and how far everybody is', () => {
    const { log } = after((s) => {
      append(s, 1, 0);
      append(s, 0, 0);
      append(s, 0, 1);
      append(s, 0, 2, event(3));
      read(s, 0);
      commit(s, 0);
      read(s, 1);
    });
    expect(log?.partitions).toMatchObject([
      {
        partition: 0,
        end: 3,
        entries: [
          { offset: 0, ...event(2), at: 10, copy: 2 },
          { offset: 1, ...event(3), copy: 1 },
          { offset: 2, ...event(3), copy: 2 },
        ],
      },
      { partition: 1, end: 1, entries: [{ offset: 0, at: 0, copy: 1 }] },
    ]);
    const unread = { position: 0, committed: 0, owner: null };
    expect(log?.groups).toEqual({
      adServing: { 0: unread, 1: unread },
      billing: { 0: { position: 2, committed: 1, owner: one }, 1: unread },
    });
  });

  test('shows the newest records of a long partition only', () => {
    const { log, queues } = after((s) => {
      for (let offset = 0; offset < keptEntries + 50; offset++) append(s, 0, offset);
      rewind(s, 0);
    });
    const [partition] = log!.partitions;
    expect(partition).toMatchObject({ end: keptEntries + 50 });
    expect(partition!.entries.map(({ offset }) => offset)).toEqual(
      Array.from({ length: keptEntries }, (_, i) => i + 50),
    );
    expect(queues['billing']!.waiting).toHaveLength(keptEntries + 50);
  });

  test('a replay brings back what was done with, in order, each once', () => {
    const replayed = (s: Script) => {
      for (const offset of [0, 1, 2, 3]) append(s, 0, offset);
      append(s, 1, 0);
      for (const offset of [0, 1]) {
        read(s, offset);
        commit(s, offset);
        end(s, `0:${offset}`);
      }
      read(s, 2);
      rewind(s, 1);
    };
    const queue = billing(replayed);
    expect(places(queue)).toEqual({ waiting: ['0:1', '0:2', '0:3', '1:0'], expired: ['0:2'] });
    expect(queue.waiting).toMatchObject([{ copy: 1, attempts: 0, place: { partition: 0, offset: 1 } }, {}, {}, {}]);
    const on = billing((s) => {
      replayed(s);
      end(s, '0:2');
      read(s, 1);
    });
    expect(places(on)).toEqual({ inFlight: ['0:1'], waiting: ['0:2', '0:3', '1:0'] });
    const skipped = billing((s) => {
      replayed(s);
      end(s, '0:2');
      rewind(s, 3);
    });
    expect(places(skipped)).toEqual({ waiting: ['0:3', '1:0'] });
  });

  test('a new owner begins at the committed offset; the old one does not know', () => {
    const { log, queues } = after((s) => {
      for (const offset of [0, 1, 2]) append(s, 0, offset);
      read(s, 0);
      commit(s, 0);
      end(s, '0:0');
      read(s, 1);
      s.add({
        kind: 'bus.assigned',
        process: 'bus',
        subscription: 'billing',
        partition: 0,
        to: two,
        from: one,
        position: 1,
      });
      read(s, 1, two);
    });
    expect(places(queues['billing']!)).toEqual({ inFlight: ['0:1'], expired: ['0:1'], waiting: ['0:2'] });
    expect(queues['billing']).toMatchObject({ inFlight: [{ consumer: two }], expired: [{ consumer: one }] });
    expect(log?.groups['billing']?.[0]).toEqual({ position: 2, committed: 1, owner: two });
  });

  test('after a crash too', () => {
    const { log, queues } = after((s) => {
      for (const offset of [0, 1]) append(s, 0, offset);
      read(s, 0);
      s.crash(one, `${one} 0:0`);
      s.add({ kind: 'bus.assigned', process: 'bus', subscription: 'billing', partition: 0, to: two, position: 0 });
    });
    expect(places(queues['billing']!)).toEqual({ waiting: ['0:0', '0:1'] });
    expect(log?.groups['billing']?.[0]).toEqual({ position: 0, committed: 0, owner: two });
  });

  test('a queue is no log', () => {
    const { log } = after((s) => {
      s.publish(e2, { billing: 'm1' });
      s.handle(e2, 'billing', 'm1');
      s.accept(e2, { billing: 'm2' });
      s.deliver(e2, 'billing', 'm2');
      s.requeue(e2, 'billing', 'm2', 'failure');
    });
    expect(log).toBeNull();
  });
});
