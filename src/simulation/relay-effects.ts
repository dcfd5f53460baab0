/** What the relay does to the outbox. */
import { assert } from '../base/assert.ts';
import type { DatabaseAnswer } from '../database/port.ts';
import type { Unpublished } from '../messaging/effects.ts';
import { batchSize } from '../patterns/polling-publisher.ts';
import type { EffectKinds } from './effect-kind.ts';
import { about, type Step, type Task } from './model.ts';
import { moreRows } from './relay.ts';
import { transaction, written } from './transactions.ts';

/** Gives the relay its batch. */
function fetched(step: Step, task: Task, answer: DatabaseAnswer | null): Unpublished[] {
  assert(answer?.type === 'rows', 'a fetch is answered by rows');
  step.record({ kind: 'relay.fetched', ...about(task), positions: answer.rows.map((row) => row.position) });
  if (answer.rows.length === batchSize) moreRows(step);
  return answer.rows.map(({ position, event }) => ({ position, event }));
}
