/**
 * The run as the page has it: the trace received so far, the cursor in it, and the conversation with the worker. It holds
 * no truth of its own: drop it, open the scenario again, and the same picture returns.
 */
import { defaultOptions } from '../../trace/defaults.ts';
import type { Extent, FlowParts, LiveInput, Report, StorageState } from '../../trace/control.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Failure, Options, Payload, Scenario } from '../../trace/scenario.ts';
import type { View } from '../../playback/view.ts';
import type { Verdicts } from '../../trace/trace.ts';
import type { ImportOutcome, Run, Speed } from '../run.ts';
import { exportTrace, differsFrom, readRun, shareLink } from './files.ts';
import { Playback } from '../../playback/timeline.ts';
import { Link } from './link.ts';
import { Player } from './player.svelte.ts';
import { tablesAgree } from './read-back.ts';
import { Shelf } from './shelf.svelte.ts';
import { keepRun } from './tab.ts';

/** How the page sets out: what to open, how far, and where the cursor goes. */
export interface Opening {
  scenario: Scenario;
  upTo: Extent;
  cursor: number | 'end';
}

type Opened = Extract<Report, { type: 'opened' }>;

/** A run being opened: the one on show stays until it is whole. */
interface Staged {
  id: number;
  opened: Opened | null;
  records: TraceRecord[];
  cursor: number | 'end';
  then: () => void;
}

const noParts: FlowParts = { processes: [], subscriptions: [], tables: {} };

export class LiveRun implements Run {
  readonly #link: Link;
  readonly #database: string;
  readonly #shelf = new Shelf();
  readonly #player: Player;
  #playback = $state.raw(new Playback(noParts));
  #epoch = 0;
  #staged: Staged | null = null;
  #asked = false;
  readonly #afterInput = new Map<number, () => void>();

  #scenario = $state.raw<Scenario>() as Scenario;
  #length = $state(0);
  #storage = $state.raw<StorageState | null>(null);
  #linkState = $state<Run['link']>('starting');
  #readBack = $state.raw<Run['readBack']>(null);
  readonly #view = $derived.by(() => this.#at((playback, cursor) => playback.viewAt(cursor)));
  readonly #verdicts = $derived.by(() => this.#at((playback, cursor) => playback.verdictsAt(cursor)));

