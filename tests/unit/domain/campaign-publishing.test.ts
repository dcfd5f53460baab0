/** Table D4 of semantics.md, row by row, and the variants that leave something out. */
import { describe, expect, test } from 'vitest';
import { campaignPublishing as saga } from '../../../src/domain/campaign/campaign-publishing.saga.ts';
import type { Envelope } from '../../../src/messaging/envelope.ts';
import type { Decision, Incoming, SagaSettings } from '../../../src/messaging/saga.ts';
import { asInTheBook, guarded, played, told } from './playing.ts';

const key = 'C1:1';
const heard = (type: string, payload: Record<string, unknown>): Incoming => {
  const event: Envelope = {
    id: `e-${type}`,
    type,
    aggregateId: 'C1',
    aggregateVersion: 1,
    transactionId: 'tx',
    correlationId: 'c',
    causationId: 'c',
    payload,
  };
  return saga.correlate(event)!.incoming;
};
const activated = heard('CampaignActivated', { locations: ['front page'], activation: 1 });
const deactivated = heard('CampaignDeactivated', { reason: 'done', activation: 1 });
const confirmed = heard('PublishingConfirmed', { key, listing: 'L1' });
const other = heard('PublishingConfirmed', { key, listing: 'L2' });
const rejected = heard('PublishingRejected', { key, reason: 'no room' });
const timeout = (attempt: number): Incoming => ({ type: 'ResponseTimeout', token: `${attempt}`, payload: {} });

const events = { activated, confirmed, other, rejected, t1: timeout(1), t2: timeout(2), t3: timeout(3), deactivated };
const ways: Record<string, Incoming[]> = {
  '(none)': [],
  'Awaiting(1)': [activated],
  'Awaiting(2)': [activated, timeout(1)],
  'Awaiting(3)': [activated, timeout(1), timeout(2)],
  Confirmed: [activated, confirmed],
  Rejected: [activated, rejected],
  TimedOut: [activated, timeout(1), timeout(2), timeout(3)],
  Withdrawn: [activated, deactivated],
};
const after = (settings: SagaSettings, state: string) => played(saga, settings, ...ways[state]!);
const outcome = (settings: SagaSettings, state: string, incoming: Incoming) =>
  told(saga.decide(settings, after(settings, state), incoming));

type Table = Record<string, Record<keyof typeof events, string>>;

const submit = 'SubmitAdvertisement(C1:1)';
const withdraw = 'WithdrawAdvertisement(C1:1)';
const alert = 'late Alert(C1:1)';
const confirms = 'Confirmed; TrackPublishingConfirmation(C1:1)';
const rejects = 'Rejected; TrackPublishingRejection(C1:1)';
const givesUp = `TimedOut; ${withdraw} TrackPublishingTimeout(C1:1) ${alert}`;
const awaiting = { activated: 'unexpected', confirmed: confirms, other: confirms, rejected: rejects };
const late = {
  activated: 'late',
  confirmed: 'late',
  other: 'late',
  rejected: 'late',
  t1: 'late',
  t2: 'late',
  t3: 'late',
  deactivated: 'late',
};

const table: Table = {
  '(none)': {
    activated: `Awaiting; ${submit}; ResponseTimeout(1)`,
    confirmed: 'unexpected',
    other: 'unexpected',
    rejected: 'unexpected',
    t1: 'unexpected',
    t2: 'unexpected',
    t3: 'unexpected',
    deactivated: 'Withdrawn',
  },
  'Awaiting(1)': {
    ...awaiting,
    t1: `Awaiting; ${submit}; ResponseTimeout(2)`,
    t2: 'stale',
    t3: 'stale',
    deactivated: `Withdrawn; ${withdraw}`,
  },
  'Awaiting(2)': {
    ...awaiting,
    t1: 'stale',
    t2: `Awaiting; ${submit}; ResponseTimeout(3)`,
    t3: 'stale',
    deactivated: `Withdrawn; ${withdraw}`,
  },
  'Awaiting(3)': { ...awaiting, t1: 'stale', t2: 'stale', t3: givesUp, deactivated: `Withdrawn; ${withdraw}` },
  Confirmed: {
    ...late,
    other: `Confirmed; late ${withdraw} ${alert}`,
    rejected: `Confirmed; ${alert}`,
    deactivated: `Withdrawn; late ${withdraw}`,
  },
  Rejected: {
    ...late,
    confirmed: `Rejected; late ${withdraw} ${alert}`,
    other: `Rejected; late ${withdraw} ${alert}`,
    deactivated: 'Withdrawn',
  },
  TimedOut: { ...late, deactivated: 'Withdrawn' },
  Withdrawn: { ...late, confirmed: `Withdrawn; late ${withdraw}`, other: `Withdrawn; late ${withdraw}` },
};

