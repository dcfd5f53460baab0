/** When the relay looks into the saga's outbox. What it does there is in its handler. */
import { nameTask, start } from '../../kernel/tasks.ts';
import type { Step, Task } from '../model.ts';
import type { Rig } from '../rig.ts';
import { changeRelay, sagaOf } from './model-changes.ts';
import { commandPollInterval } from './times.ts';

/** The process that sends a saga's commands. */
export const commandSender = 'relay';

/** The handler that does. */
export const commandHandler = 'commandRelay';

/** The timer of its next turn. */
export const commandPollTimer = 'commandPoll';

/** There may be commands to send: the relay looks at its next turn. Turns at which there is nothing are not taken. */
export function wakeCommandRelay(rig: Rig, step: Step, cause: number | undefined): void {
  changeRelay(step, { dirty: true });
  const { busy, due } = sagaOf(step).relay;
  if (busy || due || !step.processes[commandSender]?.up) return;
  changeRelay(step, { due: true });
  const at = (Math.floor(step.now / commandPollInterval) + 1) * commandPollInterval;
  step.schedule(at, { fires: { timer: commandPollTimer, process: commandSender } }, cause);
}

/** The turn has come. */
export function commandTurn(rig: Rig, step: Step, cause: number | undefined): void {
  changeRelay(step, { due: false, busy: true, dirty: false });
  const name = nameTask(step, commandSender);
  const task = { process: commandSender, handler: commandHandler, input: {}, cause, correlationId: undefined };
  start(rig.mechanics, step, name, task);
}

/** Whether a task sends commands. */
export const sendsCommands = ({ handler }: Pick<Task, 'handler'>): boolean => handler === commandHandler;

/** The poll has ended; where it failed, or more has come, another follows. */
export function commandTurnEnded(rig: Rig, step: Step, { cause }: Task, refusal: string | null): void {
  changeRelay(step, { busy: false });
  if (refusal !== null || sagaOf(step).relay.dirty) wakeCommandRelay(rig, step, cause);
}

/** The relay went down, and with it the poll that was due or running. */
export const commandSenderCrashed = (step: Step): void => changeRelay(step, { due: false, busy: false, dirty: true });

/** It is back, and looks. */
export const commandSenderRestarted = (rig: Rig, step: Step): void =>
  wakeCommandRelay(rig, step, step.process(commandSender).cause);
