/**
 * A live run: executes a scenario step by step as the page asks, each transaction on the tab's own database, and takes
 * the reader's inputs in at the time they come. When the storage fails, the run goes on in memory from the same step:
 * its scenario says all there is to know.
 */
import { assert } from '../base/assert.ts';
import { imageOf, MemoryDatabase } from '../database/memory.ts';
import {
  StorageLost,
  type Database,
  type DatabaseAnswer,
  type DatabaseRequest,
  type TablesImage,
} from '../database/port.ts';
import type { Control, Extent, FlowParts, LiveInput, Report, StorageState } from '../trace/control.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Flow, Input, Options, Payload, Scenario } from '../trace/scenario.ts';
import { partsOf } from './flow.ts';
import { schema } from './schema.ts';
import { completeOptions, Unsupported } from './options.ts';
import type { Parts } from './rig.ts';
import { nextTime, rulesOf, startMoment, stepInMemory, stepOn, type Moment, type Rules } from './running.ts';
import type { World } from './model.ts';
import { asTaken, withInput } from './taken.ts';

/** A message to the page carries at most so many records: cloning more would cost it a frame. */
const batch = 1000;

/** The worker that a live run lives in. */
export interface Outside {
  /** Sends a report to the page. */
  post(report: Report): void;
  /** Opens the tab's database. @throws StorageLost */
  openDatabase(name: string): Promise<Database>;
  /** Lets other messages in, so that a long replay still answers the page's heartbeat. */
  breathe(): Promise<void>;
}

/** What a live run needs. */
export interface Surroundings extends Outside {
  /** What a run under these options is built of. Rejects where it can't be fetched. */
  partsFor(flow: Flow, options: Options): Promise<Parts>;
}

/** A run that is open, and in which nothing has happened. */
export interface Begun {
  readonly epoch: number;
  readonly scenario: Scenario;
  readonly database: Database;
  readonly storage: StorageState;
}

/** A part that the run needs could not be fetched. */
class NotFetched extends Error {
  override name = 'NotFetched';
  constructor(cause: unknown) {
    super(`a part of the simulation could not be fetched: ${String(cause)}`, { cause });
  }
}

/** Records between two breaths. */
const breath = 20_000;

interface Running {
  scenario: Scenario;
  rules: Rules;
  world: World;
  database: Database;
  storage: StorageState;
}

