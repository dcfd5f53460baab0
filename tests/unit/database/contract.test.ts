import '../../support/fake-indexeddb.ts';
import { openIndexedDb } from '../../../src/database/indexeddb.ts';
import { MemoryDatabase } from '../../../src/database/memory.ts';
import { databaseContract } from '../../support/database-contract.ts';

let names = 0;

databaseContract('the memory driver', (schema) => Promise.resolve(new MemoryDatabase(schema)), 200);
databaseContract('the IndexedDB driver on fake-indexeddb', (schema) => openIndexedDb(`fake-${names++}`, schema), 200);
