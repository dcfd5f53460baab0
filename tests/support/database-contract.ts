/** What every driver of the database port keeps to, as one test for all of them. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyTables, imageOf, MemoryDatabase, performOn } from '../../src/database/memory.ts';
import type { Database, DatabaseAnswer, DatabaseRequest, Schema, TablesImage, Write } from '../../src/database/port.ts';
import { StorageLost } from '../../src/database/port.ts';
import type { Envelope } from '../../src/messaging/envelope.ts';

export const schema: Schema = { campaigns: { key: 'id' }, sagas: { key: 'id' }, journal: { key: 'number' } };

/** An event of a campaign, all its fields made from a number. */
export function event(n: number): Envelope {
  return {
    id: `event-${n}`,
    type: 'CampaignActivated',
    aggregateId: 'campaign-1',
    aggregateVersion: n,
    transactionId: `transaction-${n}`,
    correlationId: 'command-1',
    causationId: 'command-1',
    payload: { n, nested: { list: [n, null, 'text', true] } },
  };
}

let transactions = 0;

/** A request for a transaction, under an id of its own. */
export function transaction(writes: Write[], abort?: boolean): DatabaseRequest {
  transactions += 1;
  return { type: 'transaction', id: `transaction-${transactions}`, writes, ...(abort && { abort }) };
}

/** Saves a campaign in the version that follows the expected one. */
export function save(id: string, expectedVersion: number, state = 'activating'): Write {
  return { op: 'save', table: 'campaigns', row: { id, version: expectedVersion + 1, state }, expectedVersion };
}

const emptyRows = { campaigns: [], sagas: [], journal: [], outbox: [], inbox: [], changes: [] };

function keysOf(answer: DatabaseAnswer): (string | number)[] {
  return answer.type === 'committed' ? answer.writes.map(({ key }) => key) : [];
}

/**
 * Registers the contract's tests. `open` gives a new, empty database of the schema each time.
 * `runs`: how many random sequences of requests to try.
 */
export function databaseContract(name: string, open: (schema: Schema) => Promise<Database>, runs: number): void {
  describe(`${name} keeps the contract`, () => {
    let database: Database;
    beforeEach(async () => {
      vi.spyOn(console, 'warn');
      database = await open(schema);
    });
    afterEach(() => {
      database.close();
      // Dexie complains there of rejections that nobody saw
      expect(console.warn).not.toHaveBeenCalled();
      vi.restoreAllMocks();
    });
    const perform = (request: DatabaseRequest) => database.perform(request);

    commits(perform, () => database);
    outboxes(perform);
    replaces(perform, () => database);
    refusals(perform, () => database);

    test(
      'any requests get the answers that the model gives, and leave the same rows',
      { timeout: 120_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 25 }), (steps) => sameAsModel(open, steps)),
          { numRuns: runs, endOnFailure: true },
        );
      },
    );
  });
}

type Perform = (request: DatabaseRequest) => Promise<DatabaseAnswer>;

function commits(perform: Perform, database: () => Database): void {
  test('an aggregate and its outbox row commit together, with a row in the change log', async () => {
    const first = { op: 'appendOutbox', event: event(1) } as const;
    const answer = await perform({ type: 'transaction', id: 't1', writes: [save('c1', 0), first] });
    const campaign = { id: 'c1', version: 1, state: 'activating' };
    const outbox = { position: 1, published: 0, event: event(1) };
    const written = [
      { table: 'campaigns', op: 'put', key: 'c1' },
      { table: 'outbox', op: 'put', key: 1 },
    ];
    const change = { number: 1, transactionId: 't1', writes: written };
    expect(answer).toEqual({
      type: 'committed',
      writes: [
        { ...written[0], row: campaign },
        { ...written[1], row: outbox },
        { table: 'changes', op: 'put', key: 1, row: change },
      ],
    });
    expect(await database().readAll()).toEqual({
      ...emptyRows,
      campaigns: [campaign],
      outbox: [outbox],
      changes: [change],
    });
    expect(await perform({ type: 'read', table: 'campaigns', key: 'c1' })).toEqual({ type: 'row', row: campaign });
    expect(await perform({ type: 'read', table: 'outbox', key: 1 })).toEqual({ type: 'row', row: outbox });
    expect(await perform({ type: 'read', table: 'campaigns', key: 'c2' })).toEqual({ type: 'row', row: undefined });
  });

  test('an abort leaves nothing, and consumes no running number', async () => {
    const writes: Write[] = [
      save('c1', 0),
      { op: 'appendOutbox', event: event(1) },
      { op: 'append', table: 'journal', row: { said: 'hello' } },
      { op: 'recordInbox', subscription: 'billing', eventId: 'event-1', at: 5 },
    ];
    expect(await perform(transaction(writes, true))).toEqual({ type: 'aborted', reason: 'failure' });
    expect(await database().readAll()).toEqual(emptyRows);
    expect(keysOf(await perform(transaction(writes)))).toEqual(['c1', 1, 1, 'billing/event-1', 1]);
  });

  test('another version than the expected one is a conflict, and undoes the whole transaction', async () => {
    await perform(transaction([save('c1', 0)]));
    const before = await database().readAll();
    const conflict = { type: 'aborted', reason: 'conflict' };
    expect(await perform(transaction([save('c2', 0), save('c1', 0)]))).toEqual(conflict);
    expect(await perform(transaction([save('c1', 2), { op: 'appendOutbox', event: event(1) }]))).toEqual(conflict);
    expect(await perform(transaction([save('c3', 1)]))).toEqual(conflict);
    expect(await database().readAll()).toEqual(before);
    expect(await perform(transaction([save('c1', 1), save('c1', 2)]))).toMatchObject({ type: 'committed' });
  });

  test('an inbox row that is there already rolls back the effect with it', async () => {
    const inbox = { op: 'recordInbox', subscription: 'billing', eventId: 'event-1', at: 5 } as const;
    const effect = (amount: number) => ({ op: 'put', table: 'sagas', row: { id: 'bill', amount } }) as const;
    await perform(transaction([effect(1), inbox]));
    const before = await database().readAll();
    expect(await perform(transaction([effect(2), inbox]))).toEqual({ type: 'aborted', reason: 'duplicate' });
    expect(await perform(transaction([inbox, save('c1', 7)]))).toEqual({ type: 'aborted', reason: 'duplicate' });
    expect(await perform(transaction([save('c1', 7), inbox]))).toEqual({ type: 'aborted', reason: 'conflict' });
    expect(await database().readAll()).toEqual(before);
    const other = { ...inbox, subscription: 'adServing' };
    expect(await perform(transaction([effect(2), other]))).toMatchObject({ type: 'committed' });
    const row = { subscription: 'adServing', eventId: 'event-1', at: 5 };
    expect(await perform({ type: 'read', table: 'inbox', key: 'adServing/event-1' })).toEqual({ type: 'row', row });
  });
}

