/**
 * How much our driver costs: transactions per second through it, through bare Dexie and through bare IndexedDB, each
 * doing the very same reads and writes. Runs in a page or a worker.
 */
import { Dexie } from 'dexie';
import { deleteDatabase, openIndexedDb } from '../../src/database/indexeddb.ts';
import { emptyTables, performOn } from '../../src/database/memory.ts';
import type { DatabaseRequest, Schema } from '../../src/database/port.ts';
import type { Envelope } from '../../src/messaging/envelope.ts';

export interface BenchRow {
  bench: string;
  value: number;
  unit: string;
  /** What it is compared with, and how often that one's time ours takes: the median over rounds. */
  peer?: string;
  ratio?: number;
}

/** One way of doing the work: the n-th transaction, from 1. */
interface Way {
  transact: (n: number) => Promise<unknown>;
  close: () => void;
}

interface Campaign {
  id: string;
  version: number;
  name: string;
  state: string;
  budget: number;
}

const rounds = 25;
const perRound = 60;
const schema: Schema = { campaigns: { key: 'id' } };

function campaign(version: number): Campaign & Record<string, unknown> {
  return { id: 'campaign-1', version, name: 'Spring sale', state: version % 2 ? 'active' : 'inactive', budget: 1000 };
}

function eventOf(n: number): Envelope {
  return {
    id: `event-${n}`,
    type: 'CampaignActivated',
    aggregateId: 'campaign-1',
    aggregateVersion: n,
    transactionId: `transaction-${n}`,
    correlationId: `command-${n}`,
    causationId: `command-${n}`,
    payload: { campaignId: 'campaign-1', name: 'Spring sale', budget: 1000 },
  };
}

function requestOf(n: number): DatabaseRequest {
  const save = { op: 'save', table: 'campaigns', row: campaign(n), expectedVersion: n - 1 } as const;
  return { type: 'transaction', id: `transaction-${n}`, writes: [save, { op: 'appendOutbox', event: eventOf(n) }] };
}

/** The change log's row, as every way writes it. */
function changeOf(n: number, position: unknown): object {
  const writes = [
    { table: 'campaigns', op: 'put', key: 'campaign-1' },
    { table: 'outbox', op: 'put', key: position },
  ];
  return { transactionId: `transaction-${n}`, writes };
}

async function ours(name: string): Promise<Way> {
  const database = await openIndexedDb(name, schema);
  return {
    async transact(n) {
      const answer = await database.perform(requestOf(n));
      if (answer.type !== 'committed') throw new Error(`the driver says ${JSON.stringify(answer)}`);
    },
    close: () => database.close(),
  };
}

async function bareDexie(name: string): Promise<Way> {
  const db = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
  db.version(1).stores({ campaigns: 'id', outbox: '++position,[published+position]', changes: '++number' });
  await db.open();
  const [campaigns, outbox, changes] = [db.table<Campaign>('campaigns'), db.table('outbox'), db.table('changes')];
  return {
    transact: (n) =>
      db.transaction('rw', campaigns, outbox, changes, async () => {
        const stored = await campaigns.get('campaign-1');
        if ((stored?.version ?? 0) !== n - 1) throw new Error('conflict');
        await campaigns.put(campaign(n));
        const position: unknown = await outbox.add({ published: 0, event: eventOf(n) });
        await changes.add(changeOf(n, position));
      }),
    close: () => db.close(),
  };
}

async function bareIndexedDb(name: string): Promise<Way> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('campaigns', { keyPath: 'id' });
    const outbox = opening.result.createObjectStore('outbox', { keyPath: 'position', autoIncrement: true });
    outbox.createIndex('[published+position]', ['published', 'position']);
    opening.result.createObjectStore('changes', { keyPath: 'number', autoIncrement: true });
  };
  const db = await resultOf(opening);
  return {
    async transact(n) {
      const tx = db.transaction(['campaigns', 'outbox', 'changes'], 'readwrite', { durability: 'relaxed' });
      const done = new Promise<void>((resolve, reject) => {
        tx.oncomplete = () => resolve();
        tx.onabort = () => reject(tx.error ?? new Error('aborted'));
      });
      const stored = (await resultOf(tx.objectStore('campaigns').get('campaign-1'))) as Campaign | undefined;
      if ((stored?.version ?? 0) !== n - 1) throw new Error('conflict');
      await resultOf(tx.objectStore('campaigns').put(campaign(n)));
      const position = await resultOf(tx.objectStore('outbox').add({ published: 0, event: eventOf(n) }));
      await resultOf(tx.objectStore('changes').add(changeOf(n, position)));
      await done;
    },
    close: () => db.close(),
  };
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('request failed'));
  });
}

/** Milliseconds that each way took for each round, taken in turns so that a slow moment hits all alike. */
async function race(ways: Way[]): Promise<number[][]> {
  const times: number[][] = ways.map(() => []);
  for (let round = 0; round < rounds + 2; round++) {
    for (const [w, way] of ways.entries()) {
      const start = performance.now();
      for (let n = 1; n <= perRound; n++) await way.transact(round * perRound + n);
      // the first rounds warm up
      if (round >= 2) times[w]!.push(performance.now() - start);
    }
  }
  return times;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Microseconds of a transaction on the pure tables, the least of several rounds. */
function memoryTime(): number {
  const count = 2000;
  let best = Infinity;
  for (let round = 0; round < 10; round++) {
    let tables = emptyTables(schema);
    const start = performance.now();
    for (let n = 1; n <= count; n++) {
      ({ tables } = performOn(tables, requestOf(n)));
      // as a relay would, so that the unpublished stay few
      if (n > 5) ({ tables } = performOn(tables, { type: 'transaction', id: `mark-${n}`, writes: [mark(n - 5)] }));
    }
    best = Math.min(best, ((performance.now() - start) * 1000) / (2 * count));
  }
  return best;
}

function mark(position: number) {
  return { op: 'markOutbox', position, at: position } as const;
}

/** One transaction = read the aggregate, put it, add an outbox row, add a change log row; 1,500 of them each way, in turns. */
export async function benchDatabase(): Promise<BenchRow[]> {
  const names = ['bench-ours', 'bench-dexie', 'bench-bare'];
  for (const name of names) await deleteDatabase(name);
  const ways = await Promise.all([ours(names[0]!), bareDexie(names[1]!), bareIndexedDb(names[2]!)]);
  const [our, dexie, bare] = (await race(ways)) as [number[], number[], number[]];
  for (const way of ways) way.close();
  for (const name of names) await deleteDatabase(name);
  const rate = (times: number[]) => Math.round((1000 * perRound) / median(times));
  const ratio = (peer: number[]) => Math.round(100 * median(our.map((time, i) => time / peer[i]!))) / 100;
  const unit = 'transactions/s';
  return [
    { bench: 'database driver', value: rate(our), unit, peer: 'bare Dexie', ratio: ratio(dexie) },
    { bench: 'database driver', value: rate(our), unit, peer: 'bare IndexedDB', ratio: ratio(bare) },
    { bench: 'bare Dexie', value: rate(dexie), unit },
    { bench: 'bare IndexedDB', value: rate(bare), unit },
    { bench: 'database in memory', value: Math.round(1_000_000 / memoryTime()), unit },
  ];
}
