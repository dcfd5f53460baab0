/** The contract of claims: who gets which rows, until when, and who had them before. */
import { expect, test } from 'vitest';
import type { ClaimRequest, Database, DatabaseAnswer, DatabaseRequest, Write } from '../../src/database/port.ts';
import { event, newId, order, tell, transaction } from './database-requests.ts';

type Perform = (request: DatabaseRequest) => Promise<DatabaseAnswer>;
type Claimed = Extract<DatabaseAnswer, { type: 'claimed' }>;
type Terms = Pick<ClaimRequest, 'holder' | 'limit' | 'at'> & Partial<Pick<ClaimRequest, 'abort' | 'log' | 'ended'>>;

const term = 100;

/** Registers the tests. A claim lasts 100 ms here. */
export function claims(perform: Perform, database: () => Database): void {
  const claimed = async (request: ClaimRequest): Promise<Claimed> => {
    const answer = await perform(request);
    if (answer.type !== 'claimed') throw new Error(JSON.stringify(answer));
    return answer;
  };
  const rest = (terms: Terms) => ({ ...terms, id: newId(), until: terms.at + term });
  const by = (way: 'row' | 'aggregate', terms: Terms): ClaimRequest => ({ type: 'claim', by: way, ...rest(terms) });
  const pending = (terms: Terms): ClaimRequest => ({ type: 'claimPending', table: 'orders', ...rest(terms) });
  /** The claim in few words: which rows, whose they were, when the next is free, and what was written. */
  const told = async (request: ClaimRequest) => {
    const { rows, from, nextFree, writes } = await claimed(request);
    const ids = rows.map((row) => row['position'] ?? row['id']);
    return { ids, from, nextFree, writes: writes.map(({ table, key }) => `${table} ${key}`) };
  };
  const nothing = (nextFree: number | null) => ({ type: 'claimed', rows: [], nextFree, writes: [] });
  const unchanged = async (request: ClaimRequest, answer: DatabaseAnswer) => {
    const before = await database().readAll();
    expect(await perform(request)).toStrictEqual(answer);
    expect(await database().readAll()).toEqual(before);
  };

  byRow(perform, { claimed, told, unchanged, nothing, by });
  byAggregate(perform, { told, unchanged, nothing, by });

  test('of documents the oldest by id are claimed that are free', async () => {
    const put = (row: ReturnType<typeof order>): Write => ({ op: 'put', table: 'orders', row });
    await unchanged(pending({ holder: 'r1', limit: 2, at: 0 }), nothing(null) as Claimed);
    await perform(transaction(['d', 'c', 'b', 'a'].map((id) => put(order(id, 1, false)))));
    await perform(transaction([put(order('0', 1, true))]));
    expect(await claimed(pending({ holder: 'r1', limit: 1, at: 10 }))).toMatchObject({
      rows: [order('a', 1, false)],
      nextFree: null,
      writes: [
        { table: 'leases', op: 'put', key: 'a', row: { id: 'a', holder: 'r1', until: 110 } },
        { table: 'changes', op: 'put', key: 3, row: { writes: [{ table: 'leases', op: 'put', key: 'a' }] } },
      ],
    });
    // what others hold does not count against the limit
    expect(await told(pending({ holder: 'r2', limit: 2, at: 20 }))).toEqual({
      ids: ['b', 'c'],
      from: undefined,
      nextFree: 110,
      writes: ['leases b', 'leases c', 'changes 4'],
    });
    expect(await told(pending({ holder: 'r3', limit: 9, at: 110 }))).toMatchObject({
      ids: ['a', 'd'],
      from: 'r1',
      nextFree: 120,
    });
    expect(await told(pending({ holder: 'r3', limit: 1, at: 111 }))).toMatchObject({ ids: ['a'], from: undefined });
    await unchanged(pending({ holder: 'r1', limit: 9, at: 115 }), nothing(120) as Claimed);
    await unchanged(pending({ holder: 'r1', limit: 9, at: 120, abort: true }), { type: 'aborted', reason: 'failure' });
    await perform(transaction([{ op: 'finishEntry', table: 'orders', id: 'b', position: 1, remove: false }]));
    expect(await told(pending({ holder: 'r1', limit: 9, at: 120 }))).toMatchObject({ ids: ['c'], from: 'r2' });
  });
}

interface Ways {
  told: (request: ClaimRequest) => Promise<object>;
  unchanged: (request: ClaimRequest, answer: DatabaseAnswer) => Promise<void>;
  nothing: (nextFree: number | null) => object;
  by: (way: 'row' | 'aggregate', terms: Terms) => ClaimRequest;
}

