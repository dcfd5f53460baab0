import { expect, test } from 'vitest';
import type { Envelope } from '../../../src/messaging/envelope.ts';
import {
  arrivalOf,
  arrive,
  begin,
  bufferLimit,
  connectionOf,
  cut,
  disconnect,
  emptyChannel,
  end,
  keep,
  send,
  strike,
  takeTurn,
  type Channel,
  type PublishedMessage,
} from '../../../src/patterns/message-bus/pubsub.ts';

const message = (id: string, until = 0): PublishedMessage => ({ id, event: { id } as Envelope, until, cause: 0 });
const channel = emptyChannel('billing', ['one', 'two']);
const ids = (messages: readonly PublishedMessage[]) => messages.map(({ id }) => id);
const sent = (...messages: string[]): Channel =>
  messages.reduce((all, id, index) => send(all, 'one', message(id, index)), channel);

test('those who are there take turns', () => {
  const turns = (up: string[], count: number) => {
    let now = channel;
    return Array.from({ length: count }, () => {
      const turn = takeTurn(now, (consumer) => up.includes(consumer));
      now = turn.channel;
      return turn.consumer;
    });
  };
  expect(turns(['one', 'two'], 3)).toEqual(['one', 'two', 'one']);
  expect(turns(['two'], 2)).toEqual(['two', 'two']);
  expect(turns([], 1)).toEqual([null]);
});

test('what leaves later arrives later', () => {
  const { consumer, ...line } = connectionOf(send(channel, 'one', message('a', 500)), 'one');
  expect(arrivalOf({ consumer, ...line }, 480)).toBe(501);
  expect(arrivalOf({ consumer, ...line }, 520)).toBe(520);
  expect(arrivalOf(connectionOf(channel, 'two'), 480)).toBe(480);
});

test('messages arrive in their order; a busy consumer keeps them, up to a limit', () => {
  const names = Array.from({ length: bufferLimit + 2 }, (_, index) => `m${index}`);
  let now = sent(...names);
  const outcomes = names.map((id) => {
    const { channel: arrived, message: what, outcome } = arrive(now, 'one');
    expect(what.id).toBe(id);
    now = outcome === 'handle' ? begin(arrived, 'one', 'task') : arrived;
    if (outcome === 'keep') now = keep(now, 'one', what);
    return outcome;
  });
  expect(outcomes).toEqual(['handle', ...names.slice(2).map(() => 'keep'), 'lose']);
  expect(() => arrive(now, 'one')).toThrow('something travels');
  const ended = end(now, 'one');
  expect(ended.next?.id).toBe('m1');
  expect(connectionOf(ended.channel, 'one')).toMatchObject({ task: null });
  expect(connectionOf(ended.channel, 'one').buffered.length).toBe(bufferLimit - 1);
});

test('a handler that ends with nothing kept leaves its consumer idle', () => {
  expect(end(begin(channel, 'one', 'task'), 'one')).toEqual({ channel, next: null });
});

test('what travels can be lost alone, with the line, or with the consumer', () => {
  const busy = keep(begin(sent('a', 'b'), 'one', 'task'), 'one', message('c'));
  expect(ids(connectionOf(strike(busy, 'a'), 'one').travelling)).toEqual(['b']);
  expect(connectionOf(cut(busy, 'one'), 'one')).toMatchObject({ travelling: [], task: 'task' });
  expect(ids(connectionOf(cut(busy, 'one'), 'one').buffered)).toEqual(['c']);
  expect(disconnect(busy, 'one')).toEqual(channel);
});
