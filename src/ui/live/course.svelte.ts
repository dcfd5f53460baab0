/** What the page knows of the run on show: as the worker told it, folded, nothing of its own. */
import { Playback } from '../../playback/timeline.ts';
import type { FlowParts, StorageState, TableRows } from '../../trace/control.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Scenario } from '../../trace/scenario.ts';
import type { Problem, Run } from '../run.ts';
import type { Opened } from './exchange.ts';
import { tablesAgree } from './read-back.ts';

const noParts: FlowParts = { processes: [], subscriptions: [], tables: {} };

export class Course {
  playback = $state.raw(new Playback(noParts));
  /** Records received: reactive, as the playback grows in place. */
  length = $state(0);
  scenario = $state.raw<Scenario>() as Scenario;
  storage = $state.raw<StorageState | null>(null);
  link = $state<Run['link']>('starting');
  problem = $state.raw<Problem | null>(null);
  readBack = $state.raw<Run['readBack']>(null);

  /** Another run is open, with all it has written so far. */
  open(run: Opened, records: readonly TraceRecord[]): void {
    this.playback = new Playback(run.parts);
    this.append(records);
    this.scenario = run.scenario;
    this.storage = run.storage;
    this.link = 'running';
    this.readBack = null;
  }

  /** The run has written more. */
  append(records: readonly TraceRecord[]): void {
    this.playback.append(records);
    this.length = this.playback.records.length;
  }

  /** Compares the rows as the database has them with the folded ones, unless the run has come further since. */
  compare(tables: TableRows, records: number): void {
    if (records !== this.length) return;
    this.readBack = { tables, records, agrees: tablesAgree(this.playback.viewAt(records), tables) };
  }
}
