/**
 * The space of all situations that a flow can come to, walked by the very handlers, patterns and buses that a run has. Time
 * stands still in it, so that nothing happens before anything else for being quicker; a lease ends when nothing else is left
 * to do.
 */
import { takeInput, takeItem, type Asks, type Done } from '../kernel/kernel.ts';
import { performOn, type Tables } from '../database/memory.ts';
import type { DatabaseRequest } from '../database/port.ts';
import type { Kinds, Model, World } from '../simulation/model.ts';
import type { Rules } from '../simulation/running.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Failure, Input } from '../trace/scenario.ts';
import type { Facts } from '../verdicts/facts.ts';
import type { Examiner } from '../verdicts/examiner.ts';
import { exploredBus, renamed } from './names.ts';
import { isExplored, kindOf, type Action, type Trying } from './action.ts';
import { beginningOf, type Origin } from './origin.ts';
import { comesAnyTime, isLater, ownerOf, type Situation } from './situation.ts';

/** Answers have a name of their own among the inputs, beyond all commands. */
const replies = 900;

/** Virtual ms at which a space begins. */
const beginning = 1000;

/** Where an action leads, and which promises break on the way. */
export interface Taken {
  readonly situation: Situation;
  readonly broken: readonly string[];
}

/** Tables of aggregates and of the outbox: what a relay that tails the log looks for. */
const logged = new Set(['outbox', 'campaigns', 'budgets', 'publishers', 'accounts']);

/** The situations of a flow, and what leads from one to the next. */
export class Space {
  readonly #rules: Rules;
  readonly #trying: Trying;
  readonly #examiner: Examiner;
  readonly #commands: readonly Input[];
  readonly #origin: Origin;

  constructor(
    rules: Rules,
    trying: Trying,
    examiner: Examiner,
    commands: readonly Input[],
    origin: Origin = beginningOf(rules),
  ) {
    this.#rules = rules;
    this.#trying = trying;
    this.#examiner = examiner;
    this.#commands = commands;
    this.#origin = origin;
  }

  /** The situation in which nothing has been tried yet. */
  start(): Situation {
    const { moment, records } = this.#origin;
    let facts = this.#examiner.start;
    for (const record of records) facts = this.#examiner.step(facts, record);
    // failures that wait for their moment are taken back: the explorer has its own
    const world = this.#moving({ ...moment.world, now: Math.max(beginning, moment.world.now), armed: [] });
    return renamed({ world, tables: moment.tables, facts, sent: 0, struck: 0 });
  }

  /** Takes an action; null where its failure strikes nothing. */
  take(situation: Situation, action: Action): Taken | null {
    const { failure, item, sends, reply } = action;
    let { sent, struck, facts } = situation;
    let { world, tables } = situation;
    const broken: string[] = [];
    const note = (records: readonly TraceRecord[]) => {
      for (const record of records) {
        for (const id of this.#examiner.breaks(facts, record)) broken.push(id);
        facts = this.#examiner.step(facts, record);
      }
    };
    if (sends) {
      const { world: after, records } = takeInput(
        this.#rules.mechanics,
        indexed(world, this.#origin.inputs.length + sent),
        this.#commands[sent]!,
      );
      world = after;
      sent++;
      note(records);
    }
    if (reply) {
      const { world: after, records } = takeInput(this.#rules.mechanics, indexed(world, replies), {
        ...reply,
        at: world.now,
        kind: 'command',
      });
      world = after;
      note(records);
    }
    if (failure) {
      struck |= 1 << this.#trying.kinds.indexOf(kindOf(failure));
      const at = timeOf(failure, world.now);
      const { world: after, records } = takeInput(this.#rules.mechanics, world, { at, kind: 'failure', failure });
      if (records.some((record) => record.kind === 'failure.refused')) return null;
      if (!item && after.armed.length > 0) return null;
      world = after;
      note(records);
    }
    if (item) {
      // a time that comes to its end takes its time; all else is as quick as anything
      const at = isLater(item.due, world.now) && !comesAnyTime(item) ? item.due : world.now;
      const step = takeItem(this.#rules.mechanics, world, item, at);
      const done = this.#answered(step, tables);
      if (done.world.armed.length > 0) return null;
      ({ world, tables } = done);
      note(done.records);
    }
    return { situation: renamed({ world: this.#moving(world), tables, facts, sent, struck }), broken };
  }

  /** The world without what stands still. */
  #moving(world: World): World {
    const { model, agenda } = world;
    const explored = (subscription: string): boolean => this.#trying.subscriptions.includes(subscription);
    const bus = exploredBus(model.bus, this.#rules.mechanics.start.bus, explored);
    const moving = agenda.filter((item) => isExplored(ownerOf(item), this.#trying.subscriptions));
    return { ...world, chance: 0, agenda: moving, model: { ...model, bus } };
  }

  /** The promises that are broken where nothing more will happen. */
  brokenAtRest(situation: Situation): readonly string[] {
    return this.#examiner.atRest(this.#explored(situation.facts));
  }

  /** Subscriptions that stand still have messages for ever: nothing is judged by those. */
  #explored(facts: Facts): Facts {
    let { open, partitions } = facts;
    const { subscriptions } = this.#trying;
    facts.open.forEach(({ subscription }, message) => {
      if (!subscriptions.includes(subscription)) open = open.delete(message);
    });
    facts.partitions.forEach((_, key) => {
      if (!subscriptions.includes(key.slice(0, key.indexOf('\n')))) partitions = partitions.delete(key);
    });
    return { ...facts, open, partitions };
  }

  #answered(step: Done<Model> | Asks<Kinds>, before: Tables): Done<Model> & { tables: Tables } {
    if (step.done) return { ...step, tables: before };
    const { tables, answer } = performOn(before, step.request);
    return { ...step.resume(answer), tables: this.#forget(before, tables, step.request) };
  }

  /** The change log keeps what a relay that tails it is to find; nobody else ever reads it. */
  #forget(before: Tables, after: Tables, request: DatabaseRequest): Tables {
    const { changes } = before.byName;
    if (after === before || after.byName['changes'] === changes) return after;
    const { relay, publish } = this.#rules.options;
    const tailed = publish === 'outbox' && relay === 'logTailing';
    const found = request.type === 'transaction' && request.writes.some((write) => logged.has(tableOf(write)));
    return tailed && found ? after : { ...after, byName: { ...after.byName, changes: changes! } };
  }
}

/** Virtual ms at which a failure strikes: a lease that is ended has to be told from one that is taken after. */
export const timeOf = ({ type }: Failure, now: number): number => (type === 'expireLease' ? now + 1 : now);

const tableOf = (write: { op: string; table?: string }): string =>
  write.table ?? (/outbox/i.test(write.op) ? 'outbox' : '');

/** Commands are named by their place among the inputs: failures are none of them here. */
const indexed = (world: World, sent: number): World => ({ ...world, inputsTaken: sent });
