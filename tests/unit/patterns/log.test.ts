import { describe, expect, test } from 'vitest';
import type { Envelope } from '../../../src/messaging/envelope.ts';
import {
  append,
  assign,
  causeOf,
  commit,
  deliver,
  dispatch,
  emptyLog,
  end,
  endOf,
  handlingOf,
  isFree,
  isQuiet,
  next,
  orphan,
  partitionFor,
  recall,
  recordAt,
  setBack,
  shareOf,
  type Group,
  type Log,
} from '../../../src/patterns/message-bus/log.ts';

const record = (aggregateId: string, cause: number) => ({
  event: { id: `e${cause}`, aggregateId } as Envelope,
  messages: { billing: `m${cause}` },
  cause,
});
const log: Log = [record('123', 1), record('124', 2), record('123', 3)].reduce(
  append,
  emptyLog({ billing: ['one', 'two'] }),
);
const alone = emptyLog({ billing: ['one'] }).groups['billing']!;
const pair = log.groups['billing']!;

/** A group in which the next record of a partition is handled by its owner. */
const handling = (group: Group, partition = 0, task = 'task') =>
  deliver(dispatch(group, partition), partition, task).group;

describe('appending', () => {
  test('the key decides the partition, and the order in it is kept', () => {
    expect([partitionFor('123'), partitionFor('124')]).toEqual([0, 1]);
    expect([endOf(log, 0), endOf(log, 1)]).toEqual([2, 1]);
    expect(recordAt(log, 0, 1).event.id).toBe('e3');
    expect(() => recordAt(log, 0, 2)).toThrow('a record at offset 2');
  });

  test('partitions are shared out among the members', () => {
    expect(pair.shares.map(({ owner }) => owner)).toEqual(['one', 'two']);
    expect(alone.shares.map(({ owner }) => owner)).toEqual(['one', 'one']);
  });
});

describe('reading', () => {
  test('the oldest record of its own partitions is next', () => {
    expect(next(log, alone, 'one', 0)).toEqual({ partition: 0 });
    expect(next(log, handling(alone), 'one', 0)).toEqual({ partition: 1 });
    expect(next(log, pair, 'two', 0)).toEqual({ partition: 1 });
    expect(next(log, handling(pair, 1), 'two', 0)).toBe(null);
  });

  test('the position moves on at the delivery, the committed offset after the handling', () => {
    const delivered = deliver(dispatch(alone, 0), 0, 'task');
    expect(delivered).toMatchObject({ offset: 0, attempt: 1 });
    expect(shareOf(delivered.group, 0)).toMatchObject({ position: 1, committed: 0, travels: false });
    const { group, committed } = commit(delivered.group, 'task');
    expect(committed).toMatchObject({ partition: 0, offset: 0 });
    expect(shareOf(group, 0)).toMatchObject({ position: 1, committed: 1 });
  });

  test('a consumer takes one record at a time', () => {
    expect(isFree(alone, 'one')).toBe(true);
    expect(isFree(dispatch(alone, 0), 'one')).toBe(false);
    expect(isFree(recall(dispatch(alone, 0), 0), 'one')).toBe(true);
    expect(isFree(handling(alone), 'one')).toBe(false);
    expect(isFree(end(handling(alone), 'task').group, 'one')).toBe(true);
  });

  test('a record that failed blocks its partition and no other', () => {
    const { group, ended } = end(handling(alone), 'task');
    const failed = setBack(group, 0, { position: ended!.offset, notBefore: 600 }, 9);
    expect(next(log, failed, 'one', 0)).toEqual({ partition: 1 });
    expect(next(log, handling(failed, 1), 'one', 0)).toBe(600);
    expect(next(log, failed, 'one', 600)).toEqual({ partition: 0 });
    expect(causeOf(log, failed, 0)).toBe(9);
    expect(deliver(failed, 0, 'again')).toMatchObject({ offset: 0, attempt: 2 });
  });
});

describe('owners', () => {
  test('a partition taken away while it is handled makes a zombie, whose commit is ignored', () => {
    const moved = assign(handling(pair), 0, 'two', 7);
    expect(shareOf(moved, 0)).toMatchObject({ owner: 'two', position: 0, committed: 0 });
    expect(moved.handling).toMatchObject([{ consumer: 'one', standing: 'zombie' }]);
    // the old owner still works, so it can take nothing else; the new one starts where was committed
    expect([isFree(moved, 'one'), isFree(moved, 'two')]).toEqual([false, true]);
    expect(next(log, moved, 'two', 0)).toEqual({ partition: 0 });
    const late = commit(moved, 'task');
    expect(late.committed).toBe(null);
    expect(shareOf(late.group, 0).committed).toBe(0);
    expect(isFree(late.group, 'one')).toBe(true);
  });

  test('a new member in the same process does not wait for the old one', () => {
    const replaced = assign(handling(alone), 0, 'one', 7);
    expect(isFree(replaced, 'one')).toBe(true);
    expect(handlingOf(replaced, 0)).toBe(undefined);
    const both = handling(replaced, 0, 'new');
    expect(both.handling.map(({ standing }) => standing)).toEqual(['replaced', 'member']);
    expect(commit(both, 'task').committed).toBe(null);
    expect(commit(both, 'new').committed).toMatchObject({ offset: 0 });
  });

  test('nobody reads the partitions of a consumer that is down', () => {
    const down = orphan(dispatch(pair, 0), 'one');
    expect(shareOf(down, 0)).toMatchObject({ orphaned: true, travels: false });
    expect(next(log, down, 'one', 0)).toBe(null);
    expect(next(log, assign(down, 0, 'two', 7), 'two', 0)).toEqual({ partition: 0 });
  });

  test('a partition is quiet while nothing of it travels or is handled', () => {
    expect(isQuiet(pair, 0)).toBe(true);
    expect(isQuiet(dispatch(pair, 0), 0)).toBe(false);
    expect(isQuiet(handling(pair), 0)).toBe(false);
  });
});

test('set back behind its handler, a partition is read again from there, for that reason', () => {
  const first = commit(handling(alone), 'task').group;
  const second = handling(first, 0, 'second');
  const back = setBack(second, 0, { position: 0, committed: 0 }, 9);
  expect(back.handling).toMatchObject([{ standing: 'zombie' }]);
  expect(commit(back, 'second').committed).toBe(null);
  expect(causeOf(log, back, 0)).toBe(9);
  const again = commit(handling(commit(back, 'second').group, 0, 'third'), 'third').group;
  expect(causeOf(log, again, 0)).toBe(9);
  const read = commit(handling(again, 0, 'fourth'), 'fourth').group;
  const longer = append(log, record('123', 12));
  expect(causeOf(longer, read, 0)).toBe(12);
});
