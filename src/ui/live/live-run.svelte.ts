/**
 * The run as the page has it: the trace received so far, the cursor in it, and what the reader does. It holds no truth of
 * its own: drop it, open the scenario again, and the same picture returns.
 */
import type { Missing } from '../../playback/missing.ts';
import type { View } from '../../playback/view.ts';
import type { FlowParts, StorageState } from '../../trace/control.ts';
import { completed } from '../../trace/defaults.ts';
import { changeOptions } from '../../trace/option-rules.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Failure, Intervention, Options, Payload, Scenario } from '../../trace/scenario.ts';
import type { Verdicts } from '../../trace/trace.ts';
import { sagaParts } from '../late-parts.ts';
import { late } from '../late.svelte.ts';
import type { ImportOutcome, Problem, Rebuilt, Run, Speed } from '../run.ts';
import { shareLink } from './address.ts';
import { Course } from './course.svelte.ts';
import { Exchange, type Opened } from './exchange.ts';
import { Inputs } from './inputs.ts';
import { emptyRun, type Opening } from './opening.ts';
import { Openings } from './openings.ts';
import { Player } from './player.svelte.ts';
import type { Shelf } from './shelf.svelte.ts';
import type { WhetherAsked } from './standing-still.ts';
import { keepRun } from './tab.ts';

const reading = late(() => import('./reading.ts'));

export class LiveRun implements Run {
  readonly #course = new Course();
  readonly #exchange: Exchange;
  readonly #player: Player;
  readonly #shelf: Shelf;
  readonly #openings: Openings;
  readonly #inputs: Inputs;
  readonly #view = $derived.by(() => this.#course.playback.viewAt(this.#shown));
  readonly #verdicts = $derived.by(() => this.#course.verdictsAt(this.#shown));

