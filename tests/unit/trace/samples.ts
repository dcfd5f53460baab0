/** Scenarios, records and traces for the tests of this room. */
import fc from 'fast-check';
import { flows, optionNames, optionValues } from '../../../src/trace/option-values.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { Failure, Input, Options, Payload, Scenario } from '../../../src/trace/scenario.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import { makeTrace } from '../../../src/trace/write.ts';

/** A scenario that uses every key there is. */
export const full: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  title: 'The relay dies, 릴레이가 죽다',
  notes: 'Two events, one crash.',
  flow: 'campaign',
  options: {
    publish: 'outbox',
    outbox: 'table',
    relay: 'polling',
    relays: 2,
    claim: 'row',
    afterPublish: 'mark',
    bus: 'queue',
    requeue: 'head',
    consumers: 'competing',
    inbox: 'sameTransaction',
    writes: 'serialised',
    saga: 'guarded',
    answers: 'automatic',
    boundary: 'apart',
  },
  seed: 4294967295,
  inputs: [
    {
      at: 0,
      kind: 'command',
      name: 'ActivateCampaign',
      payload: { id: 'campaign-1', at: 1, inputs: ['kept', null, 1.5] },
    },
    { at: 5, kind: 'failure', failure: { type: 'crash', process: 'relay', point: 'after:publish', restartAfter: 300 } },
    { at: 5, kind: 'failure', failure: { type: 'delay', message: 'message-1', subscription: 'billing', by: 40 } },
    { at: 6, kind: 'failure', failure: { type: 'busDown', for: 100 } },
    { at: 6, kind: 'failure', failure: { type: 'consumerFails', subscription: 'saga', times: 2 } },
    { at: 7, kind: 'failure', failure: { type: 'silence', service: 'publishing' } },
    { at: 8, kind: 'disarm', input: 3 },
    { at: 9, kind: 'settle' },
  ],
  choices: [1, 0, 2],
};

/** The shortest scenario. */
export const least: Scenario = { format: 'sagascope/scenario', version: 1, flow: 'trip', seed: 0, inputs: [] };

export const event = {
  eventId: 'event-1',
  eventType: 'CampaignActivated',
  aggregateId: 'campaign-1',
  aggregateVersion: 2,
  transactionId: 'transaction-1',
};

export const records: TraceRecord[] = [
  {
    seq: 0,
    at: 0,
    process: 'user',
    kind: 'command.sent',
    commandId: 'c1',
    name: 'ActivateCampaign',
    payload: {},
    until: 4,
  },
  {
    seq: 1,
    at: 4,
    process: 'service',
    cause: 0,
    correlationId: 'c1',
    kind: 'task.started',
    task: 't1',
    handler: 'activate',
  },
  {
    seq: 2,
    at: 9,
    process: 'service',
    kind: 'transaction.committed',
    task: 't1',
    transactionId: 'transaction-1',
    writes: [
      { table: 'campaigns', op: 'put', key: 'campaign-1', row: { id: 'campaign-1', state: 'activating' } },
      { table: 'outbox', op: 'delete', key: 7 },
    ],
    events: [event],
  },
  {
    seq: 3,
    at: 9,
    process: 'bus',
    kind: 'bus.delivered',
    ...event,
    subscription: 'saga',
    message: 'm1',
    attempt: 1,
    task: 't2',
  },
  { seq: 4, at: 12, process: 'kernel', kind: 'run.settled', quiet: true },
];

export const trace: Trace = makeTrace({
  app: { name: 'sagascope', version: '0.1.0' },
  scenario: full,
  records,
  verdicts: {
    delivered: {
      status: 'broken',
      at: 3,
      because: 'It never came.',
      reason: { code: 'lost', event: 'event-1', times: 2 },
    },
    noPhantom: { status: 'holds' },
  },
});

const name = fc.string({ unit: 'grapheme', maxLength: 12 });
const time = fc.nat(10_000);
const maybe = { requiredKeys: ['type' as const] };

const plainKey = fc.string({ maxLength: 6 }).filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key));
const plainNumber = fc.oneof(fc.maxSafeInteger(), fc.double({ min: -1e6, max: 1e6, noNaN: true })).map((n) => n + 0);

export const payloads = fc.dictionary(
  plainKey,
  fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, name, plainNumber, fc.boolean(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(plainKey, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  })).value,
  { maxKeys: 3, noNullPrototype: true },
) as fc.Arbitrary<Payload>;

export const failures = fc.oneof(
  fc.record(
    { type: fc.constant('crash'), process: name, point: name, restartAfter: time },
    { requiredKeys: ['type', 'process'] },
  ),
  fc.record({ type: fc.constantFrom('restart', 'expireLease'), process: name }),
  fc.record({ type: fc.constant('abortTransaction'), process: name }, maybe),
  fc.record({ type: fc.constant('busDown'), for: time }),
  fc.record({ type: fc.constantFrom('refusePublish', 'loseConfirmation') }),
  fc.record(
    { type: fc.constantFrom('drop', 'duplicate', 'delay', 'deliverNow'), message: name, subscription: name, by: time },
    maybe,
  ),
  fc.record({ type: fc.constant('consumerFails'), subscription: name, times: fc.nat(9) }),
  fc.record({ type: fc.constantFrom('redeliver', 'rebalance'), subscription: name }),
  fc.record({ type: fc.constant('silence'), service: name }),
  fc.record({ type: fc.constant('slow'), process: name, by: time }),
) as fc.Arbitrary<Failure>;

const inputs = fc
  .array(
    fc.oneof(
      fc.record(
        { at: time, kind: fc.constant('command'), name, payload: payloads },
        { requiredKeys: ['at', 'kind', 'name'] },
      ),
      fc.record({ at: time, kind: fc.constant('failure'), failure: failures }),
      fc.record({ at: time, kind: fc.constant('disarm'), input: fc.nat(20) }),
      fc.record({ at: time, kind: fc.constant('settle') }),
    ),
    { maxLength: 12 },
  )
  .map((list) => list.sort((a, b) => a.at - b.at)) as fc.Arbitrary<Input[]>;

const options = fc.record(
  Object.fromEntries(optionNames.map((key) => [key, fc.constantFrom<unknown>(...optionValues[key])])),
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<Options>>;

/** Any valid scenario, with any of its optional keys. */
export const scenarios = fc.record(
  {
    format: fc.constant('sagascope/scenario'),
    version: fc.constant(1),
    title: name,
    notes: fc.string({ unit: 'grapheme' }),
    flow: fc.constantFrom(...flows),
    options,
    seed: fc.nat(0xffffffff),
    inputs,
    choices: fc.array(fc.nat(9), { maxLength: 9 }),
  },
  { requiredKeys: ['format', 'version', 'flow', 'seed', 'inputs'], noNullPrototype: true },
) as fc.Arbitrary<Scenario>;

export { options as someOptions };
