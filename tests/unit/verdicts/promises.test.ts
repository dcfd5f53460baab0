import { describe, expect, test } from 'vitest';
import { judgeAll } from '../../../src/verdicts/judge.ts';
import { promises } from '../../../src/verdicts/promises.ts';
import { judge } from './judged.ts';
import { Run, subscriptions } from './run.ts';
import { event } from './script.ts';

const e2 = event(2);
const e3 = event(3, '123', 'CampaignDeactivated');
const both = { adServing: 'm1', billing: 'm2' };

/** A run in which nothing goes wrong: commit, publish, delete, and both subscribers handle. */
function fine(script = new Run()): Run {
  script.send('c1');
  script.begin(e2);
  script.commit(e2, { row: 1 });
  script.publish(e2, both, { row: 1 });
  script.remove(e2, 1);
  script.handle(e2, 'adServing', 'm1');
  script.handle(e2, 'billing', 'm2');
  return script;
}

/** Those that are judged under the default options. */
const always = promises.filter(({ applies }) => applies?.(new Run().options, 'campaign') ?? true);

describe('without a failure', () => {
  test('the promises come in a fixed order, and each holds once the run has settled', () => {
    const { records, setting } = fine().settle();
    const verdicts = judgeAll(records, setting);
    expect(Object.keys(verdicts)).toEqual(always.map(({ id }) => id));
    expect(Object.values(verdicts)).toEqual(always.map(() => ({ status: 'holds' })));
  });

  test.each(always)('$id is pending until the run settles, and again after the next input', ({ id }) => {
    expect(judge(fine(), id)).toEqual({ status: 'pending' });
    const script = fine().settle();
    script.send('c2');
    expect(judge(script, id)).toEqual({ status: 'pending' });
  });

  test.each(always)('$id is unknown where the run was stopped at its limit', ({ id }) => {
    expect(judge(fine().settle(false), id)).toMatchObject({ status: 'unknown', reason: { code: 'stopped' } });
  });
});

describe('noPhantom', () => {
  test('is broken by the abort, where a handler has started before', () => {
    const script = new Run();
    script.publish(e2, both);
    script.deliver(e2, 'billing', 'm2');
    const at = script.abort(e2, 'failure');
    const because =
      'The commit of the service failed and was rolled back after billing had begun to handle CampaignActivated of 123, a ghost message: it acts on a change that never happened.';
    expect(judge(script, 'noPhantom')).toMatchObject({ status: 'broken', at, because });
    expect(judge(script.settle(), 'noPhantom')?.at).toBe(at);
  });

  test('is broken by the delivery, where the abort came before', () => {
    const script = new Run();
    script.publish(e2, both);
    script.abort(e2, 'crash');
    const at = script.deliver(e2, 'adServing', 'm1');
    const because =
      'The service died and its transaction was rolled back, but CampaignActivated of 123 had already left, a ghost message: ad serving handles a change that never happened.';
    expect(judge(script, 'noPhantom')).toMatchObject({ status: 'broken', at, because });
  });

  test('is not broken by an abort of which nothing has left', () => {
    const script = new Run();
    script.abort(e2, 'conflict');
    expect(judge(script.settle(), 'noPhantom')).toEqual({ status: 'holds' });
  });
});

describe('noEarlyDelivery', () => {
  test('is broken by a delivery before the commit, even if the commit follows', () => {
    const script = new Run();
    script.publish(e2, both);
    const at = script.deliver(e2, 'billing', 'm2');
    script.commit(e2);
    script.deliver(e2, 'adServing', 'm1');
    const because =
      'Billing handles CampaignActivated of 123 while the transaction of the service is still open: whoever reads the aggregate now sees the old state.';
    expect(judge(script.settle(), 'noEarlyDelivery')).toMatchObject({ status: 'broken', at, because });
    expect(judge(script, 'noPhantom')).toEqual({ status: 'holds' });
  });

  test('says so where there will be no commit', () => {
    const script = new Run();
    script.publish(e2, both);
    script.abort(e2);
    const at = script.deliver(e2, 'billing', 'm2');
    expect(judge(script, 'noEarlyDelivery')).toMatchObject({
      at,
      reason: { code: 'deliveredWithoutCommit', process: 'service' },
    });
  });
});