function byRow(perform: Perform, ways: Ways & { claimed: (request: ClaimRequest) => Promise<Claimed> }): void {
  const { claimed, told, unchanged, nothing } = ways;
  const by = (terms: Terms) => ways.by('row', terms);

  test('a claim that has ended before its time holds nothing; one that was made later does', async () => {
    await perform(transaction([1, 2].map((n): Write => ({ op: 'appendOutbox', event: event(n) }))));
    await told(by({ holder: 'r1', limit: 1, at: 10 }));
    await told(by({ holder: 'r1', limit: 1, at: 50 }));
    const ended = [{ holder: 'r1', until: 110 }];
    await told(by({ holder: 'r3', limit: 2, at: 55, ended: [{ holder: 'r1', until: 109 }] }));
    expect(await told(by({ holder: 'r2', limit: 2, at: 60, ended }))).toMatchObject({ nextFree: 150, ids: [] });
    expect(await told(by({ holder: 'r2', limit: 2, at: 60, ended: [{ holder: 'r1', until: 150 }] }))).toMatchObject({
      ids: [1],
      from: 'r1',
    });
  });

  test('the oldest rows are claimed that are free, and no one else gets them before their time', async () => {
    await unchanged(by({ holder: 'r1', limit: 2, at: 0, abort: true }), nothing(null) as Claimed);
    await perform(transaction([1, 2, 3, 4, 5].map((n) => tell(n))));
    await perform(transaction([{ op: 'markOutbox', position: 1, at: 1 }]));
    await unchanged(by({ holder: 'r1', limit: 2, at: 0, abort: true }), { type: 'aborted', reason: 'failure' });
    const row = { position: 2, published: 0, event: event(2), claimedBy: 'r1', claimedUntil: 110 };
    const writes = [{ table: 'outbox', op: 'put', key: 2, row }];
    expect(await claimed({ ...by({ holder: 'r1', limit: 1, at: 10 }), id: 'claim' })).toStrictEqual({
      type: 'claimed',
      rows: [row],
      nextFree: null,
      writes: [
        ...writes,
        {
          table: 'changes',
          op: 'put',
          key: 3,
          row: { number: 3, transactionId: 'claim', writes: [{ table: 'outbox', op: 'put', key: 2 }] },
        },
      ],
    });
    expect(await told(by({ holder: 'r2', limit: 2, at: 20 }))).toEqual({
      ids: [3, 4],
      from: undefined,
      nextFree: 110,
      writes: ['outbox 3', 'outbox 4', 'changes 4'],
    });
    // one's own claims are renewed; a claim ends at its end
    expect(await told(by({ holder: 'r2', limit: 2, at: 30 }))).toMatchObject({ ids: [3, 4], nextFree: 110 });
    expect(await told(by({ holder: 'r3', limit: 9, at: 109 }))).toMatchObject({ ids: [5], nextFree: 110 });
    await unchanged(by({ holder: 'r4', limit: 9, at: 109 }), nothing(110) as Claimed);
    expect(await told(by({ holder: 'r4', limit: 1, at: 130 }))).toMatchObject({ ids: [2], from: 'r1', nextFree: 209 });
    expect(await told(by({ holder: 'r4', limit: 9, at: 209 }))).toMatchObject({ ids: [2, 3, 4, 5], from: 'r2' });
    // a row that is let go of is anyone's
    const letGo: Write = {
      op: 'update',
      table: 'outbox',
      key: 3,
      set: { claimedBy: undefined, claimedUntil: undefined },
    };
    await perform(transaction([letGo]));
    expect(await told(by({ holder: 'r1', limit: 9, at: 210 }))).toEqual({
      ids: [3],
      from: undefined,
      nextFree: 309,
      writes: ['outbox 3', expect.any(String)],
    });
  });

  test('a claim is in the change log as any transaction, and of two at once one comes after the other', async () => {
    await perform(transaction([tell(1), tell(2)], false, { at: 1 }));
    const log = { at: 20, forgetBefore: 20 };
    const [first, second] = await Promise.all([
      claimed(by({ holder: 'r1', limit: 1, at: 10, log: { at: 10 } })),
      claimed(by({ holder: 'r2', limit: 2, at: 10, log })),
    ]);
    expect([first, second].map(({ rows }) => rows.map(({ position }) => position))).toEqual([[1], [2]]);
    expect(first.writes.at(-1)?.row).toMatchObject({ at: 10, writes: [{ key: 1, row: first.rows[0] }] });
    expect(second.writes.map(({ table, op, key }) => [table, op, key])).toEqual([
      ['outbox', 'put', 2],
      ['changes', 'delete', 1],
      ['changes', 'delete', 2],
      ['changes', 'put', 3],
    ]);
  });
}

function byAggregate(perform: Perform, { told, unchanged, nothing, ...ways }: Ways): void {
  const by = (terms: Terms) => ways.by('aggregate', terms);

  test('of the oldest rows those are claimed whose aggregates no one else has leased', async () => {
    await unchanged(by({ holder: 'r1', limit: 2, at: 0 }), nothing(null) as Claimed);
    await perform(transaction([tell(1, 'b'), tell(2, 'a'), tell(3, 'b'), tell(4, 'c')]));
    await unchanged(by({ holder: 'r1', limit: 1, at: 0, abort: true }), { type: 'aborted', reason: 'failure' });
    expect(await told(by({ holder: 'r1', limit: 1, at: 10 }))).toEqual({
      ids: [1],
      from: undefined,
      nextFree: null,
      writes: ['leases b', 'changes 2'],
    });
    // the limit is on what is looked at
    expect(await told(by({ holder: 'r2', limit: 3, at: 20 }))).toEqual({
      ids: [2],
      from: undefined,
      nextFree: 110,
      writes: ['leases a', 'changes 3'],
    });
    await unchanged(by({ holder: 'r3', limit: 3, at: 30 }), nothing(110) as Claimed);
    expect(await told(by({ holder: 'r1', limit: 4, at: 40 }))).toEqual({
      ids: [1, 3, 4],
      from: undefined,
      nextFree: 120,
      writes: ['leases b', 'leases c', 'changes 4'],
    });
    expect(await perform({ type: 'read', table: 'leases', key: 'b' })).toEqual({
      type: 'row',
      row: { id: 'b', holder: 'r1', until: 140 },
    });
    expect(await told(by({ holder: 'r3', limit: 4, at: 140 }))).toEqual({
      ids: [1, 2, 3, 4],
      from: 'r1',
      nextFree: null,
      writes: ['leases b', 'leases a', 'leases c', 'changes 5'],
    });
    // given back before its time
    await perform(transaction([{ op: 'delete', table: 'leases', key: 'a' }]));
    expect(await told(by({ holder: 'r4', limit: 4, at: 150 }))).toMatchObject({ ids: [2], from: undefined });
  });
}
