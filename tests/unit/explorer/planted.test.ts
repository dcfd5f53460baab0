/** Mistakes planted into handlers that are right: each is found, and by how little is pinned. Left as they are, none is. */
import { describe, expect, test } from 'vitest';
import { Campaign } from '../../../src/domain/campaign/campaign.ts';
import { react } from '../../../src/domain/campaign/subscribers.ts';
import type { DatabaseRequest, Write } from '../../../src/database/port.ts';
import type { Mechanics } from '../../../src/kernel/mechanics.ts';
import {
  acknowledge,
  apply,
  commit,
  fetchUnpublished,
  finish,
  load,
  publish,
  type Delivery,
  type Handler,
} from '../../../src/messaging/effects.ts';
import type { CommandEnvelope } from '../../../src/messaging/envelope.ts';
import { refOf } from '../../../src/patterns/relay.ts';
import type { Kinds } from '../../../src/simulation/model.ts';
import type { Rules } from '../../../src/simulation/running.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { campaign, inShort } from '../../support/exploring.ts';

type Changed = { -readonly [K in keyof Mechanics<Kinds>]: Mechanics<Kinds>[K] };
type Plant = (mechanics: Changed) => void;

const handler =
  (name: string, mistaken: (input: never) => Handler): Plant =>
  (mechanics) => {
    mechanics.handlers = { ...mechanics.handlers, [name]: mistaken };
  };

/** Changes what is asked of the database. */
const asking =
  (change: (request: DatabaseRequest) => DatabaseRequest): Plant =>
  (mechanics) => {
    const { request } = mechanics;
    mechanics.request = (step, task) => {
      const asked = request(step, task);
      return asked && change(asked);
    };
  };

const writing = (change: (write: Write) => Write): Plant =>
  asking((request) => (request.type === 'transaction' ? { ...request, writes: request.writes.map(change) } : request));

function* acknowledgesFirst(delivery: Delivery): Handler {
  yield* acknowledge(delivery);
  yield* apply(delivery, react(delivery.subscription, delivery.event), 'inbox');
}

function* appliesTwice(delivery: Delivery): Handler {
  yield* apply(delivery, react(delivery.subscription, delivery.event));
  yield* apply(delivery, react(delivery.subscription, delivery.event));
  yield* acknowledge(delivery);
}

function* neverAcknowledges(delivery: Delivery): Handler {
  yield* apply(delivery, react(delivery.subscription, delivery.event), 'inbox');
}

/** Knows a message again, and not the event in it. */
function* remembersMessages(delivery: Delivery): Handler {
  const named = { ...delivery, event: { ...delivery.event, id: `${delivery.message}/${delivery.event.id}` } };
  yield* apply({ ...named, event: delivery.event }, react(delivery.subscription, delivery.event));
  yield* acknowledge(delivery);
}

function* newestFirst(): Handler {
  for (const row of (yield* fetchUnpublished(10, false)).toReversed()) {
    yield* publish(row.event, { position: row.position });
    yield* finish('mark', { rows: [refOf(row)] });
  }
}

/** Marks what it could not publish. */
function* swallows(): Handler {
  for (const row of yield* fetchUnpublished(10, false)) {
    try {
      yield* publish(row.event, { position: row.position });
    } catch {
      // the mistake
    }
    yield* finish('mark', { rows: [refOf(row)] });
  }
}

function* marksAllFirst(): Handler {
  const rows = yield* fetchUnpublished(10, false);
  if (rows.length > 0) yield* finish('mark', { rows: rows.map(refOf) });
  for (const row of rows) yield* publish(row.event, { position: row.position });
}

function* deletesFirst(): Handler {
  for (const row of yield* fetchUnpublished(10, false)) {
    yield* finish('delete', { rows: [refOf(row)] });
    yield* publish(row.event, { position: row.position });
  }
}

