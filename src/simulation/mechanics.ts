/** The campaign flow put together: which part answers which question of the kernel. */
import { unreachable } from '../base/assert.ts';
import type { Mechanics } from '../kernel/mechanics.ts';
import type { Timer } from '../kernel/world.ts';
import type { Delivery, Effect } from '../messaging/effects.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';
import { consumer } from '../patterns/consumer.ts';
import { idempotentConsumer } from '../patterns/idempotent-consumer.ts';
import { emptyQueue } from '../patterns/message-bus/queue.ts';
import { outboxTable } from '../patterns/outbox-table.ts';
import { pollingPublisher } from '../patterns/polling-publisher.ts';
import { publishAfterCommit } from '../patterns/publish-after-commit.ts';
import { publishInsideAggregate } from '../patterns/publish-inside-aggregate.ts';
import type { Failure, Options } from '../trace/scenario.ts';
import { deliverTimer, pump, pumpTimer, putBack, queueOf, recall } from './bus.ts';
import { effectsOf, latencies, processesOf, spread, subscriptions } from './campaign-flow.ts';
import {
  closeUnit,
  commandEnded,
  commandTimer,
  commitRequest,
  committed,
  loaded,
  lock,
  receiveCommand,
  sendCommand,
} from './commands.ts';
import { acknowledged, arrive, busDown, busUp, busUpTimer, handlerEnded } from './deliveries.ts';
import { isMessageFailure, messageFailure } from './message-failures.ts';
import { about, refOf, type Kinds, type Model, type Step, type Task } from './model.ts';
import { applied, applyRequest, fetched, marked, markRequest, published } from './performing.ts';
import { poll, pollEnded, pollTimer, relayCrashed, wakeRelay } from './relay.ts';
import type { Rig } from './rig.ts';

const handlers = {
  outboxTable,
  publishAfterCommit,
  publishInsideAggregate,
  pollingPublisher,
  consumer,
  idempotentConsumer,
};

const startModel: Model = {
  bus: {
    up: true,
    queues: Object.fromEntries(subscriptions.map((name) => [name, emptyQueue(name)])),
    dispatched: {},
    messages: 0,
  },
  locks: {},
  units: {},
  relay: { due: false, busy: false, dirty: false },
};

/** The mechanics of the campaign flow under these options. */
export function campaignMechanics(options: Options): Mechanics<Kinds> {
  const rig = { options } as Rig;
  rig.mechanics = {
    processes: processesOf(options),
    handlers,
    start: startModel,
    effectsOf: (process) => effectsOf(process, options),
    latency: (task) => ({ base: latencies[task.effect.effect], spread }),
    describe,
    waitsFor: (step, task) => lock(rig, step, task),
    request,
    perform: (step, task, answer) => perform(rig, step, task, answer),
    command: sendCommand,
    failure,
    timer: (step, timer, cause) => fire(rig, step, timer, cause),
    ended: (step, task, refusal) => ended(rig, step, task, refusal),
    killed: (step, task) => killed(rig, step, task),
    crashed: (step, process) => crashed(step, process),
    restarted: (step, process) => restarted(rig, step, process),
    settle: (step) => busUp(step, undefined),
  };
  return rig.mechanics;
}

function describe(effect: Effect): ReturnType<Mechanics<Kinds>['describe']> {
  switch (effect.effect) {
    case 'load':
      return { aggregateId: effect.id };
    case 'commit':
      return { aggregateId: effect.row.id, aggregateVersion: effect.row.version };
    case 'publish':
      return { ...refOf(effect.event), ...(effect.position !== undefined && { position: effect.position }) };
    case 'fetchUnpublished':
      return {};
    case 'markPublished':
      return { position: effect.position, eventId: effect.eventId };
    case 'apply':
      return { ...refOf(effect.event), subscription: effect.subscription, message: effect.message };
    case 'acknowledge':
      return { subscription: effect.subscription, message: effect.message, eventId: effect.eventId };
    default:
      return unreachable(effect);
  }
}

function request(step: Step, task: Task): Kinds['request'] | null {
  const { effect } = task;
  switch (effect.effect) {
    case 'load':
      return { type: 'read', table: effect.table, key: effect.id };
    case 'commit':
      return commitRequest(step, task, effect);
    case 'fetchUnpublished':
      return { type: 'readUnpublished', limit: effect.limit };
    case 'markPublished':
      return markRequest(step, task, effect);
    case 'apply':
      return applyRequest(step, task, effect);
    default:
      return null;
  }
}

