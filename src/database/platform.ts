/** What the browser itself offers: its databases by name. Without Dexie, so that a page may list them and load nothing. */
import { failureOf } from './failures.ts';
import { StorageLost } from './port.ts';

interface Platform {
  indexedDB: IDBFactory;
  IDBKeyRange: typeof IDBKeyRange;
}

/** The browser's IndexedDB, looked up at each use. @throws StorageLost where it is missing, or asking for it is refused */
export function platform(): Platform {
  let here: Partial<Platform>;
  try {
    here = { indexedDB: globalThis.indexedDB, IDBKeyRange: globalThis.IDBKeyRange };
  } catch (error) {
    throw new StorageLost('missing', error); // some private windows refuse even the asking
  }
  const { indexedDB, IDBKeyRange } = here;
  if (!indexedDB || !IDBKeyRange) throw new StorageLost('missing');
  return { indexedDB, IDBKeyRange };
}

/** The names of this origin's databases that begin so. Rejects with StorageLost. */
export async function listDatabases(prefix: string): Promise<string[]> {
  const { indexedDB } = platform();
  try {
    const all = await indexedDB.databases();
    return all.map(({ name }) => name ?? '').filter((name) => name.startsWith(prefix));
  } catch (error) {
    throw failureOf(error);
  }
}

/**
 * Deletes a database; one that is not there is fine. Whoever has it open is asked to close it, which our drivers do, and
 * waited for. Rejects with StorageLost.
 */
export async function deleteDatabase(name: string): Promise<void> {
  const { indexedDB } = platform();
  const deleted = new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('deleteDatabase failed'));
  });
  await deleted.catch((error: unknown) => {
    throw failureOf(error);
  });
}

/**
 * Deletes the databases whose names begin so and that no one holds any more: those of tabs that are gone. `whileFree` does
 * the work it is given while it keeps everyone else off that name, or, where someone has it, leaves it: as a lock of that
 * name does with `ifAvailable`. Only asking who holds it would not do, as a tab may take it up before it is deleted.
 * Resolves with the names of those deleted, once that is known; never rejects, because what stays only takes up room, and
 * the next sweep tries again.
 */
export async function sweepDatabases(
  prefix: string,
  whileFree: (name: string, work: () => Promise<void>) => Promise<unknown>,
): Promise<string[]> {
  const deleted: string[] = [];
  const sweep = (name: string) =>
    whileFree(name, async () => {
      await deleteDatabase(name);
      deleted.push(name);
    });
  try {
    const names = await listDatabases(prefix);
    // all at once: one that is waited for, because it is open without being held, keeps no other
    await Promise.allSettled(names.map(sweep));
  } catch {
    // a browser that can't list its databases, or has none
  }
  return deleted;
}
