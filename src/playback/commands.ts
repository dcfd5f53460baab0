/** The reader's commands, and the failures that wait for their moment. */
import type { Changes } from '../verdicts/fold.ts';
import type { ArmedView, CommandView, View } from './view.ts';

/** How many commands a view keeps. */
export const keptCommands = 20;

type Commands = View['commands'];

function change(commands: Commands, commandId: string, to: Partial<CommandView>): Commands {
  return commands.map((command) => (command.commandId === commandId ? { ...command, ...to } : command));
}

export const commandChanges: Changes<Commands, View> = {
  'command.sent': (commands, { commandId, name, at, to = 'service' }) =>
    [...commands, { commandId, name, to, at, status: 'sent' as const, reason: null, task: null }].slice(-keptCommands),
  'command.refused': (commands, { commandId, reason }) => change(commands, commandId, { status: 'refused', reason }),
  'command.received': (commands, { commandId, task }) => change(commands, commandId, { status: 'received', task }),
  'command.handled': (commands, { commandId }) => change(commands, commandId, { status: 'handled' }),
  'command.rejected': (commands, { commandId, reason }) => change(commands, commandId, { status: 'rejected', reason }),
  'process.crashed': (commands, { tasks }) => {
    const dies = ({ status, task }: CommandView): boolean =>
      status === 'received' && task !== null && tasks.includes(task);
    return commands.some(dies)
      ? commands.map((command) => (dies(command) ? { ...command, status: 'killed' } : command))
      : commands;
  },
};

const disarm = (armed: View['armed'], { input }: { input: number }): View['armed'] =>
  armed.some((other) => other.input === input) ? armed.filter((other) => other.input !== input) : armed;

/** A handler that is to fail several times stays armed until the last. */
function strike(armed: View['armed'], { input }: { input: number }): View['armed'] {
  const found = armed.find((other) => other.input === input);
  if (found?.failure.type !== 'consumerFails' || found.failure.times <= 1) return disarm(armed, { input });
  const left: ArmedView = { ...found, failure: { ...found.failure, times: found.failure.times - 1 } };
  return armed.map((other) => (other === found ? left : other));
}

export const armedChanges: Changes<View['armed'], View> = {
  'failure.armed': (armed, { input, failure, at }) => [...armed, { input, failure, since: at }],
  'failure.struck': strike,
  'failure.disarmed': disarm,
};
