import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { forceCloseDatabase } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { deleteDatabase, listDatabases, openIndexedDb } from '../../../src/database/indexeddb.ts';
import type { Database, DatabaseRequest, TablesImage, Write } from '../../../src/database/port.ts';
import { event, order, save, schema, tell, transaction } from '../../support/database-requests.ts';

let names = 0;
const newName = () => `driver-${names++}`;
const factory = globalThis.indexedDB;
const setFactory = (indexedDB: unknown) => vi.stubGlobal('indexedDB', indexedDB);
const lost = { name: 'StorageLost', reason: 'lost' };
const nothing: TablesImage = { rows: {}, lastNumbers: {} };

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Opens a database, and gives its raw connection too. */
async function openRaw(name = newName()): Promise<{ name: string; database: Database; raw: IDBDatabase }> {
  const open = vi.spyOn(factory, 'open');
  const database = await openIndexedDb(name, schema);
  const { result } = open.mock.results.at(-1)!.value as IDBOpenDBRequest;
  open.mockRestore();
  return { name, database, raw: result };
}

/** Cuts a connection as the browser does when it clears a site's data or loses its storage process. */
async function cut(raw: IDBDatabase): Promise<void> {
  const closed = new Promise((resolve) => raw.addEventListener('close', resolve));
  forceCloseDatabase(raw as never);
  await closed;
}

type Scope = (this: Dexie, ...args: unknown[]) => PromiseLike<unknown>;
type Work = (tx: unknown) => PromiseLike<unknown>;

/**
 * Makes Dexie's next transactions fail with these errors: before they do anything, after all their work, or after they have
 * committed.
 */
function failTransactions(when: 'before' | 'beforeCommit' | 'afterCommit', ...errors: Error[]) {
  const prototype = Dexie.prototype as unknown as { transaction: Scope };
  const real = Reflect.get<typeof prototype, 'transaction'>(prototype, 'transaction');
  const spy = vi.spyOn(prototype, 'transaction');
  for (const error of errors) {
    spy.mockImplementationOnce(function (this: Dexie, ...args) {
      if (when === 'beforeCommit') {
        const work = args.at(-1) as Work;
        return real.apply(
          this,
          args.with(-1, (tx: unknown) => work(tx).then(() => Promise.reject(error))),
        );
      }
      const done = when === 'before' ? Dexie.Promise.resolve() : real.apply(this, args);
      return done.then(() => Promise.reject(error));
    });
  }
  return spy;
}

const saveAndTell = (version = 0): DatabaseRequest =>
  transaction([save('c1', version), { op: 'appendOutbox', event: event(1) }]);

async function counts(database: Database): Promise<(number | undefined)[]> {
  const { campaigns, outbox, changes } = await database.readAll();
  return [campaigns?.length, outbox?.length, changes?.length];
}

test('rows outlive the connection, and so do running numbers', async () => {
  const name = newName();
  const first = await openIndexedDb(name, schema);
  await first.replaceAll({ rows: {}, lastNumbers: { outbox: 5 } });
  await first.perform(saveAndTell());
  first.close();
  const second = await openIndexedDb(name, schema);
  expect(await second.perform({ type: 'readUnpublished', limit: 9 })).toMatchObject({ rows: [{ position: 6 }] });
  const next = await second.perform(transaction([{ op: 'appendOutbox', event: event(2) }]));
  expect(next).toMatchObject({ writes: [{ key: 7 }, { key: 2 }] });
});

test('databases of different names don’t see each other, are listed by prefix and deleted one by one', async () => {
  const [a, b] = [newName(), newName()];
  const first = await openIndexedDb(a, schema);
  const second = await openIndexedDb(b, schema);
  await first.perform(saveAndTell());
  expect(await counts(first)).toEqual([1, 1, 1]);
  expect(await counts(second)).toEqual([0, 0, 0]);
  expect(await listDatabases('driver-')).toEqual(expect.arrayContaining([a, b]));
  expect(await listDatabases('drivers-')).toEqual([]);
  await deleteDatabase(b);
  await deleteDatabase('never-was');
  expect(await listDatabases(b)).toEqual([]);
  expect(await counts(first)).toEqual([1, 1, 1]);
});

