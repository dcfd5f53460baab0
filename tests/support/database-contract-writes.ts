/** The contract of the writes that change, remove and count: each done, each refused, and in its place among others. */
import { expect, test } from 'vitest';
import type { Database, DatabaseAnswer, DatabaseRequest, Write } from '../../src/database/port.ts';
import type { RowWrite } from '../../src/trace/record.ts';
import { event, order, save, tell, transaction } from './database-requests.ts';

type Perform = (request: DatabaseRequest) => Promise<DatabaseAnswer>;

const conflict = { type: 'aborted', reason: 'conflict' };

/** What was written, the change log's own row apart. */
export async function written(perform: Perform, ...writes: Write[]): Promise<RowWrite[]> {
  const answer = await perform(transaction(writes));
  if (answer.type !== 'committed') throw new Error(JSON.stringify(answer));
  expect(answer.writes.at(-1)).toMatchObject({ table: 'changes', op: 'put' });
  return answer.writes.slice(0, -1);
}

const update = (key: number, set: object, where?: object): Write => {
  return { op: 'update', table: 'outbox', key, set: { ...set }, ...(where && { where: { ...where } }) };
};

/** Writes of single fields, of positions taken before, and removals. */
export function fieldWrites(perform: Perform, database: () => Database): void {
  const unpublished = async () => {
    const answer = await perform({ type: 'readUnpublished', limit: 9 });
    return answer.type === 'rows' ? answer.rows.map(({ position }) => position) : null;
  };

  test('an update sets, removes and leaves fields of the row as it is stored', async () => {
    await perform(transaction([tell(1)]));
    const row = { position: 1, published: 0, event: event(1) };
    const claimed = { ...row, attempts: 1, claimedBy: 'relay' };
    expect(await written(perform, update(1, { attempts: 1, claimedBy: 'relay' }))).toEqual([
      { table: 'outbox', op: 'put', key: 1, row: claimed },
    ]);
    const freed = { ...row, attempts: 2 };
    const [again] = await written(perform, update(1, { attempts: 2, claimedBy: undefined, nothing: undefined }));
    expect(again?.row).toStrictEqual(freed);
    expect((await database().readAll())['outbox']).toStrictEqual([freed]);
    await perform(transaction([{ op: 'recordInbox', subscription: 's', eventId: 'e/1', at: 4 }]));
    expect(await written(perform, { op: 'update', table: 'inbox', key: 's/e/1', set: { at: 7 } })).toEqual([
      { table: 'inbox', op: 'put', key: 's/e/1', row: { subscription: 's', eventId: 'e/1', at: 7 } },
    ]);
  });

  test('an update of what is not there, or not as expected, is a conflict', async () => {
    await perform(transaction([tell(1), save('c1', 0)]));
    const before = await database().readAll();
    expect(await perform(transaction([update(2, { attempts: 1 })]))).toEqual(conflict);
    expect(await perform(transaction([save('c1', 1), update(1, { attempts: 1 }, { published: 1 })]))).toEqual(conflict);
    expect(await perform(transaction([update(1, { attempts: 1 }, { attempts: 0 })]))).toEqual(conflict);
    expect(await perform(transaction([update(1, { attempts: 1 }, { constructor: Object })]))).toEqual(conflict);
    expect(await perform(transaction([update(1, { a: 1 }, { published: 0 }), update(2, {})]))).toEqual(conflict);
    expect(await perform(transaction([update(1, { attempts: 1 })], true))).toMatchObject({ reason: 'failure' });
    expect(await database().readAll()).toEqual(before);
    const fits = update(1, { attempts: 1 }, { published: 0, attempts: undefined });
    expect(await perform(transaction([fits]))).toMatchObject({ type: 'committed' });
    expect(await perform(transaction([fits]))).toEqual(conflict);
  });

  test('writes see those before them, in the outbox and its index too', async () => {
    await perform(transaction([tell(1), tell(2), tell(3)]));
    const writes = await written(
      perform,
      tell(4),
      update(1, { attempts: 1 }),
      update(1, { published: 2 }, { attempts: 1 }),
      { op: 'markOutbox', position: 1, at: 8 },
      { op: 'delete', table: 'outbox', key: 2 },
      { op: 'appendOutbox', event: event(9), position: 2 },
      update(2, { attempts: 7 }),
      update(3, { published: 1 }),
      update(3, { published: 0 }),
    );
    expect(writes.map(({ op, key, row }) => [op, key, row?.['published'], row?.['attempts']])).toEqual([
      ['put', 4, 0, undefined],
      ['put', 1, 0, 1],
      ['put', 1, 2, 1],
      ['put', 1, 1, 1],
      ['delete', 2, undefined, undefined],
      ['put', 2, 0, undefined],
      ['put', 2, 0, 7],
      ['put', 3, 1, undefined],
      ['put', 3, 0, undefined],
    ]);
    expect(await unpublished()).toEqual([2, 3, 4]);
    // the first that can't be decides, wherever those after it would stop
    const bad = update(9, {});
    const duplicate: Write = { op: 'recordInbox', subscription: 's', eventId: 'e', at: 0 };
    expect(await perform(transaction([duplicate, duplicate, bad]))).toEqual({ type: 'aborted', reason: 'duplicate' });
    expect(await perform(transaction([update(4, {}), bad, duplicate, duplicate]))).toEqual(conflict);
  });

  test('a position that was taken before may come late; numbers go on after the largest', async () => {
    const at = (position: number): Write => ({ op: 'appendOutbox', event: event(position), position });
    expect((await written(perform, at(3)))[0]).toEqual({
      table: 'outbox',
      op: 'put',
      key: 3,
      row: { position: 3, published: 0, event: event(3) },
    });
    expect((await written(perform, tell(1), at(2), tell(1))).map(({ key }) => key)).toEqual([4, 2, 5]);
    expect(await unpublished()).toEqual([2, 3, 4, 5]);
    expect(await perform(transaction([at(2)]))).toEqual(conflict);
    expect(await perform(transaction([at(9), at(4)]))).toEqual(conflict);
    expect(await perform(transaction([at(9)], true))).toMatchObject({ reason: 'failure' });
    expect((await written(perform, tell(1))).map(({ key }) => key)).toEqual([6]);
  });

  test('what is removed is told, and what is not there is not', async () => {
    await perform(transaction([save('c1', 0), tell(1), { op: 'append', table: 'journal', row: { n: 1 } }]));
    await perform(transaction([{ op: 'recordInbox', subscription: 's', eventId: 'e/1', at: 4 }]));
    const remove = (table: string, key: string | number): Write => ({ op: 'delete', table, key });
    const before = await database().readAll();
    expect(await perform(transaction([remove('outbox', 1), remove('campaigns', 'c1')], true))).toEqual({
      type: 'aborted',
      reason: 'failure',
    });
    expect(await database().readAll()).toEqual(before);
    const writes = await written(
      perform,
      remove('campaigns', 'c2'),
      remove('campaigns', 'c1'),
      remove('campaigns', 'c1'),
      remove('inbox', 's/e/1'),
      remove('inbox', 's/e'),
      remove('outbox', 1),
      remove('journal', 1),
      save('c1', 0),
      remove('changes', 1),
    );
    expect(writes.map(({ table, op, key }) => [table, op, key])).toEqual([
      ['campaigns', 'delete', 'c1'],
      ['inbox', 'delete', 's/e/1'],
      ['outbox', 'delete', 1],
      ['journal', 'delete', 1],
      ['campaigns', 'put', 'c1'],
      ['changes', 'delete', 1],
    ]);
    expect(writes[0]).toStrictEqual({ table: 'campaigns', op: 'delete', key: 'c1' });
    expect(await unpublished()).toEqual([]);
    const { outbox, inbox, journal, changes } = await database().readAll();
    expect([outbox, inbox, journal, changes?.map(({ number }) => number)]).toEqual([[], [], [], [2, 3]]);
    // a number is never given twice
    expect(await written(perform, tell(1))).toMatchObject([{ key: 2 }]);
  });

  test('a counter starts at 1 and goes up by one, each transaction seeing those before', async () => {
    const next: Write = { op: 'increment', table: 'sequences', id: 'outbox', field: 'next' };
    expect(await written(perform, next)).toEqual([
      { table: 'sequences', op: 'put', key: 'outbox', row: { id: 'outbox', next: 1 } },
    ]);
    expect((await written(perform, next, next)).map(({ row }) => row?.['next'])).toEqual([2, 3]);
    expect(await perform(transaction([next], true))).toMatchObject({ reason: 'failure' });
    const numbers = await Promise.all([1, 2, 3].map(() => written(perform, next)));
    expect(numbers.map(([write]) => write?.row?.['next'])).toEqual([4, 5, 6]);
    await perform(transaction([save('c1', 0)]));
    const count: Write = { op: 'increment', table: 'campaigns', id: 'c1', field: 'count' };
    expect(await written(perform, count, { ...count, field: 'state' })).toMatchObject([
      { row: { id: 'c1', version: 1, state: 'activating', count: 1 } },
      { row: { id: 'c1', version: 1, state: 1, count: 1 } },
    ]);
  });
}

