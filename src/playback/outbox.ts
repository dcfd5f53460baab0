/** The outbox and the relays at it. */
import { own } from '../base/own.ts';
import type { RecordOf } from '../trace/record.ts';
import type { Payload } from '../trace/scenario.ts';
import type { Changes } from '../verdicts/fold.ts';
import { hasOutbox } from './documents.ts';
import type { ClaimsView, OutboxView, RelayView } from './outbox-view.ts';
import { add, type Counts } from './start.ts';
import type { View } from './view.ts';

/** Counts what a commit stores and removes. */
function count(outbox: OutboxView, { writes }: RecordOf<'transaction.committed'>, { tables }: View): OutboxView {
  let counts: Counts = outbox;
  // a row may be written twice; only then does the table not say what the second write replaces
  const written = new Map<string, Payload | undefined>();
  for (const { table, key, op, row } of writes) {
    const known = own(tables, table);
    if (table !== 'outbox' && !known?.documents && !hasOutbox(row)) continue;
    const id = `${typeof key} ${key} ${table}`;
    const replaced = written.has(id) ? written.get(id) : known?.rows.get(key)?.row;
    const stored = op === 'put' ? (row ?? {}) : undefined;
    counts = add(add(counts, table, replaced, -1), table, stored, 1);
    written.set(id, stored);
  }
  const { stored, pending, parked } = counts;
  const same = stored === outbox.stored && pending === outbox.pending && parked === outbox.parked;
  return same ? outbox : { ...outbox, stored, pending, parked };
}

/** A transaction has ended: its rows are there now, or never will be. */
function unreserve(outbox: OutboxView, { transactionId }: { transactionId: string }): OutboxView {
  const isOpen = (other: { transactionId: string }): boolean => other.transactionId !== transactionId;
  const { reserved } = outbox;
  return reserved.every(isOpen) ? outbox : { ...outbox, reserved: reserved.filter(isOpen) };
}

function claim(outbox: OutboxView, record: RecordOf<'outbox.claimed'>): OutboxView {
  const { positions, aggregates, process, at: since, until, from = null } = record;
  const one = { process, since, until, from };
  let { rows, aggregates: whole } = outbox.claims;
  if (aggregates) for (const id of aggregates) whole = whole.set(id, one);
  else for (const position of positions) rows = rows.set(position, one);
  return { ...outbox, claims: { rows, aggregates: whole } };
}

type Claimed = { readonly positions?: readonly number[]; readonly aggregates?: readonly string[] };

/** Ends claims on rows and on aggregates. */
function free(outbox: OutboxView, { positions = [], aggregates = [] }: Claimed): OutboxView {
  const { claims } = outbox;
  const rows = positions.reduce((all, position) => all.delete(position), claims.rows);
  const whole = aggregates.reduce((all, id) => all.delete(id), claims.aggregates);
  const next: ClaimsView = { rows, aggregates: whole };
  return rows === claims.rows && whole === claims.aggregates ? outbox : { ...outbox, claims: next };
}

/** A single row is through, or set aside. An entry's position counts within its document, which may stay claimed. */
const freeRow = (outbox: OutboxView, { position, document }: { position: number; document?: string }): OutboxView =>
  document === undefined ? free(outbox, { positions: [position] }) : outbox;

const newRelay: RelayView = {
  polls: 0,
  at: 0,
  fetched: [],
  documents: [],
  read: 0,
  after: null,
  fence: null,
  position: null,
};

function changeRelay(
  { relays }: OutboxView,
  process: string,
  to: (relay: RelayView) => Partial<RelayView>,
): OutboxView['relays'] {
  const relay = own(relays, process) ?? newRelay;
  return { ...relays, [process]: { ...relay, ...to(relay) } };
}

function fetched(outbox: OutboxView, record: RecordOf<'relay.fetched'>): OutboxView {
  const { process, at, positions, documents = [], after = null, fence = null } = record;
  const read = record.read ?? positions.length;
  return {
    ...outbox,
    read,
    polls: outbox.polls + 1,
    totalRead: outbox.totalRead + read,
    lastFetched: positions,
    relays: changeRelay(outbox, process, ({ polls }) => ({
      polls: polls + 1,
      at,
      fetched: positions,
      documents,
      read,
      after,
      fence,
    })),
  };
}

export const outboxChanges: Changes<OutboxView, View> = {
  'transaction.committed': (outbox, record, before) => unreserve(count(outbox, record, before), record),
  'transaction.aborted': unreserve,
  'outbox.reserved': (outbox, { position, process, task, transactionId, at: since }) => ({
    ...outbox,
    reserved: [...outbox.reserved, { position, process, task, transactionId, since }],
  }),
  'outbox.claimed': claim,
  'outbox.released': free,
  'outbox.leaseExpired': free,
  'outbox.marked': freeRow,
  'outbox.deleted': freeRow,
  'outbox.parked': freeRow,
  'relay.fetched': fetched,
  'relay.advanced': (outbox, { process, position }) => ({
    ...outbox,
    position,
    relays: changeRelay(outbox, process, () => ({ position })),
  }),
  'relay.historyLost': (outbox, { process, position, first, at, seq }) => ({
    ...outbox,
    historyLost: { process, position, first, at, seq },
  }),
};