const cells = (of: Table) =>
  Object.entries(of).flatMap(([state, row]) =>
    Object.entries(row).map(([event, expected]) => ({ state, event: event as keyof typeof events, expected })),
  );

describe('table D4', () => {
  test.each(cells(table))('$state, $event: $expected', ({ state, event, expected }) => {
    expect(outcome(guarded, state, events[event])).toBe(expected);
  });

  test('an activation is what may start it, and so may a deactivation', () => {
    expect(saga.starters).toEqual(['CampaignActivated', 'CampaignDeactivated']);
  });

  test('the commands carry what is needed to carry them out', () => {
    const start = saga.decide(guarded, null, activated) as Decision;
    expect(start.commands).toEqual([
      {
        name: 'SubmitAdvertisement',
        to: 'publishing',
        token: key,
        attempt: 1,
        payload: { key, campaign: 'C1', locations: ['front page'] },
      },
    ]);
    expect(start).toMatchObject({ from: null, attempt: 1, waitsFor: 'publishing', ended: false });
    const done = saga.decide(guarded, after(guarded, 'Awaiting(2)'), confirmed) as Decision;
    expect(done.commands[0]).toMatchObject({
      to: 'service',
      payload: { id: 'C1', activation: 1, key, listing: 'L1' },
    });
    expect(done).toMatchObject({ from: 'Awaiting', attempt: 2, waitsFor: null, ended: true });
  });

  test('a deactivation that comes first is remembered, and a confirmation after it is withdrawn', () => {
    const row = played(saga, guarded, deactivated);
    expect(told(saga.decide(guarded, row, activated))).toBe('late');
    expect(told(saga.decide(guarded, row, confirmed))).toBe(`Withdrawn; late ${withdraw}`);
  });

  test('of two listings only the second is withdrawn', () => {
    const { commands } = saga.decide(guarded, after(guarded, 'Confirmed'), other) as Decision;
    expect(commands[0]!.payload).toEqual({ key, campaign: 'C1', listing: 'L2' });
    expect(commands[1]).toMatchObject({ to: 'operator', payload: { about: 'secondListing' } });
  });

  test('a thing that is asked for again has a number of its own', () => {
    const attempts = [1, 2, 3].map((n) => after(guarded, `Awaiting(${n})`)!.context['asked']);
    expect(attempts).toEqual([1, 2, 3].map((n) => ({ [`SubmitAdvertisement/${key}`]: n })));
    const again = saga.decide(guarded, after(guarded, 'Withdrawn'), confirmed) as Decision;
    expect(again.commands[0]!.attempt).toBe(2);
  });
});

describe('what concerns the saga', () => {
  const envelope = (type: string, payload: Record<string, unknown>) =>
    saga.correlate({ ...({ id: 'e', aggregateId: 'C1' } as Envelope), type, payload });

  test('an activation that is not numbered has no instance', () => {
    expect(envelope('CampaignActivated', { locations: [] })).toBeNull();
  });
  test('an answer without a key has none either', () => {
    expect(envelope('PublishingConfirmed', { listing: 'L1' })).toBeNull();
    expect(envelope('PublishingRejected', { reason: 'x' })).toBeNull();
    expect(envelope('AnythingElse', { key })).toBeNull();
  });
  test('the key names the activation, whichever attempt is answered', () => {
    expect(envelope('PublishingConfirmed', { key: 'C:x:2#3', listing: 'L' })?.instance).toBe('C:x:2');
    expect(envelope('CampaignDeactivated', { activation: 2 })?.instance).toBe('C1:2');
  });
});