describe('delivered', () => {
  const lost = (build: (script: Run) => number, whom = subscriptions) => {
    const script = new Run();
    const at = build(script);
    expect(judge(script, 'delivered', whom)?.status).toBe('pending');
    const verdict = judge(script.settle(), 'delivered', whom);
    expect(verdict).toMatchObject({ status: 'broken', at });
    return verdict;
  };

  test('blames the crash between commit and publish', () => {
    const verdict = lost((script) => {
      script.commit(e2);
      script.attempt(e2);
      const at = script.crash('service', 'service-1');
      script.end('killed');
      return at;
    });
    expect(verdict?.because).toBe(
      'The service died after its commit and before publishing CampaignActivated of 123: the event is lost, nothing remembers that it must be sent.',
    );
  });

  test('blames the crash also where the killed task is ended before it', () => {
    lost((script) => {
      script.commit(e2);
      script.end('killed');
      return script.crash('service', 'service-1');
    });
  });

  test('does not blame a crash that killed other tasks', () => {
    const verdict = lost((script) => {
      const at = script.commit(e2);
      script.crash('service', 'service-2');
      return at;
    });
    expect(verdict).toMatchObject({
      reason: { code: 'neverPublished' },
      because: 'CampaignActivated of 123 was committed, and nobody ever published it: the event is lost.',
    });
  });

  test('blames the refusal after the commit, not the exception it leads to', () => {
    const verdict = lost((script) => {
      script.commit(e2);
      script.attempt(e2);
      const at = script.refuse(e2, { reason: 'down' });
      script.end('failed');
      return at;
    });
    expect(verdict?.because).toBe(
      'The bus was down and refused CampaignActivated of 123, and the service does not try again: the event is lost.',
    );
  });

  test('blames an exception between commit and publish', () => {
    const verdict = lost((script) => {
      script.commit(e2);
      return script.end('failed');
    });
    expect(verdict?.because).toBe(
      'The service failed after its commit and before publishing CampaignActivated of 123: the event is lost, nothing remembers that it must be sent.',
    );
  });

  test('blames what keeps a row marked first from being published', () => {
    const marked = (then: (script: Run) => number) =>
      lost((script) => {
        script.commit(e2, { row: 7 });
        script.mark(e2, 7);
        script.attempt(e2, { row: 7 });
        return then(script);
      })?.because;
    const relay = { process: 'relay', task: 'relay-1' };
    expect(marked((script) => script.crash('relay', 'relay-1'))).toBe(
      'The relay died after marking row 7 and before publishing it: nobody will publish CampaignActivated of 123 again.',
    );
    expect(marked((script) => script.refuse(e2, relay))).toBe(
      'The bus refused row 7, which the relay had already marked: nobody will publish CampaignActivated of 123 again.',
    );
    expect(marked((script) => script.end('failed', relay))).toBe(
      'The relay failed after marking row 7 and before publishing it: nobody will publish CampaignActivated of 123 again.',
    );
  });

  test('blames the drop, the missing queue, and the queue nobody takes from', () => {
    const accepted = (messages: Record<string, string>, then: (script: Run, at: number) => number) =>
      lost((script) => {
        script.commit(e2);
        const at = script.publish(e2, messages);
        script.handle(e2, 'adServing', 'm1');
        return then(script, at);
      })?.because;
    expect(accepted(both, (script) => script.drop(e2, 'billing', 'm2'))).toBe(
      'The bus dropped CampaignActivated of 123 on its way to billing: it is lost.',
    );
    expect(accepted({ adServing: 'm1' }, (_, at) => at)).toBe(
      'The bus took CampaignActivated of 123 and had no queue for billing.',
    );
    expect(accepted(both, (_, at) => at)).toBe(
      'CampaignActivated of 123 lies in the queue of billing, and nobody takes it.',
    );
  });

  test('blames the outbox where the row still waits', () => {
    const verdict = lost((script) => {
      const commit = script.commit(e2, { row: 4 });
      return commit + 1;
    });
    expect(verdict?.because).toBe(
      'Row 4, CampaignActivated of 123, still waits in the outbox, and nobody comes to publish it.',
    );
  });

  test('names the loss that came first', () => {
    const script = new Run();
    script.commit(e2);
    const at = script.crash('service', 'service-1');
    script.commit(e3, { task: 'service-2' });
    script.crash('service', 'service-2');
    expect(judge(script.settle(), 'delivered')).toMatchObject({ at, reason: { eventType: 'CampaignActivated' } });
  });

  test('stays broken: what is not delivered at rest is lost', () => {
    const script = new Run();
    script.commit(e2);
    const at = script.crash('service', 'service-1');
    script.settle();
    script.send('c2');
    expect(judge(script, 'delivered')).toMatchObject({ status: 'broken', at });
  });

  test('is parked where only dead letters are missing, and holds once somebody has handled them', () => {
    const script = fine();
    script.commit(e3);
    script.publish(e3, { adServing: 'm3', billing: 'm4' });
    script.handle(e3, 'adServing', 'm3');
    script.deliver(e3, 'billing', 'm4');
    const at = script.deadLetter(e3, 'billing', 'm4');
    const because =
      'Billing failed 5 times: CampaignDeactivated of 123 lies among its dead letters and waits for a person.';
    expect(judge(script.settle(), 'delivered')).toMatchObject({ status: 'parked', at, because });
    script.handle(e3, 'billing', 'm5');
    expect(judge(script.settle(), 'delivered')).toEqual({ status: 'holds' });
  });

  test('is parked, not lost, where no handler ever started on the dead letter', () => {
    const script = new Run();
    script.commit(e2);
    script.publish(e2, both);
    script.handle(e2, 'adServing', 'm1');
    const at = script.deadLetter(e2, 'billing', 'm2');
    expect(judge(script.settle(), 'delivered')).toMatchObject({ status: 'parked', at });
  });

  test('does not ask for what was rolled back', () => {
    const script = new Run();
    script.publish(e2, both);
    script.abort(e2);
    script.deadLetter(e2, 'billing', 'm2');
    expect(judge(script.settle(), 'delivered')).toEqual({ status: 'holds' });
  });

  test('counts what was delivered before its commit', () => {
    const script = new Run();
    script.publish(e2, both);
    script.handle(e2, 'adServing', 'm1');
    script.handle(e2, 'billing', 'm2');
    script.commit(e2);
    expect(judge(script.settle(), 'delivered')).toEqual({ status: 'holds' });
  });
});

