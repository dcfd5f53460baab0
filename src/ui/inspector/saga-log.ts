/**
 * What became of each saga and process, step by step: a fold of the records for the tabs about them. Each record is looked
 * at once as the trace grows; every question is about the first so many records.
 */
import type { IgnoredReason, Received, RecordOf, TraceRecord } from '../../trace/record.ts';
import type { Payload } from '../../trace/scenario.ts';

/** A command that left an instance: through its outbox, or called by the handler itself. */
export interface Issued {
  readonly seq: number;
  readonly name: string;
  readonly to: string;
  readonly token: string;
  readonly commandId: string;
  readonly direct: boolean;
}

/** A timeout that was set. */
export interface TimerSet {
  readonly seq: number;
  readonly timer: string;
  readonly token: string;
  readonly due: number;
}

/** A step of an instance: what came in, what that made of it, what went out. */
export interface SagaStep {
  readonly seq: number;
  readonly at: number;
  readonly version: number;
  readonly received: Received;
  /** null: it began with this step. */
  readonly from: string | null;
  readonly to: string;
  readonly before: Payload;
  readonly after: Payload;
  readonly attempt: number;
  readonly waiting: boolean;
  readonly waitsFor: string | null;
  readonly ended: boolean;
  readonly commands: readonly Issued[];
  readonly timers: readonly TimerSet[];
}

/** A message that changed nothing. `policy`: what is done about one whose instance is not there. */
export interface Unmoved {
  readonly seq: number;
  readonly at: number;
  readonly instance: string;
  readonly received: Received;
  readonly reason: IgnoredReason;
  readonly state: string | null;
  readonly policy: 'discard' | 'retry' | null;
}

/** An instance at a step of the trace. */
export interface InstanceAt {
  readonly id: string;
  readonly definition: string;
  readonly state: string;
  readonly version: number;
  readonly attempt: number;
  readonly startedAt: number;
  readonly movedAt: number;
  readonly waiting: boolean;
  readonly waitsFor: string | null;
  /** Until when it waits, virtual ms; null where it has no deadline. */
  readonly until: number | null;
  readonly ended: boolean;
  /** Its row is gone. */
  readonly deleted: boolean;
  /** How often another handler was quicker. */
  readonly conflicts: number;
  /** `seq` of its last step. */
  readonly seq: number;
}

type Draft = SagaStep & { commands: Issued[]; timers: TimerSet[]; task: string };

interface Known {
  id: string;
  definition: string;
  steps: Draft[];
  conflicts: number[];
  deleted: number[];
  fired: { seq: number; timer: string; token: string }[];
}

/** How many of these come before a step. */
function countBefore<T>(list: readonly T[], cursor: number, seqOf: (one: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seqOf(list[middle]!) < cursor) low = middle + 1;
    else high = middle;
  }
  return low;
}

const bySeq = ({ seq }: { seq: number }): number => seq;
const itself = (seq: number): number => seq;

/** Reads a growing trace for all there is about sagas and processes. */
export class SagaLog {
  #records: readonly TraceRecord[] | null = null;
  #looked = 0;
  #known = new Map<string, Known>();
  #unmoved: Unmoved[] = [];
  /** Direct calls whose transaction has not come yet, by task. */
  #calls = new Map<string, Issued[]>();
  #called: (Issued & { instance: string; at: number })[] = [];

  /** Looks at the records that have come; another trace is begun anew. */
  read(records: readonly TraceRecord[]): this {
    if (records !== this.#records || records.length < this.#looked) {
      this.#records = records;
      this.#looked = 0;
      this.#known = new Map();
      this.#unmoved = [];
      this.#calls = new Map();
      this.#called = [];
    }
    for (; this.#looked < records.length; this.#looked++) this.#take(records[this.#looked]!);
    return this;
  }

  /** The instances after so many records, the newest first. */
  instancesAt(cursor: number): InstanceAt[] {
    const all: InstanceAt[] = [];
    for (const known of this.#known.values()) {
      const count = countBefore(known.steps, cursor, bySeq);
      if (count > 0) all.push(instanceOf(known, count, cursor));
    }
    return all.sort((a, b) => b.startedAt - a.startedAt);
  }

  /** The steps of an instance within so many records, oldest first. */
  stepsOf(instance: string, cursor: number): readonly SagaStep[] {
    const steps = this.#known.get(instance)?.steps ?? [];
    return steps.slice(0, countBefore(steps, cursor, bySeq));
  }

  /** The messages that changed nothing within so many records, oldest first. */
  unmovedAt(cursor: number): readonly Unmoved[] {
    return this.#unmoved.slice(0, countBefore(this.#unmoved, cursor, bySeq));
  }

  /** The direct calls within so many records, oldest first. */
  callsAt(cursor: number): readonly (Issued & { instance: string; at: number })[] {
    return this.#called.slice(0, countBefore(this.#called, cursor, bySeq));
  }

  #take(record: TraceRecord): void {
    switch (record.kind) {
      case 'saga.moved':
        return this.#move(record);
      case 'saga.called':
        return this.#call(record);
      case 'saga.commandIssued':
        return void this.#lastOf(record)?.commands.push(issuedOf(record, false));
      case 'timer.set': {
        const { seq, timer, token, due } = record;
        return void this.#lastOf(record)?.timers.push({ seq, timer, token, due });
      }
      case 'timer.fired':
        return void this.#known.get(record.instance)?.fired.push(record);
      case 'saga.conflicted':
        return void this.#known.get(record.instance)?.conflicts.push(record.seq);
      case 'saga.deleted':
        return void this.#known.get(record.instance)?.deleted.push(record.seq);
      case 'saga.ignored':
        return this.#leave(record, record.reason, record.state ?? null, null);
      case 'saga.notFound':
        return this.#leave(record, 'notFound', null, record.policy);
    }
  }