test('without IndexedDB, or where it is refused, the storage is missing', async () => {
  const missing = { name: 'StorageLost', reason: 'missing' };
  setFactory(undefined);
  await expect(openIndexedDb(newName(), schema)).rejects.toMatchObject(missing);
  await expect(deleteDatabase(newName())).rejects.toMatchObject(missing);
  await expect(listDatabases('')).rejects.toMatchObject(missing);
  const refuse = () => {
    throw new DOMException('private', 'SecurityError');
  };
  setFactory({ open: refuse });
  await expect(openIndexedDb(newName(), schema)).rejects.toMatchObject(missing);
  vi.unstubAllGlobals();
  Object.defineProperty(globalThis, 'indexedDB', { get: refuse, configurable: true });
  await expect(openIndexedDb(newName(), schema)).rejects.toMatchObject(missing);
  Object.defineProperty(globalThis, 'indexedDB', { value: factory, configurable: true, writable: true });
});

test('a connection that was cut is opened again, once, without loss', async () => {
  const { database, raw } = await openRaw();
  await database.perform(saveAndTell());
  await cut(raw);
  expect(await Promise.all([database.perform(saveAndTell(1)), counts(database)])).toMatchObject([
    { type: 'committed', writes: [{ key: 'c1' }, { key: 2 }, { key: 2 }] },
    [1, expect.any(Number), expect.any(Number)],
  ]);
  expect(await counts(database)).toEqual([1, 2, 2]);
});

test('a dead connection that says nothing is opened again too, and replaced tables come through it', async () => {
  const { database, raw } = await openRaw();
  vi.spyOn(console, 'warn').mockReturnValue();
  raw.close();
  expect(await database.perform(saveAndTell())).toMatchObject({ type: 'committed' });
  const other = await openRaw();
  await cut(other.raw);
  await other.database.replaceAll({ rows: { campaigns: [{ id: 'c1', version: 1 }] }, lastNumbers: {} });
  expect(await counts(other.database)).toEqual([1, 0, 0]);
});

test('a transaction that committed although its answer was lost is not done twice, and its answer is found', async () => {
  const usual = await openRaw();
  const unlucky = await openRaw();
  const inbox = { op: 'recordInbox', subscription: 'billing', eventId: 'e1', at: 3 } as const;
  const request = transaction([save('c1', 0), { op: 'appendOutbox', event: event(1) }, inbox]);
  const answer = await usual.database.perform(request);
  failTransactions('afterCommit', new Dexie.DatabaseClosedError());
  expect(await unlucky.database.perform(request)).toEqual(answer);
  expect(await unlucky.database.readAll()).toEqual(await usual.database.readAll());
});

const lostAnswers: [string, DatabaseRequest, DatabaseRequest[]][] = [
  [
    'updates and removals',
    transaction(
      [
        { op: 'update', table: 'outbox', key: 1, set: { attempts: 1 } },
        { op: 'update', table: 'outbox', key: 1, set: { attempts: 2 } },
        { op: 'delete', table: 'outbox', key: 2 },
        { op: 'increment', table: 'sequences', id: 's', field: 'next' },
        { op: 'increment', table: 'sequences', id: 's', field: 'next' },
        { op: 'delete', table: 'sequences', key: 's' },
      ],
      false,
      { at: 9, forgetBefore: 5 },
    ),
    [transaction([tell(1), tell(2)], false, { at: 1 })],
  ],
  [
    'a claim of rows',
    { type: 'claim', by: 'row', id: 'c2', holder: 'r2', limit: 1, at: 30, until: 40 },
    [transaction([tell(1), tell(2)]), { type: 'claim', by: 'row', id: 'c1', holder: 'r1', limit: 2, at: 0, until: 20 }],
  ],
  [
    'a claim of aggregates',
    { type: 'claim', by: 'aggregate', id: 'c2', holder: 'r2', limit: 9, at: 20, until: 40 },
    [
      transaction([tell(1, 'a'), tell(2, 'b'), tell(3, 'a')]),
      { type: 'claim', by: 'aggregate', id: 'c1', holder: 'r1', limit: 1, at: 0, until: 20 },
    ],
  ],
  [
    'a claim of documents',
    { type: 'claimPending', table: 'orders', id: 'c2', holder: 'r2', limit: 9, at: 20, until: 40 },
    [
      transaction(['a', 'b'].map((id) => ({ op: 'put', table: 'orders', row: order(id, 1, false) }))),
      { type: 'claimPending', table: 'orders', id: 'c1', holder: 'r1', limit: 1, at: 0, until: 30 },
    ],
  ],
];

