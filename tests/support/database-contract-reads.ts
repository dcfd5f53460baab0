/** The contract of what reads many rows, and of the change log that is there to be read. */
import { expect, test } from 'vitest';
import type { Database, DatabaseAnswer, DatabaseRequest, Write } from '../../src/database/port.ts';
import { event, order, save, tell, transaction } from './database-requests.ts';

type Perform = (request: DatabaseRequest) => Promise<DatabaseAnswer>;

const mark = (position: number, at: number): Write => ({ op: 'markOutbox', position, at });

/** Reading without changing anything. */
export function reads(perform: Perform, database: () => Database): void {
  const positions = async (request: DatabaseRequest) => {
    const answer = await perform(request);
    if (answer.type !== 'rows') throw new Error(answer.type);
    const found = answer.rows.map(({ position }) => position);
    return answer.read === undefined ? found : { found, read: answer.read };
  };

  test('the outbox is read with and without its index, after a position, published and parked', async () => {
    const scan = (limit: number) => positions({ type: 'scanUnpublished', limit });
    expect(await scan(2)).toEqual({ found: [], read: 0 });
    await perform(transaction([1, 2, 3, 4, 5, 6, 7].map((n) => tell(n))));
    const park: Write = { op: 'update', table: 'outbox', key: 4, set: { published: 2 } };
    await perform(transaction([mark(3, 10), mark(1, 20), park]));
    const before = await database().readAll();
    expect(await scan(1)).toEqual({ found: [2], read: 2 });
    expect(await scan(2)).toEqual({ found: [2, 5], read: 5 });
    expect(await scan(4)).toEqual({ found: [2, 5, 6, 7], read: 7 });
    expect(await scan(9)).toEqual({ found: [2, 5, 6, 7], read: 7 });
    const after = (position: number, limit: number, below?: number) =>
      positions({ type: 'readOutboxAfter', position, limit, ...(below !== undefined && { below }) });
    expect(await after(0, 3)).toEqual([1, 2, 3]);
    expect(await after(2, 9)).toEqual([3, 4, 5, 6, 7]);
    expect(await after(2, 9, 5)).toEqual([3, 4]);
    expect(await after(2, 1, 5)).toEqual([3]);
    for (const below of [1, 2, 3]) expect(await after(2, 9, below)).toEqual([]);
    expect(await after(7, 9)).toEqual([]);
    const published = (before: number, limit = 9) => positions({ type: 'readPublished', limit, before });
    expect(await published(10)).toEqual([]);
    expect(await published(11)).toEqual([3]);
    expect(await published(21)).toEqual([1, 3]);
    expect(await published(21, 1)).toEqual([1]);
    expect(await positions({ type: 'readParked', limit: 9 })).toEqual([4]);
    expect(await database().readAll()).toEqual(before);
    const more: Write[] = [1, 2].map((key) => ({ op: 'update', table: 'outbox', key, set: { published: 2 } }));
    await perform(transaction(more));
    expect(await positions({ type: 'readParked', limit: 2 })).toEqual([1, 2]);
    expect(await perform({ type: 'readParked', limit: 1 })).toEqual({
      type: 'rows',
      rows: [{ position: 1, published: 2, publishedAt: 20, event: event(1) }],
    });
  });

  test('rows of a numbered table are read by an index, in the order of their numbers', async () => {
    const rows = [{ topic: 'a', n: 1 }, { topic: 'b', n: 0 }, { topic: 'a' }, { n: 1 }, { topic: 'a', n: 0 }];
    await perform(transaction(rows.map((row): Write => ({ op: 'append', table: 'journal', row }))));
    const read = (field: string, value: string | number, limit = 9) =>
      perform({ type: 'readWhere', table: 'journal', field, value, limit });
    const numbered = (...numbers: number[]) => ({
      type: 'documents',
      rows: numbers.map((number) => ({ ...rows[number - 1], number })),
    });
    expect(await read('topic', 'a')).toEqual(numbered(1, 3, 5));
    expect(await read('topic', 'a', 2)).toEqual(numbered(1, 3));
    expect(await read('topic', 'c')).toEqual(numbered());
    expect(await read('n', 0)).toEqual(numbered(2, 5));
    await perform(transaction([{ op: 'update', table: 'journal', key: 2, set: { n: 1 } }]));
    expect(await read('n', 1)).toEqual({
      type: 'documents',
      rows: [
        { topic: 'a', n: 1, number: 1 },
        { topic: 'b', n: 1, number: 2 },
        { n: 1, number: 4 },
      ],
    });
  });

  test('documents with unpublished entries come in the order of their ids', async () => {
    const put = (row: ReturnType<typeof order>): Write => ({ op: 'put', table: 'orders', row });
    const rows = [order('c', 1, false), order('b', 1, false, false), order('d', 1, true), order('a', 1, false)];
    await perform(transaction([...rows.map(put), { op: 'put', table: 'orders', row: { id: 'e', pending: 'x' } }]));
    const read = (limit: number) => perform({ type: 'readPending', table: 'orders', limit });
    expect(await read(2)).toEqual({ type: 'documents', rows: [rows[3], rows[1]] });
    expect(await read(9)).toEqual({ type: 'documents', rows: [rows[3], rows[1], rows[0]] });
    await perform(transaction([{ op: 'finishEntry', table: 'orders', id: 'a', position: 1, remove: false }]));
    expect(await read(1)).toEqual({ type: 'documents', rows: [rows[1]] });
  });
}

