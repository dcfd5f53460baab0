/** What the Verify view is about: which rows, within which bounds, what has been found, and which cell is looked at. */
import type { ExploreEndless } from '../../trace/exploration.ts';
import type { Flow, Options } from '../../trace/scenario.ts';
import { boundsKey, defaultBounds, requestOf, type Bounds } from './bounds.ts';
import type { Asked } from './cell-address.ts';
import { cellOf, type Cell } from './cells.ts';
import { nearest, type Neighbour } from './neighbour.ts';
import { Pool } from './pool.svelte.ts';
import { columnsOf, judgedIn, presetsOf, rowOf, rowsOf, type Preset, type Row } from './rows.ts';

/** The place of a cell: the key of its row, and its promise. */
export interface Place {
  readonly row: string;
  readonly promise: string;
}

export class Verification {
  readonly pool: Pool;
  #flow = $state<Flow>('campaign');
  #preset = $state<Preset>('chapter');
  #bounds = $state.raw<Bounds>(defaultBounds('campaign'));
  /** Rows the reader has chosen, and those taken away: by their keys. */
  #added = $state.raw<readonly Row[]>([]);
  #removed = $state.raw<readonly string[]>([]);
  selected = $state.raw<Place | null>(null);

  readonly rows: readonly Row[] = $derived.by(() => {
    const ready = rowsOf(this.#flow, this.#preset).filter(({ key }) => !this.#removed.includes(key));
    return [...ready, ...this.#added.filter(({ key }) => ready.every((row) => row.key !== key))];
  });
  readonly columns: readonly string[] = $derived(columnsOf(this.rows, this.#flow));
  readonly #key = $derived(boundsKey(this.#bounds));
  /** By row, which of the columns are judged there. */
  readonly #judged = $derived(judgedIn(this.rows, this.#flow));
  /** Results are shown that were found within other bounds. */
  readonly stale: boolean = $derived(
    this.rows.some(({ key }) => {
      const id = this.#id(key);
      const outcome = this.pool.outcomes[id];
      return outcome !== undefined && outcome.bounds !== this.#key && !this.pool.queued[id];
    }),
  );
  /** Nothing has been found about these rows. */
  readonly empty: boolean = $derived(this.rows.every(({ key }) => this.pool.outcomes[this.#id(key)] === undefined));
  /** The rows whose answer within these bounds is not there. */
  readonly open: readonly Row[] = $derived(
    this.rows.filter(({ key }) => this.pool.outcomes[this.#id(key)]?.bounds !== this.#key),
  );

  /** `make` starts a worker. */
  constructor(make: () => Worker, asked: Asked) {
    this.pool = new Pool(make);
    this.#flow = asked.flow;
    this.#preset = asked.preset;
    this.#bounds = asked.bounds;
    if (!asked.row) return;
    this.#added = [asked.row];
    const promise = asked.promise ?? columnsOf([asked.row], asked.flow)[0];
    if (promise !== undefined) this.selected = { row: asked.row.key, promise };
  }

  get flow(): Flow {
    return this.#flow;
  }
  get preset(): Preset {
    return this.#preset;
  }
  get bounds(): Bounds {
    return this.#bounds;
  }

  /** Shows another flow from its first choice of rows on. */
  changeFlow(flow: Flow): void {
    this.pool.cancel();
    this.#flow = flow;
    this.#bounds = defaultBounds(flow);
    this.choosePreset(presetsOf[flow][0]);
  }

  choosePreset(preset: Preset): void {
    this.pool.cancel();
    this.#preset = preset;
    this.#added = [];
    this.#removed = [];
    this.selected = null;
  }

  /** What was found within other bounds stays to be seen, and is told apart. */
  changeBounds(change: Partial<Bounds>): void {
    this.pool.cancel();
    this.#bounds = { ...this.#bounds, ...change };
  }

  addRow(named: Partial<Options>): void {
    const row = rowOf(this.#flow, named);
    this.#removed = this.#removed.filter((key) => key !== row.key);
    this.#added = [...this.#added.filter(({ key }) => key !== row.key), row];
  }

  removeRow(key: string): void {
    this.pool.drop(this.#id(key));
    this.#added = this.#added.filter((row) => row.key !== key);
    this.#removed = [...this.#removed, key];
    if (this.selected?.row === key) this.selected = null;
  }

  /** Explores these rows; all that are not answered unless given. */
  explore(rows: readonly Row[] = this.open.length > 0 ? this.open : this.rows): void {
    const tasks = rows.map((row) => ({ key: this.#id(row.key), request: requestOf(this.#flow, row, this.#bounds) }));
    this.pool.start(tasks, this.#key);
  }

  row(key: string): Row | undefined {
    return this.rows.find((row) => row.key === key);
  }

  cell(row: Row, promise: string): Cell {
    const id = this.#id(row.key);
    const { outcomes, progress, queued } = this.pool;
    return cellOf(promise, this.#judged.get(row.key)?.has(promise) ?? false, {
      outcome: outcomes[id],
      progress: progress[id],
      queued: queued[id] === true,
      bounds: this.#key,
    });
  }

  /** A run of this row that never settles; null where none was found within these bounds. */
  endless(row: Row): ExploreEndless | null {
    const outcome = this.pool.outcomes[this.#id(row.key)];
    return outcome?.status === 'explored' && outcome.bounds === this.#key ? (outcome.report.endless ?? null) : null;
  }

  /** The row most like this one in which the promise stands so, as far as that is known within these bounds. */
  neighbour(from: Row, promise: string, status: 'holds' | 'broken'): Neighbour | null {
    const such = this.rows.filter((row) => {
      const cell = this.cell(row, promise);
      return cell.status === status && !cell.stale;
    });
    // a cure that breaks the least else
    const broken = (row: Row) => this.columns.filter((column) => this.cell(row, column).status === 'broken').length;
    return nearest(from, such, broken);
  }

  /** Rows of different flows may have the same options. */
  #id(key: string): string {
    return `${this.#flow}?${key}`;
  }
}
