/**
 * The rule about the budget at any step: what each side answers when it is asked now, when the rule did not hold and for how
 * long, and how often commands got in each other's way.
 */
import type { Fold } from '../../verdicts/fold.ts';
import { windows, windowsOf, type BoundaryFacts, type MeasuredWindow } from '../../verdicts/boundary-facts.ts';
import type { View } from '../../playback/view.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Options, Payload } from '../../trace/scenario.ts';

/** What one side knows: amounts by campaign, and what they come to. */
export interface Side {
  readonly amounts: readonly (readonly [campaign: string, amount: number])[];
  readonly total: number;
}

/** What a query on each side answers. */
export interface Answers {
  readonly limit: number;
  /** What the budget knows to be taken. */
  readonly budget: Side;
  /** What the campaigns know to be active; null where there is no other side. */
  readonly campaigns: Side | null;
}

const numberIn = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function sideOf(amounts: unknown): Side {
  const all = Object.entries((amounts ?? {}) as Record<string, unknown>).map(
    ([campaign, amount]) => [campaign, numberIn(amount)] as const,
  );
  const taken = all.filter(([, amount]) => amount !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return { amounts: taken, total: taken.reduce((sum, [, amount]) => sum + amount, 0) };
}

/** What each side answers at a step. */
export function answersAt({ tables }: Pick<View, 'tables'>, boundary: Options['boundary']): Answers {
  const one = (table: string, id: string): Payload => tables[table]?.rows.get(id)?.row ?? {};
  const row = boundary === 'tooLarge' ? one('accounts', 'account') : one('budgets', 'budget');
  const budget = sideOf(boundary === 'apart' ? row['reserved'] : row['commitments']);
  const limit = numberIn(row['limit']);
  if (boundary !== 'apart') return { limit, budget, campaigns: null };
  const active: Record<string, unknown> = {};
  tables['campaigns']?.rows.forEach(({ key, row: campaign }) => {
    if (campaign['state'] === 'ACTIVE') active[String(key)] = campaign['amount'];
  });
  return { limit, budget, campaigns: sideOf(active) };
}

/** By how much the two sides disagree, campaign by campaign; 0 where they agree or there is only one. */
export function disagreement({ budget, campaigns }: Answers): number {
  if (campaigns === null) return 0;
  const reserved = new Map(budget.amounts);
  const names = new Set([...reserved.keys(), ...campaigns.amounts.map(([name]) => name)]);
  const active = new Map(campaigns.amounts);
  return [...names].reduce((sum, name) => sum + Math.abs((active.get(name) ?? 0) - (reserved.get(name) ?? 0)), 0);
}

/** By how much what is active exceeds the budget; 0 where it does not. */
export const excessOf = ({ limit, budget, campaigns }: Answers): number =>
  Math.max(0, (campaigns ?? budget).total - limit);

/** Keeps the windows and conflicts of a growing trace. Each record is looked at once. */
export class LensLog {
  #records: readonly TraceRecord[] | null = null;
  #boundary: Options['boundary'] | null = null;
  #fold: Fold<BoundaryFacts> | null = null;
  #looked = 0;
  #known: { seq: number; facts: BoundaryFacts }[] = [];
  #conflicts: { seq: number; aggregate: string }[] = [];
  /** Which aggregate a task has loaded. */
  #loaded = new Map<string, string>();

  /** Looks at the records that have come; another trace is begun anew. */
  read(records: readonly TraceRecord[], options: Options): this {
    if (records !== this.#records || options.boundary !== this.#boundary || records.length < this.#looked) {
      this.#records = records;
      this.#boundary = options.boundary;
      this.#fold = windows(options);
      this.#looked = 0;
      this.#known = [];
      this.#conflicts = [];
      this.#loaded = new Map();
    }
    for (; this.#looked < records.length; this.#looked++) this.#take(records[this.#looked]!);
    return this;
  }

  /** The times within so many records at which the rule did not hold, oldest first. */
  windowsAt(cursor: number): MeasuredWindow[] {
    const found = this.#known.findLast(({ seq }) => seq < cursor);
    return found ? windowsOf(found.facts, cursor) : [];
  }

  /** How often a commit came too late within so many records, by aggregate, the most first. */
  conflictsAt(cursor: number): [aggregate: string, count: number][] {
    const counts = new Map<string, number>();
    for (const { seq, aggregate } of this.#conflicts) {
      if (seq < cursor) counts.set(aggregate, (counts.get(aggregate) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]);
  }

  #take(record: TraceRecord): void {
    const before = this.#known.at(-1)?.facts ?? this.#fold!.start;
    const facts = this.#fold!.step(before, record);
    if (facts !== before) this.#known.push({ seq: record.seq, facts });
    if (record.kind === 'aggregate.loaded') this.#loaded.set(record.task, record.aggregateId);
    else if (record.kind === 'saga.loaded') this.#loaded.set(record.task, record.instance);
    else if (record.kind === 'transaction.aborted' && record.reason === 'conflict') {
      const aggregate = this.#loaded.get(record.task) ?? record.tables[0] ?? record.process;
      this.#conflicts.push({ seq: record.seq, aggregate });
    }
  }
}
