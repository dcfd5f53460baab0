/** From the reader's command to the end of its transaction. */
import { own } from '../../base/own.ts';
import type { CommandInput } from '../../kernel/mechanics.ts';
import { nameTask, start } from '../../kernel/tasks.ts';
import type { CommandEnvelope } from '../../messaging/envelope.ts';
import type { Options } from '../../trace/scenario.ts';
import { firstCampaign } from '../schema.ts';
import { spread, travel } from '../latencies.ts';
import { about, type Step, type Task } from '../model.ts';
import type { Rig } from '../rig.ts';
import { closeUnit, unlock } from './units.ts';

/** The timer of a command on its way to the service. */
export const commandTimer = 'command';

function handlerOf({ publish, outbox, relay }: Options): string {
  if (publish === 'afterCommit') return 'publishAfterCommit';
  if (publish === 'insideAggregate') return 'publishInsideAggregate';
  if (outbox === 'document') return 'embeddedOutbox';
  return relay === 'cursorPolling' ? 'outboxWithSequence' : 'outboxTable';
}

/** The reader sends a command. `index` is the input's, and names it. */
export function sendCommand({ flow }: Rig, step: Step, input: CommandInput, index: number): void {
  const payload = input.payload ?? {};
  const id = `c${index + 1}`;
  const named = flow.flow === 'budget' ? payload['campaign'] : payload['id'];
  const aggregateId = typeof named === 'string' ? named : flow.flow === 'budget' ? 'A' : firstCampaign;
  const command: CommandEnvelope = { id, name: input.name, aggregateId, correlationId: id, payload };
  const until = step.now + travel.command + step.chance(spread);
  const cause = step.record({
    kind: 'command.sent',
    process: 'user',
    correlationId: id,
    commandId: id,
    name: input.name,
    payload,
    until,
  });
  step.schedule(until, { fires: { timer: commandTimer, command } }, cause);
}

/** The command has reached the service. */
export function receiveCommand(rig: Rig, step: Step, command: CommandEnvelope, cause: number | undefined): void {
  const common = {
    process: 'service',
    cause,
    correlationId: command.correlationId,
    commandId: command.id,
    name: command.name,
  };
  if (!step.process('service').up) {
    step.record({ kind: 'command.refused', ...common, reason: 'serviceDown' });
    return;
  }
  const name = nameTask(step, 'service');
  const received = step.record({ kind: 'command.received', ...common, task: name.id });
  const serving = rig.parts.sagas?.serving(rig, command) ?? { handler: handlerOf(rig.options), input: command };
  start(rig.mechanics, step, name, {
    process: 'service',
    ...serving,
    cause: received,
    correlationId: command.correlationId,
  });
}

/** The aggregate a task must wait for before it may load it, or null: it holds it from here on. */
export function lock(rig: Rig, step: Step, task: Task): string | null {
  if (task.effect.effect !== 'load' || rig.options.writes === 'optimistic') return null;
  const { id } = task.effect;
  const holder = own(step.model.locks, id); // the reader names aggregates, 'constructor' among them
  if (holder !== undefined && holder !== task.id) return id;
  step.model = { ...step.model, locks: { ...step.model.locks, [id]: task.id } };
  return null;
}

/** A command's handler has ended. */
export function commandEnded(rig: Rig, step: Step, task: Task, refusal: string | null): void {
  const command = task.input as CommandEnvelope;
  if (refusal !== null) closeUnit(rig, step, task, 'exception');
  unlock(rig, step, task);
  const common = { ...about(task), commandId: command.id, name: command.name };
  if (refusal === null) step.record({ kind: 'command.handled', ...common });
  else if (refusal === 'versionConflict') receiveCommand(rig, step, command, task.cause);
  else step.record({ kind: 'command.rejected', ...common, reason: refusal });
}