/** The outbox inside a document. */
export function documentWrites(perform: Perform, database: () => Database): void {
  const finish = (id: string, position: number, remove: boolean): Write => {
    return { op: 'finishEntry', table: 'orders', id, position, remove };
  };

  test('an entry is marked or removed in the document as it is stored, whose version stays', async () => {
    await perform(transaction([{ op: 'put', table: 'orders', row: order('o1', 7, false, false, false) }]));
    const [marked] = await written(perform, finish('o1', 2, false));
    expect(marked).toEqual({ table: 'orders', op: 'put', key: 'o1', row: order('o1', 7, false, true, false) });
    const writes = await written(perform, finish('o1', 1, true), finish('o1', 3, false), finish('o1', 2, true));
    const { outbox: entries, pending, version } = writes[2]!.row!;
    expect([pending, version, writes.map(({ row }) => row?.['pending'])]).toEqual([0, 7, [1, 0, 0]]);
    expect(entries).toEqual([{ position: 3, published: true, event: event(3, 'o1') }]);
    expect((await database().readAll())['orders']).toEqual([writes[2]!.row]);
    // marking once more changes nothing and is fine
    expect(await written(perform, finish('o1', 3, false))).toEqual([{ ...writes[2] }]);
  });

  test('a document or an entry that is not there is a conflict', async () => {
    await perform(transaction([{ op: 'put', table: 'orders', row: order('o1', 1, false) }]));
    await perform(transaction([{ op: 'put', table: 'orders', row: { id: 'o2' } }]));
    const before = await database().readAll();
    expect(await perform(transaction([finish('o9', 1, false)]))).toEqual(conflict);
    expect(await perform(transaction([finish('o2', 1, true)]))).toEqual(conflict);
    expect(await perform(transaction([tell(1), finish('o1', 2, false)]))).toEqual(conflict);
    expect(await perform(transaction([finish('o1', 1, true), finish('o1', 1, true)]))).toEqual(conflict);
    expect(await perform(transaction([finish('o1', 1, true)], true))).toMatchObject({ reason: 'failure' });
    expect(await database().readAll()).toEqual(before);
  });
}

