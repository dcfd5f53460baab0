/** What the page knows of the run on show: as the worker told it, folded, nothing of its own. */
import { assert } from '../../base/assert.ts';
import type { Missing } from '../../playback/missing.ts';
import type { Playback } from '../../playback/timeline.ts';
import type { FlowParts, StorageState, TableRows } from '../../trace/control.ts';
import { defaultOptions, offDefault } from '../../trace/defaults.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Scenario } from '../../trace/scenario.ts';
import type { Verdicts } from '../../trace/trace.ts';
import { late } from '../late.svelte.ts';
import { unjudged } from '../promises.ts';
import type { Problem, Run } from '../run.ts';
import type { Opened } from './exchange.ts';
import { unplayed, type Played } from './unplayed.ts';

const noParts: FlowParts = {
  flow: 'campaign',
  processes: [],
  subscriptions: [],
  heard: {},
  participants: [],
  machines: [],
  options: defaultOptions,
  tables: {},
};
const playing = late(() => import('../../playback/timeline.ts'), 'first');
const reckoning = late(() => import('./reckoning.ts'));

export class Course {
  parts = $state.raw(noParts);
  #played: Playback | null = null;
  playback = $state.raw<Played>(unplayed(noParts));
  /** Records received: reactive, as the playback grows in place. */
  length = $state(0);
  scenario = $state.raw<Scenario>() as Scenario;
  storage = $state.raw<StorageState | null>(null);
  link = $state<Run['link']>('starting');
  problem = $state.raw<Problem | null>(null);
  refused = $state.raw<Problem | null>(null);
  readBack = $state.raw<Run['readBack']>(null);
  readonly #judgement = $derived.by(() => {
    const { playback } = this;
    return reckoning.loaded && new reckoning.loaded.Judgement(this.parts, playback.records);
  });

  /** What plays, judges, compares or writes down could not be fetched. */
  get incomplete(): boolean {
    return playing.failed || reckoning.failed;
  }

  /** What plays records is there: null. Else when it will be; never, as long as it can't be fetched. */
  get playable(): Promise<unknown> | null {
    return playing.loaded ? null : playing.wait();
  }

  /** Another run is open, with all it has written so far. */
  open(run: Opened, records: readonly TraceRecord[]): void {
    this.parts = run.parts;
    this.#played = null;
    this.playback = unplayed(run.parts);
    this.length = 0;
    this.append(records);
    this.scenario = run.scenario;
    this.storage = run.storage;
    this.link = 'running';
    this.readBack = null;
    if (
      records.length > 0 ||
      Object.keys(offDefault(run.parts.options, run.parts.flow)).length > 0 ||
      run.parts.flow !== 'campaign'
    )
      this.reckon().catch(() => {});
  }

  /** The run has written more. What plays it is there by then. */
  append(records: readonly TraceRecord[]): void {
    if (records.length === 0) return;
    if (!this.#played) {
      assert(playing.loaded, 'records wait for what plays them');
      this.#played = new playing.loaded.Playback(this.parts);
      this.playback = this.#played;
    }
    this.#played.append(records);
    this.length = this.playback.records.length;
    reckoning.want();
  }

  /** What works things out of the records, fetched unless it is there. Rejects where it can't be. */
  reckon(): Promise<typeof import('./reckoning.ts')> {
    return reckoning.load();
  }

  /** The promises after so many records; as yet unjudged while the judge is on its way. */
  verdictsAt(cursor: number): Verdicts {
    return this.#judgement?.at(cursor) ?? unjudged;
  }

  /** What subscribers lack after so many records; nothing is known while the judge is on its way. */
  missingAt(cursor: number): readonly Missing[] {
    return this.#judgement?.missingAt(cursor, this.playback.viewAt(cursor)) ?? [];
  }

  /** Compares the rows as the database has them with the folded ones, unless the run has come further since. */
  async compare(tables: TableRows, records: number): Promise<void> {
    if (records !== this.length || records === 0) return;
    const { playback } = this;
    const fetched = await this.reckon().catch(() => null);
    if (!fetched || records !== this.length || playback !== this.playback) return;
    this.readBack = { tables, records, agrees: fetched.tablesAgree(playback.viewAt(records), tables) };
  }
}
