/**
 * The run as the page has it: the trace received so far, the cursor in it, and what the reader does. It holds no truth of
 * its own: drop it, open the scenario again, and the same picture returns.
 */
import { Playback } from '../../playback/timeline.ts';
import type { View } from '../../playback/view.ts';
import type { FlowParts, LiveInput, StorageState, TableRows } from '../../trace/control.ts';
import { defaultOptions } from '../../trace/defaults.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Failure, Options, Payload, Scenario } from '../../trace/scenario.ts';
import type { Verdicts } from '../../trace/trace.ts';
import type { ImportOutcome, Problem, Run, Speed } from '../run.ts';
import { Exchange, type Opened } from './exchange.ts';
import { compare, exportTrace, shareLink } from './files.ts';
import { emptyRun, type Opening } from './opening.ts';
import { Player } from './player.svelte.ts';
import { tablesAgree } from './read-back.ts';
import type { Shelf } from './shelf.svelte.ts';
import { keepRun } from './tab.ts';

const noParts: FlowParts = { processes: [], subscriptions: [], options: defaultOptions, tables: {} };

export class LiveRun implements Run {
  readonly #exchange: Exchange;
  readonly #player: Player;
  readonly #shelf: Shelf;
  #playback = $state.raw(new Playback(noParts));
  #length = $state(0);
  #scenario = $state.raw<Scenario>() as Scenario;
  #storage = $state.raw<StorageState | null>(null);
  #link = $state<Run['link']>('starting');
  #problem = $state.raw<Problem | null>(null);
  /** What the page opens with. */
  #first!: Opening;
  #readBack = $state.raw<Run['readBack']>(null);
  readonly #view = $derived.by(() => this.#playback.viewAt(Math.min(this.#player.cursor, this.#length)));
  readonly #verdicts = $derived.by(() => this.#playback.verdictsAt(Math.min(this.#player.cursor, this.#length)));

