/** Parked rows: the relay has given them up, and a person says that they are worth another try. */
import { fetchParked, unpark, type Handler } from '../messaging/effects.ts';

/** How many parked rows are looked for at once. */
export const parkedAtOnce = 100;

/** Makes the parked rows unpublished again. */
export function* unparkRows(): Handler {
  const rows = yield* fetchParked(parkedAtOnce);
  if (rows.length > 0) yield* unpark(rows);
}
