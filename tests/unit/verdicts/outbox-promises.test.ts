import { describe, expect, test } from 'vitest';
import type { Options } from '../../../src/trace/scenario.ts';
import { broken, judge } from './judged.ts';
import { Run } from './run.ts';
import { event } from './script.ts';

const e2 = event(2);
const e3 = event(3, '123', 'CampaignDeactivated');
const other = event(2, '456');
const both = { adServing: 'm1', billing: 'm2' };

const relay2 = { process: 'relay-2', task: 'relay-2-1' };
const document: Partial<Options> = { outbox: 'document' };

/** Commit, publication, and both subscribers; the outbox row is left as it is. */
function published(run: Run): Run {
  run.begin(e2);
  run.commit(e2, run.options.outbox === 'table' ? { row: 7 } : { entry: true });
  run.publish(e2, both, { row: 7 });
  run.published(e2, 7);
  run.handle(e2, 'adServing', 'm1');
  run.handle(e2, 'billing', 'm2');
  return run;
}

const holds = { status: 'holds' };

describe('which promises are judged', () => {
  const judged = (id: string, options: Partial<Options>) => judge(new Run(options).settle(), id) !== undefined;

  test.each(['atomicCapture', 'markImpliesAccepted', 'noResurrection', 'boundedOutbox'])('%s: with an outbox', (id) => {
    expect(judged(id, { publish: 'outbox' })).toBe(true);
    expect(judged(id, { publish: 'afterCommit' })).toBe(false);
    expect(judged(id, { publish: 'insideAggregate' })).toBe(false);
  });

  test('noSkip: where the relay keeps a place', () => {
    expect(judged('noSkip', { relay: 'polling' })).toBe(false);
    expect(judged('noSkip', { relay: 'cursorPolling' })).toBe(true);
    expect(judged('noSkip', { relay: 'logTailing' })).toBe(true);
  });

  test('singleClaim: where two relays claim', () => {
    expect(judged('singleClaim', { relays: 2, claim: 'row' })).toBe(true);
    expect(judged('singleClaim', { relays: 2, claim: 'none' })).toBe(false);
    expect(judged('singleClaim', { relays: 1, claim: 'row' })).toBe(false);
  });

  test('retention: where something is removed', () => {
    expect(judged('retention', {})).toBe(false);
    expect(judged('retention', { cleanup: 'on' })).toBe(true);
    expect(judged('retention', { publish: 'afterCommit', cleanup: 'on' })).toBe(false);
    expect(judged('retention', { inbox: 'sameTransaction', dedupWindow: 'short' })).toBe(true);
  });
});

describe('atomicCapture', () => {
  test('is broken by a commit that leaves its event out of the outbox', () => {
    const run = new Run();
    run.begin(e2);
    const at = run.commit(e2);
    expect(broken(run, 'atomicCapture', at)).toBe(
      'The service committed without CampaignActivated of 123 in the outbox: nothing remembers that it must be sent.',
    );
  });

  test('is broken by an entry without a commit', () => {
    const run = new Run();
    const at = run.add({ kind: 'outbox.appended', task: 'service-1', position: 7, ...e2 });
    expect(broken(run, 'atomicCapture', at)).toBe(
      'Row 7, CampaignActivated of 123, is in the outbox, and its transaction has not committed.',
    );
  });

  test.each<Partial<Options>>([{}, document])('holds where the entry is among the writes: %o', (options) => {
    const run = published(new Run(options)).settle();
    expect(judge(run, 'atomicCapture')).toEqual(holds);
  });
});