function outboxes(perform: Perform): void {
  const positions = async (limit: number) => {
    const answer = await perform({ type: 'readUnpublished', limit });
    return answer.type === 'rows' ? answer.rows.map(({ position }) => position) : null;
  };

  test('unpublished rows come oldest first, as many as asked for, until they are marked', async () => {
    expect(await positions(10)).toEqual([]);
    for (let n = 1; n <= 5; n++) await perform(transaction([{ op: 'appendOutbox', event: event(n) }]));
    expect(await positions(3)).toEqual([1, 2, 3]);
    const marked = await perform(transaction([{ op: 'markOutbox', position: 2, at: 40 }]));
    const row = { position: 2, published: 1, publishedAt: 40, event: event(2) };
    expect(marked).toMatchObject({ type: 'committed', writes: [{ table: 'outbox', op: 'put', key: 2, row }, {}] });
    expect(await positions(3)).toEqual([1, 3, 4]);
    await perform(transaction([{ op: 'markOutbox', position: 1, at: 50 }], true));
    expect(await positions(10)).toEqual([1, 3, 4, 5]);
  });

  test('a row that is not there can’t be marked', async () => {
    const mark = { op: 'markOutbox', position: 9, at: 1 } as const;
    expect(await perform(transaction([mark]))).toEqual({ type: 'aborted', reason: 'conflict' });
  });
}

