/** A flow put together: which part answers which question of the kernel. */
import type { Mechanics } from '../kernel/mechanics.ts';
import type { Timer } from '../kernel/world.ts';
import type { Effect, EffectName } from '../messaging/effects.ts';
import type { CommandEnvelope, Delivery } from '../messaging/envelope.ts';
import type { SagaEffect } from '../messaging/saga-effects.ts';
import type { Failure, Flow, Intervention, Options } from '../trace/scenario.ts';
import { busFailure, isBusFailure } from './bus/failures.ts';
import { busTimer } from './bus/timers.ts';
import { isConsumer, needsSagas, processesOf, setupOf } from './flow.ts';
import { commandEnded, commandTimer, lock, receiveCommand, sendCommand } from './service/commands.ts';
import {
  consumerBegan,
  consumerCrashed,
  consumerEnded,
  consumerKilled,
  consumerRestarted,
} from './consumer/consumers.ts';
import { consumerEffects } from './consumer/consuming.ts';
import { effectsOf } from '../trace/crash-points.ts';
import { busUp, emptyBus } from './bus/deliveries.ts';
import { handlers } from './handlers.ts';
import { busIntervene, cannotInterveneOnBus } from './bus/interventions.ts';
import { latencies, spread } from './latencies.ts';
import type { Kinds, Model, Step, Task } from './model.ts';
import { publishingEffects } from './bus/publishing.ts';
import { relayEffects } from './relay/writing.ts';
import {
  cannotUnpark,
  expireLease,
  idlePollers,
  isPollerTask,
  pollerCrashed,
  pollerEnded,
  pollerRestarted,
  pollerTimer,
  unparkRows,
} from './relay/turns.ts';
import type { EffectKind, Parts, Rig } from './rig.ts';
import { closeUnit, unitEffects } from './service/units.ts';

const effectKinds: { readonly [N in Plain]: EffectKind<N> } = {
  ...unitEffects,
  ...publishingEffects,
  ...relayEffects,
  ...consumerEffects,
};

type Plain = Exclude<EffectName, SagaEffect['effect']>;

/** The kind of an effect; those of sagas come with their part. */
function kindOf({ parts }: Rig, { effect }: Effect): EffectKind<EffectName> {
  const kind = effectKinds[effect as Plain] ?? parts.sagas?.kinds[effect as SagaEffect['effect']];
  return kind as EffectKind<EffectName>;
}

/** The mechanics of a flow under these options, of these parts. */
export function mechanicsOf(name: Flow, options: Options, parts: Parts): Mechanics<Kinds> {
  const flow = setupOf(name, options);
  const sagas = needsSagas(name, options) ? parts.sagas : null;
  const rig = { flow, options, parts: { ...parts, sagas } } as Rig;
  const start: Model = {
    bus: emptyBus(rig),
    locks: {},
    units: {},
    pollers: idlePollers(options, name),
    saga: sagas?.start(flow.participants) ?? null,
  };
  rig.mechanics = {
    processes: processesOf(options, name),
    handlers: sagas ? { ...handlers, ...sagas.handlers } : handlers,
    start,
    effectsOf: (process) => effectsOf(process, options, name),
    latency: (task) => ({ base: latencies[task.effect.effect], spread }),
    describe: (effect) => kindOf(rig, effect).describe(effect),
    waitsFor: (step, task) => lock(rig, step, task) ?? sagas?.waitsFor(rig, step, task) ?? null,
    request: (step, task) => kindOf(rig, task.effect).request?.(rig, step, task, task.effect) ?? null,
    perform: (step, task, answer) => kindOf(rig, task.effect).perform(rig, step, task, task.effect, answer),
    begun: (step, task, until) => {
      if (isDelivered(task)) consumerBegan(rig, step, task, until);
    },
    command: (step, input, index) => {
      if (!sagas?.sends(rig, step, input, index)) sendCommand(rig, step, input, index);
    },
    failure: (step, failure, input) => strike(rig, step, failure, input),
    cannotIntervene: (step, intervention) => cannotIntervene(rig, step, intervention),
    intervene: (step, intervention, cause) => intervene(rig, step, intervention, cause),
    timer: (step, timer, cause) => fire(rig, step, timer, cause),
    ended: (step, task, refusal) => ended(rig, step, task, refusal),
    killed: (step, task) => killed(rig, step, task),
    crashed: (step, process) => crashed(rig, step, process),
    restarted: (step, process) => restarted(rig, step, process),
    settle: (step) => busUp(rig, step, undefined),
  };
  return rig.mechanics;
}

/** Whether a task handles a message: a timeout has none. */
const isDelivered = ({ process, input }: Task): boolean =>
  isConsumer(process) && (input as Partial<Delivery>).message !== undefined;

function fire(rig: Rig, step: Step, timer: Timer, cause: number | undefined): void {
  if (timer.timer === commandTimer) receiveCommand(rig, step, timer['command'] as CommandEnvelope, cause);
  else if (
    !pollerTimer(rig, step, timer, cause) &&
    !busTimer(rig, step, timer, cause) &&
    !rig.parts.sagas?.timer(rig, step, timer, cause)
  )
    throw new Error(`no timer named ${timer.timer}`);
}

function ended(rig: Rig, step: Step, task: Task, refusal: string | null): void {
  if (rig.parts.sagas?.ended(rig, step, task, refusal)) return;
  if (isPollerTask(task)) pollerEnded(rig, step, task, refusal);
  else if (isConsumer(task.process)) consumerEnded(rig, step, task, refusal);
  else commandEnded(rig, step, task, refusal);
}

function killed(rig: Rig, step: Step, task: Task): void {
  if (rig.parts.sagas?.killed(rig, step, task)) return;
  if (isConsumer(task.process)) consumerKilled(rig, step, task);
  else if (!isPollerTask(task)) closeUnit(rig, step, task, 'crash');
}

function crashed(rig: Rig, step: Step, process: string): void {
  rig.parts.sagas?.crashed(step, process);
  if (Object.hasOwn(step.model.pollers, process)) pollerCrashed(step, process);
  else if (isConsumer(process)) consumerCrashed(rig, step, process);
}

function restarted(rig: Rig, step: Step, process: string): void {
  rig.parts.sagas?.restarted(rig, step, process);
  if (Object.hasOwn(step.model.pollers, process)) pollerRestarted(rig, step, process);
  else if (isConsumer(process)) consumerRestarted(rig, step, process);
}

function strike(rig: Rig, step: Step, failure: Failure, input: number): 'struck' | 'armed' | { refused: string } {
  const ofSagas = rig.parts.sagas?.failure(step, failure);
  if (ofSagas) return ofSagas;
  if (isBusFailure(failure)) return busFailure(rig, step, failure, input);
  if (failure.type === 'abortTransaction') {
    const known = failure.process === undefined || Object.hasOwn(step.processes, failure.process);
    return known ? 'armed' : { refused: 'unknownProcess' };
  }
  return failure.type === 'expireLease' ? expireLease(rig, step, failure, input) : { refused: 'notInThisFlow' };
}

function cannotIntervene(rig: Rig, step: Step, intervention: Intervention): string | null {
  return intervention.type === 'unpark' ? cannotUnpark(rig, step) : cannotInterveneOnBus(rig, step, intervention);
}

function intervene(rig: Rig, step: Step, intervention: Intervention, cause: number): void {
  if (intervention.type === 'unpark') unparkRows(rig, step, cause);
  else busIntervene(rig, step, intervention, cause);
}
