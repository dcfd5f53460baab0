/**
 * The conversation with the worker about one run after the other. Each run has an epoch; what is said of an older one is
 * not listened to. A run that is being opened is handed over when it is whole, so that the one on show stays till then.
 */
import type { LiveInput, Report, StorageState, TableRows } from '../../trace/control.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Scenario } from '../../trace/scenario.ts';
import type { Problem } from '../run.ts';
import { Link } from './link.ts';
import type { Opening } from './opening.ts';

export type Opened = Extract<Report, { type: 'opened' }>;
type Rebuilt = Extract<Report, { type: 'rebuilt' }>;

export interface ExchangeEvents {
  /** What shows records is there: null. Else when it will be; till then nothing is told. */
  showable(): Promise<unknown> | null;
  /** A run is open, with all it has written so far. `next`: when its next step is due, ms; null at rest. */
  opened(run: Opened, records: TraceRecord[], cursor: Opening['cursor'], next: number | null): void;
  appended(records: readonly TraceRecord[], next: number | null): void;
  /** A control has been carried out. */
  learned(next: number | null): void;
  taken(scenario: Scenario): void;
  tables(tables: TableRows, records: number): void;
  stored(storage: StorageState): void;
  /** The worker died, and another is there. */
  restarted(): void;
  /** It died too often. */
  stopped(): void;
}

/** A run that is being opened. */
interface Staged {
  id: number;
  epoch: number;
  run: Opened | null;
  records: TraceRecord[];
  cursor: Opening['cursor'];
  then: (refused: Problem | null) => void;
  /** What the reader did meanwhile. */
  later: (() => void)[];
}

export class Exchange {
  readonly #link: Link;
  readonly #database: string | null;
  readonly #events: ExchangeEvents;
  readonly #afterInput = new Map<number, () => void>();
  readonly #untaken = new Map<number, LiveInput>();
  /** Who waits for what an instance's history comes to. */
  readonly #afterRebuild = new Map<number, (rebuilt: Rebuilt | null) => void>();
  /** Of the run on show. */
  #epoch = 0;
  #nextEpoch = 1;
  #staged: Staged | null = null;
  #asked = false;
  /** What waits until records can be shown. */
  #held: Report[] | null = null;

  /** `make` starts a worker; `database` is the tab's own, null for memory. */
  constructor(make: () => Worker, database: string | null, events: ExchangeEvents) {
    this.#database = database;
    this.#events = events;
    this.#link = new Link(make, {
      report: (report) => this.#report(report),
      restarted: () => this.#bereave(() => events.restarted()),
      stopped: () => this.#bereave(() => events.stopped()),
    });
  }

  /** What the reader did that the run has not taken yet, in order. */
  get untaken(): LiveInput[] {
    return [...this.#untaken.values()];
  }

  /** A run is being opened. */
  get opening(): boolean {
    return this.#staged !== null;
  }

  /** Does something once the run that is being opened is there, or at once. */
  whenOpen(then: () => void): void {
    if (this.#staged) this.#staged.later.push(then);
    else then();
  }

  /** Opens a run; `then` follows when it is there, or is told why it can't be: the one before is still there then. */
  open({ scenario, upTo, cursor, branch = false }: Opening, then: Staged['then'] = () => {}): void {
    const epoch = this.#nextEpoch++;
    const id = this.#link.send({ type: 'open', epoch, scenario, upTo, branch, database: this.#database });
    this.#staged = { id, epoch, run: null, records: [], cursor, then, later: this.#staged?.later ?? [] };
  }

  /** Asks the run to go on, unless it has been asked already. */
  advance(to: number | null, steps: number): void {
    if (this.#asked || this.#staged) return;
    this.#asked = true;
    this.#send({ type: 'advance', to, steps });
  }

  /** Gives the run an input now; `then` follows when it has been taken. */
  input(input: LiveInput, then: () => void): void {
    const id = this.#send({ type: 'input', input });
    this.#afterInput.set(id, then);
    this.#untaken.set(id, input);
  }

  /** Asks for all rows as the database has them. */
  readTables(): void {
    if (!this.#staged) this.#send({ type: 'readTables' });
  }

  /** Asks what an instance's history comes to, as the database has it. Null where the run is left meanwhile. */
  rebuild(instance: string): Promise<Rebuilt | null> {
    if (this.#staged) return Promise.resolve(null);
    const id = this.#send({ type: 'rebuild', instance });
    return new Promise((resolve) => this.#afterRebuild.set(id, resolve));
  }

  #report(report: Report): void {
    const showable = report.type === 'records' && !this.#held ? this.#events.showable() : null;
    if (showable) {
      this.#held = [];
      void showable.then(() => this.#release());
    }
    if (this.#held) this.#held.push(report);
    else if (report.epoch === this.#staged?.epoch) this.#receiveOpening(this.#staged, report);
    else if (report.epoch === this.#epoch) this.#receive(report);
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const report of held) this.#report(report);
  }

  #send(
    order:
      | { type: 'advance'; to: number | null; steps: number }
      | { type: 'input'; input: LiveInput }
      | { type: 'readTables' }
      | { type: 'rebuild'; instance: string },
  ): number {
    return this.#link.send({ ...order, epoch: this.#epoch });
  }

  /** The worker is gone. What it was just opening is refused, lest it kills the next one too. */
  #bereave(tell: () => void): void {
    const staged = this.#staged;
    this.#held &&= [];
    this.#forgetRebuilds();
    tell();
    if (this.#staged === staged) this.#staged = null;
    staged?.then({ code: 'died' });
  }

  #receiveOpening(staged: Staged, report: Report): void {
    if (report.type === 'opened') staged.run = report;
    else if (report.type === 'records') staged.records.push(...report.records);
    else if (report.type === 'failed') {
      this.#staged = null;
      const { code, message, place, reason } = report;
      staged.then({ code, detail: message, ...(place !== undefined && { place }), ...(reason && { reason }) });
      for (const later of staged.later) later();
    } else if (report.type === 'done' && report.id === staged.id && staged.run) {
      this.#staged = null;
      this.#asked = false;
      this.#afterInput.clear();
      this.#untaken.clear();
      this.#forgetRebuilds();
      this.#epoch = staged.epoch;
      this.#events.opened(staged.run, staged.records, staged.cursor, report.next);
      staged.then(null);
      for (const later of staged.later) later();
    }
  }

  #receive(report: Report): void {
    switch (report.type) {
      case 'records':
        return this.#events.appended(report.records, report.next);
      case 'taken':
        this.#untaken.delete(report.id);
        return this.#events.taken(report.scenario);
      case 'done':
        return this.#done(report.id, report.next);
      case 'tables':
        return this.#events.tables(report.tables, report.records);
      case 'rebuilt':
        this.#afterRebuild.get(report.id)?.(report);
        return void this.#afterRebuild.delete(report.id);
      case 'storage':
        return this.#events.stored(report.storage);
    }
  }

  /** Nobody will answer them any more. */
  #forgetRebuilds(): void {
    for (const resolve of this.#afterRebuild.values()) resolve(null);
    this.#afterRebuild.clear();
  }

  #done(id: number, next: number | null): void {
    const then = this.#afterInput.get(id);
    if (then) this.#afterInput.delete(id);
    else this.#asked = false;
    this.#events.learned(next);
    then?.();
  }
}
