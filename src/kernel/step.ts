/**
 * One step in the making: a draft of the next world, and the records written on the way. Rooms that take part in a step
 * change the draft and nothing else; the worlds before and after stay untouched.
 */
import type { NewRecord, TraceRecord } from '../trace/record.ts';
import { draw, nextChance } from './chance.ts';
import { insertItem, type Armed, type Happening, type Item, type Process, type Waiting, type World } from './world.ts';

/** A record whose optional fields may be given as undefined: they are left out. */
export type Draft<R> = R extends unknown
  ? { [F in keyof R]: object extends Pick<R, F> ? R[F] | undefined : R[F] }
  : never;

export class Step<Model> {
  readonly records: TraceRecord[] = [];
  now: number;
  choicesTaken: number;
  inputsTaken: number;
  agenda: readonly Item[];
  waiting: readonly Waiting[];
  processes: Readonly<Record<string, Process>>;
  armed: readonly Armed[];
  settling: boolean;
  model: Model;
  readonly #steps: number;
  #seq: number;
  #chance: number;
  #nextOrder: number;

  constructor(world: World<Model>) {
    this.now = world.now;
    this.choicesTaken = world.choicesTaken;
    this.inputsTaken = world.inputsTaken;
    this.agenda = world.agenda;
    this.waiting = world.waiting;
    this.processes = world.processes;
    this.armed = world.armed;
    this.settling = world.settling;
    this.model = world.model;
    this.#steps = world.steps + 1;
    this.#seq = world.seq;
    this.#chance = world.chance;
    this.#nextOrder = world.nextOrder;
  }

  /** The world this draft has become. */
  world(): World<Model> {
    return {
      now: this.now,
      steps: this.#steps,
      seq: this.#seq,
      chance: this.#chance,
      choicesTaken: this.choicesTaken,
      inputsTaken: this.inputsTaken,
      agenda: this.agenda,
      nextOrder: this.#nextOrder,
      waiting: this.waiting,
      processes: this.processes,
      armed: this.armed,
      settling: this.settling,
      model: this.model,
    };
  }

  /** Writes a record at the step's time and returns its `seq`. Fields that are undefined are left out. */
  record(record: Draft<NewRecord>): number {
    const seq = this.#seq++;
    const written: Record<string, unknown> = { seq, at: this.now };
    for (const key in record) {
      const value = record[key as keyof typeof record] as unknown;
      if (value !== undefined) written[key] = value;
    }
    this.records.push(written as unknown as TraceRecord);
    return seq;
  }

  /** An integer from 0 to `count` - 1 by the seed. */
  chance(count: number): number {
    this.#chance = nextChance(this.#chance);
    return draw(this.#chance, count);
  }

  /** Puts something on the agenda, due at virtual time `due`. */
  schedule(due: number, what: Happening, cause: number | undefined): void {
    this.agenda = insertItem(this.agenda, { due, order: this.#nextOrder++, cause, what });
  }

  /** Takes everything off the agenda that `unwanted` says. */
  cancel(unwanted: (what: Happening) => boolean): void {
    if (this.agenda.some((item) => unwanted(item.what)))
      this.agenda = this.agenda.filter((item) => !unwanted(item.what));
  }

  process(name: string): Process {
    const process = this.processes[name];
    if (!process) throw new Error(`no process named ${name}`);
    return process;
  }

  changeProcess(name: string, change: Partial<Process>): void {
    this.processes = { ...this.processes, [name]: { ...this.process(name), ...change } };
  }

  /**
   * Takes the first armed failure that `wanted` accepts and records that it strikes. `keep` leaves it armed, changed.
   * Returns its failure and the `seq` of that record.
   */
  strike(
    wanted: (failure: Armed['failure']) => boolean,
    keep?: (failure: Armed['failure']) => Armed['failure'] | null,
  ): { failure: Armed['failure']; seq: number } | null {
    if (this.armed.length === 0) return null;
    const found = this.armed.find((armed) => wanted(armed.failure));
    if (!found) return null;
    const { failure, input } = found;
    const kept = keep?.(failure) ?? null;
    this.armed = this.armed.flatMap((armed) => (armed !== found ? [armed] : kept ? [{ ...armed, failure: kept }] : []));
    const seq = this.record({ kind: 'failure.struck', process: 'kernel', cause: found.cause, input, failure });
    return { failure, seq };
  }
}
