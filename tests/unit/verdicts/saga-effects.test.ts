import { describe, expect, test } from 'vitest';
import { broken, judge } from './judged.ts';
import { tripLife } from './saga-lives.ts';
import { SagaRun, type Command } from './saga-run.ts';

const holds = { status: 'holds' };
const pending = { status: 'pending' };

const flights: Command = { instance: 'T1', name: 'BookFlights', to: 'airline', token: 'f1' };
const others: Command = { ...flights, token: 'f2' };
const cancel: Command = { instance: 'T1', name: 'CancelFlights', to: 'airline', token: 'f1' };
const hotel: Command = { instance: 'T1', name: 'BookHotel', to: 'hotel', token: 'h1' };
const submit: Command = { instance: '123:1', name: 'SubmitAdvertisement', to: 'publishing', token: '123:1' };

/** Flights are booked for a trip that has come this far. */
function booked(state = 'Hotel', options = {}): SagaRun {
  const run = new SagaRun('trip', options);
  run.move('T1', 'Flights', { commands: [flights] });
  run.carryOut(flights, 'booked');
  run.move('T1', state);
  return run;
}

describe('noContradiction', () => {
  test('is broken by a second booking beside the first', () => {
    const run = booked();
    run.issue(others);
    const at = run.carryOut(others, 'booked');
    expect(broken(run, 'noContradiction', at)).toBe(
      'The airline has booked airline-f2 for instance T1, and airline-f1 is booked already: the same was done twice.',
    );
  });

  test('is kept where the first was cancelled, or is somebody else’s, and by what the reader has yet to confirm', () => {
    const run = booked();
    run.carryOut(hotel, 'booked');
    run.carryOut({ ...flights, instance: 'T2' }, 'booked');
    run.carryOut(others, 'asked');
    run.carryOut(cancel, 'cancelled');
    run.execute(others, 'booked');
    expect(judge(run, 'noContradiction')).toEqual(pending);
  });

  test('is broken by two listings of a saga without a memory', () => {
    const run = new SagaRun('campaign', { saga: 'stateless' });
    run.execute(submit, 'listed', 'publishing-1');
    const at = run.execute(submit, 'listed', 'publishing-2');
    expect(broken(run, 'noContradiction', at)).toContain('has listed publishing-2 for instance 123:1');
  });

  test('is broken where a campaign is told the one after the other, in one activation', () => {
    const run = new SagaRun('campaign');
    const row = { state: 'ACTIVE', activation: 1 };
    run.campaign('123', { ...row, publishing: { status: 'CONFIRMED' } });
    run.campaign('123', { ...row, publishing: { status: 'CONFIRMED' } });
    run.campaign('123', { ...row, activation: 2, publishing: { status: 'REJECTED' } });
    run.campaign('456', { ...row, publishing: { status: 'REJECTED' } });
    expect(judge(run, 'noContradiction')).toEqual(pending);
    const at = run.campaign('123', { ...row, publishing: { status: 'REJECTED' } });
    expect(broken(run, 'noContradiction', at)).toBe(
      'Campaign 123 is told that its advertisement was rejected, after it was told that it was confirmed.',
    );
  });

  test('a confirmation after it was given up is none', () => {
    const run = new SagaRun('campaign', { lateSuccess: 'accept' });
    const row = { state: 'ACTIVE', activation: 1 };
    run.campaign('123', { ...row, publishing: { status: 'TIMED_OUT' } });
    run.campaign('123', { ...row, publishing: { status: 'CONFIRMED' } });
    expect(judge(run, 'noContradiction')).toEqual(pending);
  });

  test('is broken where a process acts on a yes to what was refused', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Approval');
    run.move('T1', 'Manager', { received: { type: 'RouteRejected', token: 'r1' } });
    run.move('T1', 'Approval', { received: { type: 'ReroutingConfirmed', token: 'r1' } });
    run.move('T1', 'Approval', { received: { type: 'RouteRejected', token: 'r2' } });
    expect(judge(run, 'noContradiction')).toEqual(pending);
    const at = run.move('T1', 'Flights', { received: { type: 'RouteConfirmed', token: 'r1' } });
    expect(broken(run, 'noContradiction', at)).toBe(
      'Instance T1 acts on RouteConfirmed for r1, after it had acted on RouteRejected for the same.',
    );
  });

  test('is broken where what a trip was completed with is cancelled', () => {
    const run = booked('Completed');
    run.issue(cancel);
    const at = run.carryOut(cancel, 'cancelled', 'airline-f1');
    expect(broken(run, 'noContradiction', at)).toBe(
      'The airline cancels airline-f1, with which instance T1 has been completed.',
    );
  });

  test('is kept where the airline itself takes it back, where another ticket is cancelled, and where all is called off', () => {
    const itself = booked('Completed');
    itself.execute(flights, 'cancelled', 'airline-f1', true);
    expect(judge(itself, 'noContradiction')).toEqual(pending);
    const second = booked('Completed');
    second.carryOut({ ...cancel, token: 'f0' }, 'cancelled', 'airline-f0');
    expect(judge(second, 'noContradiction')).toEqual(pending);
    const run = booked('Completed');
    run.move('T1', 'Cancelling', { received: { type: 'TripCancelRequested' }, commands: [cancel] });
    run.carryOut(cancel, 'cancelled', 'airline-f1');
    expect(judge(run, 'noContradiction')).toEqual(pending);
  });

  describe('where the handler calls by itself', () => {
    const calls = (): SagaRun => {
      const run = booked('Completed', { sending: 'direct' });
      run.call(cancel);
      run.arrive(cancel);
      run.execute(cancel, 'cancelled', 'airline-f1');
      return run;
    };
    const task = 'consumer:processManager-1';

    test('it is kept once it is stored that the trip is called off', () => {
      const run = calls();
      run.move('T1', 'Cancelling', { received: { type: 'TripCancelRequested' }, task });
      run.end('done', { process: 'consumer:processManager', task });
      expect(judge(run, 'noContradiction')).toEqual(pending);
    });

    test('it is broken where that is never stored', () => {
      const died = calls();
      expect(broken(died, 'noContradiction', died.crash('consumer:processManager', task))).toContain('airline-f1');
      const failed = calls();
      const at = failed.end('failed', { process: 'consumer:processManager', task });
      expect(broken(failed, 'noContradiction', at)).toContain('airline-f1');
    });

    test('it is broken at once where the caller is gone by the time it is cancelled', () => {
      const run = booked('Completed', { sending: 'direct' });
      run.call(cancel);
      run.crash('consumer:processManager', task);
      const at = run.execute(cancel, 'cancelled', 'airline-f1');
      expect(broken(run, 'noContradiction', at)).toContain('The airline cancels airline-f1');
    });
  });

  test('is broken where a trip is completed without what was cancelled of it', () => {
    const run = booked();
    run.carryOut(cancel, 'cancelled', 'airline-f1');
    const at = run.move('T1', 'Completed');
    expect(broken(run, 'noContradiction', at)).toBe(
      'Instance T1 is completed, and the airline has cancelled what it had booked for it.',
    );
    const both = booked();
    both.carryOut(cancel, 'cancelled', 'airline-f1');
    both.execute(others, 'cancelled', 'airline-f2', true);
    expect(broken(both, 'noContradiction', both.move('T1', 'Completed'))).toContain('is completed, and the airline');
    const itself = booked();
    itself.execute(flights, 'cancelled', 'airline-f1', true);
    itself.move('T1', 'Completed');
    expect(judge(itself, 'noContradiction')).toEqual(pending);
  });
});

