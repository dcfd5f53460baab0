/** What the three kinds of message bus have in common: their state, their messages' journeys, and the handlers they start. */
import { nameTask, start } from '../../kernel/tasks.ts';
import type { Happening } from '../../kernel/world.ts';
import type { Delivery } from '../../messaging/effects.ts';
import type { Envelope } from '../../messaging/envelope.ts';
import type { Options } from '../../trace/scenario.ts';
import { consumersOf } from '../flow.ts';
import { spread, travel } from '../latencies.ts';
import { refOf, type Bus, type Step } from '../model.ts';
import type { Rig } from '../rig.ts';

/** The timers of the bus: a message arrives, or something may have become ready to be sent. */
export const deliverTimer = 'deliver';
export const pumpTimer = 'pump';

/** Changes the bus's part of the world. */
export const changeBus = (step: Step, bus: Partial<Bus>): void => {
  step.model = { ...step.model, bus: { ...step.model.bus, ...bus } };
};

/** Names a new message. */
export function nameMessage(step: Step): string {
  const messages = step.model.bus.messages + 1;
  changeBus(step, { messages });
  return `m${messages}`;
}

/** Where in the log a message is; empty for other buses. */
export type Place = { partition?: number; offset?: number };

/** A message on its way to one consumer. */
export interface Sent extends Place {
  readonly subscription: string;
  readonly message: string;
  readonly event: Envelope;
  /** `seq` of the record that led to it. */
  readonly cause: number;
}

/** How long a message leaving now will travel, as the time of its arrival. */
export const arrivalTime = (step: Step): number => step.now + travel.delivery + step.chance(spread);

/** Records that a message is on its way to a consumer, until `until`. Returns the `seq` of that. */
export function recordDispatched(rig: Rig, step: Step, sent: Sent, consumer: string, until: number): number {
  const { event, cause, ...rest } = sent;
  const first = consumersOf(sent.subscription, rig.options)[0];
  return step.record({
    kind: 'bus.dispatched',
    process: 'bus',
    cause,
    correlationId: event.correlationId,
    ...refOf(event),
    ...rest,
    until,
    to: consumer === first ? undefined : consumer,
  });
}

/** The message that arrives next at a consumer does so at `due`. */
export const expectArrival = (
  step: Step,
  consumer: string,
  { subscription, message, partition }: Pick<Sent, 'subscription' | 'message' | 'partition'>,
  due: number,
  cause: number,
): void =>
  step.schedule(
    due,
    {
      fires: {
        timer: deliverTimer,
        process: consumer,
        subscription,
        message,
        ...(partition !== undefined && { partition }),
      },
    },
    cause,
  );

/** Nothing arrives at a consumer for now. */
export const expectNothing = (step: Step, consumer: string): void =>
  step.cancel((what) => 'fires' in what && what.fires.timer === deliverTimer && what.fires.process === consumer);

const pumps =
  (subscription: string) =>
  (what: Happening): boolean =>
    'fires' in what && what.fires.timer === pumpTimer && what.fires['subscription'] === subscription;

/** Looks at a subscription again at virtual time `due`, if nobody does before. */
export function pumpAt(step: Step, subscription: string, due: number): void {
  if (step.agenda.some((item) => item.due <= due && pumps(subscription)(item.what))) return;
  step.cancel(pumps(subscription));
  step.schedule(due, { fires: { timer: pumpTimer, subscription } }, undefined);
}

/** Nobody has to look at a subscription again: there is no consumer to send anything to. */
export const stopPumping = (step: Step, subscription: string): void => step.cancel(pumps(subscription));

/** The consumers of a subscription that are up. */
export const consumersUp = ({ options }: Rig, step: Step, subscription: string): string[] =>
  consumersOf(subscription, options).filter((consumer) => step.process(consumer).up);

/** A message as its consumer takes it. */
export interface Handed extends Place {
  readonly subscription: string;
  readonly message: string;
  readonly event: Envelope;
  readonly attempt: number;
}

const handlerOf: Record<Options['inbox'], string> = {
  none: 'consumer',
  sameTransaction: 'idempotentConsumer',
  before: 'inboxBefore',
  after: 'inboxAfter',
  version: 'versionAwareConsumer',
};

/** A message is delivered: its handler starts. `take` puts that into the bus's state, given the task's name. */
export function startHandler(
  rig: Rig,
  step: Step,
  consumer: string,
  cause: number | undefined,
  take: (task: string) => Handed,
): string {
  const name = nameTask(step, consumer);
  const { event, ...handed } = take(name.id);
  const { correlationId } = event;
  const seq = step.record({
    kind: handed.attempt > 1 ? 'bus.redelivered' : 'bus.delivered',
    process: consumer,
    cause,
    correlationId,
    ...refOf(event),
    ...handed,
    task: name.id,
  });
  const { subscription, message } = handed;
  const input: Delivery = { subscription, message, event, needsAcknowledgement: rig.options.bus !== 'pubsub' };
  const handling = rig.parts.sagas?.handling(rig, input) ?? { handler: handlerOf[rig.options.inbox], input };
  start(rig.mechanics, step, name, { process: consumer, ...handling, cause: seq, correlationId });
  return name.id;
}