describe('outboxDrains', () => {
  test('blames the last thing that kept the oldest row from the bus', () => {
    const script = fine();
    script.commit(e3, { row: 2 });
    script.attempt(e3, { row: 2 });
    const at = script.refuse(e3, { process: 'relay', task: 'relay-2' });
    script.commit(event(4), { row: 3 });
    expect(judge(script.settle(), 'outboxDrains')).toMatchObject({
      status: 'broken',
      at,
      reason: { code: 'leftInOutbox', position: 2 },
    });
  });

  test('is broken by a row that was published and never marked', () => {
    const script = new Run();
    script.commit(e2, { row: 1 });
    const at = script.publish(e2, both, { row: 1 });
    script.handle(e2, 'adServing', 'm1');
    script.handle(e2, 'billing', 'm2');
    const because =
      'Row 1, CampaignActivated of 123, was published and never marked: the outbox still takes it for unpublished.';
    expect(judge(script.settle(), 'outboxDrains')).toMatchObject({ status: 'broken', at, because });
  });

  test('holds where published rows are deleted', () => {
    const script = new Run();
    script.commit(e2, { row: 1 });
    script.publish(e2, both, { row: 1 });
    script.add({
      kind: 'transaction.committed',
      task: 'relay-1',
      transactionId: 'tx-9',
      writes: [{ table: 'outbox', op: 'delete', key: 1 }],
      events: [],
    });
    expect(judge(script.settle(), 'outboxDrains')).toEqual({ status: 'holds' });
  });
});
