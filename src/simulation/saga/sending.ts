/** Sending a saga's commands: from its outbox by the relay, or from within the handler, which is the mistake. */
import { assert } from '../../base/assert.ts';
import type { CommandEnvelope } from '../../messaging/envelope.ts';
import type { CommandMessage } from '../../messaging/saga.ts';
import type { UnsentCommand } from '../../messaging/saga-effects.ts';

import { about, type Step, type Task } from '../model.ts';
import type { EffectKinds, Rig } from '../rig.ts';
import { receiveCommand } from '../service/commands.ts';
import { transaction, written } from '../transactions.ts';
import { arrive, issuedBy } from './asking.ts';
import { changeSaga, changeRelay, sagaOf } from './model-changes.ts';
import { handlerRetry } from './times.ts';

/** Where a command goes that an aggregate of ours carries out. */
const ours = 'service';

/** The timer of a command that comes to the service once more. */
export const commandAgainTimer = 'commandAgain';

/** The effects that send commands, and keep the outbox of the saga. */
export const sendingEffects: EffectKinds<'callParticipant' | 'fetchCommands' | 'sendCommand' | 'markSent'> = {
  callParticipant: {
    describe: ({ command }) => describe(command),
    perform: (rig, step, task, { command }) => {
      const seq = step.record({ kind: 'saga.called', ...issuedBy(command, task.process, task.cause), task: task.id });
      handOver(rig, step, command, seq);
    },
  },
  fetchCommands: {
    describe: () => ({}),
    request: (_rig, _step, _task, { limit }) => ({
      type: 'readWhere',
      table: 'commands',
      field: 'sent',
      value: 0,
      limit,
    }),
    perform: (_rig, step, task, { limit }, answer): UnsentCommand[] => {
      assert(answer?.type === 'documents', 'commands are rows');
      const rows = answer.rows.map((row) => ({
        number: row['number'] as number,
        command: row['command'] as CommandMessage,
      }));
      step.record({ kind: 'relay.commandsFetched', ...about(task), numbers: rows.map(({ number }) => number) });
      if (rows.length === limit) changeRelay(step, { dirty: true });
      return rows;
    },
  },
  sendCommand: {
    describe: ({ command, number }) => ({ ...describe(command), position: number }),
    perform: (rig, step, task, { command, number }) => {
      const common = { ...issuedBy(command, task.process, task.cause), task: task.id };
      handOver(rig, step, command, step.record({ kind: 'relay.commandSent', ...common, number }));
    },
  },
  markSent: {
    describe: ({ number }) => ({ position: number }),
    request: (rig, step, task, { number }) =>
      transaction(rig, step, task, [
        { op: 'update', table: 'commands', key: number, set: { sent: 1, sentAt: step.now } },
      ]),
    perform: (_rig, step, task, { number, commandId }, answer) => {
      const cause = written(step, task, ['commands'], answer);
      step.record({ kind: 'relay.commandMarked', ...about(task), cause, number, commandId });
    },
  },
};

const describe = ({ to, instance, id, name }: CommandMessage) => ({
  subscription: to,
  aggregateId: instance,
  message: id,
  eventType: name,
});

/** Whoever carries it out has it; while the service is down it waits at its door. */
function handOver(rig: Rig, step: Step, command: CommandMessage, cause: number): void {
  if (command.to !== ours) return arrive(rig, step, command, cause);
  const { id, name, correlationId, payload } = command;
  const aggregateId = typeof payload['id'] === 'string' ? payload['id'] : command.instance;
  const envelope: CommandEnvelope = { id, name, aggregateId, correlationId, payload: { ...payload, ofSaga: true } };
  if (step.process(ours).up) receiveCommand(rig, step, envelope, cause);
  else commandInterrupted(step, envelope);
}

/** The command of a saga that a task of the service carries out; null where it carries out another. */
export function sagasCommand(task: Task): CommandEnvelope | null {
  const command = task.input as Partial<CommandEnvelope> | undefined;
  return command?.payload?.['ofSaga'] === true ? (command as CommandEnvelope) : null;
}

/** The service died with a saga's command in its hands: what brought it brings it again when the service is back. */
export const commandInterrupted = (step: Step, command: CommandEnvelope): void =>
  changeSaga(step, { interrupted: [...sagaOf(step).interrupted, command] });

/** A saga's command failed for no reason of its own: it comes again. */
export const commandAgain = (step: Step, command: CommandEnvelope, cause: number): void =>
  step.schedule(step.now + handlerRetry, { fires: { timer: commandAgainTimer, command } }, cause);

/** The service is back: the commands it had in its hands come again. */
export function interruptedCommands(rig: Rig, step: Step): void {
  const { interrupted } = sagaOf(step);
  if (interrupted.length === 0) return;
  changeSaga(step, { interrupted: [] });
  const { cause } = step.process(ours);
  for (const command of interrupted) receiveCommand(rig, step, command, cause);
}
