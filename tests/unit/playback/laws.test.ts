import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../../src/playback/fold.ts';
import type { View } from '../../../src/playback/view.ts';
import type { Payload } from '../../../src/trace/scenario.ts';
import { start } from './folding.ts';
import { randomRecords } from './random-records.ts';

/** Checks something at every step of many random traces. */
function always(check: (view: View) => void): void {
  fc.assert(
    fc.property(randomRecords, (records) => {
      records.reduce((view, record) => {
        const next = fold(view, record);
        check(next);
        return next;
      }, start);
    }),
    { numRuns: 200 },
  );
}

const once = (list: readonly string[]): void => expect(list).toEqual([...new Set(list)]);
const rowsOf = (view: View, table: string): Payload[] =>
  [...(view.tables[table]?.rows.values() ?? [])].map(({ row }) => row);

test('a message lies in one place', () =>
  always(({ queues }) => {
    for (const { waiting, inFlight, released, buffered, dead } of Object.values(queues))
      once([waiting, inFlight, released, buffered, dead].flatMap((list) => list.map(({ message }) => message)));
  }));

test('a handler that has ended has nothing', () =>
  always(({ queues, last }) => {
    if (last?.kind !== 'task.ended') return;
    for (const { inFlight, expired } of Object.values(queues))
      expect([...inFlight, ...expired].map(({ task }) => task)).not.toContain(last.task);
  }));

test('the outbox counts what the tables hold', () =>
  always((view) => {
    const rows = rowsOf(view, 'outbox').map(({ published }) => published);
    const entries = rowsOf(view, 'campaigns').flatMap(({ outbox }) => (outbox ?? []) as { published: boolean }[]);
    expect(view.outbox).toMatchObject({
      stored: rows.length + entries.length,
      pending:
        rows.filter((published) => published === 0).length + entries.filter(({ published }) => !published).length,
      parked: rows.filter((published) => published === 2).length,
    });
  }));

test('what flies and what lies about can be told apart', () =>
  always(({ flights, fallen }) => {
    once(flights.map(({ id }) => id));
    once(fallen.map(({ id }) => id));
  }));

test('views are never changed', () => {
  const freeze = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  fc.assert(
    fc.property(randomRecords, (records) => {
      records.reduce((view, record) => freeze(fold(view, record)), freeze(start));
    }),
  );
});