describe('markImpliesAccepted', () => {
  test('is broken by a mark that comes first, even if the publication follows', () => {
    const run = new Run({ afterPublish: 'markFirst' });
    run.begin(e2);
    run.commit(e2, { row: 7 });
    const at = run.mark(e2, 7);
    run.publish(e2, both, { row: 7 });
    expect(broken(run, 'markImpliesAccepted', at)).toBe(
      'The relay marks row 7, CampaignActivated of 123, as published before the bus has been handed it.',
    );
  });

  test('is broken by a deletion of what the bus refused', () => {
    const run = new Run(document);
    run.commit(e2, { entry: true });
    run.refuse(e2, { process: 'relay', task: 'relay-1' });
    const at = run.finishEntry(e2, 'deleted');
    expect(broken(run, 'markImpliesAccepted', at)).toBe(
      'The relay deletes entry 2 in document 123, CampaignActivated of 123, before the bus has been handed it.',
    );
  });

  test('is broken by a place beyond what has not been published', () => {
    const run = new Run({ relay: 'cursorPolling' });
    run.commit(e2, { row: 7 });
    const at = run.advance(7);
    expect(broken(run, 'markImpliesAccepted', at)).toBe(
      'The relay stored a place beyond row 7, CampaignActivated of 123, which the bus has not got: it never looks back.',
    );
  });

  test('holds where the publisher could not know that it was refused', () => {
    const run = new Run({ confirm: 'none' });
    run.commit(e2, { row: 7 });
    run.refuse(e2, { process: 'relay', task: 'relay-1', unnoticed: true });
    run.mark(e2, 7);
    expect(judge(run.settle(), 'markImpliesAccepted')).toEqual(holds);
  });

  test('holds where marks follow the bus', () => {
    const run = published(new Run());
    run.mark(e2, 7);
    expect(judge(run.settle(), 'markImpliesAccepted')).toEqual(holds);
  });
});

describe('noSkip', () => {
  test('is broken by an entry that is committed behind the place, and so is outboxDrains at rest', () => {
    const run = new Run({ relay: 'cursorPolling' });
    run.begin(e2, { task: 'service-1' });
    run.add({ kind: 'outbox.reserved', task: 'service-1', position: 1, transactionId: e2.transactionId });
    run.begin(other, { task: 'service-2' });
    run.commit(other, { row: 2, task: 'service-2' });
    run.publish(other, both, { row: 2 });
    run.mark(other, 2);
    run.advance(2);
    expect(judge(run, 'noSkip')?.status).toBe('pending');
    const at = run.commit(e2, { row: 1 }) + 1;
    const because =
      "Row 1, CampaignActivated of 123, was committed when the relay's place was already beyond it: the relay never looks back.";
    expect(broken(run, 'noSkip', at)).toBe(because);
    run.handle(other, 'adServing', 'm1');
    run.handle(other, 'billing', 'm2');
    run.settle();
    expect(broken(run, 'outboxDrains', at)).toBe(because);
    expect(broken(run, 'delivered', at)).toBe(because);
  });

  test('is broken by a place beyond what the bus has not got', () => {
    const run = new Run({ relay: 'cursorPolling' });
    run.commit(e2, { row: 1 });
    run.commit(e3, { row: 2 });
    run.publish(e2, both, { row: 1 });
    const at = run.advance(2);
    expect(judge(run, 'noSkip')).toMatchObject({ at, reason: { code: 'skippedByCursor', position: 2 } });
  });

  test('does not mind a position that is rolled back, nor one that is published twice', () => {
    const run = new Run({ relay: 'cursorPolling' });
    run.add({ kind: 'outbox.reserved', task: 'service-1', position: 1, transactionId: e2.transactionId });
    run.begin(other);
    run.commit(other, { row: 2 });
    run.publish(other, both, { row: 2 });
    run.advance(2);
    run.abort(e2);
    run.advance(1);
    run.publish(other, { adServing: 'm3', billing: 'm4' }, { row: 2, ...relay2 });
    run.advance(2, relay2);
    expect(judge(run.settle(), 'noSkip')).toEqual(holds);
  });

  test('is broken where the change log is cut before the relay has read it', () => {
    const run = new Run({ relay: 'logTailing', retention: 'short' });
    run.begin(e2);
    run.commit(e2, { row: 7 });
    run.commit(e3, { row: 8 });
    run.publish(e3, both, { row: 8 });
    const at = run.add({ kind: 'relay.historyLost', process: 'relay', task: 'relay-1', position: 0, first: 3 });
    expect(broken(run, 'noSkip', at)).toBe(
      'The change log was cut before the relay had read CampaignActivated of 123 there.',
    );
    run.handle(e3, 'adServing', 'm1');
    run.handle(e3, 'billing', 'm2');
    expect(judge(run.settle(), 'delivered')).toMatchObject({ at, reason: { code: 'historyLost' } });
  });

  test('holds where the log is cut behind what has been read', () => {
    const run = new Run({ relay: 'logTailing', retention: 'short' });
    run.commit(e2, { row: 7 });
    run.publish(e2, both, { row: 7 });
    run.mark(e2, 7);
    run.advance(2);
    run.add({ kind: 'relay.historyLost', process: 'relay', task: 'relay-1', position: 0, first: 3 });
    expect(judge(run.settle(), 'noSkip')).toEqual(holds);
  });

  test('a leap to nowhere is looked at all the same', () => {
    const run = new Run({ relay: 'cursorPolling' });
    run.commit(e2, { row: 7 });
    const at = run.advance(2 ** 50);
    expect(judge(run, 'noSkip')).toMatchObject({ status: 'broken', at });
  });
});