  /** `make` starts a worker; `database` is the tab's own, null for memory; `shelf` holds runs that were left. */
  constructor(make: () => Worker, database: string | null, opening: Opening, shelf: Shelf) {
    const course = this.#course;
    const keep = () => this.keep();
    const rested = () => this.#rested();
    const player = new Player({
      playback: () => course.playback,
      advance: (to, steps) => this.#exchange.advance(to, steps),
      rested,
      asked: (cursor) => (this.options.answers === 'manual' && !this.#scripted ? this.#asked(cursor) : null),
    });
    const exchange = new Exchange(make, database, {
      showable: () => course.playable,
      opened: (run, records, cursor, next) => this.#opened(run, records, cursor, next),
      appended: (records, next) => {
        course.append(records);
        player.learn(next);
      },
      learned: (next) => player.learn(next),
      taken: (scenario) => (course.scenario = scenario),
      tables: (tables, records) => void course.compare(tables, records),
      stored: (storage) => (course.storage = storage),
      restarted: () => this.#openings.reopen((input) => this.#inputs.give(input)),
      stopped: () => this.#stopped(),
    });
    const parts = { course, exchange, player, shelf, keep, rested };
    [this.#exchange, this.#player, this.#shelf] = [exchange, player, shelf];
    this.#openings = new Openings(parts);
    this.#inputs = new Inputs(parts, this.#openings);
    this.#openings.begin(opening);
  }

  get scenario(): Scenario {
    return this.#course.scenario;
  }
  get options(): Options {
    const { flow, options } = this.#course.scenario;
    return completed(flow, options);
  }
  get parts(): FlowParts {
    return this.#course.parts;
  }
  get records(): readonly TraceRecord[] {
    return this.#course.length === 0 ? [] : this.#course.playback.records;
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
    return this.#inputs.atEnd;
  }
  get idle(): boolean {
    return this.#player.cursor === this.#course.length && this.#player.next === null;
  }
  get playing(): boolean {
    return this.#player.playing;
  }
  get speed(): Speed {
    return this.#player.speed;
  }
  get storage(): StorageState | null {
    return this.#course.storage;
  }
  get link(): Run['link'] {
    return this.#course.link;
  }
  get problem(): Problem | null {
    return this.#course.problem;
  }
  get refused(): Problem | null {
    return this.#course.refused;
  }
  get incomplete(): boolean {
    return this.#course.incomplete;
  }
  get readBack(): Run['readBack'] {
    return this.#course.readBack;
  }
  get earlier(): Run['earlier'] {
    return this.#shelf.runs;
  }

  get missing(): readonly Missing[] {
    return this.#course.missingAt(this.#shown);
  }

  rebuild(instance: string): Promise<Rebuilt | null> {
    return this.#exchange.rebuild(instance);
  }
  chainOf(seq: number): readonly TraceRecord[] {
    return this.#course.playback.chainOf(seq);
  }

  send(name: string, payload: Payload = {}): void {
    this.#inputs.act({ kind: 'command', name, payload }, () => this.#player.follow());
  }
  fail(failure: Failure): void {
    this.#inputs.act({ kind: 'failure', failure });
  }
  intervene(intervention: Intervention): void {
    this.#inputs.act({ kind: 'intervention', intervention }, () => this.#player.follow());
  }
  disarm(input: number): void {
    this.#inputs.act({ kind: 'disarm', input });
  }
  settle(): void {
    this.#inputs.settle();
  }

  reset(): void {
    this.#openings.replace(emptyRun(this.#course.scenario));
  }
  setOption<K extends keyof Options>(key: K, value: Options[K]): void {
    this.setOptions({ [key]: value });
  }
  setOptions(change: Partial<Options>, how = { play: false }): void {
    // two choices in quick succession both count
    this.#exchange.whenOpen(() => {
      const scenario = { ...this.scenario, options: changeOptions(this.scenario.options, change, this.scenario.flow) };
      if (how.play) void this.openScenario(scenario, how);
      else this.#openings.again(scenario);
    });
  }
  resetOptions(): void {
    this.#exchange.whenOpen(() => this.#openings.again({ ...this.scenario, options: {} }));
  }
  setSeed(seed: number): void {
    this.#openings.again({ ...this.#course.scenario, seed: seed >>> 0 });
  }
  openScenario(scenario: Scenario, { play, from = 0 }: { play: boolean; from?: number }): Promise<Problem | null> {
    return new Promise((resolve) =>
      this.#openings.replace({ scenario, upTo: { records: from }, cursor: from }, (problem) => {
        if (problem === null && play) this.play();
        resolve(problem);
      }),
    );
  }
  returnTo(id: number): void {
    this.#openings.returnTo(id);
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
  nextInteresting(): void {
    this.#player.nextInteresting();
  }
  first(): void {
    this.#player.seek(0);
  }
  last(): void {
    this.#player.seek(this.#course.length);
  }
  seek(cursor: number): void {
    this.#player.seek(cursor);
  }

  async exportTrace(): Promise<{ name: string; text: string }> {
    const { exportTrace } = await this.#course.reckon();
    const { scenario, records, cursor } = this;
    return exportTrace({ scenario, records, verdicts: this.#course.verdictsAt(records.length), cursor });
  }
  async importTrace(source: Blob | string): Promise<ImportOutcome> {
    const fetched = await Promise.all([reading.load(), this.#course.reckon()]).catch(() => null);
    if (!fetched) return { ok: false, problem: { code: 'notFetched' } };
    const [{ readRun }, { compare }] = fetched;
    const read = await readRun(source);
    if (!read.ok) return read;
    const problem = await new Promise<Problem | null>((resolve) => this.#openings.replace(read.opening, resolve));
    if (problem !== null) return { ok: false, problem };
    return compare(read.trace, this.#course.playback.records);
  }
  shareLink(): Promise<string> {
    return shareLink(this.#course.scenario);
  }

  /** Keeps what a reload of this tab needs to come back to the same step. */
  keep(): void {
    if (this.#exchange.opening) return;
    keepRun({ scenario: this.#course.scenario, records: this.#course.length, cursor: this.#player.cursor });
  }

  /** Records shown. */
  get #shown(): number {
    return Math.min(this.#player.cursor, this.#course.length);
  }

  /** Somebody whom the reader plays waits for an answer. */
  #asked(cursor: number): WhetherAsked {
    sagaParts.want();
    if (sagaParts.failed) return null;
    return sagaParts.loaded?.somebodyWaits(this.#course.playback.records, cursor) ?? 'unknown';
  }

  /** The scenario has inputs that are still to come: it does not wait for the reader's. */
  get #scripted(): boolean {
    const { playback, scenario } = this.#course;
    const known = playback.records.at(-1)?.at ?? -1;
    return scenario.inputs.some(({ at }) => at > known);
  }

  #stopped(): void {
    this.#course.link = 'stopped';
    this.#player.stop();
  }

  #opened(run: Opened, records: TraceRecord[], cursor: Opening['cursor'], next: number | null): void {
    this.#course.open(run, records);
    this.#player.install(cursor === 'end' ? records.length : Math.min(cursor, records.length), next);
    this.#rested();
  }

  /** Nothing moves: time to compare with the database, and to keep the run. */
  #rested(): void {
    this.keep();
    this.#exchange.readTables();
  }
}