describe('compensationSound', () => {
  test('is broken where something is called off that nobody has asked for', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Flights', { commands: [{ ...flights, instance: 'T2' }, others] });
    const at = run.issue(cancel);
    expect(broken(run, 'compensationSound', at)).toBe(
      'Instance T1 sends CancelFlights f1 to the airline, and has never asked for what it calls off.',
    );
  });

  test('is broken by a cancellation that takes effect twice', () => {
    const run = booked();
    run.issue(cancel);
    run.carryOut(cancel, 'cancelled', 'airline-1');
    run.pass(cancel, 'known');
    run.execute(flights, 'cancelled', 'airline-1', true);
    expect(judge(run, 'compensationSound')).toEqual(pending);
    const at = run.execute(cancel, 'cancelled', 'airline-1');
    expect(broken(run, 'compensationSound', at)).toBe('The airline takes back airline-1 of instance T1 a second time.');
  });

  test('is broken by what takes effect after it was called off, prevented or not', () => {
    for (const effect of ['cancelled', 'prevented'] as const) {
      const run = booked();
      run.issue(cancel);
      run.carryOut(cancel, effect, 'airline-1');
      const at = run.execute(flights, 'booked', 'airline-2');
      expect(broken(run, 'compensationSound', at)).toBe(
        'The airline carries out BookFlights f1 of instance T1, which was called off before: nobody will call it off again.',
      );
    }
  });

  test('is broken where the cancellation came first and nobody remembered it', () => {
    const run = new SagaRun('trip', { tombstones: 'off' });
    run.move('T1', 'Flights', { commands: [flights] });
    run.move('T1', 'Cancelling', { commands: [cancel] });
    run.pass(cancel, 'nothingThere');
    const at = run.carryOut(flights, 'booked', 'airline-1');
    expect(broken(run, 'compensationSound', at)).toBe(
      'When BookFlights f1 of instance T1 was called off, the airline had nothing to take back, and remembered nothing: now it carries it out, and airline-1 is nobody’s.',
    );
  });

  test('is kept where it is remembered, and where a participant changes its mind by itself', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Flights', { commands: [flights] });
    run.move('T1', 'Cancelling', { commands: [cancel] });
    run.carryOut(cancel, 'prevented');
    run.pass(flights, 'prevented');
    expect(judge(run, 'compensationSound')).toEqual(pending);
    const itself = booked();
    itself.execute(flights, 'cancelled', 'airline-f1', true);
    itself.execute(flights, 'booked', 'airline-f1');
    expect(judge(itself, 'compensationSound')).toEqual(pending);
  });
});