describe('singleClaim', () => {
  const byRow: Partial<Options> = { relays: 2, claim: 'row' };
  const byAggregate: Partial<Options> = { relays: 2, claim: 'aggregate' };

  function claimed(options: Partial<Options>): Run {
    const run = new Run(options);
    run.begin(e2);
    run.commit(e2, options.outbox === 'document' ? { entry: true } : { row: 7 });
    run.claim(options.claim === 'row' ? 7 : '123', 100);
    return run;
  }

  test('is broken by a second claim while the first holds', () => {
    const run = claimed(byRow);
    const at = run.claim(7, 100, 'relay-2');
    expect(broken(run, 'singleClaim', at)).toBe('Relay 2 claims row 7 while the relay still holds it.');
    const whole = claimed(byAggregate);
    expect(broken(whole, 'singleClaim', whole.claim('123', 100, 'relay-2'))).toBe(
      'Relay 2 claims the events of 123 while the relay still holds them.',
    );
  });

  test('is broken by publishing after the time of the claim', () => {
    const run = claimed(byRow);
    for (let i = 0; i < 12; i++) run.send(`c${i}`);
    run.publish(e2, both, { row: 7 });
    const at = run.published(e2, 7);
    expect(broken(run, 'singleClaim', at)).toBe(
      'The relay publishes row 7, CampaignActivated of 123, which it does not hold any more.',
    );
  });

  test('is broken by publishing what another holds by now, the confirmation lost or not', () => {
    const run = claimed({ ...byAggregate, ...document });
    run.add({ kind: 'outbox.leaseExpired', process: 'relay', positions: [], aggregates: ['123'] });
    run.claim('123', 100, 'relay-2');
    run.publish(e2, both, { row: 2, ...relay2 });
    run.published(e2, 2, { ...relay2, document: '123' });
    expect(judge(run, 'singleClaim')?.status).toBe('pending');
    run.publish(e2, { adServing: 'm3', billing: 'm4' }, { row: 2 });
    const at = run.add({ kind: 'bus.confirmationLost', process: 'relay', task: 'relay-1', ...e2 });
    expect(broken(run, 'singleClaim', at)).toBe(
      'The relay publishes entry 2 in document 123, CampaignActivated of 123, which relay 2 holds by now.',
    );
  });

  test.each<[string, (run: Run) => unknown]>([
    ['its time is over', (run) => Array.from({ length: 12 }, (_, i) => run.send(`c${i}`))],
    ['its lease was ended', (run) => run.add({ kind: 'outbox.leaseExpired', process: 'relay', positions: [7] })],
    ['its row was marked', (run) => (run.publish(e2, both, { row: 7 }), run.published(e2, 7), run.mark(e2, 7))],
    ['it is its own', () => 0],
  ])('holds where a claim follows one of which %s', (why, ends) => {
    const run = claimed(byRow);
    ends(run);
    run.claim(7, 100, why === 'it is its own' ? 'relay' : 'relay-2');
    expect(judge(run.settle(), 'singleClaim')).toEqual(holds);
  });

  test('holds where an aggregate is given back', () => {
    const run = claimed(byAggregate);
    run.publish(e2, both, { row: 7 });
    run.published(e2, 7);
    run.add({ kind: 'outbox.released', process: 'relay', task: 'relay-1', aggregates: ['123'] });
    run.claim('123', 100, 'relay-2');
    expect(judge(run.settle(), 'singleClaim')).toEqual(holds);
  });
});

