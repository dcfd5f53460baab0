/** What every driver of the database port keeps to, as one test for all of them. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyTables, imageOf, MemoryDatabase, performOn } from '../../src/database/memory.ts';
import type { Database, DatabaseAnswer, DatabaseRequest, Schema, TablesImage, Write } from '../../src/database/port.ts';
import { StorageLost } from '../../src/database/port.ts';
import { claims } from './database-contract-claims.ts';
import { changeLogs, reads } from './database-contract-reads.ts';
import { documentWrites, fieldWrites, guardWrites } from './database-contract-writes.ts';
import { anySteps, emptyRows, event, save, schema, transaction, type Step } from './database-requests.ts';

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
    fieldWrites(perform, () => database);
    documentWrites(perform, () => database);
    guardWrites(perform, () => database);
    reads(perform, () => database);
    changeLogs(perform, () => database);
    claims(perform, () => database);
    refusals(perform, () => database);

    test(
      'any requests get the answers that the model gives, and leave the same rows',
      { timeout: 120_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(anySteps, (steps) => sameAsModel(open, steps)),
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

const update = (table: string, key: string | number, set: object, where: object = {}): DatabaseRequest => {
  return transaction([{ op: 'update', table, key, set: { ...set }, where: { ...where } }]);
};
const remove = (table: string, key: string | number) => transaction([{ op: 'delete', table, key }]);
const claim = { id: 't', holder: 'relay', limit: 1, at: 0, until: 1 };

const senseless: [DatabaseRequest, RegExp][] = [
  [{ type: 'read', table: 'campaigns', key: 1 }, /read: '1' is no key of table 'campaigns'/],
  [{ type: 'scanUnpublished', limit: 0.5 }, /scanUnpublished: the limit/],
  [{ type: 'readOutboxAfter', position: NaN, limit: 1 }, /position is a number/],
  [{ type: 'readOutboxAfter', position: 0, below: NaN, limit: 1 }, /below is a number/],
  [{ type: 'readPublished', limit: 0, before: 1 }, /readPublished: the limit/],
  [{ type: 'readPublished', limit: 1, before: NaN }, /before is a number/],
  [{ type: 'readParked', limit: -1 }, /readParked: the limit/],
  [{ type: 'readPending', table: 'campaigns', limit: 1 }, /rows of table 'campaigns' are no documents/],
  [{ type: 'readPending', table: 'nowhere', limit: 1 }, /no table 'nowhere'/],
  [{ type: 'readWhere', table: 'journal', field: 'said', value: 'a', limit: 1 }, /no index on 'said'/],
  [{ type: 'readWhere', table: 'journal', field: 'n', value: NaN, limit: 1 }, /a text or a number/],
  [{ type: 'readWhere', table: 'campaigns', field: 'n', value: 1, limit: 1 }, /not 'number'/],
  [{ type: 'readChanges', after: NaN, limit: 1 }, /after is a number/],
  [{ type: 'claim', by: 'row', ...claim, limit: 0 }, /claim: the limit/],
  [{ type: 'claim', by: 'aggregate', ...claim, at: NaN }, /claim: at is a number/],
  [{ type: 'claimPending', table: 'outbox', ...claim }, /'outbox' has the key 'position', not 'id'/],
  [{ type: 'claimPending', table: 'sagas', ...claim, until: NaN }, /until is a number/],
  [update('nowhere', 'a', {}), /update: there is no table 'nowhere'/],
  [update('outbox', 'a', {}), /update: 'a' is no key of table 'outbox'/],
  [update('inbox', 'a', {}), /first\/second/],
  [update('campaigns', 'a', { id: 'b' }), /key of a row never changes/],
  [update('inbox', 'a/b', { eventId: 'c' }), /key of a row never changes/],
  [update('campaigns', 'a', {}, { state: ['x'] }), /only plain values/],
  [remove('nowhere', 1), /delete: there is no table 'nowhere'/],
  [remove('journal', NaN), /delete: 'NaN' is no key of table 'journal'/],
  [remove('versions', 2), /first\/second/],
  [transaction([{ op: 'appendOutbox', event: event(1), position: 0 }]), /integer from 1/],
  [transaction([{ op: 'appendOutbox', event: event(1), position: 1.5 }]), /integer from 1/],
  [transaction([{ op: 'increment', table: 'outbox', id: 'a', field: 'n' }]), /not 'id'/],
  [transaction([{ op: 'increment', table: 'sequences', id: 'a', field: 'id' }]), /key of a row never changes/],
  [transaction([{ op: 'finishEntry', table: 'sagas', id: 'a', position: 1, remove: true }]), /are no documents/],
  [transaction([{ op: 'recordVersion', subscription: 'a/b', aggregateId: 'c', version: 1 }]), /no slash/],
  [transaction([{ op: 'forgetInbox', subscription: 'a', before: NaN }]), /before is a number/],
  [transaction([], false, { at: 1, forgetBefore: NaN }), /forgetBefore is a number/],
];

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
      ...senseless,
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
