import { describe, expect, test } from 'vitest';
import type { Options } from '../../../src/trace/scenario.ts';
import { judge as judgeFor } from './judged.ts';
import { Run } from './run.ts';
import { event } from './script.ts';

const e2 = event(2);
const e3 = event(3, '123', 'CampaignDeactivated');
const billing = (message: string) => ({ billing: message });

const judge = (run: Run, id: string) => judgeFor(run, id, ['billing']);

/** What is said of an event that billing handles once more after something went wrong; the delivery is the step blamed. */
function twice(
  goesWrong: (script: Run) => { message: string; attempt?: number; process?: string },
  options: Partial<Options> = {},
) {
  const script = new Run(options);
  script.commit(e2, { row: 7 });
  script.publish(e2, billing('m1'), { row: 7 });
  script.deliver(e2, 'billing', 'm1');
  script.apply(e2, 'billing', 'm1');
  const { message, attempt, process } = goesWrong(script);
  expect(judge(script, 'noDuplicateDelivery')?.status).toBe('pending');
  const delivered = script.deliver(e2, 'billing', message, attempt, process);
  expect(judge(script, 'effectAtMostOnce')?.status).toBe('pending');
  const applied = script.apply(e2, 'billing', message, process === undefined ? {} : { process });
  const handling = judge(script, 'noDuplicateDelivery');
  const effect = judge(script, 'effectAtMostOnce');
  expect(handling).toMatchObject({ status: 'broken', at: delivered, reason: { code: 'handledTwice' } });
  expect(effect).toMatchObject({ status: 'broken', at: applied, reason: { code: 'appliedTwice' } });
  expect(effect?.reason).toEqual({ ...handling?.reason, code: 'appliedTwice' });
  expect(handling?.because?.replace('handles', 'applies')).toBe(effect?.because);
  return handling?.because;
}

const again = ', and billing handles CampaignActivated of 123 twice.';