/** Leaves the loop for good at the first row, as if there were never two. */
function* onlyTheFirst(): Handler {
  const [row] = yield* fetchUnpublished(10, false);
  if (!row) return;
  yield* publish(row.event, { position: row.position });
  yield* finish('mark', { rows: [refOf(row)] });
}

/** Forgets the event where it stores the campaign. */
function* withoutRow(command: CommandEnvelope): Handler {
  const loaded = yield* load(Campaign, command.aggregateId);
  loaded.execute(command);
  loaded.takeEvents();
  yield* commit(loaded, {});
}

const noPollAfterRestart: Plant = (mechanics) => {
  const { restarted } = mechanics;
  mechanics.restarted = (step, process) => {
    if (process !== 'relay') restarted(step, process);
  };
};

const planted: [name: string, options: Partial<Options>, plant: Plant, promise: string, shortest: string][] = [
  [
    'acknowledged before it is committed',
    { inbox: 'sameTransaction' },
    handler('idempotentConsumer', acknowledgesFirst),
    'effectAtLeastOnce',
    '1 in 21',
  ],
  ['applied twice', {}, handler('consumer', appliesTwice), 'effectAtMostOnce', '0 in 11'],
  [
    'never acknowledged',
    { inbox: 'sameTransaction' },
    handler('idempotentConsumer', neverAcknowledges),
    'noDuplicateDelivery',
    '0 in 11',
  ],
  [
    'an inbox that nobody asks',
    { inbox: 'sameTransaction' },
    handler('idempotentConsumer', remembersMessages),
    'effectAtMostOnce',
    '1 in 14',
  ],
  ['the inbox in a transaction of its own, before', { inbox: 'before' }, () => {}, 'effectAtLeastOnce', '1 in 25'],
  ['the inbox in a transaction of its own, after', { inbox: 'after' }, () => {}, 'effectAtMostOnce', '1 in 16'],
  ['the newest row first', {}, handler('pollingPublisher', newestFirst), 'firstOrder', '0 in 17'],
  ['a refusal swallowed', {}, handler('pollingPublisher', swallows), 'delivered', '1 in 17'],
  ['a batch marked before it is published', {}, handler('pollingPublisher', marksAllFirst), 'delivered', '1 in 14'],
  [
    'a row deleted before it is published',
    {},
    handler('pollingPublisher', deletesFirst),
    'markImpliesAccepted',
    '0 in 8',
  ],
  ['one row a poll', {}, handler('pollingPublisher', onlyTheFirst), 'outboxDrains', '0 in 15'],
  ['the event forgotten in the transaction', {}, handler('outboxTable', withoutRow), 'atomicCapture', '0 in 4'],
  ['no poll after a restart', {}, noPollAfterRestart, 'outboxDrains', '1 in 10'],
  [
    'a lease taken for ended',
    { relays: 2, claim: 'row' },
    asking((request) => (request.type === 'claim' ? { ...request, at: request.at + 10_000 } : request)),
    'singleClaim',
    '0 in 9',
  ],
  [
    'no version check',
    { writes: 'optimistic' },
    writing((write) => (write.op === 'save' ? { op: 'put', table: write.table, row: write.row } : write)),
    'noLostUpdate',
    '0 in 8',
  ],
];

describe('a mistake is found', () => {
  test.each(planted)('%s', (_, options, plant, promise, shortest) => {
    const manner = { apart: true, halves: true, memo: true, plant: ({ mechanics }: Rules) => plant(mechanics) };
    const report = campaign(options, 1, { manner });
    expect(inShort(report)[promise]).toBe(shortest);
    const { told } = report.verdicts[promise]!;
    expect(told?.verdict.status).toBe('broken');
    // as it was, it holds, or takes more to break
    const right = campaign(options, 1).verdicts[promise]!;
    if (options.inbox === undefined || options.inbox === 'sameTransaction')
      expect(right.status === 'holds' || right.failures! > report.verdicts[promise]!.failures!).toBe(true);
  });
});
