/**
 * The worker's door. The first picture shows a run in which nothing has happened, and for that nothing has to run: the door
 * opens it, its database included, and answers. What runs a run is fetched when a reader is there, or when there is
 * something to run, and takes over.
 */
import type { Control, Report } from '../trace/control.ts';
import { needsSagas, partsOf } from './flow.ts';
import type { Begun, LiveRun, Outside } from './live.ts';
import { completeOptions } from './options.ts';
import { startImage } from './schema.ts';

/** What runs a run. */
export interface Engine {
  start(outside: Outside): LiveRun;
  /** Fetches all that only some runs need. Rejects where it can't be fetched. */
  fetchParts(): Promise<unknown>;
}

type Open = Extract<Control, { type: 'open' }>;

export class Door {
  readonly #outside: Outside;
  readonly #fetchEngine: () => Promise<Engine>;
  #begun: Begun | null = null;
  #live: Promise<LiveRun> | null = null;
  #queue: Promise<void> = Promise.resolve();

  /** `fetchEngine` rejects where it can't be fetched; asked again, it tries again. */
  constructor(outside: Outside, fetchEngine: () => Promise<Engine>) {
    this.#outside = outside;
    this.#fetchEngine = fetchEngine;
  }

  /** Carries a control out after all earlier ones. What goes wrong is reported, never thrown. */
  handle(control: Control): Promise<void> {
    if (control.type === 'ping') {
      this.#outside.post({ type: 'pong', id: control.id, epoch: control.epoch });
      return Promise.resolve();
    }
    this.#queue = this.#queue.then(() => this.#carryOut(control));
    return this.#queue;
  }

  async #carryOut(control: Control): Promise<void> {
    if (this.#live === null && (await this.#answer(control))) return;
    let live: LiveRun;
    try {
      live = await (this.#live ??= this.#startLive());
    } catch (error) {
      this.#live = null;
      if (control.type !== 'prepare') this.#outside.post(notFetched(control, error));
      return;
    }
    if (control.type !== 'prepare') await live.handle(control);
  }

  async #startLive(): Promise<LiveRun> {
    const engine = await this.#fetchEngine();
    const live = engine.start(this.#outside);
    if (this.#begun) await live.adopt(this.#begun);
    // nobody waits for these: a run that needs one asks again
    engine.fetchParts().catch(() => {});
    return live;
  }

  /** Does what can be done without a live run. Returns whether that was all. */
  async #answer(control: Control): Promise<boolean> {
    if (control.type === 'open') return this.#begun === null && (await this.#openStill(control));
    if (control.type !== 'readTables' || control.epoch !== this.#begun?.epoch) return false;
    const { id, epoch } = control;
    const { database, storage } = this.#begun;
    const tables = await database.readAll().catch(() => null);
    if (tables) this.#outside.post({ type: 'tables', id, epoch, storage, tables, records: 0 });
    return tables !== null;
  }

  /** Opens a run in which nothing happens by itself. Returns whether it did; where it is not that easy, a live run knows. */
  async #openStill({ id, epoch, scenario, database: name }: Open): Promise<boolean> {
    const { flow, inputs, choices } = scenario;
    if (inputs.length > 0 || choices || name === null) return false;
    try {
      const options = completeOptions(scenario);
      if (needsSagas(flow, options)) return false;
      const database = await this.#outside.openDatabase(name);
      const storage = { kind: 'indexeddb', name } as const;
      this.#begun = { epoch, scenario, database, storage };
      await database.replaceAll(startImage(flow, options));
      const now = { now: 0, next: null };
      this.#outside.post({ type: 'opened', id, epoch, storage, scenario, parts: partsOf(options, flow), ...now });
      this.#outside.post({ type: 'done', id, epoch, ...now });
      return true;
    } catch {
      this.#begun?.database.close();
      this.#begun = null;
      return false;
    }
  }
}

/** Without a run that could be opened, the one before stays; without one that could go on, the worker is of no use. */
function notFetched({ type, id, epoch }: Control, error: unknown): Report {
  const code = type === 'open' ? 'notFetched' : 'defect';
  return { type: 'failed', id, epoch, code, message: `the simulation could not be fetched: ${String(error)}` };
}
