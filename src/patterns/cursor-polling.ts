/**
 * Cursor polling: the relay remembers the position of the last row it published and asks for what comes after it. Positions
 * are taken when a row is inserted, commits come in another order: a row that commits late, below the cursor, is never
 * seen. The fence, reading only below the first position an open transaction holds, cures that, and stalls behind it.
 */
import { fetchAfter, finish, publish, readPosition, type Handler } from '../messaging/effects.ts';
import { batchSize, finishing, refOf, type RelaySettings } from './relay.ts';

/** One poll: publishes a batch after the cursor, and moves the cursor with each row, or with the last one. */
export function* cursorPolling(settings: RelaySettings): Handler {
  const cursor = yield* readPosition();
  const rows = yield* fetchAfter(cursor, batchSize);
  for (const row of rows) {
    const done = { rows: [refOf(row)], advanceTo: row.position };
    if (settings.afterPublish === 'markFirst') yield* finish('mark', done); // the mistake
    yield* publish(row.event, { position: row.position });
    if (settings.afterPublish !== 'markFirst' && settings.marking === 'each') yield* finish(finishing(settings), done);
  }
  const last = rows.at(-1);
  if (settings.marking === 'batch' && last)
    yield* finish(finishing(settings), { rows: rows.map(refOf), advanceTo: last.position });
}
