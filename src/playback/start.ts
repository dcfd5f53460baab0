/** The view before the first record: all a page shows of a run that has not begun. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { FlowParts } from '../trace/control.ts';
import type { Payload } from '../trace/scenario.ts';
import type { QueueView } from './bus-view.ts';
import { noSagas } from './sagas.ts';
import { entriesOf, hasOutbox } from './documents.ts';
import type { OutboxView } from './outbox-view.ts';
import type { ProcessView, RowView, SubscriberView, TableView, View } from './view.ts';

/** A process that is up and has nothing to do. */
export const idleProcess: ProcessView = {
  up: true,
  downSince: null,
  restartAt: null,
  slowBy: 0,
  task: null,
  tasks: [],
  crashes: 0,
};

/** A queue with nothing in it. */
export const emptyQueue = (subscription: string): QueueView => ({
  subscription,
  waiting: [],
  inFlight: [],
  expired: [],
  released: [],
  buffered: [],
  dead: [],
  acknowledged: 0,
});

/** A subscriber that has heard of nothing yet. */
export const newSubscriber: SubscriberView = {
  handled: 0,
  applied: 0,
  ignored: 0,
  stale: 0,
  doubled: [],
  lastSummary: null,
  lastAt: null,
  events: PersistentMap.empty(),
};

/** What a flow's tables hold before the first record. */
export type StartTables = Readonly<Record<string, readonly { readonly key: string | number; readonly row: Payload }[]>>;

/** So many keys are remembered as the last written. */
export const mostRecent = 200;

/** A table with a row put into it; `writtenBy`: the `seq` of the commit, -1 where it was there from the start. */
export function put(table: TableView, key: string | number, row: Payload, writtenBy: number): TableView {
  const rows = table.rows.set(key, { key, row, writtenBy });
  const documents = table.documents || hasOutbox(row);
  if (typeof key === 'number') return { ...table, rows, documents, lastNumber: Math.max(table.lastNumber, key) };
  const recent = [key, ...table.recent.filter((other) => other !== key)].slice(0, mostRecent);
  return { ...table, rows, documents, recent };
}

/** A table with nothing in it. */
export const emptyTable = (name: string): TableView => ({
  name,
  rows: PersistentMap.empty<string | number, RowView>(),
  lastNumber: 0,
  recent: [],
  documents: false,
});

/** The tables before the first record. */
function startTables(tables: StartTables): View['tables'] {
  const filled = Object.entries(tables).map(([name, rows]) => [
    name,
    rows.reduce((table, { key, row }) => put(table, key, row, -1), emptyTable(name)),
  ]);
  return Object.fromEntries(filled) as View['tables'];
}

export type Counts = Pick<OutboxView, 'stored' | 'pending' | 'parked'>;

/** What one row adds to the counts; `sign` -1: what it takes away. */
export function add(counts: Counts, table: string, row: Payload | undefined, sign: 1 | -1): Counts {
  let { stored, pending, parked } = counts;
  if (row === undefined) return counts;
  if (table === 'outbox') {
    stored += sign;
    if (row['published'] === 0) pending += sign;
    else if (row['published'] === 2) parked += sign;
  } else {
    const entries = entriesOf(row);
    if (entries.length === 0) return counts;
    stored += sign * entries.length;
    for (const { published } of entries) if (!published) pending += sign;
  }
  return { stored, pending, parked };
}

/** The outbox before the first record. */
function startOutbox(tables: StartTables): OutboxView {
  let counts: Counts = { stored: 0, pending: 0, parked: 0 };
  for (const [name, rows] of Object.entries(tables)) {
    for (const { row } of rows) counts = add(counts, name, row, 1);
  }
  return {
    ...counts,
    read: null,
    polls: 0,
    totalRead: 0,
    lastFetched: [],
    relays: {},
    claims: { rows: PersistentMap.empty(), aggregates: PersistentMap.empty() },
    reserved: [],
    position: null,
    historyLost: null,
  };
}

/** The view before the first record. */
export function emptyView({ processes, subscriptions, participants, tables }: FlowParts): View {
  return {
    length: 0,
    at: 0,
    last: null,
    processes: Object.fromEntries(processes.map((name) => [name, idleProcess])),
    tables: startTables(tables),
    outbox: startOutbox(tables),
    queues: Object.fromEntries(subscriptions.map((name) => [name, emptyQueue(name)])),
    log: null,
    bus: { up: true, downUntil: null },
    transactions: {},
    subscribers: Object.fromEntries(subscriptions.map((name) => [name, newSubscriber])),
    armed: [],
    flights: [],
    fallen: [],
    carried: [],
    events: PersistentMap.empty(),
    commands: [],
    sagas: noSagas(participants),
    settling: false,
    settled: false,
  };
}
