import { describe, expect, test } from 'vitest';
import { broken, judge } from './judged.ts';
import { publishingLife, tripLife } from './saga-lives.ts';
import { answerOf, SagaRun, type Command } from './saga-run.ts';

const holds = { status: 'holds' };
const pending = { status: 'pending' };

const request: Command = { instance: 'T1', name: 'RequestEmployeeApproval', to: 'approver', token: 'r1' };
const flights: Command = { instance: 'T1', name: 'BookFlights', to: 'airline', token: 'f1' };
const cancel: Command = { instance: 'T1', name: 'CancelFlights', to: 'airline', token: 'f1' };
const notify: Command = { instance: 'T1', name: 'NotifyTraveler', to: 'traveler', token: '' };

/** A trip that has come to this state in one step. */
const tripIn = (state: string, options = {}): SagaRun => {
  const run = new SagaRun('trip', options);
  run.move('T1', state, { received: { type: 'Initialize' } });
  return run;
};

describe('all goes well', () => {
  const lives = ['completed', 'noHotel', 'timedOut', 'manual', 'rejected', 'calledOff'] as const;
  test.each(lives)('a trip that is %s keeps every promise', (fate) => {
    for (const sending of ['outbox', 'direct'] as const) {
      const run = new SagaRun('trip', { sending });
      for (const step of tripLife('T1', fate, run.options)) step(run);
      const left = Object.entries(judgeAllOf(run.settle())).filter(([, status]) => status !== 'holds');
      expect(left).toEqual(sending === 'direct' ? [['commandRecorded', 'broken']] : []);
    }
  });

  test.each(['confirmed', 'rejected', 'timedOut', 'deactivated'] as const)(
    'so does a publishing that is %s',
    (fate) => {
      const run = new SagaRun('campaign');
      for (const step of publishingLife('123', fate, run.options)) step(run);
      run.settle();
      for (const id of [
        'noContradiction',
        'compensationSound',
        'terminalQuiet',
        'timerToken',
        'oneInstance',
        'processEnds',
      ])
        expect(judge(run, id), id).toEqual(holds);
      expect(judge(run, 'compensationEnds')).toEqual(holds);
    },
  );
});

const judgeAllOf = (run: SagaRun): Record<string, string | undefined> =>
  Object.fromEntries(ids.flatMap((id) => (judge(run, id) ? [[id, judge(run, id)?.status]] : [])));
const ids = [
  'processEnds',
  'noContradiction',
  'compensationSound',
  'compensationEnds',
  'commandRecorded',
  'commandsExecuted',
  'oneInstance',
  'sagaSerial',
  'timerToken',
  'terminalQuiet',
  'replayDeterminism',
  'oneAggregatePerTx',
];

describe('oneInstance', () => {
  test('is broken where an instance begins beside itself', () => {
    const run = tripIn('Approval');
    const process = 'consumer:processManager-2';
    const at = run.move('T1', 'Approval', { from: null, version: 1, process, received: { type: 'Initialize' } });
    expect(broken(run, 'oneInstance', at)).toBe(
      "The process manager's second handler begins instance T1 anew, over the one that the process manager's handler had begun: the process runs twice.",
    );
  });

  test('is broken where one that was deleted begins again, and not where that only says that it is over', () => {
    const run = tripIn('Ended');
    run.forgetInstance('T1');
    run.move('T1', 'Ended');
    expect(judge(run, 'oneInstance')).toEqual(pending);
    run.forgetInstance('T1');
    const at = run.move('T1', 'Approval', { received: { type: 'Initialize' } });
    expect(broken(run, 'oneInstance', at)).toBe(
      'Instance T1 had ended and was deleted, and Initialize begins it again: the process runs a second time.',
    );
    expect(judge(tripIn('Ended'), 'oneInstance')).toEqual(pending);
  });
});