/** The change log: what it says where someone reads it, and what it forgets. */
export function changeLogs(perform: Perform, database: () => Database): void {
  const numbers = async (after: number, limit = 9) => {
    const answer = await perform({ type: 'readChanges', after, limit });
    if (answer.type !== 'changes') throw new Error(answer.type);
    return [answer.rows.map(({ number }) => number), answer.first];
  };

  test('changes are read after a number, and the first there is', async () => {
    expect(await numbers(0)).toEqual([[], 1]);
    for (let n = 1; n <= 4; n++) await perform(transaction([tell(n)]));
    expect(await numbers(0, 2)).toEqual([[1, 2], 1]);
    expect(await numbers(2)).toEqual([[3, 4], 1]);
    expect(await numbers(4)).toEqual([[], 1]);
    await perform(transaction([1, 2].map((key): Write => ({ op: 'delete', table: 'changes', key }))));
    expect(await numbers(0, 2)).toEqual([[3, 4], 3]);
    await database().replaceAll({ rows: {}, lastNumbers: { changes: 8 } });
    const before = await database().readAll();
    expect(await numbers(0)).toEqual([[], 9]);
    expect(await numbers(20)).toEqual([[], 9]);
    expect(await database().readAll()).toEqual(before);
    expect(await perform(transaction([]))).toMatchObject({ writes: [{ key: 9 }] });
    expect(await numbers(0)).toEqual([[9], 9]);
  });

  test('where someone reads the log, it has the time and the rows', async () => {
    await perform(transaction([save('c1', 0)]));
    const writes: Write[] = [tell(1), { op: 'delete', table: 'campaigns', key: 'c1' }];
    const answer = await perform({ type: 'transaction', id: 't', writes, log: { at: 30 } });
    const row = { position: 1, published: 0, event: event(1) };
    const change = {
      number: 2,
      transactionId: 't',
      writes: [
        { table: 'outbox', op: 'put', key: 1, row },
        { table: 'campaigns', op: 'delete', key: 'c1' },
      ],
      at: 30,
    };
    expect(answer).toStrictEqual({
      type: 'committed',
      writes: [...change.writes, { table: 'changes', op: 'put', key: 2, row: change }],
    });
    const read = await perform({ type: 'readChanges', after: 1, limit: 1 });
    expect(read).toStrictEqual({ type: 'changes', rows: [change], first: 1 });
  });

  test('the log forgets what is older, but never the row that says so', async () => {
    const at = (time: number, forgetBefore?: number, abort = false) =>
      perform(transaction([tell(1)], abort, { at: time, ...(forgetBefore !== undefined && { forgetBefore }) }));
    await perform(transaction([tell(1)]));
    for (const time of [30, 10, 20]) await at(time);
    const before = await database().readAll();
    expect(await at(40, 25, true)).toEqual({ type: 'aborted', reason: 'failure' });
    expect(await database().readAll()).toEqual(before);
    const answer = await at(40, 25);
    const [put, ...rest] = answer.type === 'committed' ? answer.writes : [];
    expect(put).toMatchObject({ table: 'outbox', op: 'put', key: 5 });
    expect(rest.map(({ table, op, key }) => [table, op, key])).toEqual([
      ['changes', 'delete', 3],
      ['changes', 'delete', 4],
      ['changes', 'put', 5],
    ]);
    expect(rest.at(-1)!.row!['writes']).toMatchObject([{ key: 5 }, { op: 'delete', key: 3 }, { op: 'delete', key: 4 }]);
    // one that has no time stays
    expect(await numbers(0)).toEqual([[1, 2, 5], 1]);
    await at(50, 99);
    expect(await numbers(1)).toEqual([[6], 1]);
    expect(await at(60, 60)).toMatchObject({ writes: [{}, { op: 'delete', key: 6 }, { op: 'put', key: 7 }] });
    expect(await at(10, 60)).toMatchObject({ writes: [{}, { op: 'put', key: 8 }] });
    expect(await numbers(0)).toEqual([[1, 7, 8], 1]);
  });
}
