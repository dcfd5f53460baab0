/** The oracle on what subscribers write: S12, L9 and L10. */
import type { RecordOf, RowWrite } from '../../src/trace/record.ts';
import { sagas, sameEvent, type Pair, type Reading, type Status } from './oracle-reading.ts';

type Applied = RecordOf<'consumer.effectApplied'>;

/** What the transaction that a record names as its cause has put where. */
function putsOf(all: Reading, { cause }: { cause?: number }): RowWrite[] {
  const commit = all.records[cause ?? -1];
  return commit?.kind === 'transaction.committed' ? commit.writes.filter(({ op }) => op === 'put') : [];
}

const effectsOf = (all: Reading, record: { cause?: number }): RowWrite[] =>
  putsOf(all, record).filter(({ table }) => !['inbox', 'versions', 'changes'].includes(table));

/** S12 is violated: one of the two is written, and the other neither with it nor before. */
export const inboxApart = (all: Reading): boolean =>
  all
    .of('inbox.recorded')
    .some(
      (recorded) =>
        !sagas.includes(recorded.subscription) &&
        effectsOf(all, recorded).length === 0 &&
        !all.of('consumer.effectApplied').some((applied) => sameEvent(applied, recorded) && applied.seq < recorded.seq),
    ) ||
  all
    .of('consumer.effectApplied')
    .some(
      (applied) =>
        !putsOf(all, applied).some(({ table }) => table === 'inbox') &&
        !all.of('inbox.recorded').some((recorded) => sameEvent(recorded, applied) && recorded.seq < applied.seq),
    );

/** L10 is violated by an effect that came again after the inbox had forgotten it. */
export const forgottenAndApplied = (all: Reading): boolean =>
  all
    .of('consumer.effectApplied')
    .some(
      (applied) =>
        all
          .of('inbox.forgotten')
          .some(
            ({ subscription, eventIds, seq }) =>
              subscription === applied.subscription && eventIds.includes(applied.eventId) && seq < applied.seq,
          ) && all.of('consumer.effectApplied').some((other) => sameEvent(other, applied) && other.seq < applied.seq),
    );

const appends = (all: Reading, applied: Applied): boolean =>
  effectsOf(all, applied).some(({ key }) => typeof key === 'number');

/** L9 over a trace at rest. `missing`: committed events without their effect. */
export function converges(all: Reading, missing: readonly (Pair & { status: Status })[]): Status {
  const effects = all.of('consumer.effectApplied');
  const needed = missing.filter((pair) => !isSuperseded(all, pair));
  const wrong =
    needed.some(({ status }) => status === 'broken') ||
    effects.some((one) => appends(all, one) && !all.isCommitted(one.eventId)) ||
    effects.some(
      (one) =>
        appends(all, one) &&
        effects.some((other) => other.seq > one.seq && sameEvent(other, one) && appends(all, other)),
    ) ||
    effects.some((one) => hasWrongLastWord(all, one));
  if (wrong) return 'broken';
  return needed.length > 0 ? 'parked' : 'holds';
}

/** It would not show any more: the subscription appends nothing, and a later version has been applied. */
function isSuperseded(all: Reading, { subscription, eventId }: Pair): boolean {
  const mine = all.of('consumer.effectApplied').filter((applied) => applied.subscription === subscription);
  if (mine.some((applied) => appends(all, applied))) return false;
  const event = all.committed().find((one) => one.eventId === eventId)!;
  return mine.some(
    (applied) => applied.aggregateId === event.aggregateId && applied.aggregateVersion > event.aggregateVersion,
  );
}

/** The effect was the last to write some row, and it was not committed, or one of a later version that was had written it before. */
function hasWrongLastWord(all: Reading, applied: Applied): boolean {
  const writesSame = (other: Applied, row: RowWrite): boolean =>
    other.subscription === applied.subscription &&
    effectsOf(all, other).some(({ table, key }) => table === row.table && key === row.key);
  return effectsOf(all, applied)
    .filter(({ key }) => typeof key === 'string')
    .some((row) => {
      const writers = all.of('consumer.effectApplied').filter((other) => writesSame(other, row));
      if (writers.some(({ seq }) => seq > applied.seq)) return false;
      return (
        !all.isCommitted(applied.eventId) ||
        writers.some(
          ({ eventId, aggregateVersion }) => aggregateVersion > applied.aggregateVersion && all.isCommitted(eventId),
        )
      );
    });
}