test.each(lostAnswers)('the lost answer of %s is found too, to the last field', async (_name, asked, before) => {
  const usual = await openRaw();
  const unlucky = await openRaw();
  for (const earlier of before) {
    await usual.database.perform(earlier);
    await unlucky.database.perform(earlier);
  }
  const answer = await usual.database.perform(asked);
  expect(answer.type === 'claimed' ? answer.rows : answer).not.toEqual([]);
  failTransactions('afterCommit', new Dexie.DatabaseClosedError());
  expect(await unlucky.database.perform(asked)).toStrictEqual(answer);
  expect(await unlucky.database.readAll()).toEqual(await usual.database.readAll());
});

test('a transaction that failed with its connection is done anew, not taken for committed', async () => {
  const { database } = await openRaw();
  await database.perform(transaction([tell(1)]));
  const claim: DatabaseRequest = { type: 'claim', by: 'row', id: 'c', holder: 'r', limit: 1, at: 0, until: 9 };
  // it comes to its end, and then is rolled back
  failTransactions('beforeCommit', new Dexie.DatabaseClosedError());
  expect(await database.perform(claim)).toMatchObject({ rows: [{ claimedBy: 'r' }], writes: [{ key: 1 }, { key: 2 }] });
  expect(await counts(database)).toEqual([0, 1, 2]);
  failTransactions('afterCommit', new Dexie.DatabaseClosedError());
  const nothing = { ...claim, id: 'd', holder: 's' };
  expect(await database.perform(nothing)).toEqual({ type: 'claimed', rows: [], nextFree: 9, writes: [] });
  failTransactions('afterCommit', new Dexie.DatabaseClosedError());
  expect(await database.perform(saveAndTell(4))).toEqual({ type: 'aborted', reason: 'conflict' });
  expect(await counts(database)).toEqual([0, 1, 2]);
});

test.each(['InvalidStateError', 'UnknownError', 'AbortError'])('%s is cured once; twice means lost', async (name) => {
  const { database } = await openRaw();
  failTransactions('before', new DOMException('once', name));
  expect(await database.perform(saveAndTell())).toMatchObject({ type: 'committed' });
  failTransactions('before', new DOMException('once', name), new DOMException('twice', name));
  await expect(database.perform(saveAndTell(1))).rejects.toMatchObject(lost);
  expect(await database.perform(saveAndTell(1))).toMatchObject({ type: 'committed' });
});

test('a full disk is told as such, be it wrapped or not, and not tried again', async () => {
  const { database } = await openRaw();
  const quota = new DOMException('no room', 'QuotaExceededError');
  for (const error of [quota, new Dexie.AbortError('aborted', quota)]) {
    const tried = failTransactions('before', error);
    await expect(database.perform(saveAndTell())).rejects.toMatchObject({ name: 'StorageLost', reason: 'full' });
    expect(tried).toHaveBeenCalledTimes(1);
    tried.mockRestore();
  }
  expect(await counts(database)).toEqual([0, 0, 0]);
});

test('a defect of ours is no loss of the storage: it comes through as it is, and leaves nothing', async () => {
  const { database } = await openRaw();
  const uncloneable = { id: 'c2', content: () => 1 };
  const writes = transaction([save('c1', 0), { op: 'put', table: 'sagas', row: uncloneable }]);
  await expect(database.perform(writes)).rejects.toMatchObject({ name: 'DataCloneError' });
  await database.perform(saveAndTell());
  const image = { rows: { campaigns: [{ id: 'c0' }], sagas: [uncloneable] }, lastNumbers: {} };
  await expect(database.replaceAll(image)).rejects.toThrow(/could not be cloned/);
  expect(await counts(database)).toEqual([1, 1, 1]);
  expect(await database.perform(saveAndTell(1))).toMatchObject({ type: 'committed' });
});

test('whoever deletes or upgrades the database gets it, and it never comes back empty', async () => {
  const { name, database } = await openRaw();
  await database.perform(saveAndTell());
  await deleteDatabase(name);
  await expect(database.perform(saveAndTell(1))).rejects.toMatchObject(lost);
  const { database: behind, raw, name: gone } = await openRaw();
  await cut(raw);
  await deleteDatabase(gone);
  await expect(behind.perform(saveAndTell())).rejects.toMatchObject(lost);
  await expect(behind.replaceAll(nothing)).rejects.toMatchObject(lost);
  expect(await listDatabases(name)).not.toContain(name);
  expect(await listDatabases(gone)).not.toContain(gone);
});

