/** What participants do about the commands they are sent, and the answers they publish. */
import type { Envelope, Payload } from '../../messaging/envelope.ts';
import type { CommandMessage } from '../../messaging/saga.ts';
import type { RecordOf } from '../../trace/record.ts';
import type { Failure } from '../../trace/scenario.ts';
import { busOf } from '../bus/deliveries.ts';
import { refOf, type Step } from '../model.ts';
import type { Rig } from '../rig.ts';
import { nextAnswer, participantOf, setParticipant } from './model-changes.ts';
import { stands, thingKey, trades, withoutThing, withThing, type Participant, type Thing } from './participants.ts';
import { answerRetry, answerTravel, delayUnlessSaid, thinking, thinkingSpread } from './times.ts';

/** The timers of participants: a command that was held up arrives, an answer is ready, and has reached the bus. */
export const arrivalTimer = 'commandArrives';
export const answerTimer = 'answer';
export const answerArrivalTimer = 'answerArrives';

type Issued = Omit<RecordOf<'participant.received'>, 'seq' | 'at' | 'kind'>;

/** What the records of a command have in common. `process`: whose doing it is. */
export function issuedBy(command: CommandMessage, process: string, cause: number | undefined): Issued {
  const { instance, id, name, to, token, attempt, late, correlationId } = command;
  return {
    process,
    ...(cause !== undefined && { cause }),
    correlationId,
    instance,
    commandId: id,
    name,
    to,
    token,
    attempt,
    ...(late && { late }),
  };
}

