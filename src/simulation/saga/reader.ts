/** The reader plays the people and services that a saga asks, and starts and ends what a process manager manages. */
import type { CommandInput } from '../../kernel/mechanics.ts';
import { nameTask, start } from '../../kernel/tasks.ts';
import type { Payload } from '../../messaging/envelope.ts';
import type { Incoming } from '../../messaging/saga.ts';
import type { SagaInput } from '../../messaging/saga-effects.ts';
import { spread, travel } from '../latencies.ts';
import type { Step, Task } from '../model.ts';
import type { Rig } from '../rig.ts';
import { answer, issuedBy } from './asking.ts';
import { participantOf, sagaOf, setParticipant } from './model-changes.ts';
import { meant, readersAnswers, trades, withThing, type Participant } from './participants.ts';
import { definitionIn, settingsOf } from './settings.ts';

/** The timer of a reader's command on its way to a participant, or to the process manager. */
export const readerTimer = 'reader';

/** The trip that is meant where the reader names none. */
export const firstTrip = 'T1';

/** What the reader sends a process manager, as the machine knows it. */
const direct: Readonly<Record<string, string>> = { BookTrip: 'Initialize', CancelTrip: 'TripCancelRequested' };

interface Sent extends Payload {
  id: string;
  name: string;
  payload: Payload;
}

/** Takes a command of the reader's, if it is one for a participant or a process manager. Returns whether it was. */
export function readerSends(rig: Rig, step: Step, input: CommandInput, index: number): boolean {
  const toParticipant = Object.hasOwn(readersAnswers, input.name)
    ? Object.hasOwn(sagaOf(step).participants, readersAnswers[input.name]!.participant)
    : false;
  const toProcess = rig.flow.flow === 'trip' && Object.hasOwn(direct, input.name);
  if (!toParticipant && !toProcess) return false;
  const payload = input.payload ?? {};
  const id = `c${index + 1}`;
  const until = step.now + travel.command + step.chance(spread);
  const cause = step.record({
    kind: 'command.sent',
    process: 'user',
    correlationId: id,
    commandId: id,
    name: input.name,
    payload,
    until,
    to: toParticipant ? readersAnswers[input.name]!.participant : undefined,
  });
  const sent: Sent = { id, name: input.name, payload };
  step.schedule(until, { fires: { timer: readerTimer, sent } }, cause);
  return true;
}

/** It has come where it was sent. */
export function readerArrives(rig: Rig, step: Step, sent: Sent, cause: number | undefined): void {
  if (Object.hasOwn(direct, sent.name)) return toProcessManager(rig, step, sent, cause);
  const { participant: name, yes } = readersAnswers[sent.name]!;
  const participant = participantOf(step, name);
  const key = meant(participant, sent.payload['id'], sent.payload['token']);
  const common = { process: name, cause, correlationId: sent.id, commandId: sent.id, name: sent.name };
  const thing = key === null ? null : participant.things[key]!;
  const gone = thing !== null && ['cancelled', 'withdrawn', 'prevented'].includes(thing.status);
  if (key === null || thing === null || (gone && yes)) {
    step.record({ kind: 'command.refused', ...common, reason: key === null ? 'nothingAsked' : 'prevented' });
    return;
  }
  const because = yes ? settle(step, name, participant, key, cause) : refuse(step, name, participant, key, cause);
  const type = yes ? trades[name]!.yes! : trades[name]!.no!;
  const reason = sent.payload['reason'];
  const payload = typeof reason === 'string' && reason !== '' ? { reason } : {};
  answer(step, name, key, type, because, null, { commandId: sent.id, payload });
}

/** What was asked takes effect. Returns the `seq` of the record that says so, or of what led here. */
function settle(step: Step, name: string, participant: Participant, key: string, cause?: number): number | undefined {
  const thing = participant.things[key]!;
  const effect = trades[name]!.does[thing.command.name]!;
  if (trades[name]!.decides || thing.status === effect) return cause;
  setParticipant(step, name, withThing(participant, key, { ...thing, status: effect }));
  return step.record({
    kind: 'participant.executed',
    ...issuedBy(thing.command, name, cause),
    effect,
    thing: thing.name,
  });
}

/** What was asked is refused; what stood before does not any more. */
function refuse(step: Step, name: string, participant: Participant, key: string, cause?: number): number | undefined {
  const thing = participant.things[key]!;
  if (trades[name]!.decides || thing.status === 'refused') return cause;
  setParticipant(step, name, withThing(participant, key, { ...thing, status: 'refused' }));
  if (thing.status !== 'listed' && thing.status !== 'booked') return cause;
  const effect = thing.status === 'listed' ? ('withdrawn' as const) : ('cancelled' as const);
  const common = issuedBy(thing.command, name, cause);
  return step.record({ kind: 'participant.executed', ...common, effect, thing: thing.name, itself: true });
}

/** A command that starts a process, or is about one, has come to the service. */
function toProcessManager(rig: Rig, step: Step, sent: Sent, cause: number | undefined): void {
  const common = { process: 'service', cause, correlationId: sent.id, commandId: sent.id, name: sent.name };
  if (!step.process('service').up) {
    step.record({ kind: 'command.refused', ...common, reason: 'serviceDown' });
    return;
  }
  const name = nameTask(step, 'service');
  const received = step.record({ kind: 'command.received', ...common, task: name.id });
  const { id: trip, ...details } = sent.payload;
  const incoming: Incoming = { type: direct[sent.name]!, payload: details };
  const input: SagaInput & { command: { id: string; name: string } } = {
    instance: typeof trip === 'string' && trip !== '' ? trip : firstTrip,
    incoming,
    correlationId: sent.id,
    definition: definitionIn(rig).id,
    settings: settingsOf(rig.options),
    command: { id: sent.id, name: sent.name },
  };
  const handler = 'processManagerRunner';
  start(rig.mechanics, step, name, { process: 'service', handler, input, cause: received, correlationId: sent.id });
}

/** The reader's command that a task of the service carries out for a process manager; null where it is another task. */
export const readersCommand = (task: Task): { id: string; name: string } | null =>
  task.handler === 'processManagerRunner' && task.process === 'service'
    ? ((task.input as { command?: { id: string; name: string } }).command ?? null)
    : null;
