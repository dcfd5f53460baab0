/** All that only a run with a saga, a process manager or the budget's aggregates needs, as the mechanics ask for it. */
import { own } from '../../base/own.ts';
import type { Timer } from '../../kernel/world.ts';
import type { CommandEnvelope, Envelope } from '../../messaging/envelope.ts';
import type { HistoryEntry, TimerRow } from '../../messaging/saga.ts';
import type { SagaInput } from '../../messaging/saga-effects.ts';
import { boundaryCommand } from '../../patterns/aggregate-boundary.ts';
import { commandRelay } from '../../patterns/command-relay.ts';
import { processManagerRunner } from '../../patterns/process-manager-runner.ts';
import { rebuild } from '../../patterns/rebuild.ts';
import { sagaRunner } from '../../patterns/saga-runner.ts';
import { statelessSaga } from '../../patterns/stateless-saga.ts';
import type { Failure } from '../../trace/scenario.ts';
import { isConsumer, subscriptionOf } from '../flow.ts';
import { about, type Step, type Task } from '../model.ts';
import type { Outcome, Rig, SagaPart } from '../rig.ts';
import { receiveCommand } from '../service/commands.ts';
import { releaseLocks } from '../service/units.ts';
import { answer, answerArrivalTimer, answerArrives, answerTimer, arrivalTimer, receive } from './asking.ts';
import {
  commandPollTimer,
  commandSender,
  commandSenderCrashed,
  commandSenderRestarted,
  commandTurn,
  commandTurnEnded,
  sendsCommands,
} from './command-turns.ts';
import { sagaOf } from './model-changes.ts';
import { newParticipant } from './participants.ts';
import { readerArrives, readersCommand, readerSends, readerTimer } from './reader.ts';
import {
  commandAgain,
  commandAgainTimer,
  commandInterrupted,
  interruptedCommands,
  sagasCommand,
  sendingEffects,
} from './sending.ts';
import { definitionIn, definitionOf, machinesOf, settingsOf, subscriptionIn } from './settings.ts';
import { storingEffects } from './storing.ts';
import { overdueTimeouts, runnerOf, timeout, timeoutAgain, timeoutOf, timeoutTimer } from './timeouts.ts';

/** The part of the simulation that sagas are. */
export const sagas: SagaPart = {
  handlers: { sagaRunner, processManagerRunner, statelessSaga, commandRelay, boundaryCommand },
  kinds: { ...storingEffects, ...sendingEffects },
  start: (participants) => ({
    participants: Object.fromEntries(participants.map((name) => [name, newParticipant])),
    relay: { due: false, busy: false, dirty: false },
    overdue: [],
    interrupted: [],
    answers: 0,
  }),
  machines: machinesOf,
  rebuild: (flow, options, entries) =>
    rebuild(definitionOf(flow), settingsOf(options), entries as unknown as HistoryEntry[]),
  sends: readerSends,
  handling,
  serving: (rig, command) =>
    rig.flow.flow === 'budget'
      ? { handler: 'boundaryCommand', input: { ...command, boundary: rig.options.boundary } }
      : null,
  waitsFor,
  failure,
  timer: fire,
  ended,
  killed,
  crashed: (step, process) => {
    if (process === commandSender) commandSenderCrashed(step);
  },
  restarted,
};

/** Who handles a message for a saga, and with what; null where the subscription is nobody's saga. */
function handling(rig: Rig, delivery: Parameters<SagaPart['handling']>[1]): ReturnType<SagaPart['handling']> {
  if (delivery.subscription !== subscriptionIn(rig)) return null;
  if (rig.options.saga === 'stateless') return { handler: 'statelessSaga', input: { ...delivery, delivery } };
  const input: SagaInput & typeof delivery = {
    ...delivery,
    delivery,
    instance: '',
    incoming: { type: delivery.event.type, payload: delivery.event.payload },
    correlationId: delivery.event.correlationId,
    definition: definitionIn(rig).id,
    settings: settingsOf(rig.options),
  };
  return { handler: runnerOf(rig), input };
}

