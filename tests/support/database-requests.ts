/** Requests to a database: those that tests make by hand, and those that chance makes. */
import fc from 'fast-check';
import type { DatabaseRequest, LogDetail, Schema, Write } from '../../src/database/port.ts';
import { withOutbox } from '../../src/messaging/effects.ts';
import type { Envelope, OutboxEntry, Payload } from '../../src/messaging/envelope.ts';

export const schema: Schema = {
  campaigns: { key: 'id' },
  sagas: { key: 'id' },
  journal: { key: 'number', indexes: ['topic', 'n'] },
  orders: { key: 'id', documents: true },
};

export const emptyRows = {
  campaigns: [],
  sagas: [],
  journal: [],
  orders: [],
  outbox: [],
  inbox: [],
  changes: [],
  leases: [],
  positions: [],
  sequences: [],
  versions: [],
};

/** An event of an aggregate, all its fields made from a number. */
export function event(n: number, aggregateId = 'campaign-1'): Envelope {
  return {
    id: `event-${n}`,
    type: 'CampaignActivated',
    aggregateId,
    aggregateVersion: n,
    transactionId: `transaction-${n}`,
    correlationId: 'command-1',
    causationId: 'command-1',
    payload: { n, nested: { list: [n, null, 'text', true] } },
  };
}

let transactions = 0;

/** An id that no request had before. */
export function newId(): string {
  transactions += 1;
  return `transaction-${transactions}`;
}

/** A request for a transaction, under an id of its own. */
export function transaction(writes: Write[], abort?: boolean, log?: LogDetail): DatabaseRequest {
  return { type: 'transaction', id: newId(), writes, ...(abort && { abort }), ...(log && { log }) };
}

/** Saves a campaign in the version that follows the expected one. */
export function save(id: string, expectedVersion: number, state = 'activating'): Write {
  return { op: 'save', table: 'campaigns', row: { id, version: expectedVersion + 1, state }, expectedVersion };
}

/** Appends an event to the outbox. */
export function tell(n: number, aggregateId?: string): Write {
  return { op: 'appendOutbox', event: event(n, aggregateId) };
}

/** A document whose outbox has an entry for each of these: at position 1, 2, …, published or not. */
export function order(id: string, version: number, ...published: boolean[]): Payload & { id: string; version: number } {
  const entries = published.map((is, i): OutboxEntry => ({ position: i + 1, published: is, event: event(i + 1, id) }));
  return withOutbox({ id, version }, entries);
}

/** Either a request, or going back to the state before the step of this index. */
export type Step = { request: DatabaseRequest } | { backTo: number };

const anyId = fc.constantFrom('a', 'b', '');
const anyVersion = fc.nat(3);
const anyPosition = fc.integer({ min: 1, max: 6 });
const anyTime = fc.nat(50);
const anySubscription = fc.constantFrom('billing', 'saga');
const anyLimit = fc.integer({ min: 1, max: 4 });
const anyTable = fc.constantFrom('campaigns', 'sagas', 'orders');

const anyAppend: fc.Arbitrary<Write> = fc
  .record({ n: fc.nat(99), aggregateId: anyId, position: fc.option(anyPosition) })
  .map(({ n, aggregateId, position }) => {
    const write = { op: 'appendOutbox', event: event(n, aggregateId) } as const;
    return position !== null && n % 4 === 0 ? { ...write, position: 2 * position } : write;
  });