describe('noLostUpdate', () => {
  test('is broken by a relay that puts back what it had read', () => {
    const run = new Run({ ...document, relayWrites: 'unchecked' });
    run.begin(e2);
    run.commit(e2, { entry: true });
    run.fetch(['123']);
    run.begin(e3, { task: 'service-2' });
    run.commit(e3, { entry: true, task: 'service-2' });
    run.publish(e2, both, { row: 2 });
    const at = run.finishEntry(e2, 'marked') - 1;
    expect(broken(run, 'noLostUpdate', at)).toBe(
      'The relay writes 123 as it had read it before the service changed it: that change, CampaignDeactivated, is gone.',
    );
    run.handle(e2, 'adServing', 'm1');
    run.handle(e2, 'billing', 'm2');
    const because =
      'The relay wrote document 123 back as it had read it before: CampaignDeactivated of 123 is gone from its outbox, and nobody will publish it.';
    expect(broken(run.settle(), 'delivered', at)).toBe(because);
    expect(judge(run, 'outboxDrains')).toEqual(holds);
  });

  test('is broken by a service that puts back what a relay has marked', () => {
    const run = new Run({ ...document, relayWrites: 'notRaised' });
    run.commit(e2, { entry: true });
    run.load('123', { task: 'service-2' });
    run.publish(e2, both, { row: 2 });
    run.finishEntry(e2, 'marked');
    const at = run.commit(e3, { entry: true, task: 'service-2' });
    expect(broken(run, 'noLostUpdate', at)).toBe(
      'The service writes 123 as it had read it before the relay wrote it: what that wrote is gone.',
    );
  });

  test('holds where the write is targeted, where the row is read again, and where the task writes over its own', () => {
    const run = new Run(document);
    run.begin(e2);
    run.commit(e2, { entry: true });
    run.fetch(['123']);
    run.begin(e3, { task: 'service-2' });
    run.commit(e3, { entry: true, task: 'service-2' });
    run.finishEntry(e2, 'marked', { targeted: true });
    run.fetch(['123'], { task: 'relay-2' });
    run.finishEntry(e3, 'marked', { task: 'relay-2' });
    run.finishEntry(e3, 'deleted', { task: 'relay-2' });
    expect(judge(run, 'noLostUpdate')).toEqual({ status: 'pending' });
    // a task that has ended knows nothing
    run.end('done', { process: 'relay', task: 'relay-2' });
    run.crash('relay', 'relay-1');
    run.commit(event(4), { entry: true, task: 'service-3' });
    run.finishEntry(e3, 'deleted', { task: 'relay-2' });
    run.finishEntry(e3, 'deleted', { task: 'relay-1' });
    expect(judge(run.settle(), 'noLostUpdate')).toEqual(holds);
  });
});

describe('noResurrection', () => {
  test('is broken where a mark is written over, and the duplicate says so', () => {
    const run = published(new Run({ ...document, relayWrites: 'notRaised' }));
    run.load('123', { task: 'service-2' });
    run.finishEntry(e2, 'marked', { targeted: true });
    const at = run.commit(e3, { entry: true, task: 'service-2' });
    expect(broken(run, 'noResurrection', at)).toBe(
      'The service stores entry 2 in document 123, CampaignActivated of 123, as not yet published though it was done with: it will be published again.',
    );
    run.publish(e2, { adServing: 'm3', billing: 'm4' }, { row: 2, task: 'relay-2' });
    const again = run.deliver(e2, 'billing', 'm4');
    expect(broken(run, 'noDuplicateDelivery', again)).toBe(
      'The service wrote over the mark with what it had read before. The relay publishes entry 2 in document 123 again, and billing handles CampaignActivated of 123 twice.',
    );
  });

  test('is broken by a row of the table that is pending again', () => {
    const run = published(new Run());
    run.mark(e2, 7);
    const at = run.countAttempt(e2, 7) - 1;
    expect(judge(run, 'noResurrection')).toMatchObject({ at, reason: { code: 'resurrectedEntry', position: 7 } });
  });

  test('is not broken by a parked row that is freed, nor by what stays marked', () => {
    const run = new Run();
    run.commit(e2, { row: 7 });
    run.park(e2, 7);
    run.unpark(e2, 7);
    run.mark(e2, 7);
    run.remove(e2, 7);
    expect(judge(run.settle(), 'noResurrection')).toEqual(holds);
  });
});

