/** The commands of sagas: what is recorded, what has reached somebody, and what a participant has made of it. */
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from './fold.ts';
import {
  askedKey,
  holdingKey,
  undoes,
  type AskedFacts,
  type CalledOff,
  type CommandFacts,
  type Holding,
  type SagaFacts,
} from './saga-facts.ts';

type Commands = SagaFacts['commands'];
type Sent = RecordOf<'saga.commandIssued'> | RecordOf<'saga.called'>;

function learn(commands: Commands, { commandId, seq, task, instance, name, to, token, kind }: Sent): Commands {
  const known = commands.get(commandId);
  const recorded = kind === 'saga.commandIssued' || known?.recorded === true;
  const sent = kind === 'saga.called';
  return commands.set(commandId, { seq, task, instance, name, to, token, recorded, sent, lost: null });
}

function change(commands: Commands, commandId: string, to: Partial<CommandFacts>): Commands {
  const known = commands.get(commandId);
  return known === undefined ? commands : commands.set(commandId, { ...known, ...to });
}

export const commandChanges: Changes<Commands, SagaFacts> = {
  'saga.commandIssued': learn,
  'saga.called': learn,
  'relay.commandSent': (commands, { commandId }) => change(commands, commandId, { sent: true }),
  'participant.dropped': (commands, { commandId, seq }) => change(commands, commandId, { lost: seq }),
};

type Outstanding = SagaFacts['outstanding'];

const arrive = (outstanding: Outstanding, { commandId }: { commandId: string }): Outstanding =>
  outstanding.delete(commandId);

export const outstandingChanges: Changes<Outstanding, SagaFacts> = {
  'saga.commandIssued': (outstanding, { commandId }) => outstanding.set(commandId, true),
  'participant.received': arrive,
  'command.received': arrive,
};

type Asked = SagaFacts['asked'];
type Named = { instance: string; to: string; token: string };

function ask(asked: Asked, about: Named, to: Partial<AskedFacts>): Asked {
  const key = askedKey(about);
  return asked.set(key, { ...(asked.get(key) ?? { done: false, undone: null }), ...to });
}

const askFor = (asked: Asked, record: Sent): Asked =>
  undoes(record.name) ? asked : ask(asked, record, { done: true });

function callOff(asked: Asked, about: Named, how: 'cancelled' | 'nothingThere'): Asked {
  return asked.get(askedKey(about))?.undone ? asked : ask(asked, about, { undone: how });
}

type Executed = RecordOf<'participant.executed'>;

/** Whether something stands now that did not before. */
export const arises = ({ effect }: Executed): boolean => effect === 'listed' || effect === 'booked';

/** Whether something that stood is gone. */
export const goes = ({ effect }: Executed): boolean => effect === 'withdrawn' || effect === 'cancelled';

export const askedChanges: Changes<Asked, SagaFacts> = {
  'saga.commandIssued': askFor,
  'saga.called': askFor,
  'participant.executed': (asked, record) =>
    record.itself !== true && (goes(record) || record.effect === 'prevented')
      ? callOff(asked, record, 'cancelled')
      : asked,
  'participant.ignored': (asked, record) =>
    record.reason === 'nothingThere' ? callOff(asked, record, 'nothingThere') : asked,
};

const nothing: Holding = { things: [], cancelled: false };

/** What is held after a participant has done something. */
export function heldAfter(holding: Holding | undefined, record: Executed): Holding {
  const { things, cancelled } = holding ?? nothing;
  const { thing, token, seq } = record;
  if (arises(record)) return { things: [...things, { thing, token, seq }], cancelled: false };
  const left = things.filter((other) => other.thing !== thing);
  return { things: left, cancelled: cancelled || (left.length < things.length && record.itself !== true) };
}

export const holdingChanges: Changes<SagaFacts['holdings'], SagaFacts> = {
  'participant.executed': (holdings, record) => {
    if (!arises(record) && !goes(record)) return holdings;
    const key = holdingKey(record.instance, record.to);
    return holdings.set(key, heldAfter(holdings.get(key), record));
  },
};

/** One key for a thing that an instance has at a participant. */
export const thingKey = ({ instance, to, thing }: Executed): string => `${holdingKey(instance, to)}\n${thing}`;

export const cancelledChanges: Changes<SagaFacts['cancelled'], SagaFacts> = {
  'participant.executed': (cancelled, record) =>
    goes(record) && record.itself !== true ? cancelled.set(thingKey(record), true) : cancelled,
};

/** What is cancelled of an instance that is completed, so that nothing is left there; null where that is not so. */
export function calledOff(record: Executed, { instances, holdings }: SagaFacts): CalledOff | null {
  const { instance, to, thing, itself } = record;
  if (!goes(record) || itself === true || instances.get(instance)?.completed !== true) return null;
  const holding = holdings.get(holdingKey(instance, to));
  const isLast = (holding?.things.length ?? 0) > 0 && heldAfter(holding, record).things.length === 0;
  return isLast ? { instance, process: to, thing } : null;
}

/** Whether a command was called for by a task that has yet to store why. */
export const isBeingCalled = ({ commandId }: Executed, { commands, calling }: SagaFacts): boolean => {
  const command = commands.get(commandId);
  return command !== undefined && !command.recorded && calling.has(command.task);
};

type Calling = SagaFacts['calling'];

export const callingChanges: Changes<Calling, SagaFacts> = {
  'saga.called': (calling, { task }) => (calling.has(task) ? calling : calling.set(task, null)),
  'participant.executed': (calling, record, before) => {
    const gone = isBeingCalled(record, before) ? calledOff(record, before) : null;
    return gone === null ? calling : calling.set(before.commands.get(record.commandId)!.task, gone);
  },
  // it has stored what it decided
  'saga.moved': (calling, { task }) => calling.delete(task),
  'task.ended': (calling, { task }) => calling.delete(task),
  'process.crashed': (calling, { tasks }) => tasks.reduce((rest, task) => rest.delete(task), calling),
};
