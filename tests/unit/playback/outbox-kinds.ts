/** What each kind of record about the outbox, its relays and publishing does to the view. */
import { expect } from 'vitest';
import type { RecordKind } from '../../../src/trace/record.ts';
import { after, around, e2, type Kinds, task, write } from './folding.ts';

const relay = { process: 'relay', task: 'relay-1' };
const entry = { ...relay, position: 7, eventId: e2.eventId };
const row = (published: number, more = {}) => ({ position: 7, published, ...more });

export const outboxKinds: Kinds<
  Exclude<Extract<RecordKind, `${'outbox' | 'relay' | 'service'}.${string}`>, `relay.command${string}`>
> = {
  'outbox.appended': () => {
    const { before, now } = around((s) => s.commit(e2, { row: 7 }));
    expect(before.carried).toEqual([{ eventId: e2.eventId, task }]);
    expect(now.carried).toEqual([]);
    expect(now.outbox).toMatchObject({ stored: 1, pending: 1, parked: 0 });
    const inDocument = after((s) => {
      s.commit(e2);
      s.add({ kind: 'outbox.appended', task, position: 2, document: '123', ...e2 });
    });
    expect(inDocument.carried).toEqual([]);
  },
  'outbox.marked': () => {
    const markedFirst = after((s) => {
      s.commit(e2, { row: 7 });
      s.mark(e2, 7);
    });
    expect(markedFirst.carried).toEqual([{ eventId: e2.eventId, task: 'relay-1' }]);
    const published = after((s) => {
      s.commit(e2, { row: 7 });
      s.publish(e2, {}, { row: 7 });
      s.mark(e2, 7);
    });
    expect(published.carried).toEqual([]);
    expect(published.tables['outbox']?.rows.get(7)?.row).toEqual({ position: 7, published: 1 });
    expect(published.outbox).toMatchObject({ stored: 1, pending: 0 });
  },
  'relay.fetched': () => {
    const { before, now } = around((s) => {
      s.add({
        kind: 'effect.begun',
        process: 'relay',
        task: 'relay-1',
        handler: 'pollingPublisher',
        effect: 'fetchUnpublished',
        until: 30,
      });
      s.add({ kind: 'relay.fetched', process: 'relay', task: 'relay-1', positions: [1] });
    });
    expect(before.flights).toMatchObject([
      { kind: 'fetch', from: 'database', to: 'relay', label: 'fetchUnpublished', at: 0, until: 30 },
    ]);
    expect(now.flights).toEqual([]);
    expect(before.outbox).toMatchObject({ read: null, polls: 0, totalRead: 0, lastFetched: [], relays: {} });
    expect(now.outbox).toMatchObject({ read: 1, polls: 1, totalRead: 1, lastFetched: [1] });
    const scanned = after((s) => {
      s.add({ kind: 'relay.fetched', ...relay, positions: [3, 4], read: 40, after: 2, fence: 5 });
      s.add({ kind: 'relay.fetched', process: 'relay-2', task: 'relay-2-1', positions: [], documents: ['123'] });
    });
    expect(scanned.outbox).toMatchObject({ read: 0, polls: 2, totalRead: 40, lastFetched: [] });
    expect(scanned.outbox.relays).toMatchObject({
      relay: { polls: 1, at: 0, fetched: [3, 4], read: 40, after: 2, fence: 5, documents: [], position: null },
      'relay-2': { polls: 1, at: 10, fetched: [], read: 0, after: null, fence: null, documents: ['123'] },
    });
  },
  'relay.published': () =>
    expect(after((s) => s.add({ kind: 'relay.published', ...e2, task: 'relay-1', position: 1 })).flights).toEqual([]),
  'service.published': () =>
    expect(after((s) => s.add({ kind: 'service.published', ...e2, task })).flights).toEqual([]),
  'outbox.reserved': () => {
    const reserve = { kind: 'outbox.reserved', task, position: 7, transactionId: e2.transactionId } as const;
    const open = after((s) => s.add(reserve));
    expect(open.outbox.reserved).toEqual([
      { position: 7, process: 'service', task, transactionId: e2.transactionId, since: 0 },
    ]);
    for (const end of ['commit', 'abort'] as const) {
      const view = after((s) => {
        s.add(reserve);
        s[end](e2);
      });
      expect(view.outbox.reserved).toEqual([]);
    }
  },
  'outbox.deleted': () => {
    const deleted = after((s) => {
      s.commit(e2, { row: 7 });
      s.publish(e2, {}, { row: 7 });
      write(s, { table: 'outbox', op: 'delete', key: 7 });
      s.add({ kind: 'outbox.deleted', ...entry });
    });
    expect(deleted.outbox).toMatchObject({ stored: 0, pending: 0 });
    expect(deleted.carried).toEqual([]);
    const tooEarly = after((s) => {
      s.commit(e2, { row: 7 });
      s.add({ kind: 'outbox.deleted', ...entry });
    });
    expect(tooEarly.carried).toEqual([{ eventId: e2.eventId, task: 'relay-1' }]);
  },
  'outbox.attemptFailed': () => {
    const view = after((s) => {
      s.commit(e2, { row: 7 });
      s.add({ kind: 'outbox.claimed', ...relay, positions: [7], until: 6000 });
      write(s, { table: 'outbox', op: 'put', key: 7, row: row(0, { attempts: 1 }) });
      s.add({ kind: 'outbox.attemptFailed', ...entry, attempts: 1 });
    });
    expect(view.outbox).toMatchObject({ stored: 1, pending: 1, parked: 0 });
    expect(view.outbox.claims.rows.has(7)).toBe(true);
    expect(view.tables['outbox']?.rows.get(7)?.row['attempts']).toBe(1);
  },
  'outbox.parked': () => {
    const view = after((s) => {
      s.commit(e2, { row: 7 });
      s.add({ kind: 'outbox.claimed', ...relay, positions: [7], until: 6000 });
      write(s, { table: 'outbox', op: 'put', key: 7, row: row(2, { attempts: 3 }) });
      s.add({ kind: 'outbox.parked', ...entry, attempts: 3 });
    });
    expect(view.outbox).toMatchObject({ stored: 1, pending: 0, parked: 1 });
    expect(view.outbox.claims.rows.size).toBe(0);
    expect(view.carried).toEqual([]);
  },
  'outbox.unparked': () => {
    const { before, now } = around((s) => {
      write(s, { table: 'outbox', op: 'put', key: 7, row: row(2) });
      write(s, { table: 'outbox', op: 'put', key: 7, row: row(0) });
      s.add({ kind: 'outbox.unparked', ...entry });
    });
    expect(now.outbox).toMatchObject({ stored: 1, pending: 1, parked: 0 });
    expect(now.outbox).toBe(before.outbox);
  },
  'outbox.claimed': () => {
    const { claims } = after((s) => {
      s.add({ kind: 'outbox.claimed', ...relay, positions: [7, 8], until: 6000 });
      s.add({ kind: 'outbox.claimed', process: 'relay-2', task: 't', positions: [8], until: 7000, from: 'relay' });
      s.add({ kind: 'outbox.claimed', ...relay, positions: [9], aggregates: ['123'], until: 8000 });
    }).outbox;
    expect(claims.rows.get(7)).toEqual({ process: 'relay', since: 0, until: 6000, from: null });
    expect(claims.rows.get(8)).toEqual({ process: 'relay-2', since: 10, until: 7000, from: 'relay' });
    expect(claims.rows.size).toBe(2);
    expect(claims.aggregates.get('123')).toEqual({ process: 'relay', since: 20, until: 8000, from: null });
  },
  'outbox.released': () => {
    const { claims } = after((s) => {
      s.add({ kind: 'outbox.claimed', ...relay, positions: [9], aggregates: ['123', '456'], until: 8000 });
      s.add({ kind: 'outbox.released', ...relay, aggregates: ['123'] });
    }).outbox;
    expect([...claims.aggregates.keys()]).toEqual(['456']);
  },
  'outbox.leaseExpired': () => {
    const { claims } = after((s) => {
      s.add({ kind: 'outbox.claimed', ...relay, positions: [7, 8], until: 6000 });
      s.add({ kind: 'outbox.claimed', ...relay, positions: [9], aggregates: ['123'], until: 8000 });
      s.add({ kind: 'outbox.leaseExpired', process: 'relay', positions: [7, 9], aggregates: ['123'] });
    }).outbox;
    expect([...claims.rows.keys()]).toEqual([8]);
    expect(claims.aggregates.size).toBe(0);
  },
  'outbox.cleaned': () => {
    const view = after((s) => {
      write(s, { table: 'outbox', op: 'put', key: 7, row: row(1) });
      write(s, { table: 'outbox', op: 'delete', key: 7 });
      s.add({ kind: 'outbox.cleaned', process: 'cleaner', task: 'cleaner-1', positions: [7] });
    });
    expect(view.outbox).toMatchObject({ stored: 0, pending: 0 });
    expect(view.carried).toEqual([]);
  },
  'relay.advanced': () => {
    const view = after((s) => {
      s.add({ kind: 'relay.advanced', ...relay, position: 7 });
      s.add({ kind: 'relay.advanced', process: 'relay-2', task: 'relay-2-1', position: 3 });
    });
    expect(view.outbox).toMatchObject({ position: 3, relays: { relay: { position: 7 }, 'relay-2': { position: 3 } } });
  },
  'relay.historyLost': () => {
    const view = after((s) => s.add({ kind: 'relay.historyLost', ...relay, position: 3, first: 9 }));
    expect(view.outbox.historyLost).toEqual({ process: 'relay', position: 3, first: 9, at: 0, seq: 0 });
  },
};