describe('why it came again', () => {
  test('the relay died before marking', () => {
    const because = twice((script) => {
      script.crash('relay', 'relay-1');
      script.publish(e2, billing('m2'), { row: 7, task: 'relay-2' });
      return { message: 'm2' };
    });
    expect(because).toBe(`The relay died before marking. Restarted, it publishes row 7 again${again}`);
  });

  test('the relay died before marking, and its next attempt was refused', () => {
    const because = twice((script) => {
      script.crash('relay', 'relay-1');
      script.attempt(e2, { row: 7, task: 'relay-2' });
      script.refuse(e2, { process: 'relay', task: 'relay-2' });
      script.publish(e2, billing('m2'), { row: 7, task: 'relay-3' });
      return { message: 'm2' };
    });
    expect(because).toContain('died before marking');
  });

  test('marking failed', () => {
    const because = twice((script) => {
      script.abort(event(9), 'failure', { process: 'relay', task: 'relay-1' });
      script.publish(e2, billing('m2'), { row: 7, task: 'relay-2' });
      return { message: 'm2' };
    });
    expect(because).toBe(`The relay could not mark what it had published. It publishes row 7 again${again}`);
  });

  test('the confirmation was lost', () => {
    const because = twice((script) => {
      script.add({ kind: 'bus.confirmationLost', task: 'relay-1', ...e2 });
      script.publish(e2, billing('m2'), { row: 7, task: 'relay-2' });
      return { message: 'm2' };
    });
    expect(because).toBe(`The bus took row 7, but its confirmation was lost. The relay publishes it again${again}`);
  });

  test('a second relay published it too', () => {
    const because = twice((script) => {
      script.publish(e2, billing('m2'), { row: 7, process: 'relay-2', task: 'relay-2-1' });
      return { message: 'm2' };
    });
    expect(because).toBe(`Both the relay and relay 2 publish row 7${again}`);
  });

  test('a second relay had begun before the first got there', () => {
    const because = twice((script) => {
      const late = script.attempt(e2, { row: 7, process: 'relay-2', task: 'relay-2-1' });
      script.attempt(event(5), { row: 8 });
      script.accept(e2, billing('m2'), late);
      return { message: 'm2' };
    });
    expect(because).toBe(`Both the relay and relay 2 publish row 7${again}`);
    const run = new Run();
    run.commit(e2, { row: 7 });
    const one = run.attempt(e2, { row: 7 });
    const two = run.attempt(e2, { row: 7, process: 'relay-2', task: 'relay-2-1' });
    run.accept(e2, billing('m1'), one);
    run.accept(e2, billing('m2'), two);
    run.handle(e2, 'billing', 'm1');
    run.handle(e2, 'billing', 'm2');
    expect(judge(run, 'effectAtMostOnce')?.because).toContain('Both the relay and relay 2 publish row 7');
  });

  test('a second relay took over from the first, which had died', () => {
    const because = twice((script) => {
      script.crash('relay', 'relay-1');
      script.publish(e2, billing('m2'), { row: 7, process: 'relay-2', task: 'relay-2-1' });
      return { message: 'm2' };
    });
    expect(because).toBe(`The relay died before marking. Relay 2 takes over and publishes row 7 again${again}`);
  });

  test.each(['row', 'aggregate'] as const)('the lease ended while the relay was at work, claiming each %s', (claim) => {
    const what = claim === 'row' ? 7 : '123';
    const second = { row: 7, process: 'relay-2', task: 'relay-2-1' };
    const because = twice(
      (script) => {
        script.add({ kind: 'outbox.leaseExpired', process: 'relay', positions: [7] });
        script.claim(what, 5000, 'relay-2');
        script.publish(e2, billing('m2'), second);
        return { message: 'm2' };
      },
      { relays: 2, claim },
    );
    expect(because).toBe(
      `The lease of the relay ended while it was at work, and relay 2 took over: both publish row 7${again}`,
    );
    // the other way round: the late one publishes last
    const late = twice(
      (script) => {
        script.claim(what, 5000, 'relay');
        script.mark(e2, 7);
        script.publish(e2, billing('m2'), second);
        return { message: 'm2' };
      },
      { relays: 2, claim },
    );
    expect(late).toContain('The lease of relay 2 ended while it was at work, and the relay took over');
  });

  test('the relay gave up before marking', () => {
    const because = twice((script) => {
      script.end('failed', { process: 'relay', task: 'relay-1' });
      script.publish(e2, billing('m2'), { row: 7, task: 'relay-2' });
      return { message: 'm2' };
    });
    expect(because).toBe(`The relay gave up before marking. It publishes row 7 again${again}`);
  });

  test('the dead letter was put back', () => {
    const because = twice((script) => {
      script.deadLetter(e2, 'billing', 'm1');
      script.redrive(e2, 'billing', 'm1');
      return { message: 'm1', attempt: 2 };
    });
    expect(because).toBe(`A dead letter was put back at the tail of the queue${again}`);
  });

  test('the other handler of the subscription had not acknowledged', () => {
    const because = twice(
      (script) => {
        script.requeue(e2, 'billing', 'm1', 'timeout');
        return { message: 'm1', attempt: 2, process: 'consumer:billing-2' };
      },
      { consumers: 'competing' },
    );
    expect(because).toBe(
      `The bus waited too long for billing's handler to acknowledge. It delivers the message again${again}`,
    );
  });

  test('the log is read again', () => {
    const replayed = twice(
      (script) => {
        script.acknowledge(e2, 'billing', 'm1');
        script.add({ kind: 'bus.rewound', process: 'bus', subscription: 'billing', partition: 0, position: 0 });
        return { message: 'm1', attempt: 2 };
      },
      { bus: 'log' },
    );
    expect(replayed).toBe(`The log is read again from further back${again}`);
    const rebalanced = twice(
      (script) => {
        const to = 'consumer:billing-2';
        script.add({ kind: 'bus.assigned', process: 'bus', subscription: 'billing', partition: 0, to, position: 0 });
        return { message: 'm1', attempt: 2, process: to };
      },
      { bus: 'log' },
    );
    expect(rebalanced).toBe(
      `The partition went to billing's second handler before the offset of billing's handler was committed. The message is read again${again}`,
    );
    const further = twice(
      (script) => {
        script.add({ kind: 'bus.rewound', process: 'bus', subscription: 'billing', partition: 0, position: 1 });
        return { message: 'm1', attempt: 2 };
      },
      { bus: 'log' },
    );
    expect(further).toBe(`The message came a second time${again}`);
  });

  test('the bus made a copy', () => {
    const because = twice((script) => {
      script.add({
        kind: 'bus.duplicated',
        process: 'bus',
        subscription: 'billing',
        message: 'm1',
        copy: 'm2',
        eventId: e2.eventId,
      });
      return { message: 'm2' };
    });
    expect(because).toBe(`The bus made a second copy of the message${again}`);
  });

  test.each([
    ['crash', "Billing's handler died before acknowledging. The bus delivers the message again"],
    ['failure', "Billing's handler failed before acknowledging. The bus delivers the message again"],
    ['timeout', "The bus waited too long for billing's handler to acknowledge. It delivers the message again"],
  ] as const)('the message went back to its queue: %s', (reason, why) => {
    const because = twice((script) => {
      script.requeue(e2, 'billing', 'm1', reason);
      return { message: 'm1', attempt: 2 };
    });
    expect(because).toBe(`${why}${again}`);
  });

  test('the bus went down before the acknowledgement', () => {
    const because = twice((script) => {
      script.add({ kind: 'bus.wentDown', process: 'bus', until: 5000 });
      script.requeue(e2, 'billing', 'm1', 'timeout');
      script.add({ kind: 'bus.cameUp', process: 'bus' });
      return { message: 'm1', attempt: 2 };
    });
    expect(because).toBe(
      `The bus went down before billing's handler could acknowledge. It delivers the message again${again}`,
    );
  });

  test('the copy may come first and the original second', () => {
    const script = new Run();
    script.commit(e2, { row: 7 });
    script.publish(e2, billing('m1'), { row: 7 });
    script.crash('relay', 'relay-1');
    script.publish(e2, billing('m2'), { row: 7, task: 'relay-2' });
    script.handle(e2, 'billing', 'm2');
    script.handle(e2, 'billing', 'm1');
    expect(judge(script, 'effectAtMostOnce')?.reason).toMatchObject({ cause: 'diedBeforeMarking', position: 7 });
  });

  test('nothing in the trace says why', () => {
    expect(twice(() => ({ message: 'm9' }))).toBe(`The message came a second time${again}`);
  });
});