describe('boundedOutbox', () => {
  test('is broken by what was published and stays', () => {
    const run = published(new Run());
    const at = run.mark(e2, 7) - 1;
    expect(judge(run, 'boundedOutbox')).toEqual({ status: 'pending' });
    expect(broken(run.settle(), 'boundedOutbox', at)).toBe(
      'Row 7 was published and is still stored: nobody removes it.',
    );
  });

  test('counts what stays in documents too', () => {
    const run = published(new Run(document));
    run.commit(e3, { entry: true });
    const at = run.finishEntry(e2, 'marked') - 1;
    run.finishEntry(e3, 'marked', { task: 'relay-2' });
    expect(broken(run.settle(), 'boundedOutbox', at)).toBe(
      'Entry 2 in document 123 was published and is still stored, and so are 1 more: nobody removes them.',
    );
  });

  test.each<[string, Partial<Options>, (run: Run) => unknown]>([
    ['deleted', {}, (run) => run.remove(e2, 7)],
    ['cleaned', { cleanup: 'on' }, (run) => (run.mark(e2, 7), run.clean(7))],
    ['deleted from its document', document, (run) => run.finishEntry(e2, 'deleted')],
  ])('holds where it is %s', (_, options, removes) => {
    const run = published(new Run(options));
    removes(run);
    expect(judge(run.settle(), 'boundedOutbox')).toEqual(holds);
    if (options.cleanup === 'on') expect(judge(run, 'retention')).toEqual(holds);
  });

  test('where a job should have removed it, retention is broken as well', () => {
    const run = published(new Run({ cleanup: 'on' }));
    const at = run.mark(e2, 7) - 1;
    expect(broken(run.settle(), 'retention', at)).toBe('Row 7 was published and is still stored: nobody removes it.');
  });
});

describe('outboxDrains', () => {
  const relay = { process: 'relay', task: 'relay-1' };

  test('is broken by a row that is too large, and by those behind it', () => {
    const run = new Run({ failingRow: 'block' });
    run.begin(e2);
    run.commit(e2, { row: 7 });
    run.commit(other, { row: 8 });
    const at = run.refuse(e2, { ...relay, reason: 'tooLarge' });
    run.settle();
    expect(broken(run, 'outboxDrains', at)).toBe(
      'Row 7, CampaignActivated of 123, is too large for the bus, which refuses it again and again.',
    );
    expect(judge(run, 'delivered')).toMatchObject({ at, reason: { code: 'tooLarge' } });
    run.publish(e2, both, { row: 7 });
    run.handle(e2, 'adServing', 'm1');
    run.handle(e2, 'billing', 'm2');
  });

  test.each<[Options['failingRow'], string]>([
    ['block', 'blockedBehind'],
    ['blockAggregate', 'leftInOutbox'],
    ['skip', 'leftInOutbox'],
  ])('where a failing row is treated with %s, one of another aggregate is %s', (failingRow, code) => {
    const run = new Run({ failingRow });
    run.commit(other, { row: 8 });
    run.commit(e2, { row: 9 });
    const at = run.refuse(e2, { ...relay, reason: 'tooLarge' });
    const verdict = judge(run.settle(), 'outboxDrains');
    expect(verdict?.reason).toMatchObject({ code, position: 8 });
    if (code !== 'blockedBehind') return;
    expect(verdict).toMatchObject({ at, reason: { blockedBy: 9 } });
    expect(verdict?.because).toBe(
      'Row 8, CampaignActivated of 456, waits behind row 9, which is too large for the bus: the relay does not go on before the bus has taken that.',
    );
  });

  test('blames the row of its own aggregate that blocks it', () => {
    const run = new Run({ failingRow: 'blockAggregate' });
    run.commit(e3, { row: 8 });
    run.commit(e2, { row: 9 });
    const at = run.refuse(e2, { ...relay, reason: 'tooLarge' });
    expect(judge(run.settle(), 'outboxDrains')).toMatchObject({ at, reason: { code: 'blockedBehind', blockedBy: 9 } });
  });

  test('is parked where the relay has left the row aside, as are delivered, effectAtLeastOnce and convergence', () => {
    const run = new Run({ failingRow: 'park' });
    run.begin(e2);
    run.commit(e2, { row: 7 });
    run.refuse(e2, { ...relay, reason: 'tooLarge' });
    run.countAttempt(e2, 7);
    const at = run.park(e2, 7);
    run.settle();
    const because =
      'The bus refused row 7, CampaignActivated of 123, 3 times: the relay has left it aside, and it waits for a person.';
    for (const id of ['outboxDrains', 'delivered', 'effectAtLeastOnce', 'convergence']) {
      expect(judge(run, id), id).toMatchObject({ status: 'parked', at, because });
    }
    run.unpark(e2, 7);
    expect(judge(run.settle(), 'outboxDrains')).toMatchObject({ status: 'broken', reason: { code: 'tooLarge' } });
  });

  test('a row that is broken says more than one that is parked', () => {
    const run = new Run({ failingRow: 'park' });
    run.commit(e2, { row: 7 });
    run.park(e2, 7);
    run.commit(e3, { row: 8 });
    expect(judge(run.settle(), 'outboxDrains')).toMatchObject({ status: 'broken', reason: { position: 8 } });
    expect(judge(run, 'delivered')).toMatchObject({ status: 'broken', reason: { position: 8 } });
  });
});