describe('sagaSerial', () => {
  test('is broken by a step that was decided on what is no longer there', () => {
    const run = tripIn('Hotel');
    run.move('T1', 'Hotel', { received: { type: 'HotelBooked' } });
    const at = run.move('T1', 'Hotel', { version: 2, process: 'consumer:processManager-2' });
    expect(broken(run, 'sagaSerial', at)).toBe(
      "The process manager's second handler saves instance T1 as version 2 once more, as if HotelBooked had never come: what was decided on that is gone.",
    );
  });

  test('is broken by a step after none, and by one after the deletion', () => {
    const run = tripIn('Approval');
    const at = run.move('T1', 'Hotel', { version: 4 });
    expect(broken(run, 'sagaSerial', at)).toBe(
      "The process manager's handler saves instance T1 as version 4, and the one before was version 1.",
    );
    const gone = tripIn('Ended');
    gone.forgetInstance('T1');
    const late = gone.move('T1', 'Ended', { version: 2, from: 'Ended' });
    expect(broken(gone, 'sagaSerial', late)).toBe(
      "The process manager's handler saves instance T1 as version 2, and it had been deleted by then.",
    );
  });
});

describe('commandRecorded and commandsExecuted', () => {
  test('what a handler calls is recorded by nobody', () => {
    const run = new SagaRun('trip', { sending: 'direct' });
    run.call(request);
    expect(judge(run, 'commandRecorded')).toEqual(pending);
    const at = run.arrive(request);
    expect(broken(run, 'commandRecorded', at)).toBe(
      'The approver receives RequestEmployeeApproval r1 of instance T1, and nothing is recorded of it: if its sender dies now, nobody knows that it was sent.',
    );
    expect(judge(run, 'commandsExecuted')).toBeUndefined();
  });

  test('so it is where the service is called, and not where the reader commands', () => {
    const run = new SagaRun('campaign', { sending: 'direct' });
    const track = { instance: '123:1', name: 'TrackPublishingTimeout', to: 'service', token: '123:1' };
    run.arrive({ ...track, id: 'c1' });
    expect(judge(run, 'commandRecorded')).toEqual(pending);
    run.call(track);
    const at = run.arrive(track);
    expect(broken(run, 'commandRecorded', at)).toContain('The service receives TrackPublishingTimeout 123:1');
  });

  test('what is recorded, and sent then, holds', () => {
    const run = tripIn('Approval');
    run.issue(request);
    run.sendOut(request);
    run.arrive(request);
    expect(judge(run.settle(), 'commandRecorded')).toEqual(holds);
    expect(judge(run, 'commandsExecuted')).toEqual(holds);
  });

  test('is broken by a command that nobody sends, one that was lost, and one that never came', () => {
    const run = tripIn('Approval');
    const at = run.issue(request);
    expect(broken(run.settle(), 'commandsExecuted', at)).toBe(
      'RequestEmployeeApproval r1 of instance T1 is recorded, and nobody comes to send it to the approver.',
    );
    const sent = tripIn('Approval');
    const issued = sent.issue(request);
    sent.sendOut(request);
    expect(broken(sent.settle(), 'commandsExecuted', issued)).toBe(
      'RequestEmployeeApproval r1 of instance T1 was sent, and never came to the approver.',
    );
    const lost = tripIn('Approval');
    lost.issue(request);
    lost.sendOut(request);
    const drop = lost.lose(request);
    expect(broken(lost.settle(), 'commandsExecuted', drop)).toBe(
      'RequestEmployeeApproval r1 of instance T1 was lost on its way to the approver.',
    );
    lost.arrive(request);
    expect(judge(tripIn('Approval').settle(), 'commandsExecuted')).toEqual(holds);
  });
});

describe('terminalQuiet', () => {
  test('is broken by what an instance sends after its end, and not by its last words', () => {
    const run = tripIn('Hotel');
    run.move('T1', 'Completed', { commands: [notify] });
    expect(judge(run, 'terminalQuiet')).toEqual(pending);
    const at = run.move('T1', 'Completed', { received: { type: 'HotelBooked' }, commands: [{ ...notify, id: 'n2' }] });
    // the commit, the move, the command
    expect(broken(run, 'terminalQuiet', at + 1)).toBe(
      'Instance T1 had ended, and on HotelBooked it sends NotifyTraveler to the traveler: nobody expects that any more.',
    );
  });

  test('is kept by alerts, late compensations, and by whoever calls off what was completed', () => {
    const run = tripIn('Completed');
    run.move('T1', 'Completed', { commands: [{ ...notify, name: 'Alert', to: 'operator', late: true }] });
    run.move('T1', 'Cancelling', { received: { type: 'TripCancelRequested' }, commands: [cancel] });
    run.move('T1', 'Ended', { commands: [notify] });
    expect(judge(run, 'terminalQuiet')).toEqual(pending);
  });

  test('is broken by a call after the end, unless it may call off what was completed', () => {
    const run = tripIn('Completed', { sending: 'direct' });
    run.call(cancel);
    expect(judge(run, 'terminalQuiet')).toEqual(pending);
    const at = run.call(notify);
    expect(broken(run, 'terminalQuiet', at)).toBe(
      'Instance T1 had ended as Completed, and sends NotifyTraveler to the traveler: nobody expects that any more.',
    );
  });
});

