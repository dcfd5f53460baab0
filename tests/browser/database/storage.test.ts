import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { deleteDatabase, listDatabases, openIndexedDb, sweepDatabases } from '../../../src/database/indexeddb.ts';
import type { Schema } from '../../../src/database/port.ts';
import { save, transaction } from '../../support/database-requests.ts';

const schema: Schema = { campaigns: { key: 'id' }, journal: { key: 'number' } };

afterEach(() => vi.unstubAllGlobals());
afterAll(async () => {
  for (const name of await listDatabases('storage-')) await deleteDatabase(name);
});

type Message = { begun?: number; committed?: number; failed?: string };

/** Starts the writer, ends it some while after it began its n-th transaction, and tells which one was acknowledged last. */
function writeAndKill(name: string, transactions: number, pause: number): Promise<number> {
  const worker = new Worker(new URL('./writer.worker.ts', import.meta.url), { type: 'module', name });
  return new Promise((resolve, reject) => {
    let begun = 0;
    let committed = 0;
    worker.onerror = (error) => reject(new Error(error.message));
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.failed) reject(new Error(data.failed));
      if (data.committed) committed = data.committed;
      if (data.begun) begun += 1;
      if (begun < transactions) return;
      // timers are too coarse to hit the midst of a transaction
      for (const start = performance.now(); performance.now() - start < pause;);
      worker.terminate();
      worker.onmessage = null;
      resolve(committed);
    };
  });
}

test('a worker killed in the midst of transactions leaves whole ones only', { timeout: 120_000 }, async () => {
  const name = 'storage-killed';
  const outcomes = new Set<number>();
  for (let round = 0; round < 40; round++) {
    const acknowledged = await writeAndKill(name, 1 + (round % 3), (round % 20) * 0.15);
    const database = await openIndexedDb(name, schema);
    const { campaigns, outbox, journal, inbox, changes } = await database.readAll();
    database.close();
    const version = campaigns?.[0]?.version ?? 0;
    expect([outbox, journal, inbox, changes].map((rows) => rows?.length)).toEqual([version, version, version, version]);
    expect(version).toBeGreaterThanOrEqual(acknowledged);
    outcomes.add((version as number) - acknowledged);
  }
  // some died before their commit and some after it, or the kills have missed what they were to hit
  expect(outcomes.size).toBeGreaterThan(1);
});

test('databases of different names don’t see each other', async () => {
  const first = await openIndexedDb('storage-a', schema);
  const second = await openIndexedDb('storage-b', schema);
  await first.perform(transaction([save('c1', 0)]));
  await second.perform(transaction([save('c2', 0)]));
  await second.replaceAll({ rows: { campaigns: [{ id: 'c3', version: 2 }] }, lastNumbers: {} });
  expect((await first.readAll()).campaigns).toEqual([{ id: 'c1', version: 1, state: 'activating' }]);
  expect((await second.readAll()).campaigns).toEqual([{ id: 'c3', version: 2 }]);
  expect(await listDatabases('storage-')).toEqual(expect.arrayContaining(['storage-a', 'storage-b']));
  await deleteDatabase('storage-b');
  expect(await listDatabases('storage-')).not.toContain('storage-b');
  await expect(second.readAll()).rejects.toMatchObject({ name: 'StorageLost', reason: 'lost' });
  expect((await first.readAll()).campaigns).toHaveLength(1);
  first.close();
});

test('rows and running numbers outlive the connection, be it closed or the tables replaced before', async () => {
  const name = 'storage-again';
  for (let round = 1; round <= 3; round++) {
    const database = await openIndexedDb(name, schema);
    const answer = await database.perform(transaction([{ op: 'append', table: 'journal', row: { round } }]));
    expect(answer).toMatchObject({ type: 'committed', writes: [{ key: round === 1 ? 1 : 11 }, {}] });
    await database.replaceAll({ rows: {}, lastNumbers: { journal: 10 } });
    database.close();
  }
});

test('a sweep leaves what a lock holds, and keeps a name while it deletes', async () => {
  const names = ['storage-sweep-held', 'storage-sweep-left'];
  for (const name of names) (await openIndexedDb(name, schema)).close();
  const whileFree = (name: string, work: () => Promise<void>): Promise<unknown> =>
    navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && work());
  const swept = await navigator.locks.request(names[0]!, () => sweepDatabases('storage-sweep-', whileFree));
  expect(swept).toEqual([names[1]]);
  expect(await listDatabases('storage-sweep-')).toEqual([names[0]]);
  expect(await sweepDatabases('storage-sweep-', whileFree)).toEqual([names[0]]);
});

test('without IndexedDB the storage is missing', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const missing = { name: 'StorageLost', reason: 'missing' };
  await expect(openIndexedDb('storage-none', schema)).rejects.toMatchObject(missing);
  await expect(listDatabases('')).rejects.toMatchObject(missing);
});