const anyPut: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(anyId, anyVersion, fc.jsonValue()).map(([id, version, content]): Write => {
    return { op: 'put', table: version > 1 ? 'campaigns' : 'sagas', row: { id, version, content } };
  }),
  fc.tuple(anyId, anyVersion, fc.array(fc.boolean(), { maxLength: 3 })).map(([id, version, published]): Write => {
    return { op: 'put', table: 'orders', row: order(id, version, ...published) };
  }),
  fc.tuple(anyId, fc.jsonValue()).map(([id, pending]): Write => {
    return { op: 'put', table: 'orders', row: { id, pending } };
  }),
);
const anyUpdate: fc.Arbitrary<Write> = fc.oneof(
  fc
    .record({ key: anyPosition, published: fc.constantFrom(0, 1, 2), at: anyTime })
    .map(({ key, published, at }): Write => {
      return { op: 'update', table: 'outbox', key, set: { published, publishedAt: at } };
    }),
  fc
    .record({
      key: anyPosition,
      set: fc.record(
        {
          published: fc.constantFrom(0, 1, 2),
          publishedAt: fc.option(anyTime, { nil: undefined }),
          attempts: fc.option(fc.nat(3), { nil: undefined }),
          claimedBy: fc.constantFrom(undefined, 'relay', 'relay-2'),
          claimedUntil: fc.option(anyTime, { nil: undefined }),
        },
        { requiredKeys: [] },
      ),
      where: fc.record(
        { published: fc.constantFrom(0, 1), claimedBy: fc.constantFrom(undefined, 'relay') },
        { requiredKeys: [] },
      ),
    })
    .map(({ key, set, where }): Write => ({ op: 'update', table: 'outbox', key, set, where })),
  fc
    .record({ table: anyTable, key: anyId, state: fc.option(fc.jsonValue(), { nil: undefined }), version: anyVersion })
    .map(({ table, key, state, version }): Write => {
      return { op: 'update', table, key, set: { state }, ...(version < 2 && { where: { version } }) };
    }),
  fc
    .record({ subscription: anySubscription, eventId: fc.constantFrom('e1', 'e2'), at: anyTime })
    .map(({ subscription, eventId, at }): Write => {
      return { op: 'update', table: 'inbox', key: `${subscription}/${eventId}`, set: { at } };
    }),
);
const anyDelete: fc.Arbitrary<Write> = fc.oneof(
  anyPosition.map((key): Write => ({ op: 'delete', table: 'outbox', key })),
  fc.tuple(anyTable, anyId).map(([table, key]): Write => ({ op: 'delete', table, key })),
  anyPosition.map((key): Write => ({ op: 'delete', table: 'changes', key })),
  anySubscription.map((name): Write => ({ op: 'delete', table: 'inbox', key: `${name}/e1` })),
  anyId.map((key): Write => ({ op: 'delete', table: 'leases', key })),
);
const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(anyId, anyVersion).map(([id, version]) => save(id, version)) },
  { weight: 5, arbitrary: anyAppend },
  { weight: 3, arbitrary: anyPut },
  { weight: 3, arbitrary: anyUpdate },
  { weight: 2, arbitrary: anyDelete },
  fc.record({ op: fc.constant('markOutbox' as const), position: anyPosition, at: anyTime }),
  fc.record({
    op: fc.constant('recordInbox' as const),
    subscription: anySubscription,
    eventId: fc.constantFrom('e1', 'e2', 'e3'),
    at: anyTime,
  }),
  fc.record({ op: fc.constant('forgetInbox' as const), subscription: anySubscription, before: anyTime }),
  fc.record({
    op: fc.constant('recordVersion' as const),
    subscription: anySubscription,
    aggregateId: anyId,
    version: fc.nat(9),
  }),
  fc.record({
    op: fc.constant('finishEntry' as const),
    table: fc.constant('orders'),
    id: anyId,
    position: fc.integer({ min: 1, max: 3 }),
    remove: fc.boolean(),
  }),
  fc.record({
    op: fc.constant('increment' as const),
    table: fc.constantFrom('sequences', 'campaigns'),
    id: anyId,
    field: fc.constantFrom('next', 'version', 'state'),
  }),
  fc.jsonValue().map((content): Write => ({ op: 'append', table: 'journal', row: { content } })),
  anyId.map((topic): Write => ({ op: 'append', table: 'journal', row: { topic } })),
);
const anyLog: fc.Arbitrary<{ log?: LogDetail }> = fc.oneof(
  fc.constant({}),
  anyTime.map((at) => ({ log: { at } })),
  fc.tuple(anyTime, anyTime).map(([at, forgetBefore]) => ({ log: { at, forgetBefore } })),
);
const anyTransaction: fc.Arbitrary<DatabaseRequest> = fc
  .record({ writes: fc.array(anyWrite, { maxLength: 4 }), abort: fc.nat(6), detail: anyLog })
  .map(({ writes, abort, detail }) => transaction(writes, abort === 0, detail.log));
