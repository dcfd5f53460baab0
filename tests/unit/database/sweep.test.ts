import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { listDatabases, openIndexedDb, sweepDatabases } from '../../../src/database/indexeddb.ts';
import { save, schema, transaction } from '../../support/database-requests.ts';

const factory = globalThis.indexedDB;

/** As a lock with `ifAvailable`: names that someone holds are left alone. */
const whileFree = (held: string[]) => (name: string, work: () => Promise<void>) =>
  held.includes(name) ? Promise.resolve() : work();

async function make(...names: string[]): Promise<void> {
  for (const name of names) (await openIndexedDb(name, schema)).close();
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('databases that no one holds are deleted, those held or of another prefix stay', async () => {
  await make('run-1', 'run-2', 'run-3', 'other-1');
  const open = await openIndexedDb('run-2', schema);
  const swept = await sweepDatabases('run-', whileFree(['run-2']));
  expect(swept.sort()).toEqual(['run-1', 'run-3']);
  expect(await listDatabases('')).toEqual(expect.arrayContaining(['run-2', 'other-1']));
  expect(await listDatabases('run-')).toEqual(['run-2']);
  expect(await open.perform(transaction([save('c1', 0)]))).toMatchObject({ type: 'committed' });
});

test('the name is kept from others until its database is gone', async () => {
  await make('kept-1');
  const during: string[][] = [];
  await sweepDatabases('kept-', async (_name, work) => {
    during.push(await listDatabases('kept-'));
    await work();
    during.push(await listDatabases('kept-'));
  });
  expect(during).toEqual([['kept-1'], []]);
});

test('what can’t be deleted, or asked about, stays and stops nothing', async () => {
  await make('fails-1', 'fails-2', 'fails-3');
  const real = factory.deleteDatabase.bind(factory);
  vi.spyOn(factory, 'deleteDatabase').mockImplementation((name) => {
    if (name === 'fails-1') throw new DOMException('no', 'UnknownError');
    return real(name);
  });
  const swept = await sweepDatabases('fails-', (name, work) =>
    name === 'fails-2' ? Promise.reject(new Error('no locks')) : work(),
  );
  expect(swept).toEqual(['fails-3']);
  expect((await listDatabases('fails-')).sort()).toEqual(['fails-1', 'fails-2']);
});

test('without databases, or a list of them, there is nothing to sweep', async () => {
  vi.stubGlobal('indexedDB', undefined);
  expect(await sweepDatabases('run-', whileFree([]))).toEqual([]);
  vi.stubGlobal('indexedDB', { databases: undefined });
  expect(await sweepDatabases('run-', whileFree([]))).toEqual([]);
});
