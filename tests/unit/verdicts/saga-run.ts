/** Small traces of sagas and process managers by hand. What is said of an instance follows on what was said of it before. */
import { completed } from '../../../src/trace/defaults.ts';
import type { EventRef, ParticipantEffect, Received, RowWrite } from '../../../src/trace/record.ts';
import type { Flow, Options, Payload } from '../../../src/trace/scenario.ts';
import type { Setting } from '../../../src/verdicts/setting.ts';
import { Run } from './run.ts';

/** A command as its records name it. */
export interface Command {
  instance: string;
  name: string;
  to: string;
  token: string;
  id?: string;
  late?: true;
}

/** What is said of a move beside where it leads; the rest is as the machines of the run have it. */
export interface Move {
  received?: Received;
  /** Undefined: where the instance is. */
  from?: string | null;
  version?: number;
  context?: Payload;
  decided?: Payload;
  recorded?: boolean;
  process?: string;
  task?: string;
  commands?: Command[];
  timers?: { timer: string; token: string }[];
}

const ended = new Set(['Completed', 'Ended', 'Manual', 'Confirmed', 'Rejected', 'TimedOut', 'Withdrawn', 'Reserved']);

const subscribers: Record<Flow, readonly string[]> = {
  campaign: ['adServing', 'billing', 'saga'],
  trip: ['processManager'],
  budget: ['saga'],
};

const campaignEvents = ['CampaignActivated', 'CampaignDeactivated'];

export class SagaRun extends Run {
  readonly flow: Flow;
  readonly #instances = new Map<string, { version: number; state: string }>();
  #numbers = 0;

  constructor(flow: Flow, options: Partial<Options> = {}) {
    super(completed(flow, flow === 'campaign' ? { saga: 'guarded', ...options } : options));
    this.flow = flow;
  }

  override get setting(): Setting {
    const { flow, options } = this;
    const heard = { adServing: campaignEvents, billing: campaignEvents };
    const subscribed = flow !== 'budget' || options.boundary === 'apart';
    return {
      flow,
      subscriptions: subscribed ? subscribers[flow] : [],
      ...(flow === 'campaign' && { heard }),
      options,
    };
  }

  /** The process in which the saga's handlers run. */
  get consumer(): string {
    return this.flow === 'trip' ? 'consumer:processManager' : 'consumer:saga';
  }

  /** An instance goes to a state, and is stored there with what it issues. Returns the `seq` of the move. */
  move(instance: string, to: string, given: Move = {}): number {
    const known = this.#instances.get(instance);
    const { received = { type: known ? 'Something' : 'Begin' }, commands = [], timers = [], context = {} } = given;
    const { process = this.consumer, task = `${process}-1`, version = (known?.version ?? 0) + 1, decided } = given;
    const from = given.from === undefined ? known?.state : (given.from ?? undefined);
    const doer = { process, task };
    const entries = decided !== undefined && given.recorded !== false ? [{ entry: 'decided', decision: decided }] : [];
    const history = [{ entry: 'received', type: received.type }, ...entries].map((entry): RowWrite => {
      const number = ++this.#numbers;
      return { table: 'history', op: 'put', key: number, row: { instance, version, ...entry } };
    });
    const row = { id: instance, version, state: to };
    const cause = this.transact([{ table: 'sagas', op: 'put', key: instance, row }, ...history], doer);
    const waiting = !ended.has(to);
    const moved = this.add({
      kind: 'saga.moved',
      ...doer,
      cause,
      instance,
      definition: 'machine',
      version,
      ...(from !== undefined && { from }),
      to,
      received,
      attempt: 1,
      waiting,
      ...(waiting && { waitsFor: 'airline' }),
      ended: !waiting,
      context,
      issued: commands.map(idOf),
      ...(decided !== undefined && given.recorded !== false && { decided }),
    });
    this.#instances.set(instance, { version, state: to });
    for (const command of commands) this.issue(command, doer);
    for (const timer of timers) this.add({ kind: 'timer.set', ...doer, instance, ...timer, due: 9000 });
    return moved;
  }

