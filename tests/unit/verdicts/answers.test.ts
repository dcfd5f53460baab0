import { describe, expect, test } from 'vitest';
import { judgeAll } from '../../../src/verdicts/judge.ts';
import { broken, judge } from './judged.ts';
import { answerOf, SagaRun } from './saga-run.ts';
import { event } from './script.ts';

const pending = { status: 'pending' };
const holds = { status: 'holds' };
const confirmed = answerOf('publishing', '123:1', 'PublishingConfirmed');

describe('who hears of what', () => {
  test('an answer concerns the saga alone: to others it is not lost', () => {
    const run = new SagaRun('campaign');
    run.answer(confirmed, '123:1');
    run.tell(confirmed);
    for (const id of ['delivered', 'effectAtLeastOnce', 'convergence', 'noEarlyDelivery', 'noPhantom', 'causality'])
      expect(judge(run.settle(), id), id).toEqual(holds);
  });

  test('what a subscription does not hear of leaves no gap', () => {
    const run = new SagaRun('campaign');
    run.commit(event(2, '123', 'CampaignTracked'));
    run.commit(event(3));
    run.deliver(event(3), 'adServing', 'm3');
    expect(judge(run, 'gapFree')).toEqual(pending);
    const at = run.deliver(event(3), 'saga', 'm4');
    expect(broken(run, 'gapFree', at)).toContain('the saga handles CampaignActivated of 123');
  });

  test('a saga must be told, and has no effect that could be missing', () => {
    const run = new SagaRun('campaign');
    run.commit(event(2));
    run.accept(event(2), { adServing: 'm1', billing: 'm2', saga: 'm3' });
    for (const subscription of ['adServing', 'billing']) run.handle(event(2), subscription, `${subscription} m`);
    expect(judge(run.settle(), 'delivered')).toMatchObject({ status: 'broken', reason: { subscription: 'saga' } });
    expect(judge(run, 'effectAtLeastOnce')).toEqual(holds);
    expect(judge(run, 'convergence')).toEqual(holds);
  });

  test('its inbox guards its instances, which are no effect', () => {
    const run = new SagaRun('campaign', { inbox: 'sameTransaction' });
    run.note(event(2), 'saga');
    expect(judge(run, 'inboxAtomic')).toEqual(pending);
    run.note(event(2), 'billing');
    expect(judge(run, 'inboxAtomic')?.status).toBe('broken');
  });
});

describe('the answer of a participant', () => {
  test('is committed on its side, and lost where nobody is told', () => {
    const run = new SagaRun('trip');
    const booked = answerOf('airline', 'f1', 'FlightBooked');
    const at = run.answer(booked, 'T1');
    expect(broken(run.settle(), 'delivered', at)).toBe(
      'FlightBooked of airline/f1 was committed, and nobody ever published it: the event is lost.',
    );
  });

  test('that is told before it is given is early', () => {
    const run = new SagaRun('trip');
    const booked = answerOf('airline', 'f1', 'FlightBooked');
    const at = run.tell(booked);
    expect(broken(run, 'noEarlyDelivery', at)).toContain('The process manager handles FlightBooked of airline/f1');
    expect(judge(run, 'causality')?.status).toBe('broken');
    run.answer(booked, 'T1');
    expect(judge(run, 'noPhantom')).toEqual(pending);
  });

  test('stays the answer it is', () => {
    const run = new SagaRun('trip');
    run.answer(answerOf('airline', 'f1', 'FlightBooked'), 'T1');
    run.answer({ ...answerOf('airline', 'f1', 'FlightBooked'), eventType: 'FlightBookingFailed' }, 'T1');
    expect(judge(run, 'stableIdentity')?.status).toBe('broken');
  });
});

describe('what is judged in which flow', () => {
  const judgedIn = (run: SagaRun) => Object.keys(judgeAll(run.records, run.setting));

  test('nobody has effects of events in a trip, and nothing is published there', () => {
    const judged = judgedIn(new SagaRun('trip'));
    for (const id of [
      'effectAtMostOnce',
      'convergence',
      'outboxDrains',
      'boundedOutbox',
      'noLostUpdate',
      'boundaryKept',
    ])
      expect(judged).not.toContain(id);
    expect(judged).toEqual(
      expect.arrayContaining(['delivered', 'processEnds', 'replayDeterminism', 'compensationEnds']),
    );
  });

  test('where one aggregate has the budget nobody is told, and there is no saga', () => {
    for (const boundary of ['together', 'tooLarge'] as const) {
      const judged = judgedIn(new SagaRun('budget', { boundary }));
      for (const id of ['delivered', 'queueDrains', 'processEnds', 'oneInstance']) expect(judged).not.toContain(id);
      expect(judged).toEqual(expect.arrayContaining(['outboxDrains', 'boundaryKept', 'oneAggregatePerTx']));
    }
    expect(judgedIn(new SagaRun('budget'))).toEqual(expect.arrayContaining(['delivered', 'processEnds', 'sagaSerial']));
  });

  test('a campaign without a saga is judged as it always was', () => {
    const judged = judgedIn(new SagaRun('campaign', { saga: 'none' }));
    for (const id of ['processEnds', 'oneAggregatePerTx', 'noContradiction']) expect(judged).not.toContain(id);
  });
});

test('an aggregate of the budget that is written over is a lost update', () => {
  const run = new SagaRun('budget');
  const other = { process: 'service', task: 'service-2' };
  run.load('budget');
  run.transact([{ table: 'budgets', op: 'put', key: 'budget', row: { limit: 90 } }], other);
  const at = run.write(['budgets', 'budget', { limit: 80 }]);
  expect(broken(run, 'noLostUpdate', at)).toBe(
    'The service writes budget as it had read it before the service wrote it: what that wrote is gone.',
  );
});
