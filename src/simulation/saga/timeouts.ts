/**
 * Timeouts: data in the table `timers`, owned by the kernel, which brings each at its time whatever has become of the
 * instance. They can't be revoked. One that comes while nobody is up waits until somebody is.
 */
import { nameTask, start } from '../../kernel/tasks.ts';
import type { Payload } from '../../messaging/envelope.ts';
import type { TimerRow } from '../../messaging/saga.ts';
import type { SagaInput } from '../../messaging/saga-effects.ts';
import { consumersOf } from '../flow.ts';
import { about, type Step, type Task } from '../model.ts';
import type { Rig } from '../rig.ts';
import { changeSaga, sagaOf } from './model-changes.ts';
import { definitionIn, settingsOf, subscriptionIn } from './settings.ts';
import { handlerRetry } from './times.ts';

/** The kernel's timer of a timeout. */
export const timeoutTimer = 'sagaTimeout';

/** The timeout is stored: it will come at its time. */
export function setTimer(step: Step, task: Task, row: Payload, cause: number): void {
  const { instance, timer, token, due } = row as TimerRow;
  const seq = step.record({ kind: 'timer.set', ...about(task), cause, instance, timer, token, due });
  step.schedule(due, { fires: { timer: timeoutTimer, row } }, seq);
}

/** The handler of sagas, or that of process managers. */
export const runnerOf = ({ flow }: Rig): string => (flow.flow === 'trip' ? 'processManagerRunner' : 'sagaRunner');

/** The time of a timeout has come. */
export function timeout(rig: Rig, step: Step, row: TimerRow, cause: number | undefined): void {
  const up = consumersOf(subscriptionIn(rig), rig.options).find((name) => step.process(name).up);
  if (up === undefined) return changeSaga(step, { overdue: [...sagaOf(step).overdue, row] });
  const { instance, timer, token, correlationId } = row;
  const name = nameTask(step, up);
  const common = { process: up, cause, correlationId, instance, timer, token };
  const fired = step.record({ kind: 'timer.fired', ...common, task: name.id });
  const input: SagaInput = {
    instance,
    incoming: { type: timer, token, payload: {} },
    correlationId,
    timer: row.id,
    definition: definitionIn(rig).id,
    settings: settingsOf(rig.options),
  };
  start(rig.mechanics, step, name, { process: up, handler: runnerOf(rig), input, cause: fired, correlationId });
}

/** The timeout that a task handles; null where it handles something else. */
export const timeoutOf = (task: Task): string | null => (task.input as Partial<SagaInput>).timer ?? null;

/** A timeout's handler did not come to its end: the timeout comes again. */
export function timeoutAgain(step: Step, task: Task, died: boolean): void {
  const { instance, incoming, correlationId, timer } = task.input as SagaInput;
  const token = incoming.token ?? '';
  const row: TimerRow = { id: timer!, instance, timer: incoming.type, token, due: step.now, correlationId };
  if (died) changeSaga(step, { overdue: [...sagaOf(step).overdue, row] });
  else step.schedule(step.now + handlerRetry, { fires: { timer: timeoutTimer, row } }, task.cause);
}

/** Somebody is up again: what came meanwhile comes now. */
export function overdueTimeouts(step: Step, cause: number | undefined): void {
  const { overdue } = sagaOf(step);
  if (overdue.length === 0) return;
  changeSaga(step, { overdue: [] });
  for (const row of overdue) step.schedule(step.now + 1, { fires: { timer: timeoutTimer, row } }, cause);
}