const anyClaim: fc.Arbitrary<DatabaseRequest> = fc
  .record({
    what: fc.constantFrom(
      { type: 'claim', by: 'row' } as const,
      { type: 'claim', by: 'aggregate' } as const,
      {
        type: 'claimPending',
        table: 'orders',
      } as const,
    ),
    holder: fc.constantFrom('relay', 'relay-2', 'relay-3'),
    limit: anyLimit,
    at: anyTime,
    for: fc.nat(20),
    abort: fc.nat(6),
    detail: anyLog,
  })
  .map(({ what, holder, limit, at, for: time, abort, detail }) => {
    return {
      ...what,
      id: newId(),
      holder,
      limit,
      at,
      until: at + time,
      ...(abort === 0 && { abort: true }),
      ...detail,
    };
  });
const anyRead: fc.Arbitrary<DatabaseRequest> = fc.oneof(
  anyLimit.map((limit): DatabaseRequest => ({ type: 'readUnpublished', limit })),
  anyLimit.map((limit): DatabaseRequest => ({ type: 'scanUnpublished', limit })),
  anyLimit.map((limit): DatabaseRequest => ({ type: 'readParked', limit })),
  anyLimit.map((limit): DatabaseRequest => ({ type: 'readPending', table: 'orders', limit })),
  fc.tuple(anyLimit, anyTime).map(([limit, before]): DatabaseRequest => ({ type: 'readPublished', limit, before })),
  fc.tuple(anyLimit, fc.nat(9)).map(([limit, after]): DatabaseRequest => ({ type: 'readChanges', limit, after })),
  fc.tuple(anyLimit, fc.nat(7), fc.nat(9)).map(([limit, position, below]): DatabaseRequest => {
    return { type: 'readOutboxAfter', limit, position, ...(below > 0 && { below }) };
  }),
  fc.tuple(anyId, anyLimit).map(([value, limit]): DatabaseRequest => {
    return { type: 'readWhere', table: 'journal', field: 'topic', value, limit };
  }),
  fc.tuple(anyTable, anyId).map(([table, key]): DatabaseRequest => ({ type: 'read', table, key })),
  anyPosition.map((key): DatabaseRequest => ({ type: 'read', table: 'outbox', key })),
);

/** Something to begin with, so that what comes after meets rows. */
const start = transaction(
  [
    ...['a', 'b', '', 'a', 'b'].map((aggregateId, i) => tell(i, aggregateId)),
    ...['b', 'a'].map((id): Write => ({ op: 'put', table: 'orders', row: order(id, 1, true, false, false) })),
    { op: 'recordInbox', subscription: 'billing', eventId: 'e1', at: 20 },
    save('a', 0),
    { op: 'markOutbox', position: 2, at: 5 },
    { op: 'update', table: 'outbox', key: 5, set: { published: 2 } },
  ],
  false,
  { at: 20 },
);

/** Any step: mostly transactions, over so few keys that they meet. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: anyTransaction.map((request) => ({ request })) },
  { weight: 6, arbitrary: anyClaim.map((request) => ({ request })) },
  { weight: 6, arbitrary: anyRead.map((request) => ({ request })) },
  { weight: 1, arbitrary: fc.nat(25).map((backTo) => ({ backTo })) },
);

/** Steps of a database that is empty at first. */
export const anySteps: fc.Arbitrary<Step[]> = fc
  .tuple(fc.boolean(), fc.array(anyStep, { minLength: 1, maxLength: 25, size: 'max' }))
  .map(([isEmpty, steps]) => (isEmpty ? steps : [{ request: start }, ...steps]));
