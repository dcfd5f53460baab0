/**
 * Workers that explore rows, one row each. Rows that are done stay done whatever happens; a worker that dies is replaced
 * and its row tried once more.
 */
import type { ExploreAnswer, ExploreControl, ExploreProgress, ExploreRequest } from '../../trace/exploration.ts';
import { startExplorer } from '../live/explorer.ts';
import type { Outcome } from './cells.ts';

export interface Task {
  /** The key of the row. */
  readonly key: string;
  readonly request: ExploreRequest;
}

/** A worker, and what it has in hand. */
interface Slot {
  readonly worker: Worker;
  task: Task | null;
  id: number;
}

/** Real ms between two updates of what is shown. */
const pause = 100;
const mostWorkers = 8;
/** A row that has taken so many workers with it is given up. */
const mostDeaths = 2;

/** How many workers this machine is asked for: one core is left to the page. */
export const poolSize = (cores = navigator.hardwareConcurrency): number =>
  Math.max(1, Math.min(mostWorkers, (cores || 2) - 1));

/** By the key of the row. */
type ByRow<What> = Readonly<Record<string, What | undefined>>;

/** How far the rows that were asked for have come. */
export interface Pace {
  readonly rows: number;
  readonly done: number;
  readonly states: number;
  readonly perSecond: number;
  /** Seconds, from the rows done so far; null as long as none is. */
  readonly left: number | null;
}

const standstill: Pace = { rows: 0, done: 0, states: 0, perSecond: 0, left: null };

export class Pool {
  readonly #make: () => Worker;
  readonly #size: number;
  #slots: Slot[] = [];
  #queue: Task[] = [];
  #bounds = '';
  #nextId = 1;
  #deaths: Record<string, number> = {};
  #found: Record<string, Outcome> = {};
  #underWay: Record<string, ExploreProgress> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  // the pace
  #rows = 0;
  #done = 0;
  #statesDone = 0;
  #since = 0;
  #before = 0;

  /** `idle`: nothing to do; `stopped`: rows are left, and can be gone on with. */
  status = $state<'idle' | 'running' | 'stopped'>('idle');
  outcomes = $state.raw<ByRow<Outcome>>({});
  progress = $state.raw<ByRow<ExploreProgress>>({});
  queued = $state.raw<ByRow<true>>({});
  pace = $state.raw<Pace>(standstill);

  /** `make` starts a worker. */
  constructor(make: () => Worker, size = poolSize()) {
    this.#make = make;
    this.#size = size;
  }

  get workers(): number {
    return this.#size;
  }

  /** Explores these rows, and nothing else any more. `bounds`: the key of what they are explored within. */
  start(tasks: readonly Task[], bounds: string): void {
    this.#clear();
    this.#bounds = bounds;
    this.#queue = [...tasks];
    this.#deaths = {};
    this.#rows = tasks.length;
    this.#done = this.#statesDone = this.#before = 0;
    this.#run();
  }

  /** Ends the workers. What they had in hand is to be begun again. */
  stop(): void {
    if (this.status !== 'running') return;
    this.#before += performance.now() - this.#since;
    const inHand = this.#slots.flatMap(({ task }) => task ?? []);
    this.#clear();
    this.#queue.unshift(...inHand);
    this.status = 'stopped';
    this.#show();
  }

  /** Goes on with the rows that are not done. */
  resume(): void {
    if (this.status === 'stopped') this.#run();
  }

  /** Forgets what was asked for; what was found stays. */
  cancel(): void {
    this.#clear();
    this.#queue = [];
    this.status = 'idle';
    this.#show();
  }

  /** Takes a row out of the queue; one in a worker's hands is finished. */
  drop(key: string): void {
    const left = this.#queue.filter((task) => task.key !== key);
    this.#rows -= this.#queue.length - left.length;
    this.#queue = left;
    if (this.status === 'stopped' && left.length === 0) this.status = 'idle';
    this.#show();
  }

  #run(): void {
    this.#since = performance.now();
    this.status = 'running';
    while (this.#slots.length < Math.min(this.#size, this.#queue.length)) this.#slots.push(this.#begin());
    for (const slot of this.#slots) this.#next(slot);
    this.#show();
  }

  #begin(): Slot {
    const worker = startExplorer(this.#make, {
      answered: (answer) => this.#hear(slot, answer),
      died: (why) => this.#died(slot, why),
    });
    const slot: Slot = { worker, task: null, id: 0 };
    return slot;
  }

  #next(slot: Slot): void {
    const task = this.#queue.shift();
    slot.task = task ?? null;
    if (!task) return this.#endIfDone();
    slot.id = this.#nextId++;
    slot.worker.postMessage({ type: 'explore', id: slot.id, request: task.request } satisfies ExploreControl);
  }

  #hear(slot: Slot, answer: ExploreAnswer): void {
    if (!this.#slots.includes(slot) || answer.id !== slot.id || !slot.task) return;
    if (answer.type === 'progress') {
      this.#underWay[slot.task.key] = answer.progress;
      return this.#showSoon();
    }
    const bounds = this.#bounds;
    if (answer.type === 'failed')
      this.#conclude(slot, { bounds, status: 'failed', died: false, message: answer.message });
    else if (answer.type === 'explored') this.#conclude(slot, { bounds, status: 'explored', report: answer.report });
    this.#next(slot);
  }

  #conclude({ task }: Slot, outcome: Outcome): void {
    if (!task) return;
    delete this.#underWay[task.key];
    this.#found[task.key] = outcome;
    this.#done++;
    if (outcome.status === 'explored') this.#statesDone += outcome.report.states;
    this.#showSoon();
  }

  #died(slot: Slot, why: string): void {
    const at = this.#slots.indexOf(slot);
    if (at < 0) return;
    slot.worker.terminate();
    const { task } = slot;
    if (task) {
      const deaths = (this.#deaths[task.key] ?? 0) + 1;
      this.#deaths[task.key] = deaths;
      delete this.#underWay[task.key];
      if (deaths < mostDeaths) this.#queue.unshift(task);
      else this.#conclude(slot, { bounds: this.#bounds, status: 'failed', died: true, message: why });
    }
    this.#slots.splice(at, 1);
    if (this.#queue.length === 0) return this.#endIfDone();
    const fresh = this.#begin();
    this.#slots.push(fresh);
    this.#next(fresh);
  }

  #endIfDone(): void {
    if (this.#queue.length > 0 || this.#slots.some(({ task }) => task)) return;
    this.#before += performance.now() - this.#since;
    this.#clear();
    this.status = 'idle';
    this.#show();
  }

  #clear(): void {
    for (const { worker } of this.#slots) worker.terminate();
    this.#slots = [];
    this.#underWay = {};
  }

  #showSoon(): void {
    this.#timer ??= setTimeout(() => this.#show(), pause);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.outcomes = { ...this.#found };
    this.progress = { ...this.#underWay };
    const asked = [...this.#queue, ...this.#slots.flatMap(({ task }) => task ?? [])];
    this.queued = Object.fromEntries(asked.map(({ key }) => [key, true]));
    const spent = (this.#before + (this.status === 'running' ? performance.now() - this.#since : 0)) / 1000;
    const states = Object.values(this.#underWay).reduce((sum, row) => sum + row.states, this.#statesDone);
    const left = this.#done > 0 ? (spent / this.#done) * (this.#rows - this.#done) : null;
    const perSecond = spent > 0 ? Math.round(states / spent) : 0;
    this.pace = { rows: this.#rows, done: this.#done, states, perSecond, left };
  }
}
