import { describe, expect, test } from 'vitest';
import type { Envelope } from '../../../src/messaging/envelope.ts';
import {
  acknowledge,
  deliver,
  deliveryLimit,
  dispatch,
  emptyQueue,
  enqueue,
  expire,
  isFree,
  next,
  promote,
  recall,
  redrive,
  release,
  replace,
  type End,
  type Queue,
  type QueuedMessage,
} from '../../../src/patterns/message-bus/queue.ts';

const message = (id: string, more: Partial<QueuedMessage> = {}): QueuedMessage => ({
  id,
  event: { id } as Envelope,
  attempts: 0,
  delayedUntil: 0,
  cause: 0,
  ...more,
});
const queueOf = (...messages: QueuedMessage[]): Queue => messages.reduce(enqueue, emptyQueue('billing'));
const idOf = (found: QueuedMessage | number | null) => (found !== null && typeof found === 'object' ? found.id : found);
const ids = (messages: readonly QueuedMessage[]) => messages.map(({ id }) => id);
const handTo = (queue: Queue, id: string, consumer: string, task = `${consumer} ${id}`) =>
  deliver(queue, id, { consumer, task, deadline: 100 }).queue;

describe('handing out', () => {
  test('the head goes first, and what travels is not sent twice', () => {
    const queue = queueOf(message('a'), message('b'));
    expect(idOf(next(queue, 0))).toBe('a');
    const sent = dispatch(queue, 'a', 'one');
    expect(idOf(next(sent, 0))).toBe('b');
    expect(idOf(next(dispatch(sent, 'b', 'two'), 0))).toBe(null);
    expect(idOf(next(recall(sent, 'one'), 0))).toBe('a');
  });

  test('a delayed message is overtaken; with nothing else its time is what comes next', () => {
    const late = message('late', { delayedUntil: 50 });
    expect(idOf(next(queueOf(late, message('a')), 49))).toBe('a');
    expect(next(queueOf(late, message('later', { delayedUntil: 60 })), 49)).toBe(50);
    expect(idOf(next(queueOf(late), 50))).toBe('late');
    expect(next(queueOf(), 0)).toBe(null);
  });

  test('a consumer has one message at a time', () => {
    const queue = queueOf(message('a'), message('b'));
    expect(isFree(queue, 'one')).toBe(true);
    const sent = dispatch(queue, 'a', 'one');
    expect(isFree(sent, 'one')).toBe(false);
    const delivered = handTo(sent, 'a', 'one');
    expect(isFree(delivered, 'one')).toBe(false);
    expect(isFree(delivered, 'two')).toBe(true);
    expect(() => handTo(delivered, 'b', 'one')).toThrow('can be delivered');
    expect(() => handTo(delivered, 'a', 'two')).toThrow('can be delivered');
    expect(ids(delivered.waiting)).toEqual(['b']);
  });
});

describe('coming back', () => {
  test.each<[End, string[]]>([
    ['head', ['a', 'b']],
    ['tail', ['b', 'a']],
  ])('to the %s', (to, order) => {
    const delivered = handTo(queueOf(message('a'), message('b')), 'a', 'one', 'task');
    const released = release(delivered, 'task', to);
    expect(released).toMatchObject({ dead: false, message: { id: 'a', attempts: 1 } });
    expect(ids(released.queue.waiting)).toEqual(order);
    expect(isFree(released.queue, 'one')).toBe(true);
    const expired = expire(delivered, 'task', to, true);
    expect(ids(expired.queue.waiting)).toEqual(order);
    expect(isFree(expired.queue, 'one')).toBe(false);
  });

  test('an acknowledgement in time takes the message away', () => {
    const acknowledged = acknowledge(handTo(queueOf(message('a')), 'a', 'one', 'task'), 'task');
    expect(acknowledged.late).toBe(false);
    expect(acknowledged.queue).toEqual(queueOf());
    expect(release(acknowledged.queue, 'task', 'head').message).toBe(null);
  });

  test('one that comes too late does not: another may have the message already', () => {
    const expired = expire(handTo(queueOf(message('a')), 'a', 'one', 'slow'), 'slow', 'head', true).queue;
    expect(expire(expired, 'slow', 'head', true).message).toBe(null);
    const again = handTo(expired, 'a', 'two', 'quick');
    const late = acknowledge(again, 'slow');
    expect(late.late).toBe(true);
    expect(late.queue.inFlight).toMatchObject([{ task: 'quick', message: { attempts: 2 } }]);
    expect(acknowledge(late.queue, 'quick').late).toBe(false);
  });

  test('a handler that dies after its time gives nothing back', () => {
    const expired = expire(handTo(queueOf(message('a')), 'a', 'one', 'slow'), 'slow', 'head', true).queue;
    const released = release(expired, 'slow', 'head');
    expect(released.message).toBe(null);
    expect(ids(released.queue.waiting)).toEqual(['a']);
  });
});

describe('dead letters', () => {
  const tired = queueOf(message('a', { attempts: deliveryLimit - 1 }), message('b'));

  test('after the last attempt a message is one; a person may put it back at the tail, as new', () => {
    const released = release(handTo(tired, 'a', 'one', 'task'), 'task', 'head');
    expect(released.dead).toBe(true);
    expect(ids(released.queue.dead)).toEqual(['a']);
    const back = redrive(released.queue, 'a');
    expect(back.dead).toEqual([]);
    expect(back.waiting).toMatchObject([{ id: 'b' }, { id: 'a', attempts: 0 }]);
    expect(redrive(back, 'nobody')).toBe(back);
  });

  test('one that takes too long each time is one in the end, where the limit counts', () => {
    const delivered = handTo(tired, 'a', 'one', 'task');
    expect(expire(delivered, 'task', 'head', true).dead).toBe(true);
    expect(expire(delivered, 'task', 'head', false).dead).toBe(false);
  });
});

test('a waiting message can be lost, doubled or moved to the head', () => {
  const queue = queueOf(message('a'), message('b', { delayedUntil: 9 }));
  expect(ids(replace(queue, 'a', []).waiting)).toEqual(['b']);
  expect(ids(replace(queue, 'a', [message('a'), message('c')]).waiting)).toEqual(['a', 'c', 'b']);
  expect(promote(queue, 'b').waiting).toMatchObject([{ id: 'b', delayedUntil: 0 }, { id: 'a' }]);
  expect(promote(queue, 'nobody')).toBe(queue);
});