describe('order', () => {
  /** What is said where billing meets version 3 first and then version 2; `goesWrong` publishes both. */
  function backwards(goesWrong: (script: Run) => void) {
    const script = new Run();
    script.commit(e2);
    script.commit(e3, { task: 'service-2' });
    goesWrong(script);
    script.handle(e3, 'billing', 'm3');
    const handled = script.deliver(e2, 'billing', 'm2');
    const applied = script.apply(e2, 'billing', 'm2');
    expect(judge(script, 'effectOrder')).toMatchObject({
      status: 'broken',
      at: applied,
      reason: { code: 'appliedOutOfOrder' },
    });
    const verdict = judge(script, 'firstOrder');
    expect(verdict).toMatchObject({
      status: 'broken',
      at: handled,
      reason: { code: 'handledOutOfOrder', version: 2, laterVersion: 3 },
    });
    return verdict?.because;
  }
  const inOrder = (script: Run) => {
    script.publish(e2, billing('m2'));
    script.publish(e3, billing('m3'), { task: 'service-2' });
  };
  const came = 'billing handles CampaignActivated of 123 (version 2) after CampaignDeactivated (version 3).';
  const about = { process: 'bus', subscription: 'billing', message: 'm2', eventId: e2.eventId } as const;

  test('the publisher had it out of order', () => {
    const because = backwards((script) => {
      script.publish(e3, billing('m3'), { task: 'service-2' });
      script.publish(e2, billing('m2'));
    });
    expect(because).toBe(`The service published version 3 before version 2: ${came}`);
  });

  test('the message was delayed', () => {
    const because = backwards((script) => {
      inOrder(script);
      script.add({ kind: 'bus.delayed', ...about, until: 9000 });
    });
    expect(because).toBe(`The message was delayed and overtaken: ${came}`);
  });

  test('the message went back', () => {
    const because = backwards((script) => {
      inOrder(script);
      script.add({ kind: 'bus.requeued', ...about, reason: 'failure' });
    });
    expect(because).toBe(`The message went back to its queue and was overtaken: ${came}`);
  });

  test('the message went to the tail, or came back from the dead letters', () => {
    expect(
      backwards((script) => {
        inOrder(script);
        script.add({ kind: 'bus.requeued', ...about, reason: 'failure', to: 'tail' });
      }),
    ).toBe(`The message went back to the tail of its queue and was overtaken: ${came}`);
    expect(
      backwards((script) => {
        inOrder(script);
        script.redrive(e2, 'billing', 'm2');
      }),
    ).toBe(`A dead letter was put back at the tail of the queue: ${came}`);
  });

  test('two relays published at the same time', () => {
    const because = backwards((script) => {
      script.publish(e3, billing('m3'), { row: 3, process: 'relay-2', task: 'relay-2-1' });
      script.publish(e2, billing('m2'), { row: 2 });
    });
    expect(because).toBe(`Relay 2 published version 3 before the relay published version 2: ${came}`);
  });

  test('two handlers work at the same time', () => {
    const script = new Run({ consumers: 'competing' });
    script.commit(e2);
    script.commit(e3, { task: 'service-2' });
    inOrder(script);
    script.deliver(e3, 'billing', 'm3', 1, 'consumer:billing-2');
    const at = script.deliver(e2, 'billing', 'm2');
    const verdict = judge(script, 'firstOrder');
    expect(verdict).toMatchObject({ at, reason: { cause: 'competing' } });
    expect(verdict?.because).toBe(`Billing's second handler was quicker than billing's handler: ${came}`);
  });

  test('the later one was moved to the front', () => {
    const because = backwards((script) => {
      inOrder(script);
      script.add({ kind: 'bus.promoted', ...about, message: 'm3' });
    });
    expect(because).toBe(`A later message was moved to the front: ${came}`);
  });

  test('it was simply overtaken', () => {
    expect(backwards(inOrder)).toBe(`A later message overtook this one: ${came}`);
  });

  test('a late copy breaks the order of effects, and not that of first handlings', () => {
    const script = new Run();
    script.commit(e2);
    script.commit(e3);
    inOrder(script);
    script.handle(e2, 'billing', 'm2');
    script.handle(e3, 'billing', 'm3');
    script.add({ kind: 'bus.duplicated', ...about, copy: 'm4' });
    script.deliver(e2, 'billing', 'm4');
    const at = script.apply(e2, 'billing', 'm4');
    script.settle();
    expect(judge(script, 'firstOrder')).toEqual({ status: 'holds' });
    const because =
      'The bus made a second copy of the message: billing applies CampaignActivated of 123 (version 2) after CampaignDeactivated (version 3).';
    expect(judge(script, 'effectOrder')).toMatchObject({ status: 'broken', at, because });
  });

  test('other aggregates, equal versions and other subscribers have nothing to do with it', () => {
    const script = new Run();
    for (const one of [event(3), event(2, '456'), { ...event(3), eventId: 'twin' }]) {
      script.commit(one);
      script.publish(one, billing(`m ${one.eventId}`));
      script.handle(one, 'billing', `m ${one.eventId}`);
    }
    script.commit(e2);
    script.publish(e2, { adServing: 'm9' });
    script.handle(e2, 'adServing', 'm9');
    script.drop(e2, 'billing', 'm8');
    script.settle();
    expect(judge(script, 'firstOrder')).toEqual({ status: 'holds' });
    expect(judge(script, 'effectOrder')).toEqual({ status: 'holds' });
  });
});