type OnItsWay = Extract<Failure, { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow' }>;

/** A command arrives at a participant, unless something happens to it before the door. */
export function arrive(rig: Rig, step: Step, command: CommandMessage, cause: number): void {
  const struck = step.strike(
    (failure) =>
      (failure.type === 'drop' || failure.type === 'delay' || failure.type === 'duplicate') &&
      failure.subscription === command.to &&
      (failure.message === undefined || failure.message === command.id),
  );
  if (!struck) return receive(rig, step, command, cause);
  const { type, by = delayUnlessSaid } = struck.failure as OnItsWay;
  if (type === 'drop')
    return void step.record({ kind: 'participant.dropped', ...issuedBy(command, command.to, struck.seq) });
  if (type === 'delay') {
    const until = step.now + by;
    const seq = step.record({ kind: 'participant.delayed', ...issuedBy(command, command.to, struck.seq), until });
    return step.schedule(until, { fires: { timer: arrivalTimer, command } }, seq);
  }
  const seq = step.record({ kind: 'participant.duplicated', ...issuedBy(command, command.to, struck.seq) });
  receive(rig, step, command, cause);
  step.schedule(step.now + thinking, { fires: { timer: arrivalTimer, command } }, seq);
}

/** A participant has a command in its hands. */
export function receive(rig: Rig, step: Step, command: CommandMessage, cause: number | undefined): void {
  const { to, name } = command;
  const trade = trades[to];
  if (!trade) throw new Error(`no participant named ${to}`);
  const received = step.record({ kind: 'participant.received', ...issuedBy(command, to, cause) });
  if (trade.undoes?.[name]) undo(rig, step, command, received);
  else carryOut(rig, step, command, received);
}

function carryOut(rig: Rig, step: Step, command: CommandMessage, cause: number): void {
  const { to, name } = command;
  const participant = participantOf(step, to);
  const key = thingKey(participant, command);
  const known = Object.hasOwn(participant.things, key) ? participant.things[key]! : null;
  if (known) return again(rig, step, key, known, command, cause);
  const trade = trades[to]!;
  const effect = trade.does[name] ?? 'notified';
  // what the reader has to say yes to has not happened yet
  const waits = trade.yes !== undefined && rig.options.answers === 'manual';
  const thing = {
    command,
    status: waits ? ('asked' as const) : effect,
    ...named(participant, to),
    answers: 0,
    answer: null,
  };
  const more = withThing(participant, key, thing);
  setParticipant(step, to, { ...more, named: participant.named + 1 });
  const done = step.record({
    kind: 'participant.executed',
    ...issuedBy(command, to, cause),
    effect: thing.status,
    thing: thing.name,
  });
  if (trade.yes && !waits) answerSoon(step, command, key, trade.yes, done);
}

const named = (participant: Participant, to: string): { name: string } => ({ name: `${to}-${participant.named + 1}` });

/** It has had this command before: nothing happens, and what it has answered it answers again. */
function again(rig: Rig, step: Step, key: string, thing: Thing, command: CommandMessage, cause: number): void {
  const { to } = command;
  const prevented = !stands(thing) && thing.status !== 'refused';
  const reason = prevented ? 'prevented' : 'known';
  const seq = step.record({ kind: 'participant.ignored', ...issuedBy(command, to, cause), reason });
  if (prevented) return;
  if (thing.answer !== null) answer(step, to, key, thing.answer.type, seq, thing.answer);
  else if (rig.options.answers === 'automatic' && trades[to]!.yes && !isThinking(step, to, key)) {
    answerSoon(step, command, key, trades[to]!.yes, seq);
  }
}

/** Whether an answer about a thing is under way. */
const isThinking = (step: Step, participant: string, key: string): boolean =>
  step.agenda.some(
    ({ what }) =>
      'fires' in what &&
      what.fires.timer === answerTimer &&
      what.fires['participant'] === participant &&
      what.fires['key'] === key,
  );

/** Takes back what a command has done; what was never heard of is prevented, where that is remembered. */
function undo(rig: Rig, step: Step, command: CommandMessage, cause: number): void {
  const { to, name, payload } = command;
  const trade = trades[to]!;
  const participant = participantOf(step, to);
  const found = undone(participant, command, payload['listing']);
  const known = found === null ? null : participant.things[found]!;
  const key = found ?? thingKey(participant, command);
  const common = issuedBy(command, to, cause);
  let seq: number;
  if (known && !stands(known)) {
    seq = step.record({ kind: 'participant.ignored', ...common, reason: 'known' });
  } else if (!known && rig.options.tombstones === 'off') {
    seq = step.record({ kind: 'participant.ignored', ...common, reason: 'nothingThere' });
  } else {
    const effect = known && known.status !== 'asked' ? trade.undoes![name]! : 'prevented';
    const thing: Thing = known ?? { command, status: effect, ...named(participant, to), answer: null };
    const forgets = rig.options.tombstones === 'off';
    setParticipant(
      step,
      to,
      forgets ? withoutThing(participant, key) : withThing(participant, key, { ...thing, status: effect }),
    );
    seq = step.record({ kind: 'participant.executed', ...common, effect, thing: thing.name });
  }
  if (trade.undone) answerSoon(step, command, key, trade.undone, seq);
}

/** The key of what a command takes back: the listing it names, or what has its token. */
function undone(participant: Participant, command: CommandMessage, listing: unknown): string | null {
  if (typeof listing === 'string') {
    return participant.order.find((key) => participant.things[key]!.name === listing) ?? null;
  }
  const key = thingKey(participant, command);
  return Object.hasOwn(participant.things, key) ? key : null;
}

/** The answer comes after a while, unless somebody is to be silent. */
function answerSoon(step: Step, command: CommandMessage, key: string, type: string, cause: number): void {
  const { to } = command;
  const silent = step.strike((failure) => failure.type === 'silence' && failure.service === to);
  if (silent) return void step.record({ kind: 'participant.silent', ...issuedBy(command, to, silent.seq) });
  const due = step.now + thinking + step.chance(thinkingSpread);
  step.schedule(due, { fires: { timer: answerTimer, participant: to, key, type, command } }, cause);
}

/** A participant publishes an answer about a thing. `repeated`: the very answer it has given before. */
export function answer(
  step: Step,
  name: string,
  key: string,
  type: string,
  cause: number | undefined,
  repeated: Thing['answer'] = null,
  details: { command?: CommandMessage; commandId?: string; payload?: Payload } = {},
): void {
  const participant = participantOf(step, name);
  const thing = Object.hasOwn(participant.things, key) ? participant.things[key]! : null;
  const command = thing?.command ?? details.command;
  if (!command) return;
  const given = repeated ?? { id: nextAnswer(step), type, version: (participant.versions[key] ?? 0) + 1 };
  if (!repeated) {
    const told = thing ? withThing(participant, key, { ...thing, answer: given }) : participant;
    setParticipant(step, name, { ...told, versions: { ...told.versions, [key]: given.version } });
  }
  const { instance, correlationId } = command;
  const token = command.token === '' ? key.slice(instance.length + 1) : command.token;
  const event: Envelope = {
    id: given.id,
    type,
    aggregateId: `${name}/${token.startsWith(instance) ? token : `${instance}/${token}`}`,
    aggregateVersion: given.version,
    transactionId: `tx-${given.id}`,
    correlationId,
    causationId: command.id,
    payload: { instance, token, key: instance, ...(thing && { listing: thing.name }), ...details.payload },
  };
  const until = step.now + answerTravel;
  const seq = step.record({
    kind: 'participant.answered',
    process: name,
    ...(cause !== undefined && { cause }),
    correlationId,
    ...refOf(event),
    token,
    instance,
    payload: event.payload,
    until,
    ...(details.commandId !== undefined && { commandId: details.commandId }),
  });
  step.schedule(until, { fires: { timer: answerArrivalTimer, event } }, seq);
}

/** An answer reaches the bus. While that is down it comes again: what is answered is not lost on the other side. */
export function answerArrives(rig: Rig, step: Step, event: Envelope, cause: number | undefined): void {
  if (step.model.bus.up) busOf(rig).accept(rig, step, event, cause ?? 0);
  else step.schedule(step.now + answerRetry, { fires: { timer: answerArrivalTimer, event } }, cause);
}
