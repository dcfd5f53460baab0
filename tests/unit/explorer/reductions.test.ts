/** Whatever makes a search shorter leaves what it says as it is: verdicts, fewest failures, fewest steps. */
import { describe, expect, test } from 'vitest';
import type { ExploredCommand } from '../../../src/trace/exploration.ts';
import type { Flow, Options } from '../../../src/trace/scenario.ts';
import { campaign, explored, inShort } from '../../support/exploring.ts';

const plain = { apart: false, halves: false, memo: false };

const small: Partial<Options>[] = [
  { publish: 'insideAggregate' },
  { publish: 'insideAggregate', bus: 'pubsub' },
  { publish: 'afterCommit' },
  { publish: 'afterCommit', bus: 'log', inbox: 'sameTransaction' },
];

/** Too large for all at once without any reduction: here each is left out by itself. */
const larger: Partial<Options>[] = [
  {},
  { requeue: 'tail' },
  { inbox: 'sameTransaction' },
  { consumers: 'competing' },
  { afterPublish: 'markFirst' },
  { afterPublish: 'delete', bus: 'log' },
  { bus: 'log', consumers: 'competing', inbox: 'sameTransaction' },
  { outbox: 'document' },
  { outbox: 'document', relay: 'logTailing', bus: 'log' },
  { relay: 'cursorPolling' },
  { relay: 'logTailing', consumers: 'competing' },
  { bus: 'pubsub' },
  { bus: 'pubsub', consumers: 'competing' },
];

describe('with one failure', () => {
  test.each(small)('all subscriptions at once, nothing left out and nothing looked up: %o', (options) => {
    const [reduced, whole] = [campaign(options, 1), campaign(options, 1, { manner: plain })].map((report) =>
      // what shows at rest shows later, where others have to come to rest too
      Object.fromEntries(Object.entries(report.verdicts).map(([id, { status, failures }]) => [id, [status, failures]])),
    );
    expect(reduced).toEqual(whole);
  });

  test.each(larger)('both sides of the bus walked against each other: %o', (options) => {
    const together = campaign(options, 1, { manner: { apart: true, halves: false, memo: true } });
    const halved = campaign(options, 1);
    expect(inShort(halved)).toEqual(inShort(together));
    expect(halved.complete && together.complete).toBe(true);
    expect(halved.states).toBeLessThan(together.states);
  });

  test.each([...small, ...larger])('steps carried out each time, and looked up: %o', (options) => {
    const [looked, carried] = [true, false].map((memo) =>
      campaign(options, 1, { manner: { apart: true, halves: true, memo } }),
    );
    expect(looked).toEqual(carried);
  });
});

test.each([
  { relays: 2 },
  { relays: 2, claim: 'row' },
  { relays: 2, claim: 'aggregate', consumers: 'competing' },
  { relays: 2, outbox: 'document' },
  { relays: 2, bus: 'pubsub' },
] as Partial<Options>[])('two relays, no failure: %o', (options) => {
  const [halved, together, carried] = [
    campaign(options, 0),
    campaign(options, 0, { manner: { apart: true, halves: false, memo: true } }),
    campaign(options, 0, { manner: { apart: true, halves: true, memo: false } }),
  ];
  expect(inShort(halved)).toEqual(inShort(together));
  expect(halved).toEqual(carried);
});

const book = { name: 'BookTrip', payload: { destination: 'Lisbon' } };
const fund = (campaign: string) => ({ name: 'ActivateCampaign', payload: { campaign, amount: 60 } });

test.each([
  ['trip', {}, 1, [book]],
  ['trip', { answers: 'manual', instances: 'locked' }, 0, [book]],
  ['trip', { tombstones: 'off' }, 1, [book]],
  ['campaign', { saga: 'guarded' }, 0, [{ name: 'ActivateCampaign' }]],
  ['campaign', { saga: 'stateless' }, 1, [{ name: 'ActivateCampaign' }]],
  ['budget', { boundary: 'apart' }, 0, [fund('A')]],
] as [Flow, Partial<Options>, number, ExploredCommand[]][])(
  'with sagas, steps carried out each time, and looked up: %s %o, %i failures',
  (flow, options, failures, commands) => {
    const [looked, carried] = [true, false].map((memo) =>
      explored({ flow, options, failures, commands }, { apart: true, halves: true, memo }),
    );
    expect(looked).toEqual(carried);
  },
);
