/** What relays do to the outbox, besides reading it. */
import { Refusal } from '../../base/refusal.ts';
import type { DatabaseAnswer, DatabaseRequest, Write } from '../../database/port.ts';
import type { DocumentWrite, EffectName, OutboxRef } from '../../messaging/effects.ts';
import { about, type EffectOf, type Step, type Task } from '../model.ts';
import { claimsReleased, dropHolds, wakeRelays, wakeCleaner } from './turns.ts';
import { positionKey } from './positions.ts';
import { readingEffects } from './reading.ts';
import type { EffectKind, EffectKinds, Rig } from '../rig.ts';
import { aborted, transaction, written } from '../transactions.ts';

type Finishing = 'markPublished' | 'deletePublished';

const finishing: EffectKind<Finishing> = {
  describe: ({ rows }) => (rows.length === 1 ? { position: rows[0]!.position, eventId: rows[0]!.eventId } : {}),
  request: (rig, step, task, effect) => finishRequest(rig, step, task, effect),
  perform: (rig, step, task, effect, answer) => finished(rig, step, task, effect, answer),
};

/** A transaction of plain writes, and what is recorded once it has committed. */
function writing<N extends EffectName>(
  tables: string[],
  writesOf: (effect: EffectOf<N>, step: Step) => Write[],
  done: (rig: Rig, step: Step, task: Task, effect: EffectOf<N>, cause: number, answer: DatabaseAnswer | null) => void,
  describe: EffectKind<N>['describe'] = () => ({}),
): EffectKind<N> {
  return {
    describe,
    request: (rig, step, task, effect) => transaction(rig, step, task, writesOf(effect, step)),
    perform: (rig, step, task, effect, answer) => {
      done(rig, step, task, effect, written(step, task, tables, answer), answer);
    },
  };
}

type RelayEffect =
  | Finishing
  | 'storePosition'
  | 'countAttempt'
  | 'releaseLeases'
  | 'removePublished'
  | 'unpark'
  | keyof typeof readingEffects;

/** The effects of relays and of the clean-up. */
export const relayEffects: EffectKinds<RelayEffect> = {
  ...readingEffects,
  markPublished: finishing as EffectKind<'markPublished'>,
  deletePublished: finishing as EffectKind<'deletePublished'>,
  storePosition: writing(
    ['positions'],
    ({ position }) => [storeWrite(position)],
    (_rig, step, task, { position }, cause) => step.record({ kind: 'relay.advanced', ...about(task), cause, position }),
    ({ position }) => ({ position }),
  ),
  countAttempt: writing(
    ['outbox'],
    ({ row, attempts, park }) => [
      { op: 'update', table: 'outbox', key: row.position, set: { attempts, ...(park && { published: 2 }) } },
    ],
    (_rig, step, task, { row, attempts, park }, cause) =>
      step.record({
        kind: park ? 'outbox.parked' : 'outbox.attemptFailed',
        ...about(task),
        cause,
        ...row,
        attempts,
      }),
    ({ row }) => ({ position: row.position, eventId: row.eventId }),
  ),
  releaseLeases: writing(
    ['leases'],
    ({ aggregates }) => aggregates.map((key): Write => ({ op: 'delete', table: 'leases', key })),
    (rig, step, task, { aggregates }, cause) => {
      dropHolds(step, task.process, { aggregates });
      const released = step.record({ kind: 'outbox.released', ...about(task), cause, aggregates });
      claimsReleased(rig, step, released);
    },
  ),
  removePublished: writing(
    ['outbox'],
    ({ positions }) => positions.map((key): Write => ({ op: 'delete', table: 'outbox', key })),
    (_rig, step, task, { positions }, cause) =>
      step.record({ kind: 'outbox.cleaned', ...about(task), cause, positions }),
  ),
  unpark: writing(
    ['outbox'],
    ({ rows }) =>
      rows.map(({ position: key }): Write => ({
        op: 'update',
        table: 'outbox',
        key,
        set: { published: 0, attempts: undefined },
      })),
    (rig, step, task, { rows }, cause) => {
      for (const row of rows) step.record({ kind: 'outbox.unparked', ...about(task), cause, ...row });
      wakeRelays(rig, step, cause);
    },
  ),
};

const storeWrite = (position: number): Write => ({
  op: 'put',
  table: 'positions',
  row: { id: positionKey, position },
});

function finishRequest(rig: Rig, step: Step, task: Task, effect: EffectOf<Finishing>): DatabaseRequest {
  const { rows, advanceTo, document, effect: name } = effect;
  const remove = name === 'deletePublished';
  const writes = document
    ? [documentWrite(document, remove)]
    : rows.map(({ position }): Write =>
        remove ? { op: 'delete', table: 'outbox', key: position } : { op: 'markOutbox', position, at: step.now },
      );
  return transaction(rig, step, task, [...writes, ...(advanceTo === undefined ? [] : [storeWrite(advanceTo)])]);
}

function documentWrite(document: DocumentWrite, remove: boolean): Write {
  const { table } = document;
  if (!('row' in document)) return { op: 'finishEntry', table, id: document.id, position: document.position, remove };
  const { row, expectedVersion } = document;
  return expectedVersion === null ? { op: 'put', table, row } : { op: 'save', table, row, expectedVersion };
}

/** Rows are marked or removed. @throws Refusal `transactionAborted`, `versionConflict` */
function finished(rig: Rig, step: Step, task: Task, effect: EffectOf<Finishing>, answer: DatabaseAnswer | null): void {
  const { rows, advanceTo, document } = effect;
  const table = document?.table ?? 'outbox';
  if (document && answer?.type === 'aborted' && answer.reason === 'conflict') {
    aborted(step, task, 'conflict', [table]);
    throw new Refusal('versionConflict');
  }
  const tables = advanceTo === undefined ? [table] : [table, 'positions'];
  const cause = written(step, task, tables, answer, document !== undefined && !('row' in document));
  for (const row of rows) recordFinished(rig, step, task, effect.effect, row, cause);
  if (advanceTo !== undefined) step.record({ kind: 'relay.advanced', ...about(task), cause, position: advanceTo });
}

function recordFinished(rig: Rig, step: Step, task: Task, effect: Finishing, row: OutboxRef, cause: number): void {
  dropHolds(step, task.process, { position: row.position });
  if (effect === 'deletePublished') {
    step.record({ kind: 'outbox.deleted', ...about(task), cause, ...row });
    return;
  }
  const marked = step.record({ kind: 'outbox.marked', ...about(task), cause, ...row });
  wakeCleaner(rig, step, marked);
}
