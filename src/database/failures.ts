/** Tells aborts, failures of the storage and defects of this program apart, by the names that browsers and Dexie give to errors. */
import { type Aborted, StorageLost } from './port.ts';

type Reason = Aborted['reason'];

/** Thrown inside a transaction to abort it: after `tx.abort()` Dexie would reject with PrematureCommitError instead. */
export class Abort extends Error {
  override name = 'Abort';
  readonly reason: Reason;
  readonly seen: number | undefined;
  /** `seen`: the version that is stored, where the reason is 'stale'. */
  constructor(reason: Reason, seen?: number) {
    super(reason);
    this.reason = reason;
    this.seen = seen;
  }
}

/** What is answered for a transaction that was aborted on purpose; undefined where something else went wrong. */
export function abortedBy(error: unknown): Aborted | undefined {
  if (!(error instanceof Abort)) return undefined;
  const { reason, seen } = error;
  return { type: 'aborted', reason, ...(seen !== undefined && { seen }) };
}

/** Whether a row could not be added because its key is there already. */
export function isTaken(error: unknown): boolean {
  return namesOf(error).has('ConstraintError');
}

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
function namesOf(error: unknown): Set<string> {
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