  /** `make` starts a worker; `database` is the tab's own. */
  constructor(make: () => Worker, database: string, opening: Opening) {
    this.#database = database;
    this.#scenario = opening.scenario;
    this.#player = new Player({
      playback: () => this.#playback,
      advance: (to, steps) => this.#advance(to, steps),
      rested: () => this.#rested(),
    });
    this.#link = new Link(make, {
      report: (report) => this.#receive(report),
      restarted: () => this.#reopen(),
      stopped: () => (this.#linkState = 'stopped'),
    });
    this.#open(opening);
  }

  get scenario(): Scenario {
    return this.#scenario;
  }
  get options(): Options {
    return { ...defaultOptions, ...this.#scenario.options };
  }
  get records(): readonly TraceRecord[] {
    return this.#length === 0 ? [] : this.#playback.records;
  }
  get cursor(): number {
    return this.#player.cursor;
  }
  get time(): number {
    return this.#player.time;
  }
  get view(): View {
    return this.#view;
  }
  get verdicts(): Verdicts {
    return this.#verdicts;
  }
  get atEnd(): boolean {
    return this.#player.cursor === this.#length;
  }
  get idle(): boolean {
    return this.atEnd && this.#player.next === null;
  }
  get playing(): boolean {
    return this.#player.playing;
  }
  get speed(): Speed {
    return this.#player.speed;
  }
  get storage(): StorageState | null {
    return this.#storage;
  }
  get link(): Run['link'] {
    return this.#linkState;
  }
  get readBack(): Run['readBack'] {
    return this.#readBack;
  }
  get earlier(): Run['earlier'] {
    return this.#shelf.runs;
  }

  send(name: string, payload: Payload = {}): void {
    this.#act({ kind: 'command', name, payload }, () => this.#player.follow());
  }
  fail(failure: Failure): void {
    this.#act({ kind: 'failure', failure });
  }
  disarm(input: number): void {
    this.#act({ kind: 'disarm', input });
  }
  settle(): void {
    this.#act({ kind: 'settle' }, () => this.#player.hurry());
  }

  reset(): void {
    const { flow, options, seed } = this.#scenario;
    const scenario: Scenario = { format: 'sagascope/scenario', version: 1, flow, seed, inputs: [], ...(options && { options }) };
    this.#replace({ scenario, upTo: { records: 0 }, cursor: 'end' });
  }
  setOption<K extends keyof Options>(key: K, value: Options[K]): void {
    this.#again({ ...this.#scenario, options: { ...this.#scenario.options, [key]: value } });
  }
  setSeed(seed: number): void {
    this.#again({ ...this.#scenario, seed: seed >>> 0 });
  }
  returnTo(id: number): void {
    const found = this.#shelf.take(id);
    if (found) this.#replace({ scenario: found.scenario, upTo: { records: found.records }, cursor: found.cursor });
  }

  play(): void {
    this.#player.play();
  }
  pause(): void {
    this.#player.pause();
    this.#keep();
  }
  setSpeed(speed: Speed): void {
    this.#player.speed = speed;
  }
  stepForward(): void {
    this.#player.stepForward();
  }
  stepBack(): void {
    this.#player.stepBack();
  }
  first(): void {
    this.#player.seek(0);
  }
  last(): void {
    this.#player.seek(this.#length);
  }
  seek(cursor: number): void {
    this.#player.seek(cursor);
  }

  exportTrace(): { name: string; text: string } {
    return exportTrace(this.#scenario, this.#playback, this.#player.cursor);
  }
  async importTrace(file: Blob): Promise<ImportOutcome> {
    const read = await readRun(file);
    if (!read.ok) return read;
    const { opening, trace } = read;
    await new Promise<void>((resolve) => this.#replace(opening, resolve));
    return { ok: true, differsFrom: trace && differsFrom(trace.records, this.#playback.records), recordedBy: trace?.app.version ?? null };
  }
  shareLink(): Promise<string> {
    return shareLink(this.#scenario);
  }

  /** Keeps what a reload needs. */
  keep(): void {
    this.#keep();
  }

  #at<Result>(of: (playback: Playback, cursor: number) => Result): Result {
    return of(this.#playback, Math.min(this.#player.cursor, this.#length));
  }

  /** Gives the worker an input: at the end of the trace, or as a branch where the reader stands in its past. */
  #act(input: LiveInput, then: () => void = () => {}): void {
    if (this.#linkState === 'stopped') return;
    const give = () => {
      this.#afterInput.set(this.#link.send({ type: 'input', epoch: this.#epoch, input }), then);
    };
    if (this.#player.following || this.atEnd) give();
    else this.#replace({ scenario: this.#scenario, upTo: { records: this.#player.cursor }, cursor: 'end' }, give, true);
  }

  /** The same inputs under other rules: to where this run has come. */
  #again(scenario: Scenario): void {
    const upTo: Extent = this.#player.next === null ? 'rest' : { time: this.#playback.records.at(-1)?.at ?? 0 };
    this.#replace({ scenario, upTo: scenario.inputs.length === 0 ? { records: 0 } : upTo, cursor: 'end' });
  }

  /** Puts the present run on the shelf, if there is anything in it, and opens another. */
  #replace(opening: Opening, then?: () => void, branch = false): void {
    if (this.#length > 0) this.#shelf.put({ scenario: this.#scenario, records: this.#length, cursor: this.#player.cursor });
    this.#open(opening, then, branch);
  }

  #open({ scenario, upTo, cursor }: Opening, then = () => {}, branch = false): void {
    this.#player.stop();
    this.#epoch++;
    this.#asked = false;
    this.#afterInput.clear();
    const id = this.#link.send({ type: 'open', epoch: this.#epoch, scenario, upTo, branch, database: this.#database });
    this.#staged = { id, opened: null, records: [], cursor, then };
  }

  /** A new worker knows nothing: it is told the run so far. */
  #reopen(): void {
    this.#linkState = 'restarting';
    this.#open({ scenario: this.#scenario, upTo: { records: this.#length }, cursor: this.#player.cursor });
  }

  #advance(to: number | null, steps: number): void {
    if (this.#asked || this.#staged) return;
    this.#asked = true;
    this.#link.send({ type: 'advance', epoch: this.#epoch, to, steps });
  }

  #receive(report: Report): void {
    if (report.epoch !== this.#epoch) return;
    switch (report.type) {
      case 'opened':
        if (this.#staged) this.#staged.opened = report;
        break;
      case 'records':
        if (this.#staged) this.#staged.records.push(...report.records);
        else this.#append(report.records, report.next);
        break;
      case 'taken':
        this.#scenario = report.scenario;
        break;
      case 'done':
        this.#done(report);
        break;
      case 'tables':
        this.#compare(report);
        break;
      case 'storage':
        this.#storage = report.storage;
        break;
      case 'failed':
        this.#staged = null;
        break;
    }
  }

  #done({ id, next }: Extract<Report, { type: 'done' }>): void {
    if (this.#staged?.id === id) return this.#install(this.#staged, next);
    this.#player.learn(next);
    const then = this.#afterInput.get(id);
    if (!then) {
      this.#asked = false;
      return;
    }
    this.#afterInput.delete(id);
    this.#player.caughtUp();
    then();
    this.#keep();
  }

  #install({ opened, records, cursor, then }: Staged, next: number | null): void {
    if (!opened) return;
    this.#staged = null;
    this.#playback = new Playback(opened.parts);
    this.#scenario = opened.scenario;
    this.#storage = opened.storage;
    this.#linkState = 'running';
    this.#readBack = null;
    this.#playback.append(records);
    this.#length = records.length;
    this.#player.install(cursor === 'end' ? records.length : Math.min(cursor, records.length), next);
    this.#rested();
    then();
  }

  #append(records: readonly TraceRecord[], next: number | null): void {
    this.#playback.append(records);
    this.#length = this.#playback.records.length;
    this.#player.learn(next);
  }

  /** Nothing moves: time to compare with the database, and to keep the run. */
  #rested(): void {
    this.#keep();
    if (!this.#staged) this.#link.send({ type: 'readTables', epoch: this.#epoch });
  }

  #compare({ tables, records }: Extract<Report, { type: 'tables' }>): void {
    if (records !== this.#playback.records.length) return;
    this.#readBack = { tables, records, agrees: tablesAgree(this.#playback.viewAt(records), tables) };
  }

  #keep(): void {
    if (!this.#staged) keepRun({ scenario: this.#scenario, records: this.#length, cursor: this.#player.cursor });
  }
}