  #move(record: RecordOf<'saga.moved'>): void {
    const { instance: id, definition, seq, at, version, received, to, context, task } = record;
    const { attempt, waiting, waitsFor, ended } = record;
    let known = this.#known.get(id);
    if (!known) this.#known.set(id, (known = { id, definition, steps: [], conflicts: [], deleted: [], fired: [] }));
    const commands = this.#calls.get(task) ?? [];
    this.#calls.delete(task);
    const before = record.from === undefined ? {} : (known.steps.at(-1)?.after ?? {});
    const step = { seq, at, version, received, from: record.from ?? null, to, before, after: context, task };
    known.steps.push({ ...step, attempt, waiting, waitsFor: waitsFor ?? null, ended, commands, timers: [] });
  }

  #call(record: RecordOf<'saga.called'>): void {
    const issued = issuedOf(record, true);
    this.#called.push({ ...issued, instance: record.instance, at: record.at });
    this.#calls.set(record.task, [...(this.#calls.get(record.task) ?? []), issued]);
  }

  /** The step of the commit that a record belongs to. */
  #lastOf({ instance, task }: { instance: string; task: string }): Draft | null {
    const last = this.#known.get(instance)?.steps.at(-1);
    return last?.task === task ? last : null;
  }

  #leave(
    { seq, at, instance, received }: RecordOf<'saga.ignored' | 'saga.notFound'>,
    reason: IgnoredReason,
    state: string | null,
    policy: Unmoved['policy'],
  ): void {
    this.#unmoved.push({ seq, at, instance, received, reason, state, policy });
  }
}

function issuedOf(
  { seq, name, to, token, commandId }: RecordOf<'saga.called' | 'saga.commandIssued'>,
  direct: boolean,
): Issued {
  return { seq, name, to, token, commandId, direct };
}

function instanceOf(known: Known, count: number, cursor: number): InstanceAt {
  const last = known.steps[count - 1]!;
  // an instance that was deleted and began again is a new one
  const gone = countBefore(known.deleted, cursor, itself);
  const deletedAt = gone === 0 ? -1 : known.deleted[gone - 1]!;
  const start = known.steps.slice(0, count).findLast(({ from }) => from === null) ?? known.steps[0]!;
  return {
    id: known.id,
    definition: known.definition,
    state: last.to,
    version: last.version,
    attempt: last.attempt,
    startedAt: start.at,
    movedAt: last.at,
    waiting: last.waiting,
    waitsFor: last.waitsFor,
    until: last.waiting ? deadlineOf(known, last, cursor) : null,
    ended: last.ended,
    deleted: deletedAt > last.seq,
    conflicts: countBefore(known.conflicts, cursor, itself),
    seq: last.seq,
  };
}

/** When the newest timeout of the state comes, unless it has come. */
function deadlineOf(known: Known, last: SagaStep, cursor: number): number | null {
  const set = last.timers.filter(({ seq }) => seq < cursor).at(-1);
  if (!set) return null;
  const fired = known.fired.some(
    ({ seq, timer, token }) => seq > set.seq && seq < cursor && timer === set.timer && token === set.token,
  );
  return fired ? null : set.due;
}

type Change = [name: string, from: unknown, to: unknown];

const isRecord = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a step changed in what an instance knows: by name, from what to what; of an object, only what is new in it. */
export function changesOf({ before, after }: Pick<SagaStep, 'before' | 'after'>): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): Change[] => {
    const [from, to] = [before[name], after[name]];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    if (!isRecord(to) || (from !== undefined && !isRecord(from))) return [[name, from, to]];
    const inside = changesOf({ before: from ?? {}, after: to });
    return inside.map(([key, old, now]): Change => [`${name}.${key}`, old, now]);
  });
}