describe('timerToken', () => {
  const deadline = (token: string) => [{ timer: 'ApprovalDeadline', token }];

  test('is kept by the timeout that was set last, and by those that are let pass', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Approval', { timers: deadline('r1#0') });
    run.move('T1', 'Approval', { received: { type: 'ApprovalDeadline', token: 'r1#0' }, timers: deadline('r1#1') });
    run.move('T1', 'Ended', { received: { type: 'ApprovalDeadline', token: 'r1#1' } });
    expect(judge(run, 'timerToken')).toEqual(pending);
  });

  test('is broken by one of an earlier attempt', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Approval', { timers: deadline('r1#0') });
    run.move('T1', 'Approval', { timers: deadline('r1#1') });
    const at = run.move('T1', 'Ended', { received: { type: 'ApprovalDeadline', token: 'r1#0' } });
    expect(broken(run, 'timerToken', at)).toBe(
      'Instance T1 takes the timeout ApprovalDeadline r1#0 for the one it has set since, r1#1: what it was set for is over.',
    );
  });

  test('is broken by one of a state that has been left', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Approval', { timers: deadline('r1#0') });
    run.move('T1', 'Flights');
    const at = run.move('T1', 'Ended', { received: { type: 'ApprovalDeadline', token: 'r1#0' } });
    expect(broken(run, 'timerToken', at)).toBe(
      'Instance T1 acts on the timeout ApprovalDeadline r1#0, which was set in Approval: it has left that state.',
    );
  });

  test('an instance that begins anew has no timers yet', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Approval', { timers: deadline('r1#0') });
    run.forgetInstance('T1');
    run.move('T1', 'Flights');
    run.move('T1', 'Ended', { received: { type: 'ApprovalDeadline', token: 'r9#9' } });
    expect(judge(run, 'timerToken')).toEqual(pending);
    expect(judge(new SagaRun('trip', { deadlines: 'off' }), 'timerToken')).toBeUndefined();
  });
});

describe('replayDeterminism', () => {
  test('is broken by a choice that is not in the history', () => {
    const run = new SagaRun('trip', { planning: 'recomputed' });
    const at = run.move('T1', 'Approval', { context: { route: 'r1' } });
    expect(broken(run, 'replayDeterminism', at)).toBe(
      'Instance T1 chooses route r1, and its history does not say so: whoever replays it has to choose again.',
    );
  });

  test('what another instance has chosen does not count', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Approval', { context: { route: 'r1' } });
    const commit = run.records.find((record) => record.kind === 'transaction.committed')!;
    for (const { row } of commit.writes) if (row?.['entry']) Object.assign(row, { entry: 'decided', instance: 'T2' });
    expect(judge(run, 'replayDeterminism')?.status).toBe('broken');
    for (const { row } of commit.writes) if (row?.['entry']) Object.assign(row, { instance: 'T1' });
    expect(judge(run, 'replayDeterminism')).toEqual(pending);
  });

  test('holds where it is, and where nothing is chosen', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Approval', { context: { route: 'r1' }, decided: { route: 'r1' } });
    run.move('T1', 'Flights', { context: { route: 'r1' } });
    expect(judge(run.settle(), 'replayDeterminism')).toEqual(holds);
    const at = run.move('T1', 'Approval', { context: { route: 'r2' } });
    expect(broken(run, 'replayDeterminism', at)).toContain('route r2');
  });
});

