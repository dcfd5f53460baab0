import { afterAll } from 'vitest';
import { deleteDatabase, listDatabases, openIndexedDb } from '../../../src/database/indexeddb.ts';
import { databaseContract } from '../../support/database-contract.ts';

let names = 0;

databaseContract('the IndexedDB driver', (schema) => openIndexedDb(`contract-${names++}`, schema), 70);

afterAll(async () => {
  for (const name of await listDatabases('contract-')) await deleteDatabase(name);
});