describe('variants', () => {
  test('without tokens an old timeout counts as that of now', () => {
    const off: SagaSettings = { ...guarded, tokens: 'off' };
    expect(outcome(off, 'Awaiting(2)', timeout(1))).toBe(`Awaiting; ${submit}; ResponseTimeout(3)`);
    expect(outcome(off, 'Awaiting(3)', timeout(1))).toBe(givesUp);
  });

  test('without deadlines it waits for ever', () => {
    const off: SagaSettings = { ...guarded, deadlines: 'off' };
    expect(outcome(off, '(none)', activated)).toBe(`Awaiting; ${submit}`);
    expect(outcome(off, 'Awaiting(1)', timeout(1))).toBe('unexpected');
    expect(Object.keys(saga.config(off)['states'] as object)).not.toContain('TimedOut');
    expect(JSON.stringify(saga.config(off))).not.toContain('Timeout');
  });

  test('a late success is accepted, and giving up withdraws nothing', () => {
    const accept: SagaSettings = { ...guarded, lateSuccess: 'accept' };
    expect(outcome(accept, 'Awaiting(3)', timeout(3))).toBe(`TimedOut; TrackPublishingTimeout(C1:1) ${alert}`);
    expect(outcome(accept, 'TimedOut', confirmed)).toBe('Confirmed; late TrackPublishingConfirmation(C1:1)');
    expect(outcome(accept, 'TimedOut', deactivated)).toBe('Withdrawn');
    const changed = cells(table).filter(
      ({ state, event }) => outcome(accept, state, events[event]) !== table[state]![event],
    );
    expect(changed.map(({ state, event }) => `${state}, ${event}`)).toEqual([
      'Awaiting(3), t3',
      'TimedOut, confirmed',
      'TimedOut, other',
    ]);
  });

  test('a late success is accepted without deadlines: there is no late', () => {
    const both: SagaSettings = { ...guarded, lateSuccess: 'accept', deadlines: 'off' };
    expect(saga.config(both)).toEqual(saga.config({ ...guarded, deadlines: 'off' }));
  });

  test('the newest evidence wins', () => {
    const newest: SagaSettings = { ...guarded, contradiction: 'newestWins' };
    expect(outcome(newest, 'Confirmed', rejected)).toBe('Rejected; late TrackPublishingRejection(C1:1)');
    const changed = cells(table).filter(
      ({ state, event }) => outcome(newest, state, events[event]) !== table[state]![event],
    );
    expect(changed).toHaveLength(1);
  });

  test('an instance made by an answer knows who it is about', () => {
    const create: SagaSettings = { ...guarded, notFound: 'create' };
    const decision = saga.decide(create, null, confirmed) as Decision;
    expect(told(decision)).toBe(confirms);
    expect(decision.commands[0]!.payload).toEqual({ id: 'C1', activation: 1, key, listing: 'L1' });
    expect(told(saga.decide(create, null, rejected))).toBe(rejects);
  });
});

describe('as in the book', () => {
  const states: Record<string, Incoming[]> = {
    Awaiting: [activated],
    Confirmed: [activated, confirmed],
    Rejected: [activated, rejected],
  };

  test.each(Object.keys(states))('in %s every one of the three events is taken', (state) => {
    const row = played(saga, asInTheBook, ...states[state]!);
    expect(told(saga.decide(asInTheBook, row, activated))).toBe('Awaiting; SubmitAdvertisement(C1:1#2)');
    expect(told(saga.decide(asInTheBook, row, confirmed))).toBe(confirms);
    expect(told(saga.decide(asInTheBook, row, rejected))).toBe(rejects);
  });

  test.each(Object.keys(states))('in %s nothing else is', (state) => {
    const row = played(saga, asInTheBook, ...states[state]!);
    const reason = state === 'Awaiting' ? 'unexpected' : 'late';
    for (const event of [deactivated, timeout(1)]) expect(told(saga.decide(asInTheBook, row, event))).toBe(reason);
  });

  test('a second activation is a second submission under a token of its own, and no timer is set', () => {
    const first = saga.decide(asInTheBook, null, activated) as Decision;
    expect(told(first)).toBe('Awaiting; SubmitAdvertisement(C1:1#1)');
    expect(first.timers).toEqual([]);
    expect(saga.decide(asInTheBook, played(saga, asInTheBook, activated), activated)).toMatchObject({ attempt: 2 });
  });

  test('an answer can be the first that is heard', () => {
    expect((saga.decide(asInTheBook, null, confirmed) as Decision).context).toMatchObject({ key, campaign: 'C1' });
  });
});
