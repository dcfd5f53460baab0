/** Commits one transaction after another, each over five tables, until it is terminated. Its name is the database's. */
import { openIndexedDb } from '../../../src/database/indexeddb.ts';
import type { DatabaseRequest } from '../../../src/database/port.ts';
import type { Envelope } from '../../../src/messaging/envelope.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

function step(version: number): DatabaseRequest {
  const event = { id: `event-${version}`, aggregateVersion: version } as Envelope;
  return {
    type: 'transaction',
    id: `transaction-${version}`,
    writes: [
      { op: 'save', table: 'campaigns', row: { id: 'c1', version }, expectedVersion: version - 1 },
      { op: 'appendOutbox', event },
      { op: 'append', table: 'journal', row: { version } },
      { op: 'recordInbox', subscription: 'billing', eventId: event.id, at: version },
    ],
  };
}

const database = await openIndexedDb(scope.name, { campaigns: { key: 'id' }, journal: { key: 'number' } });
const answer = await database.perform({ type: 'read', table: 'campaigns', key: 'c1' });
let version = answer.type === 'row' ? ((answer.row?.version as number | undefined) ?? 0) : 0;
for (;;) {
  version += 1;
  scope.postMessage({ begun: version });
  const { type } = await database.perform(step(version));
  scope.postMessage(type === 'committed' ? { committed: version } : { failed: type });
}