/** Opens a database without any manners: it holds on to it whoever asks. */
function openRudely(name: string, version?: number): Promise<IDBDatabase> {
  const request = factory.open(name, version);
  return new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
}

test('a newer program that upgrades the database gets it too, without a word in the console', async () => {
  const warn = vi.spyOn(console, 'warn');
  const { name, database } = await openRaw();
  (await openRudely(name, 2 ** 40)).close();
  await expect(database.perform(saveAndTell())).rejects.toMatchObject(lost);
  expect(warn).not.toHaveBeenCalled();
});

test('replacing waits for whoever holds the database', async () => {
  const warn = vi.spyOn(console, 'warn');
  const { name, database } = await openRaw();
  const other = await openRudely(name);
  let done = false;
  const replaced = database.replaceAll(nothing).then(() => (done = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done).toBe(false);
  other.close();
  await replaced;
  expect(await database.perform(saveAndTell())).toMatchObject({ type: 'committed' });
  expect(warn).not.toHaveBeenCalled();
});

test('calls made while the tables are being replaced come before or after, never between', async () => {
  const { database } = await openRaw();
  const before = database.perform(saveAndTell());
  const replaced = database.replaceAll({ rows: { campaigns: [{ id: 'c1', version: 8 }] }, lastNumbers: { outbox: 4 } });
  const after = database.perform(saveAndTell(8));
  expect(await before).toMatchObject({ type: 'committed', writes: [{ key: 'c1' }, { key: 1 }, { key: 1 }] });
  await replaced;
  expect(await after).toMatchObject({ type: 'committed', writes: [{ key: 'c1' }, { key: 5 }, { key: 1 }] });
  expect(await counts(database)).toEqual([1, 1, 1]);
});

/** A database as an earlier version of the page has left it: three tables, no index but the outbox's. */
async function makeOld(name: string, version: number): Promise<void> {
  const old = new Dexie(name);
  old.version(version).stores({
    campaigns: 'id',
    formerly: 'id',
    outbox: '++position,[published+position]',
    inbox: '[subscription+eventId]',
    changes: '++number',
  });
  await old.open();
  await old.table('campaigns').put({ id: 'c1', version: 1 });
  await old.table('outbox').put({ position: 4, published: 0, event: event(4) });
  await old.table('changes').put({ number: 6, transactionId: 't', writes: [] });
  old.close();
}

/** What needs tables, indexes and running numbers. */
async function worksAsNew(database: Database): Promise<void> {
  const { campaigns, orders, leases, outbox } = await database.readAll();
  expect([campaigns, orders, leases, outbox?.length]).toEqual([[{ id: 'c1', version: 1 }], [], [], 1]);
  const log = { at: 5, forgetBefore: 5 };
  const writes: Write[] = [{ op: 'put', table: 'orders', row: order('o', 1, false) }, tell(5)];
  expect(await database.perform(transaction(writes, false, log))).toMatchObject({
    writes: [{ key: 'o' }, { key: 5 }, { key: 7 }],
  });
  const claim = { id: 'claim', holder: 'relay', limit: 9, at: 0, until: 9 };
  expect(await database.perform({ type: 'claimPending', table: 'orders', ...claim })).toMatchObject({ rows: [{}] });
  expect(await database.perform({ type: 'claim', by: 'aggregate', ...claim })).toMatchObject({ rows: [{}, {}] });
  await database.replaceAll({ rows: { orders: [order('p', 1, false)] }, lastNumbers: {} });
  const pending = await database.perform({ type: 'readPending', table: 'orders', limit: 1 });
  expect(pending).toMatchObject({ rows: [{ id: 'p' }] });
}

test.each([1, 2, 41, 99_999])(
  'a database of an earlier page is opened with its rows, at version %i',
  async (version) => {
    const warn = vi.spyOn(console, 'warn');
    const name = newName();
    await makeOld(name, version);
    const first = await openRaw(name);
    expect([...first.raw.objectStoreNames]).not.toContain('formerly');
    first.database.close();
    const { database } = await openRaw(name);
    await worksAsNew(database);
    expect(warn).not.toHaveBeenCalled();
    database.close();
    expect((await (await openRaw(name)).database.readAll())['orders']).toHaveLength(1);
  },
);

test('so is one that an earlier page has taken over from a later one', async () => {
  // nothing but Dexie's own look at the tables can tell, and it says so
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const name = newName();
  await makeOld(name, 3_000_000);
  await worksAsNew(await openIndexedDb(name, schema));
  expect(warn).toHaveBeenCalled();
});