export class LiveRun {
  readonly #around: Surroundings;
  #epoch = -1;
  #run: Running | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Carries a control out after all earlier ones. What goes wrong is reported, never thrown. */
  handle(control: Control): Promise<void> {
    if (control.type === 'ping') {
      this.#around.post({ type: 'pong', id: control.id, epoch: control.epoch });
      return Promise.resolve();
    }
    this.#queue = this.#queue
      .then(() => this.#carryOut(control))
      .catch((error: unknown) => this.#failed(control, error));
    return this.#queue;
  }

  /** Takes over a run that another has opened. Rejects where what it needs can't be fetched. */
  async adopt({ epoch, scenario, database, storage }: Begun): Promise<void> {
    const rules = rulesOf(scenario, await this.#partsFor(scenario));
    const { world } = startMoment(rules, scenario.seed);
    this.#epoch = epoch;
    this.#run = { scenario, rules, world, database, storage };
  }

  async #carryOut(control: Exclude<Control, { type: 'ping' }>): Promise<void> {
    const { id, epoch } = control;
    if (control.type === 'open') return this.#open(control);
    const run = this.#run;
    if (run === null || epoch !== this.#epoch) return;
    if (control.type === 'advance') {
      await this.#advance(run, control.to ?? Infinity, control.steps);
      this.#around.post({ type: 'done', id, epoch, now: run.world.now, next: nextTime(run.world, run.rules.program) });
    } else if (control.type === 'input') {
      await this.#input(run, control.input, id);
    } else if (control.type === 'rebuild') {
      await this.#rebuild(run, control.instance, id);
    } else {
      const tables = await this.#onStorage(run, () => run.database.readAll());
      this.#around.post({ type: 'tables', id, epoch, storage: run.storage, tables, records: run.world.seq });
    }
  }

  async #open(control: Extract<Control, { type: 'open' }>): Promise<void> {
    const { id, epoch, upTo, branch, database: name } = control;
    // a scenario that can't be run is refused here, and the run before it stays as it is
    const parts = await this.#partsFor(control.scenario);
    const { moment, scenario, written } = await this.#replay(control.scenario, parts, upTo, branch);
    this.#epoch = epoch;
    this.#run?.database.close();
    this.#run = null;
    const { database, storage } = await this.#openStorage(name, imageOf(moment.tables));
    const rules = rulesOf(scenario, parts);
    const { world } = moment;
    this.#run = { scenario, rules, world, database, storage };
    const now = { now: world.now, next: nextTime(world, rules.program) };
    this.#around.post({ type: 'opened', id, epoch, storage, scenario, parts: flowParts(scenario, rules), ...now });
    this.#send(written, this.#run);
    this.#around.post({ type: 'done', id, epoch, ...now });
  }

  async #partsFor(scenario: Scenario): Promise<Parts> {
    const options = completeOptions(scenario);
    try {
      return await this.#around.partsFor(scenario.flow, options);
    } catch (error) {
      throw new NotFetched(error);
    }
  }

  /** Reads an instance's history back, and lets the machine go over it again. */
  async #rebuild(run: Running, instance: string, id: number): Promise<void> {
    const { sagas } = run.rules.parts;
    if (!sagas) return;
    const tables = await this.#onStorage(run, () => run.database.readAll());
    const entries = (tables['history'] ?? []).filter((entry) => entry['instance'] === instance);
    const row = tables['sagas']?.find((saga) => saga['id'] === instance);
    this.#around.post({
      type: 'rebuilt',
      id,
      epoch: this.#epoch,
      instance,
      steps: sagas.rebuild(run.scenario.flow, run.rules.options, entries),
      stored: row ? { state: row['state'] as string, context: row['context'] as Payload } : null,
      records: run.world.seq,
    });
  }

  async #openStorage(name: string | null, image: TablesImage): Promise<{ database: Database; storage: StorageState }> {
    if (name === null) return inMemory(image, 'asked');
    try {
      const database = await this.#around.openDatabase(name);
      await database.replaceAll(image);
      return { database, storage: { kind: 'indexeddb', name } };
    } catch (error) {
      if (error instanceof StorageLost) return inMemory(image, error.reason);
      throw error;
    }
  }

  async #advance(run: Running, to: number, steps: number): Promise<void> {
    let records: TraceRecord[] = [];
    for (let taken = 0; taken < steps; taken++) {
      const next = nextTime(run.world, run.rules.program);
      if (next === null || next > to) break;
      records = records.concat(await this.#step(run));
      if (records.length < batch) continue;
      this.#send(records, run);
      records = [];
    }
    this.#send(records, run);
  }

  async #step(run: Running): Promise<readonly TraceRecord[]> {
    const done = await stepOn(run.rules, run.world, (request) => this.#perform(run, request));
    assert(done, 'a step that is due can be taken');
    run.world = done.world;
    return done.records;
  }

  async #input(run: Running, given: LiveInput, id: number): Promise<void> {
    const input: Input = { ...given, at: run.world.now };
    run.scenario = withInput(run.scenario, run.world.inputsTaken, input);
    run.rules = rulesOf(run.scenario, run.rules.parts);
    const records = await this.#step(run);
    this.#around.post({ type: 'taken', id, epoch: this.#epoch, input, scenario: run.scenario });
    this.#send(records, run);
    this.#around.post({
      type: 'done',
      id,
      epoch: this.#epoch,
      now: run.world.now,
      next: nextTime(run.world, run.rules.program),
    });
  }

  #perform(run: Running, request: DatabaseRequest): Promise<DatabaseAnswer> {
    return this.#onStorage(run, () => run.database.perform(request));
  }

  /** Works on the storage; when it is lost, works on a copy in memory that is rebuilt from the scenario. */
  async #onStorage<Result>(run: Running, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StorageLost)) throw error;
      run.database.close();
      const { moment } = await this.#replay(run.scenario, run.rules.parts, { records: run.world.seq }, false);
      Object.assign(run, inMemory(imageOf(moment.tables), error.reason));
      this.#around.post({ type: 'storage', epoch: this.#epoch, storage: run.storage });
      return work();
    }
  }

  /** Executes a scenario in memory, so far. */
  async #replay(
    scenario: Scenario,
    parts: Parts,
    upTo: Extent,
    branch: boolean,
  ): Promise<{ moment: Moment; scenario: Scenario; written: TraceRecord[] }> {
    const rules = rulesOf(scenario, parts);
    let moment = startMoment(rules, scenario.seed);
    const written: TraceRecord[] = [];
    for (let breaths = 1; goesOn(rules, moment, upTo, written.length);) {
      const next = stepInMemory(rules, moment);
      if (next === null) break;
      moment = next.moment;
      for (const record of next.records) written.push(record);
      if (written.length < breaths * breath) continue;
      breaths++;
      await this.#around.breathe();
    }
    return { moment, scenario: branch ? asTaken(scenario, moment.world) : scenario, written };
  }

  #send(records: readonly TraceRecord[], run: Running): void {
    const { now } = run.world;
    const next = nextTime(run.world, run.rules.program);
    for (let from = 0; from < records.length; from += batch) {
      this.#around.post({ type: 'records', epoch: this.#epoch, records: records.slice(from, from + batch), now, next });
    }
  }

  #failed(control: Control, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const why =
      error instanceof Unsupported
        ? {
            code: 'unsupported',
            place: `${error.place} = ${error.value}`,
            ...(error.reason !== null && { reason: error.reason }),
          }
        : { code: error instanceof NotFetched ? 'notFetched' : 'defect' };
    this.#around.post({ type: 'failed', id: control.id, epoch: control.epoch, message, ...why });
  }
}

/** The parts of a run's flow, its machines among them. */
const flowParts = ({ flow }: Scenario, { options, parts }: Rules): FlowParts =>
  partsOf(options, flow, parts.sagas?.machines(flow, options));

const inMemory = (
  image: TablesImage,
  reason: 'asked' | StorageLost['reason'],
): { database: Database; storage: StorageState } => ({
  database: new MemoryDatabase(schema, image),
  storage: { kind: 'memory', reason },
});

function goesOn(rules: Rules, moment: Moment, upTo: Extent, records: number): boolean {
  if (upTo === 'rest') return true;
  if ('records' in upTo) return records < upTo.records;
  const next = nextTime(moment.world, rules.program);
  return next !== null && next <= upTo.time;
}
