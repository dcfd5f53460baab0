/**
 * At-most-once publish and subscribe, as data: what is published goes to who is connected now. Nothing is stored, nothing
 * is acknowledged, nothing comes back; a consumer that is away, too slow or dying has missed it. Messages travel to each
 * consumer in their order, and wait in its memory while it is busy.
 * After core NATS (at most once; a queue group hands each message to one of its members) and Redis Pub/Sub.
 */
import { assert } from '../../base/assert.ts';
import type { Envelope } from '../../messaging/envelope.ts';

/** How many messages wait in a consumer's memory at most; what comes beyond is lost. */
export const bufferLimit = 8;

export interface PublishedMessage {
  readonly id: string;
  readonly event: Envelope;
  /** Virtual ms; it arrives then. */
  readonly until: number;
  /** `seq` of its newest record. */
  readonly cause: number;
}

/** The bus's line to one consumer, and what the consumer keeps in its memory. */
export interface Connection {
  readonly consumer: string;
  /** What travels, in the order it will arrive. */
  readonly travelling: readonly PublishedMessage[];
  /** What has arrived and waits, the oldest first. */
  readonly buffered: readonly PublishedMessage[];
  /** The task that handles a message now. */
  readonly task: string | null;
}

/** The consumers of one subscription. */
export interface Channel {
  readonly subscription: string;
  readonly connections: readonly Connection[];
  /** Whose turn it is: an index into the connections. */
  readonly turn: number;
}

/** A channel on which nothing has happened. */
export const emptyChannel = (subscription: string, consumers: readonly string[]): Channel => ({
  subscription,
  connections: consumers.map((consumer) => ({ consumer, travelling: [], buffered: [], task: null })),
  turn: 0,
});

/** The connection of a consumer. @throws Error where it has none */
export function connectionOf({ connections }: Channel, consumer: string): Connection {
  const connection = connections.find((other) => other.consumer === consumer);
  assert(connection, `a connection of ${consumer}`);
  return connection;
}

function change(channel: Channel, consumer: string, to: (connection: Connection) => Partial<Connection>): Channel {
  const connections = channel.connections.map((connection) =>
    connection.consumer === consumer ? { ...connection, ...to(connection) } : connection,
  );
  return { ...channel, connections };
}

/** Takes the consumer whose turn it is of those that `isUp` says; null where nobody is there. */
export function takeTurn(
  channel: Channel,
  isUp: (consumer: string) => boolean,
): { channel: Channel; consumer: string | null } {
  const { connections, turn } = channel;
  for (let i = 0; i < connections.length; i++) {
    const index = (turn + i) % connections.length;
    const { consumer } = connections[index]!;
    if (isUp(consumer)) return { channel: { ...channel, turn: (index + 1) % connections.length }, consumer };
  }
  return { channel, consumer: null };
}

/** Sends a message on its way. It arrives after what travels already. */
export const send = (channel: Channel, consumer: string, message: PublishedMessage): Channel =>
  change(channel, consumer, ({ travelling }) => ({ travelling: [...travelling, message] }));

/** The earliest time at which a message can arrive that leaves now and would take until `until`. */
export const arrivalOf = ({ travelling }: Connection, until: number): number =>
  Math.max(until, (travelling.at(-1)?.until ?? -Infinity) + 1);

/** What travels first has arrived: it can be handled now, has to wait, or is lost because the memory is full. */
export function arrive(
  channel: Channel,
  consumer: string,
): { channel: Channel; message: PublishedMessage; outcome: 'handle' | 'keep' | 'lose' } {
  const { travelling, buffered, task } = connectionOf(channel, consumer);
  const [message, ...rest] = travelling;
  assert(message, `something travels to ${consumer}`);
  const outcome = task === null ? 'handle' : buffered.length < bufferLimit ? 'keep' : 'lose';
  return { channel: change(channel, consumer, () => ({ travelling: rest })), message, outcome };
}

/** A message waits in a consumer's memory. */
export const keep = (channel: Channel, consumer: string, message: PublishedMessage): Channel =>
  change(channel, consumer, ({ buffered }) => ({ buffered: [...buffered, message] }));

/** A consumer's task begins to handle a message. */
export const begin = (channel: Channel, consumer: string, task: string): Channel =>
  change(channel, consumer, () => ({ task }));

/** The handler has ended, however it did. `next` has waited longest and is the one to handle now. */
export function end(channel: Channel, consumer: string): { channel: Channel; next: PublishedMessage | null } {
  const [next, ...rest] = connectionOf(channel, consumer).buffered;
  return { channel: change(channel, consumer, () => ({ task: null, buffered: rest })), next: next ?? null };
}

/** A message that travels is lost. */
export const strike = (channel: Channel, id: string): Channel => ({
  ...channel,
  connections: channel.connections.map((connection) => ({
    ...connection,
    travelling: connection.travelling.filter((message) => message.id !== id),
  })),
});

/** What travels to a consumer is lost. */
export const cut = (channel: Channel, consumer: string): Channel =>
  change(channel, consumer, () => ({ travelling: [] }));

/** A consumer is gone, and with it what travelled to it and what it kept in its memory. */
export const disconnect = (channel: Channel, consumer: string): Channel =>
  change(channel, consumer, () => ({ travelling: [], buffered: [], task: null }));