describe('processEnds', () => {
  test('is broken by an instance that waits, where nobody has answered', () => {
    const run = new SagaRun('trip');
    const at = run.move('T1', 'Flights');
    expect(broken(run.settle(), 'processEnds', at)).toBe(
      'The airline has not answered: instance T1 waits in Flights, and nothing will ever wake it.',
    );
    run.move('T1', 'Ended');
    expect(judge(run.settle(), 'processEnds')?.status).toBe('broken');
  });

  const booked = answerOf('airline', 'f1', 'FlightBooked');
  test.each<[string, (run: SagaRun) => number, string]>([
    ['is silent', (run) => run.silence(flights), 'The airline has done what it was told, and says nothing'],
    ['never had the command', (run) => run.lose(flights), 'A command was lost on its way to the airline'],
    ['came too early', (run) => run.miss('T1'), 'The answer came before the instance was stored, and was discarded'],
    [
      'was dropped',
      (run) => {
        run.answer(booked, 'T1');
        return run.drop(booked, 'processManager', 'm1');
      },
      'The bus has dropped the answer',
    ],
    [
      'is dead',
      (run) => {
        run.answer(booked, 'T1');
        return run.deadLetter(booked, 'processManager', 'm1');
      },
      'The answer lies among the dead letters',
    ],
  ])('says where the answer is that %s', (_, happens, why) => {
    const run = new SagaRun('trip');
    run.move('T1', 'Flights');
    const at = happens(run);
    expect(broken(run.settle(), 'processEnds', at)).toBe(
      `${why}: instance T1 waits in Flights, and nothing will ever wake it.`,
    );
  });

  test('an answer to be had again, and what the instance has got over, is no reason', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Flights');
    run.answer(booked, 'T1');
    run.deadLetter(booked, 'processManager', 'm1');
    run.redrive(booked, 'processManager', 'm1');
    run.silence(flights);
    run.miss('T1', 'FlightBooked', 'retry');
    const at = run.move('T1', 'Hotel');
    expect(broken(run.settle(), 'processEnds', at)).toContain('has not answered: instance T1 waits in Hotel');
  });

  test('what was discarded before an instance is stored is what it waits for', () => {
    const run = new SagaRun('trip', { sending: 'direct' });
    const at = run.miss('T1', 'RouteConfirmed');
    run.move('T1', 'Approval');
    expect(judge(run.settle(), 'processEnds')).toMatchObject({ status: 'broken', at });
  });

  test('a step written over is the reason where the instance waits for what it said', () => {
    const run = tripIn('Hotel');
    run.move('T1', 'Completed');
    const at = run.move('T1', 'Hotel', { version: 2 });
    expect(broken(run.settle(), 'processEnds', at)).toBe(
      "The process manager's handler wrote over what another handler had stored of the answers: instance T1 waits in Hotel, and nothing will ever wake it.",
    );
  });

  test('of several that wait, the first is named', () => {
    const run = new SagaRun('trip');
    const at = run.move('T2', 'Flights');
    run.move('T1', 'Flights');
    expect(broken(run.settle(), 'processEnds', at)).toContain('instance T2');
  });

  test('without a memory, it is the campaigns that were told nothing', () => {
    const told = new SagaRun('campaign', { saga: 'stateless' });
    for (const step of publishingLife('123', 'confirmed', told.options)) step(told);
    expect(judge(told.settle(), 'processEnds')).toEqual(holds);
    const run = new SagaRun('campaign', { saga: 'stateless' });
    for (const step of publishingLife('123', 'unanswered', run.options)) step(run);
    const at = run.records.find(({ kind }) => kind === 'bus.delivered')!.seq;
    expect(broken(run.settle(), 'processEnds', at)).toBe(
      'The saga has passed on that campaign 123 is active, and was never told what became of it: it remembers nothing, so nobody waits for the answer.',
    );
    const over = new SagaRun('campaign', { saga: 'stateless' });
    for (const step of publishingLife('123', 'deactivated', over.options)) step(over);
    expect(judge(over.settle(), 'processEnds')).toEqual(holds);
    expect(judge(over, 'oneInstance')).toBeUndefined();
  });
});
