import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashValue } from '../../../src/base/hash-value.ts';
import { emptyTables, imageOf, MemoryDatabase, performOn, rowsOf, tablesOf } from '../../../src/database/memory.ts';
import type { Tables } from '../../../src/database/memory.ts';
import type { DatabaseRequest, Write } from '../../../src/database/port.ts';
import { anySteps, event, save, schema, transaction } from '../../support/database-requests.ts';

function after(tables: Tables, ...requests: DatabaseRequest[]): Tables {
  return requests.reduce((before, request) => performOn(before, request).tables, tables);
}

/** As `transaction`, but with equal ids in equal places, so that two histories can be compared. */
const named = (id: string, ...writes: Write[]): DatabaseRequest => ({ type: 'transaction', id, writes });
const tell = (n: number): Write => ({ op: 'appendOutbox', event: event(n) });
const mark = (position: number): Write => ({ op: 'markOutbox', position, at: 9 });

const claim = { id: 'claim', holder: 'relay', limit: 1, at: 0, until: 9 };

test('reads, aborted transactions and claims of nothing leave the very same tables', () => {
  const tables = after(emptyTables(schema), transaction([save('c1', 0), tell(1)]));
  const inbox = { op: 'recordInbox', subscription: 's', eventId: 'e', at: 1 } as const;
  for (const request of [
    { type: 'read', table: 'campaigns', key: 'c1' },
    { type: 'readUnpublished', limit: 1 },
    transaction([save('c1', 1), tell(2)], true),
    transaction([tell(2), save('c1', 0)]),
    transaction([tell(2), inbox, inbox]),
    transaction([mark(9)]),
    transaction([tell(2), { op: 'update', table: 'outbox', key: 1, set: {}, where: { published: 1 } }]),
    transaction([{ op: 'delete', table: 'outbox', key: 1 }], true),
    { type: 'scanUnpublished', limit: 1 },
    { type: 'readChanges', after: 0, limit: 1 },
    { type: 'claim', by: 'row', ...claim, abort: true },
    { type: 'claim', by: 'aggregate', ...claim, abort: true },
    { type: 'claimPending', table: 'orders', ...claim },
  ] satisfies DatabaseRequest[]) {
    expect(performOn(tables, request).tables).toBe(tables);
  }
});

test('a transaction leaves the tables before it as they were, and shares what it did not touch', () => {
  const before = after(emptyTables(schema), named('t1', save('c1', 0), tell(1)));
  const image = imageOf(before);
  const next = after(before, named('t2', tell(2), mark(1)));
  expect(imageOf(before)).toEqual(image);
  expect(next.byName.campaigns).toBe(before.byName.campaigns);
  expect(next.byName.outbox?.unpublished).toEqual([2]);
  expect(before.byName.outbox?.unpublished).toEqual([1]);
});

test('an image gives the tables back, and equal content has an equal hash', () => {
  const tables = after(
    emptyTables(schema),
    named('t1', save('c1', 0), tell(1)),
    named('t2', mark(1), tell(2), tell(3)),
  );
  const image = imageOf(tables);
  expect(image.lastNumbers).toEqual({ outbox: 3, changes: 2, journal: 0 });
  expect(image.rows).toEqual(rowsOf(tables));
  const again = tablesOf(schema, structuredClone(image));
  expect(imageOf(again)).toEqual(image);
  expect(hashValue(again)).toBe(hashValue(tables));
  const shorter = tablesOf(schema, { rows: image.rows, lastNumbers: {} });
  expect(imageOf(shorter).lastNumbers).toEqual(image.lastNumbers);
  const gap = tablesOf(schema, { rows: image.rows, lastNumbers: { outbox: 9 } });
  expect(hashValue(gap)).not.toBe(hashValue(tables));
});

test('after any requests the tables are as their image makes them: the list of unpublished rows too', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const tables = after(emptyTables(schema), ...steps.flatMap((step) => ('request' in step ? step.request : [])));
      const again = tablesOf(schema, imageOf(tables));
      expect(again.byName['outbox']?.unpublished).toEqual(tables.byName['outbox']?.unpublished);
      expect(hashValue(again)).toBe(hashValue(tables));
    }),
    { numRuns: 300 },
  );
});

test('the driver starts from an image where it is given one', async () => {
  const image = { rows: { campaigns: [{ id: 'c1', version: 3 }] }, lastNumbers: { outbox: 4 } };
  const database = new MemoryDatabase(schema, image);
  expect(await database.perform(transaction([save('c1', 3), tell(1)]))).toMatchObject({ writes: [{}, { key: 5 }, {}] });
  expect(() => new MemoryDatabase(schema, { rows: { nowhere: [] }, lastNumbers: {} })).toThrow(/no table 'nowhere'/);
});