  /** `make` starts a worker; `database` is the tab's own, null for memory; `shelf` holds runs that were left. */
  constructor(make: () => Worker, database: string | null, opening: Opening, shelf: Shelf) {
    this.#shelf = shelf;
    this.#player = new Player({
      playback: () => this.#playback,
      advance: (to, steps) => this.#exchange.advance(to, steps),
      rested: () => this.#rested(),
    });
    this.#exchange = new Exchange(make, database, {
      opened: (run, records, cursor, next) => this.#opened(run, records, cursor, next),
      appended: (records, next) => this.#appended(records, next),
      learned: (next) => this.#player.learn(next),
      taken: (scenario) => (this.#scenario = scenario),
      tables: (tables, records) => this.#compare(tables, records),
      stored: (storage) => (this.#storage = storage),
      restarted: () => this.#reopen(),
      stopped: () => this.#stopped(),
    });
    this.#begin(opening);
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
    return this.#player.following || this.#player.cursor === this.#length;
  }
  get idle(): boolean {
    return this.#player.cursor === this.#length && this.#player.next === null;
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
    return this.#link;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get readBack(): Run['readBack'] {
    return this.#readBack;
  }
  get earlier(): Run['earlier'] {
    return this.#shelf.runs;
  }

  chainOf(seq: number): readonly TraceRecord[] {
    return this.#playback.chainOf(seq);
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
    const give = () => this.#act({ kind: 'settle' }, () => this.#player.hurry());
    if (this.#exchange.opening) return this.#exchange.whenOpen(() => this.settle());
    // what is under way comes to its end first, and what is armed still strikes: settling would take it back
    if (this.atEnd) this.#player.hurry(give);
    else give();
  }

  reset(): void {
    this.#replace(emptyRun(this.#scenario));
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
  async importTrace(source: Blob | string): Promise<ImportOutcome> {
    const { readRun } = await import('./reading.ts');
    const read = await readRun(source);
    if (!read.ok) return read;
    const problem = await new Promise<Problem | null>((resolve) => this.#replace(read.opening, resolve));
    if (problem !== null) return { ok: false, problem };
    return compare(read.trace, this.#playback.records);
  }
  shareLink(): Promise<string> {
    return shareLink(this.#scenario);
  }

  /** Keeps what a reload of this tab needs to come back to the same step. */
  keep(): void {
    if (this.#exchange.opening) return;
    keepRun({ scenario: this.#scenario, records: this.#length, cursor: this.#player.cursor });
  }

  /** Gives the run an input: at its end, or as a branch where the reader stands in its past. */
  #act(input: LiveInput, moves: () => void = () => {}): void {
    if (this.#link === 'stopped') return;
    if (this.#exchange.opening) return this.#exchange.whenOpen(() => this.#act(input, moves));
    const give = () => {
      this.#give(input);
      moves();
    };
    const upTo = { records: this.#player.cursor };
    if (this.atEnd) give();
    else
      this.#replace({ scenario: this.#scenario, upTo, cursor: 'end', branch: true }, (refused) => {
        if (refused === null) give();
      });
  }

  #give(input: LiveInput): void {
    this.#player.expect();
    this.#exchange.input(input, () => {
      this.#player.caughtUp();
      if (this.#player.playing) this.keep();
      else this.#rested();
    });
  }

  /** The same inputs under other rules, to where this run has come. */
  #again(scenario: Scenario): void {
    const { next } = this.#player;
    const time = this.#playback.records.at(-1)?.at ?? 0;
    this.#replace({ scenario, upTo: next === null ? 'rest' : { time }, cursor: 'end' });
  }

  /** Opens the page's first run; if this version can't run it, an empty one, and says why. */
  #begin(opening: Opening): void {
    this.#first = opening;
    this.#scenario = opening.scenario;
    this.#open(opening, (refused) => {
      if (refused?.code !== 'unsupported') return;
      this.#problem = refused;
      this.#begin(emptyRun());
    });
  }

  /** Opens another run; the present one goes onto the shelf, if there is anything in it. */
  #replace(opening: Opening, then: (refused: Problem | null) => void = () => {}): void {
    const left = { scenario: this.#scenario, records: this.#length, cursor: this.#player.cursor };
    this.#open(opening, (refused) => {
      if (refused === null && left.records > 0) this.#shelf.put(left);
      then(refused);
    });
  }

  #open(opening: Opening, then: (refused: Problem | null) => void): void {
    this.#player.suspend();
    this.#exchange.open(opening, (refused) => {
      if (refused === null) this.#player.stop();
      else if (refused.code !== 'died') this.#player.resume();
      then(refused);
    });
  }

  /** A new worker knows nothing: it is told the run so far, and what the one before took with it. */
  #reopen(): void {
    const nothingYet = this.#storage === null;
    this.#link = 'restarting';
    if (nothingYet) return this.#begin(this.#first);
    this.#player.suspend();
    const { untaken } = this.#exchange;
    const now = { scenario: this.#scenario, upTo: { records: this.#length }, cursor: this.#player.cursor };
    this.#exchange.open(now, (refused) => {
      if (refused) return;
      for (const input of untaken) this.#give(input);
      this.#player.resume();
    });
  }

  #stopped(): void {
    this.#link = 'stopped';
    this.#player.stop();
  }

  #opened(run: Opened, records: TraceRecord[], cursor: Opening['cursor'], next: number | null): void {
    this.#playback = new Playback(run.parts);
    this.#playback.append(records);
    this.#length = records.length;
    this.#scenario = run.scenario;
    this.#storage = run.storage;
    this.#link = 'running';
    this.#readBack = null;
    this.#player.install(cursor === 'end' ? records.length : Math.min(cursor, records.length), next);
    this.#rested();
  }

  #appended(records: readonly TraceRecord[], next: number | null): void {
    this.#playback.append(records);
    this.#length = this.#playback.records.length;
    this.#player.learn(next);
  }

  /** Nothing moves: time to compare with the database, and to keep the run. */
  #rested(): void {
    this.keep();
    this.#exchange.readTables();
  }

  #compare(tables: TableRows, records: number): void {
    if (records !== this.#length) return;
    this.#readBack = { tables, records, agrees: tablesAgree(this.#playback.viewAt(records), tables) };
  }
}