  forgetInstance(instance: string): number {
    this.#instances.delete(instance);
    return this.add({ kind: 'saga.deleted', process: this.consumer, task: 'saga-1', instance });
  }

  /** Nobody is there to be told. */
  miss(instance: string, type = 'FlightBooked', policy: 'discard' | 'retry' = 'discard'): number {
    const doer = { process: this.consumer, task: 'saga-1' };
    return this.add({ kind: 'saga.notFound', ...doer, instance, received: { type }, policy });
  }

  issue(command: Command, doer = { process: this.consumer, task: 'saga-1' }): number {
    return this.add({ kind: 'saga.commandIssued', ...doer, ...issued(command), number: ++this.#numbers });
  }

  call(command: Command): number {
    const doer = { process: this.consumer, task: `${this.consumer}-1` };
    return this.add({ kind: 'saga.called', ...doer, ...issued(command) });
  }

  sendOut(command: Command): number {
    return this.add({ kind: 'relay.commandSent', process: 'relay', task: 'relay-1', ...issued(command), number: 1 });
  }

  /** It has come to whoever is to carry it out. */
  arrive(command: Command): number {
    if (command.to !== 'service')
      return this.add({ kind: 'participant.received', process: command.to, ...issued(command) });
    const { name } = command;
    return this.add({ kind: 'command.received', commandId: idOf(command), name, task: 'service-7' });
  }

  lose(command: Command): number {
    return this.add({ kind: 'participant.dropped', process: command.to, ...issued(command) });
  }

  silence(command: Command): number {
    return this.add({ kind: 'participant.silent', process: command.to, ...issued(command) });
  }

  execute(
    command: Command,
    effect: ParticipantEffect,
    thing = `${command.to}-${command.token}`,
    itself = false,
  ): number {
    const alone = itself ? { itself: true as const } : {};
    return this.add({ kind: 'participant.executed', process: command.to, ...issued(command), effect, thing, ...alone });
  }

  pass(command: Command, reason: 'known' | 'prevented' | 'nothingThere'): number {
    return this.add({ kind: 'participant.ignored', process: command.to, ...issued(command), reason });
  }

  /** It is sent, comes to a participant, and takes effect there. */
  carryOut(command: Command, effect: ParticipantEffect, thing?: string): number {
    this.sendOut(command);
    this.arrive(command);
    return this.execute(command, effect, thing);
  }

  /** A participant answers. */
  answer(given: EventRef, instance: string): number {
    const [process = '', token = ''] = given.aggregateId.split('/');
    const until = (this.records.length + 1) * 10;
    return this.add({ kind: 'participant.answered', process, ...given, token, instance, payload: {}, until });
  }

  /** The bus takes it in, hands it to the saga, and is told that all is well. */
  tell(given: EventRef): number {
    const subscription = this.flow === 'trip' ? 'processManager' : 'saga';
    const message = `${subscription} ${given.eventId}`;
    this.accept(given, { [subscription]: message });
    const seq = this.deliver(given, subscription, message);
    this.acknowledge(given, subscription, message);
    return seq;
  }

  /** A transaction of the service that writes a campaign. */
  campaign(id: string, row: Payload, doer: { process?: string; task?: string } = {}): number {
    return this.transact([{ table: 'campaigns', op: 'put', key: id, row: { id, ...row } }], doer);
  }

  /** A transaction that writes some rows: `table key`, and what is in it. */
  write(...rows: [table: string, key: string, row: Payload][]): number {
    return this.transact(rows.map(([table, key, row]) => ({ table, op: 'put', key, row: { id: key, ...row } })));
  }
}

/** The n-th answer of a participant about a token. */
export const answerOf = (participant: string, token: string, eventType: string, n = 1): EventRef => ({
  eventId: `a-${participant}-${token}-${n}`,
  eventType,
  aggregateId: `${participant}/${token}`,
  aggregateVersion: n,
  transactionId: `tx-a-${participant}-${token}-${n}`,
});

const idOf = ({ id, instance, name, token }: Command): string => id ?? `${instance}/${name}/${token}`;

function issued(command: Command) {
  const { id: _, ...rest } = command;
  return { ...rest, commandId: idOf(command), attempt: 1 };
}