/** What subscribers remember. */
export function guardWrites(perform: Perform, database: () => Database): void {
  test('a version that is not newer than the one seen is stale, and undoes what came with it', async () => {
    const saw = (version: number, aggregateId = 'c1'): Write => {
      return { op: 'recordVersion', subscription: 'billing', aggregateId, version };
    };
    const row = { subscription: 'billing', aggregateId: 'c1', version: 3 };
    expect(await written(perform, saw(3))).toEqual([{ table: 'versions', op: 'put', key: 'billing/c1', row }]);
    const before = await database().readAll();
    for (const version of [3, 2]) {
      const answer = await perform(transaction([tell(1), saw(version)]));
      expect(answer).toStrictEqual({ type: 'aborted', reason: 'stale', seen: 3 });
    }
    expect(await perform(transaction([saw(5), saw(5)]))).toEqual({ type: 'aborted', reason: 'stale', seen: 5 });
    expect(await perform(transaction([save('x', 4), saw(3)]))).toStrictEqual(conflict);
    expect(await perform(transaction([saw(4)], true))).toStrictEqual({ type: 'aborted', reason: 'failure' });
    expect(await database().readAll()).toEqual(before);
    expect(await written(perform, saw(4), saw(1, 'c2'))).toMatchObject([{ key: 'billing/c1' }, { key: 'billing/c2' }]);
    expect(await perform({ type: 'read', table: 'versions', key: 'billing/c1' })).toMatchObject({
      row: { version: 4 },
    });
  });

  test('a subscription forgets its inbox rows from before a time, in key order', async () => {
    const record = (subscription: string, eventId: string, at: number): Write => {
      return { op: 'recordInbox', subscription, eventId, at };
    };
    const forget = (before: number): Write => ({ op: 'forgetInbox', subscription: 'b', before });
    const inbox = ['z', '', '\uffff\uffff', 'a/b'].map((id, i) => record('b', id, i));
    await perform(transaction([...inbox, record('b', 'late', 9), record('a', 'z', 0), record('b!', 'z', 0)]));
    const before = await database().readAll();
    expect(await perform(transaction([forget(5)], true))).toMatchObject({ reason: 'failure' });
    expect(await database().readAll()).toEqual(before);
    const writes = await written(perform, record('b', 'new', 4), forget(5), forget(5), forget(9));
    expect(writes.map(({ table, op, key }) => [table, op, key])).toEqual([
      ['inbox', 'put', 'b/new'],
      ...['b/', 'b/a/b', 'b/new', 'b/z', 'b/\uffff\uffff'].map((key) => ['inbox', 'delete', key]),
    ]);
    const rest = (await database().readAll())['inbox'];
    expect(rest?.map(({ subscription, eventId }) => [subscription, eventId])).toEqual([
      ['a', 'z'],
      ['b', 'late'],
      ['b!', 'z'],
    ]);
    expect(await written(perform, record('b', 'z', 10))).toHaveLength(1);
  });
}