describe('delivered', () => {
  test('blames the publisher that does not wait for the answer', () => {
    const run = new Run({ confirm: 'none' });
    run.begin(e2);
    run.commit(e2, { row: 7 });
    run.attempt(e2, { row: 7 });
    const at = run.refuse(e2, { process: 'relay', task: 'relay-1', reason: 'down', unnoticed: true });
    run.mark(e2, 7);
    run.crash('relay', 'relay-1');
    expect(broken(run.settle(), 'delivered', at)).toBe(
      'The bus was down and refused CampaignActivated of 123, and the relay did not wait for its answer: it takes the event for published, and it is lost.',
    );
  });

  test.each([
    ['offline', 'Billing was not there when the bus passed CampaignActivated of 123 on: it is lost.'],
    ['overflow', 'The memory of billing was full, and the bus dropped CampaignActivated of 123: it is lost.'],
    [undefined, 'The bus dropped CampaignActivated of 123 on its way to billing: it is lost.'],
  ] as const)('blames the drop: %s', (reason, because) => {
    const run = new Run({ bus: 'pubsub' });
    run.begin(e2);
    run.commit(e2, { row: 7 });
    run.publish(e2, both, { row: 7 });
    const at = run.drop(e2, 'billing', 'm2', reason);
    run.handle(e2, 'adServing', 'm1');
    expect(broken(run.settle(), 'delivered', at)).toBe(because);
  });

  test('blames the memory in which it was lost', () => {
    const run = new Run({ bus: 'pubsub' });
    run.begin(e2);
    run.commit(e2, { row: 7 });
    run.publish(e2, both, { row: 7 });
    const buffered = { process: 'consumer:billing', subscription: 'billing', message: 'm2', eventId: e2.eventId };
    const seq = run.add({ kind: 'bus.buffered', ...buffered });
    run.handle(e2, 'adServing', 'm1');
    const because = 'CampaignActivated of 123 waited in the memory of billing and was lost with it.';
    run.settle();
    expect(broken(run, 'delivered', seq)).toBe(because);
    const told = new Run({ bus: 'pubsub' });
    told.commit(e2, { row: 7 });
    told.publish(e2, { billing: 'm2' }, { row: 7 });
    told.add({ kind: 'bus.buffered', ...buffered });
    told.crash('consumer:billing');
    const at = told.drop(e2, 'billing', 'm2', 'offline');
    told.handle(e2, 'adServing', 'm1');
    expect(broken(told.settle(), 'delivered', at)).toBe(because);
  });
});
