/** Pub/sub at work: messages travel to whoever is connected now, and are handled, wait in memory, or are lost. */
import type { Delivery } from '../../messaging/effects.ts';
import {
  arrive,
  arrivalOf,
  begin,
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
} from '../../patterns/message-bus/pubsub.ts';
import type { Envelope } from '../../messaging/envelope.ts';
import type { RecordOf } from '../../trace/record.ts';
import {
  arrivalTime,
  changeBus,
  deliverTimer,
  expectArrival,
  expectNothing,
  nameMessage,
  recordDispatched,
  startHandler,
} from './bus.ts';
import { consumersOf, subscribersOf, subscriptionOf } from '../flow.ts';
import { isMessageFailure, means, type MessageFailure } from './message-failures.ts';
import { refOf, type Bus, type Step } from '../model.ts';
import type { BusKind, Outcome, Rig } from '../rig.ts';

/** The channel of a subscription. @throws Error where there is no such subscription */
function channelOf(step: Step, subscription: string): Channel {
  const channel = step.model.bus.channels[subscription];
  if (!channel) throw new Error(`no channel of ${subscription}`);
  return channel;
}

const setChannel = (step: Step, channel: Channel): void =>
  changeBus(step, { channels: { ...step.model.bus.channels, [channel.subscription]: channel } });

/** Records that a message is lost: in the bus, or in the memory of `process`. Its `cause` is what lost it. */
function recordDropped(
  step: Step,
  subscription: string,
  { id, event }: Pick<PublishedMessage, 'id' | 'event'>,
  cause: number | undefined,
  reason?: RecordOf<'bus.dropped'>['reason'],
  process = 'bus',
): void {
  const { correlationId } = event;
  step.record({
    kind: 'bus.dropped',
    process,
    cause,
    correlationId,
    ...refOf(event),
    subscription,
    message: id,
    reason,
  });
}

/** Sends a message to the consumer whose turn it is; with nobody there it is lost. */
function publish(rig: Rig, step: Step, subscription: string, id: string, event: Envelope, accepted: number): void {
  const { channel, consumer } = takeTurn(channelOf(step, subscription), (name) => step.process(name).up);
  setChannel(step, channel);
  if (consumer === null) return recordDropped(step, subscription, { id, event }, accepted, 'offline');
  if (step.strike((failure) => failure.type === 'drop' && means(failure, subscription, id)))
    return recordDropped(step, subscription, { id, event }, accepted);
  const connection = connectionOf(channel, consumer);
  const until = arrivalOf(connection, arrivalTime(step));
  const cause = recordDispatched(rig, step, { subscription, message: id, event, cause: accepted }, consumer, until);
  setChannel(step, send(channel, consumer, { id, event, until, cause }));
  if (connection.travelling.length === 0) expectNext(step, subscription, consumer);
}

/** What travels first to a consumer is what the agenda holds: so nothing can overtake it. */
function expectNext(step: Step, subscription: string, consumer: string): void {
  expectNothing(step, consumer);
  const first = connectionOf(channelOf(step, subscription), consumer).travelling[0];
  if (first) expectArrival(step, consumer, { subscription, message: first.id }, first.until, first.cause);
}

/** What travelled first to a consumer has arrived. */
function arrived(rig: Rig, step: Step, subscription: string, consumer: string): void {
  const { channel, message, outcome } = arrive(channelOf(step, subscription), consumer);
  setChannel(step, channel);
  expectNext(step, subscription, consumer);
  if (outcome === 'handle') return handle(rig, step, subscription, consumer, message);
  if (outcome === 'lose') return recordDropped(step, subscription, message, message.cause, 'overflow', consumer);
  const { id, event } = message;
  const cause = step.record({
    kind: 'bus.buffered',
    process: consumer,
    cause: message.cause,
    correlationId: event.correlationId,
    subscription,
    message: id,
    eventId: event.id,
  });
  setChannel(step, keep(channel, consumer, { ...message, cause }));
}

function handle(rig: Rig, step: Step, subscription: string, consumer: string, message: PublishedMessage): void {
  const { id, event, cause } = message;
  startHandler(rig, step, consumer, cause, (task) => {
    setChannel(step, begin(channelOf(step, subscription), consumer, task));
    return { subscription, message: id, event, attempt: 1 };
  });
}

/** Loses the first message that travels and that the failure means; else it stays armed for the next one published. */
function drop(rig: Rig, step: Step, failure: MessageFailure, input: number): Outcome {
  for (const subscription of rig.flow.subscriptions) {
    for (const { consumer, travelling } of channelOf(step, subscription).connections) {
      const message = travelling.find(({ id }) => means(failure, subscription, id));
      if (!message) continue;
      step.record({ kind: 'failure.struck', process: 'kernel', input, failure });
      recordDropped(step, subscription, message, message.cause);
      setChannel(step, strike(channelOf(step, subscription), message.id));
      expectNext(step, subscription, consumer);
      return 'struck';
    }
  }
  return 'armed';
}

export const pubsubBus: BusKind = {
  empty: (groups) => {
    const channels = Object.entries(groups).map(([name, consumers]) => [name, emptyChannel(name, consumers)]);
    return { channels: Object.fromEntries(channels) as Bus['channels'] };
  },
  accept: (rig, step, event, cause) => {
    const messages = subscribersOf(rig.flow, event.type).map((subscription) => ({
      message: nameMessage(step),
      subscription,
    }));
    const { correlationId } = event;
    const seq = step.record({ kind: 'bus.accepted', process: 'bus', cause, correlationId, ...refOf(event), messages });
    for (const { subscription, message } of messages) publish(rig, step, subscription, message, event, seq);
    return seq;
  },
  timer: (rig, step, timer) => {
    if (timer.timer !== deliverTimer) return false;
    arrived(rig, step, timer['subscription'] as string, timer.process!);
    return true;
  },
  acknowledged: () => {
    throw new Error('a message of pub/sub is not acknowledged');
  },
  ended: (rig, step, task, reason) => {
    if (reason === 'crash') return;
    const { subscription } = task.input as Delivery;
    const { channel, next } = end(channelOf(step, subscription), task.process);
    setChannel(step, channel);
    if (next) handle(rig, step, subscription, task.process, next);
  },
  crashed: (_rig, step, consumer) => {
    const subscription = subscriptionOf(consumer);
    const { travelling, buffered } = connectionOf(channelOf(step, subscription), consumer);
    setChannel(step, disconnect(channelOf(step, subscription), consumer));
    const crash = step.process(consumer).cause;
    for (const message of buffered) recordDropped(step, subscription, message, crash, 'offline', consumer);
    for (const message of travelling) recordDropped(step, subscription, message, crash, 'offline');
  },
  restarted: () => undefined,
  wentDown: (rig, step, cause) => {
    for (const subscription of rig.flow.subscriptions) {
      for (const consumer of consumersOf(subscription, rig.options)) {
        const { travelling } = connectionOf(channelOf(step, subscription), consumer);
        for (const message of travelling) recordDropped(step, subscription, message, cause);
        setChannel(step, cut(channelOf(step, subscription), consumer));
        expectNothing(step, consumer);
      }
    }
  },
  cameUp: () => undefined,
  failure: (rig, step, failure, input) =>
    isMessageFailure(failure) && failure.type === 'drop'
      ? drop(rig, step, failure, input)
      : { refused: 'notOnThisBus' },
};
