/** Which records of a counterexample tell what happens, and which are failures among them. */
import { isInteresting } from '../../playback/interesting.ts';
import type { ExploreEndless, ExploreVerdict } from '../../trace/exploration.ts';
import type { RecordKind, TraceRecord } from '../../trace/record.ts';
import type { FailureType } from '../../trace/scenario.ts';

export interface ToldStep {
  readonly record: TraceRecord;
  /** Something fails here. */
  readonly failure: boolean;
  /** The promise is broken here. */
  readonly breaking: boolean;
}

const failures: ReadonlySet<RecordKind> = new Set<RecordKind>([
  'failure.struck',
  'process.crashed',
  'transaction.aborted',
  'bus.refused',
  'bus.confirmationLost',
  'bus.wentDown',
  'bus.dropped',
  'bus.duplicated',
  'bus.delayed',
  'consumer.failed',
  'outbox.leaseExpired',
]);
/** Failures that leave no record of their own but that they struck. */
const silent: ReadonlySet<FailureType> = new Set<FailureType>(['redeliver', 'rebalance', 'expireLease', 'silence']);

/** Whether the record that follows says it better. */
const announced = (record: TraceRecord): boolean =>
  record.kind === 'failure.armed' || (record.kind === 'failure.struck' && !silent.has(record.failure.type));

/** The steps worth telling, the one that breaks the promise last. `from`: so many records are known already. */
export function tellingSteps({ told }: ExploreVerdict, from = 0): ToldStep[] {
  if (!told) return [];
  const { records, verdict } = told;
  const last = verdict.at ?? records.at(-1)?.seq;
  const upTo = records.filter(({ seq }) => seq >= from && (last === undefined || seq <= last));
  return upTo
    .filter((record) => record.seq === last || (isInteresting(record) && !announced(record)))
    .map((record) => ({ record, failure: failures.has(record.kind), breaking: record.seq === last }));
}

/** What goes round where a run never settles; all of it where nothing in it is worth more telling than the rest. */
export function roundOf({ records, from }: ExploreEndless): readonly TraceRecord[] {
  const round = records.slice(from);
  const worth = round.filter((record) => isInteresting(record));
  return worth.length > 0 ? worth : round;
}

/** Of records that are written together, the one that says best what happens: a failure before all else. */
export function tellingRecord(records: readonly TraceRecord[]): TraceRecord | undefined {
  const worth = records.filter((record) => isInteresting(record) && !announced(record));
  return worth.find(({ kind }) => failures.has(kind)) ?? worth.at(-1) ?? records.at(-1);
}
