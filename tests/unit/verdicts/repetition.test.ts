import { describe, expect, test } from 'vitest';
import { judgeAll } from '../../../src/verdicts/judge.ts';
import { event, Script } from './script.ts';

const e2 = event(2);
const e3 = event(3, '123', 'CampaignDeactivated');
const billing = (message: string) => ({ billing: message });

const judge = ({ records }: Script, id: string) => judgeAll(records, ['billing'])[id];

/** What is said of an event that billing handles once more after something went wrong; the delivery is the step blamed. */
function twice(goesWrong: (script: Script) => { message: string; attempt?: number }) {
  const script = new Script();
  script.commit(e2, { row: 7 });
  script.publish(e2, billing('m1'), { row: 7 });
  script.deliver(e2, 'billing', 'm1');
  script.apply(e2, 'billing', 'm1');
  const { message, attempt } = goesWrong(script);
  expect(judge(script, 'noDuplicateDelivery')?.status).toBe('pending');
  const delivered = script.deliver(e2, 'billing', message, attempt);
  expect(judge(script, 'effectAtMostOnce')?.status).toBe('pending');
  const applied = script.apply(e2, 'billing', message);
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
    expect(because).toBe(`Relay 2 publishes row 7 once more${again}`);
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
    const script = new Script();
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
  function backwards(goesWrong: (script: Script) => void) {
    const script = new Script();
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
  const inOrder = (script: Script) => {
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
    const script = new Script();
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
    const script = new Script();
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