/** Where instances are locked: the instance that a task must wait for, or null; it holds it from here on. */
function waitsFor(rig: Rig, step: Step, task: Task): string | null {
  if (rig.options.instances !== 'locked' || task.effect.effect !== 'loadInstance') return null;
  const { instance } = task.effect;
  const holder = own(step.model.locks, instance);
  if (holder !== undefined && holder !== task.id) return instance;
  step.model = { ...step.model, locks: { ...step.model.locks, [instance]: task.id } };
  return null;
}

/** Failures of participants, and of what is on its way to them; null for what is none of theirs. */
function failure(step: Step, struck: Failure): Outcome | null {
  const { participants } = sagaOf(step);
  if (struck.type === 'silence') {
    return Object.hasOwn(participants, struck.service) ? 'armed' : { refused: 'unknownService' };
  }
  if (!('subscription' in struck) || !Object.hasOwn(participants, struck.subscription ?? '')) return null;
  const known = struck.type === 'drop' || struck.type === 'delay' || struck.type === 'duplicate';
  return known ? 'armed' : { refused: 'notWithParticipants' };
}

/** A timer has come. Returns whether it was one of a saga's. */
function fire(rig: Rig, step: Step, timer: Timer, cause: number | undefined): boolean {
  switch (timer.timer) {
    case timeoutTimer:
      timeout(rig, step, timer['row'] as TimerRow, cause);
      return true;
    case commandPollTimer:
      commandTurn(rig, step, cause);
      return true;
    case arrivalTimer:
      receive(rig, step, timer['command'] as Parameters<typeof receive>[2], cause);
      return true;
    case answerTimer: {
      const given = timer as unknown as AnswerTimer;
      answer(step, given.participant, given.key, given.type, cause, null, given);
      return true;
    }
    case answerArrivalTimer:
      answerArrives(rig, step, timer['event'] as Envelope, cause);
      return true;
    case readerTimer:
      readerArrives(rig, step, timer['sent'] as Parameters<typeof readerArrives>[2], cause);
      return true;
    case commandAgainTimer:
      return serve(rig, step, timer['command'] as CommandEnvelope, cause);
    default:
      return false;
  }
}

type AnswerTimer = { participant: string; key: string; type: string } & Parameters<typeof answer>[6];

/** A saga's command comes to the service again; while that is down it waits there. */
function serve(rig: Rig, step: Step, command: CommandEnvelope, cause: number | undefined): true {
  if (step.process('service').up) receiveCommand(rig, step, command, cause);
  else commandInterrupted(step, command);
  return true;
}

/** A task has ended by itself. Returns whether all is said about it. */
function ended(rig: Rig, step: Step, task: Task, refusal: string | null): boolean {
  releaseLocks(rig, step, task);
  if (sendsCommands(task)) commandTurnEnded(rig, step, task, refusal);
  else if (timeoutOf(task) !== null) {
    if (refusal !== null) timeoutAgain(step, task, false);
  } else if (sagasCommand(task) !== null && refusal === 'transactionAborted') {
    commandAgain(step, sagasCommand(task)!, task.cause);
    return false;
  } else {
    const command = readersCommand(task);
    if (command === null) return false;
    const common = { ...about(task), commandId: command.id, name: command.name };
    if (refusal === null) step.record({ kind: 'command.handled', ...common });
    else step.record({ kind: 'command.rejected', ...common, reason: refusal });
  }
  return true;
}

/** A task died with its process. Returns whether all is said about it. */
function killed(rig: Rig, step: Step, task: Task): boolean {
  releaseLocks(rig, step, task);
  if (timeoutOf(task) !== null) timeoutAgain(step, task, true);
  else if (sagasCommand(task) !== null) {
    commandInterrupted(step, sagasCommand(task)!);
    return false;
  } else return sendsCommands(task) || readersCommand(task) !== null;
  return true;
}

/** A process is back. */
function restarted(rig: Rig, step: Step, process: string): void {
  if (process === commandSender) commandSenderRestarted(rig, step);
  else if (process === 'service') interruptedCommands(rig, step);
  else if (isConsumer(process) && subscriptionOf(process) === subscriptionIn(rig)) {
    overdueTimeouts(step, step.process(process).cause);
  }
}
