/**
 * The polling publisher: the relay asks the outbox, again and again, for rows that are not published yet, hands each to
 * the bus and marks it. Dying between the two means publishing the row again: at least once, never less.
 */
import { fetchUnpublished, markPublished, publish, type Handler } from '../messaging/effects.ts';

/** How many rows one poll takes. */
export const batchSize = 10;

/** One poll: publishes and marks a batch, oldest first. A row that can't be published ends it, so that order is kept. */
export function* pollingPublisher(): Handler {
  const rows = yield* fetchUnpublished(batchSize);
  for (const row of rows) {
    yield* publish(row.event, { position: row.position });
    yield* markPublished(row);
  }
}
