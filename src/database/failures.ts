/** Tells the failures of the storage from defects of this program, by the names that browsers and Dexie give to errors. */
import { StorageLost } from './port.ts';

/** The connection is dead, or the browser gave a transaction up: worth opening the database again. */
const lossNames = new Set([
  'AbortError',
  'DatabaseClosedError',
  'InvalidStateError',
  'NotFoundError', // the tables went with a database that was deleted from outside
  'OpenFailedError',
  'TimeoutError',
  'TransactionInactiveError',
  'UnknownError',
]);

/** The names of an error and of those it wraps: Dexie keeps the browser's in `inner`, a full disk comes as an AbortError. */
export function namesOf(error: unknown): Set<string> {
  const names = new Set<string>();
  let layer: unknown = error;
  for (let depth = 0; depth < 8 && typeof layer === 'object' && layer !== null; depth++) {
    const { name, inner } = layer as { name?: unknown; inner?: unknown };
    names.add(String(name));
    layer = inner;
  }
  return names;
}

/** No room is left for this origin. */
export function isFull(error: unknown): boolean {
  return namesOf(error).has('QuotaExceededError');
}

/** The storage failed in a way that opening it again may cure. */
export function isLost(error: unknown): boolean {
  return !isFull(error) && [...namesOf(error)].some((name) => lossNames.has(name));
}

/** What a caller of the port is told: StorageLost for a failure of the storage; a defect stays as it is. */
export function failureOf(error: unknown): unknown {
  if (error instanceof StorageLost) return error;
  if (isFull(error)) return new StorageLost('full', error);
  return isLost(error) ? new StorageLost('lost', error) : error;
}
