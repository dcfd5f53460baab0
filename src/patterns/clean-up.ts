/** The clean-up: marked rows are of no use to the relay and stay until somebody removes them. A job that does. */
import { fetchPublished, removePublished, type Handler } from '../messaging/effects.ts';

/** How many rows are removed at once. */
export const removedAtOnce = 20;

/** Removes rows that were published a while ago, until there are none. */
export function* cleanUp(): Handler {
  for (;;) {
    const positions = yield* fetchPublished(removedAtOnce);
    if (positions.length === 0) return;
    yield* removePublished(positions);
  }
}