function perform(rig: Rig, step: Step, task: Task, answer: Kinds['answer'] | null): unknown {
  const { effect } = task;
  switch (effect.effect) {
    case 'load':
      return loaded(step, task, effect, answer);
    case 'commit':
      return committed(rig, step, task, effect, answer);
    case 'publish':
      return published(step, task, effect);
    case 'fetchUnpublished':
      return fetched(step, task, answer);
    case 'markPublished':
      return marked(step, task, effect, answer);
    case 'apply':
      return applied(step, task, effect, answer);
    case 'acknowledge':
      return acknowledged(step, task, effect.subscription, effect.message, effect.eventId);
    default:
      return unreachable(effect);
  }
}

function fire(rig: Rig, step: Step, timer: Timer, cause: number | undefined): void {
  const subscription = timer['subscription'] as string;
  if (timer.timer === commandTimer) receiveCommand(rig, step, timer['command'] as CommandEnvelope, cause);
  else if (timer.timer === pollTimer) poll(rig, step, cause);
  else if (timer.timer === deliverTimer) arrive(rig, step, subscription, timer['message'] as string, cause);
  else if (timer.timer === pumpTimer) pump(step, subscription);
  else if (timer.timer === busUpTimer) busUp(step, cause);
  else throw new Error(`no timer named ${timer.timer}`);
}

function ended(rig: Rig, step: Step, task: Task, refusal: string | null): void {
  if (task.process === 'service') return commandEnded(rig, step, task, refusal);
  if (task.process === 'relay') return pollEnded(rig, step, refusal !== null, task.cause);
  if (refusal !== null) {
    const { subscription, message, event } = task.input as Delivery;
    const cause = step.record({
      kind: 'consumer.failed',
      ...about(task),
      subscription,
      message,
      eventId: event.id,
      reason: refusal,
    });
    return handlerEnded(step, { ...task, cause }, 'failure');
  }
  handlerEnded(step, task, null);
}

function killed(rig: Rig, step: Step, task: Task): void {
  if (task.process === 'service') closeUnit(rig, step, task, 'crash');
  else if (task.process !== 'relay') handlerEnded(step, task, 'crash');
}

function crashed(step: Step, process: string): void {
  if (process === 'relay') relayCrashed(step);
  else if (process !== 'service') recall(step, subscriptionOf(process));
}

function restarted(rig: Rig, step: Step, process: string): void {
  if (process === 'relay') wakeRelay(rig, step, step.process('relay').cause);
  else if (process !== 'service') pump(step, subscriptionOf(process));
}

const subscriptionOf = (process: string): string => process.slice('consumer:'.length);

function failure(step: Step, failed: Failure, input: number): 'struck' | 'armed' | { refused: string } {
  if (isMessageFailure(failed)) return messageFailure(step, failed, input);
  switch (failed.type) {
    case 'abortTransaction':
      return failed.process === undefined || Object.hasOwn(step.processes, failed.process)
        ? 'armed'
        : { refused: 'unknownProcess' };
    case 'refusePublish':
    case 'loseConfirmation':
      return 'armed';
    case 'consumerFails':
      return subscriptions.includes(failed.subscription) ? 'armed' : { refused: 'unknownSubscription' };
    case 'busDown':
      if (!step.model.bus.up) return { refused: 'alreadyDown' };
      busDown(step, failed.for, step.record({ kind: 'failure.struck', process: 'kernel', input, failure: failed }));
      return 'struck';
    case 'redeliver':
      return redeliver(step, failed, input);
    default:
      return { refused: 'notInThisFlow' };
  }
}

function redeliver(
  step: Step,
  failed: Extract<Failure, { type: 'redeliver' }>,
  input: number,
): 'struck' | 'armed' | { refused: string } {
  const { subscription } = failed;
  if (!subscriptions.includes(subscription)) return { refused: 'unknownSubscription' };
  const flight = queueOf(step, subscription).inFlight;
  if (flight === null || flight.expired) return 'armed';
  step.record({ kind: 'failure.struck', process: 'kernel', input, failure: failed });
  putBack(step, subscription);
  return 'struck';
}