describe('compensationEnds', () => {
  test('is broken where an instance has ended and something is still booked', () => {
    const run = new SagaRun('trip', { compensation: 'off' });
    for (const step of tripLife('T1', 'uncompensated', run.options)) step(run);
    const at = run.records.findLast(({ kind }) => kind === 'saga.moved')!.seq;
    expect(broken(run.settle(), 'compensationEnds', at)).toBe(
      'Instance T1 has ended, and airline-f1 is still booked at the airline.',
    );
  });

  test('is broken at the booking, where that came after the end', () => {
    const run = new SagaRun('trip');
    run.move('T1', 'Ended', { commands: [flights] });
    const at = run.carryOut(flights, 'booked');
    expect(broken(run.settle(), 'compensationEnds', at)).toContain('is still booked');
  });

  test('is broken where a listing stays of what was withdrawn, and kept where it was confirmed', () => {
    for (const [state, status] of [
      ['Withdrawn', 'broken'],
      ['Confirmed', 'holds'],
    ] as const) {
      const run = new SagaRun('campaign');
      run.move('123:1', 'Awaiting', { commands: [submit] });
      run.carryOut(submit, 'listed', 'publishing-1');
      run.move('123:1', state);
      expect(judge(run.settle(), 'compensationEnds')?.status).toBe(status);
    }
  });

  test('is broken where somebody is still cancelling', () => {
    const run = booked();
    const at = run.move('T1', 'Cancelling', { commands: [cancel] });
    run.move('T1', 'Cancelling');
    expect(broken(run.settle(), 'compensationEnds', at)).toBe(
      'Instance T1 is still cancelling, and nobody answers it any more.',
    );
  });

  test('what a person is to see to must be on the list', () => {
    for (const pendingList of [['f1'], [{ token: 'f1' }]]) {
      const run = booked();
      run.move('T1', 'Manual', { context: { pending: pendingList } });
      expect(judge(run.settle(), 'compensationEnds')).toEqual(holds);
    }
    const run = booked();
    const at = run.move('T1', 'Manual', { context: { pending: ['h1'] } });
    expect(broken(run.settle(), 'compensationEnds', at)).toBe(
      'Instance T1 waits for a person to see to what is left, and airline-f1 at the airline is not on the list.',
    );
  });
});