function replaces(perform: Perform, database: () => Database): void {
  test('all tables are replaced by an image, forth and back, and running numbers go on after its last ones', async () => {
    const outbox = [
      { position: 3, published: 1, publishedAt: 2, event: event(3) },
      { position: 7, published: 0, event: event(7) },
    ];
    const image = { rows: { outbox, campaigns: [{ id: 'c9', version: 4 }] }, lastNumbers: { outbox: 9, journal: 4 } };
    const add: Write[] = [
      { op: 'appendOutbox', event: event(1) },
      { op: 'append', table: 'journal', row: {} },
    ];
    await perform(transaction([save('c1', 0), ...add]));
    await database().replaceAll(image);
    expect(await database().readAll()).toEqual({ ...emptyRows, ...image.rows });
    expect(keysOf(await perform(transaction(add)))).toEqual([10, 5, 1]);
    expect(await perform({ type: 'readUnpublished', limit: 1 })).toMatchObject({ rows: [{ position: 7 }] });
    // back: numbers given in a future that is not to be must be given again
    await database().replaceAll({ rows: { outbox }, lastNumbers: { outbox: 7 } });
    expect(keysOf(await perform(transaction(add)))).toEqual([8, 1, 1]);
    await database().replaceAll({ rows: {}, lastNumbers: {} });
    expect(await database().readAll()).toEqual(emptyRows);
    expect(keysOf(await perform(transaction(add)))).toEqual([1, 1, 1]);
  });

  test('rows come in the order of their keys: by UTF-16 unit, by number, by the first field and then the second', async () => {
    for (const id of ['b', 'é', 'B', '10', '9', '', '𝄞', '\uffee']) await perform(transaction([save(id, 0)]));
    for (let n = 1; n <= 11; n++) await perform(transaction([{ op: 'append', table: 'journal', row: { n } }]));
    for (const [subscription, eventId] of ['b', 'a', 'a!'].flatMap((s) =>
      ['y', 'x/1', ''].map((e) => [s, e] as const),
    )) {
      await perform(transaction([{ op: 'recordInbox', subscription, eventId, at: 0 }]));
    }
    const { campaigns, journal, inbox } = await database().readAll();
    expect(campaigns?.map(({ id }) => id)).toEqual(['', '10', '9', 'B', 'b', 'é', '𝄞', '\uffee']);
    expect(journal?.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const pairs = inbox?.map(({ subscription, eventId }) => `${String(subscription)}/${String(eventId)}`);
    expect(pairs).toEqual(['a/', 'a/x/1', 'a/y', 'a!/', 'a!/x/1', 'a!/y', 'b/', 'b/x/1', 'b/y']);
  });
}

function refusals(perform: Perform, database: () => Database): void {
  test('requests that make no sense are refused, saying why, and change nothing', async () => {
    const put = (table: string): Write => ({ op: 'put', table, row: { id: 'x' } });
    const refused: [DatabaseRequest, RegExp][] = [
      [{ type: 'read', table: 'campaign', key: 'c1' }, /no table 'campaign', only .*campaigns/],
      [{ type: 'read', table: 'constructor', key: 'c1' }, /no table 'constructor'/],
      [{ type: 'read', table: 'inbox', key: 'billing' }, /first\/second/],
      [{ type: 'readUnpublished', limit: 0 }, /at least 1/],
      [transaction([save('c1', 0), put('nowhere')]), /put: there is no table 'nowhere'/],
      [transaction([put('outbox')]), /'outbox' has the key 'position', not 'id'/],
      [transaction([{ op: 'append', table: 'campaigns', row: {} }]), /'campaigns' has the key 'id', not 'number'/],
      [transaction([{ op: 'append', table: 'journal', row: { number: 1 } }]), /number is the database/],
      [transaction([{ op: 'recordInbox', subscription: 'a/b', eventId: 'e', at: 0 }]), /no slash/],
    ];
    for (const [request, message] of refused) await expect(perform(request)).rejects.toThrow(message);
    await expect(database().replaceAll({ rows: { nowhere: [] }, lastNumbers: {} })).rejects.toThrow(
      /no table 'nowhere'/,
    );
    expect(await database().readAll()).toEqual(emptyRows);
  });

  test('a closed database is lost to its user', async () => {
    database().close();
    await expect(database().readAll()).rejects.toBeInstanceOf(StorageLost);
    await expect(perform(transaction([]))).rejects.toMatchObject({ name: 'StorageLost', reason: 'lost' });
    await expect(database().replaceAll({ rows: {}, lastNumbers: {} })).rejects.toBeInstanceOf(StorageLost);
  });
}

/** Either a request, or going back to the state before the step of this index. */
type Step = { request: DatabaseRequest } | { backTo: number };

const anyId = fc.constantFrom('a', 'b', '');
const anyVersion = fc.nat(3);
const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(anyId, anyVersion).map(([id, version]) => save(id, version)) },
  { weight: 3, arbitrary: fc.nat(99).map((n) => ({ op: 'appendOutbox' as const, event: event(n) })) },
  fc.record({ op: fc.constant('markOutbox' as const), position: fc.integer({ min: 1, max: 6 }), at: fc.nat(50) }),
  fc.record({
    op: fc.constant('recordInbox' as const),
    subscription: fc.constantFrom('billing', 'saga'),
    eventId: fc.constantFrom('e1', 'e2', 'e3'),
    at: fc.nat(50),
  }),
  fc.tuple(anyId, anyVersion, fc.jsonValue()).map(([id, version, content]): Write => {
    return { op: 'put', table: version > 1 ? 'campaigns' : 'sagas', row: { id, version, content } };
  }),
  fc.jsonValue().map((content): Write => ({ op: 'append', table: 'journal', row: { content } })),
);
const anyRequest: fc.Arbitrary<DatabaseRequest> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ writes: fc.array(anyWrite, { maxLength: 4 }), abort: fc.nat(5) })
      .map(({ writes, abort }) => transaction(writes, abort === 0)),
  },
  fc.integer({ min: 1, max: 4 }).map((limit): DatabaseRequest => ({ type: 'readUnpublished', limit })),
  anyId.map((key): DatabaseRequest => ({ type: 'read', table: 'campaigns', key })),
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: anyRequest.map((request) => ({ request })) },
  { weight: 1, arbitrary: fc.nat(25).map((backTo) => ({ backTo })) },
);

async function sameAsModel(open: (schema: Schema) => Promise<Database>, steps: readonly Step[]): Promise<void> {
  const database = await open(schema);
  let model = emptyTables(schema);
  const images: TablesImage[] = [];
  for (const step of steps) {
    images.push(imageOf(model));
    if ('backTo' in step) {
      const image = images[Math.min(step.backTo, images.length - 1)]!;
      await database.replaceAll(image);
      model = new MemoryDatabase(schema, image).tables;
    } else {
      const { tables, answer } = performOn(model, step.request);
      expect(await database.perform(step.request)).toEqual(answer);
      model = tables;
    }
  }
  expect(await database.readAll()).toEqual(imageOf(model).rows);
  database.close();
}
