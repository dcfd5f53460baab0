import { describe, expect, test } from 'vitest';
import { emptyView } from '../../../src/playback/fold.ts';
import { event, type Script } from '../verdicts/script.ts';
import { after, around, campaign, parts, write } from './folding.ts';

const [e2, e3] = [event(2), event(3, '123', 'CampaignDeactivated')];
type Entries = Parameters<typeof campaign>;
const store = (script: Script, ...entries: Entries) =>
  write(script, { table: 'campaigns', op: 'put', key: '123', row: campaign(...entries) });

describe('an outbox inside documents', () => {
  test('is counted by its entries, as each version replaces the one before', () => {
    const counts = (...versions: Entries[]) => after((s) => versions.forEach((one) => store(s, ...one))).outbox;
    expect(counts([[e2, false]])).toMatchObject({ stored: 1, pending: 1, parked: 0 });
    expect(counts([[e2, false]], [[e2, true]])).toMatchObject({ stored: 1, pending: 0 });
    expect(
      counts(
        [[e2, false]],
        [
          [e2, true],
          [e3, false],
        ],
      ),
    ).toMatchObject({ stored: 2, pending: 1 });
    expect(counts([[e2, true]], [])).toMatchObject({ stored: 0, pending: 0 });
  });

  test('a document that goes takes its entries with it', () => {
    const { outbox } = after((s) => {
      store(s, [e2, true]);
      write(s, { table: 'campaigns', op: 'delete', key: '123' });
    });
    expect(outbox).toMatchObject({ stored: 0, pending: 0 });
  });

  test('an entry that is written over before anybody published it falls', () => {
    const { fallen, outbox } = after((s) => {
      store(s, [e2, true], [e3, false]);
      store(s, [e2, true]);
    });
    expect(fallen).toMatchObject([
      { kind: 'event', label: e3.eventType, from: 'database', to: 'database', reason: 'overwritten' },
    ]);
    expect(outbox).toMatchObject({ stored: 1, pending: 0 });
  });

  test('one that is marked, or deleted once it is published, does not', () => {
    const marked = after((s) => {
      store(s, [e2, false]);
      store(s, [e2, true]);
    });
    expect(marked.fallen).toEqual([]);
    const deleted = after((s) => {
      store(s, [e2, false]);
      s.accept(e2, {});
      store(s);
      s.add({
        kind: 'outbox.deleted',
        process: 'relay',
        task: 'relay-1',
        position: 2,
        eventId: e2.eventId,
        document: '123',
      });
    });
    expect(deleted.fallen).toEqual([]);
    expect(deleted.carried).toEqual([]);
  });

  test('a row like no document does no harm', () => {
    const rows = [
      { outbox: 'full' },
      { outbox: [null, 7, {}, { event: 'none' }, { event: { id: 7 } }] },
      { outbox: [] },
    ];
    const view = after((s) => rows.forEach((row) => write(s, { table: 'campaigns', op: 'put', key: '123', row })));
    expect(view.outbox).toMatchObject({ stored: 0, pending: 0 });
    expect(new Set(view.fallen.map(({ id }) => id)).size).toBe(view.fallen.length);
  });
});

describe('an outbox in a table', () => {
  test('is counted from the start', () => {
    const rows = [0, 1, 2].map((published, key) => ({ key, row: { position: key, published } }));
    expect(emptyView({ ...parts, tables: { outbox: rows } }).outbox).toMatchObject({
      stored: 3,
      pending: 1,
      parked: 1,
    });
  });

  test('rows that one transaction writes twice count once', () => {
    const put = (published: number) => ({ table: 'outbox', op: 'put' as const, key: 7, row: { published } });
    const gone = { table: 'outbox', op: 'delete' as const, key: 7 };
    expect(after((s) => write(s, put(0), put(1))).outbox).toMatchObject({ stored: 1, pending: 0 });
    expect(after((s) => write(s, put(0), gone)).outbox).toMatchObject({ stored: 0, pending: 0 });
    expect(after((s) => write(s, gone, put(2), put(0))).outbox).toMatchObject({ stored: 1, pending: 1, parked: 0 });
  });

  test('a commit that changes no count leaves it as it is', () => {
    const { before, now } = around((s) => {
      s.commit(e2, { row: 7 });
      write(s, { table: 'ads', op: 'put', key: 'front page', row: {} });
    });
    expect(now.outbox).toBe(before.outbox);
  });

  test('a claim on a row ends with it; one on an aggregate outlasts its rows', () => {
    const { claims } = after((s) => {
      s.add({ kind: 'outbox.claimed', process: 'relay', task: 't', positions: [7, 8], until: 6000 });
      s.add({
        kind: 'outbox.claimed',
        process: 'relay-2',
        task: 't',
        positions: [9],
        aggregates: ['123'],
        until: 6000,
      });
      for (const row of [7, 9]) s.mark(e2, row);
    }).outbox;
    expect([...claims.rows.keys()]).toEqual([8]);
    expect([...claims.aggregates.keys()]).toEqual(['123']);
  });

  test('what a document’s relay marks leaves claims on rows alone', () => {
    const { claims } = after((s) => {
      s.add({ kind: 'outbox.claimed', process: 'relay', task: 't', positions: [2], until: 6000 });
      const { eventId } = e2;
      s.add({ kind: 'outbox.marked', process: 'relay', task: 't', position: 2, eventId, document: '123' });
    }).outbox;
    expect([...claims.rows.keys()]).toEqual([2]);
  });
});
