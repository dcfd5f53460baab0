/**
 * IndexedDB for Node, with a mend. By the standard (and in browsers) an abort takes a key generator back to where it was;
 * fake-indexeddb 6.2.8 forgets that where the key was given by hand.
 */
import 'fake-indexeddb/auto';

/** As much as is touched here of the object behind an IDBObjectStore. */
interface RawStore {
  keyGenerator: { num: number } | null;
  storeRecord: (record: unknown, noOverwrite: boolean, rollbackLog?: (() => void)[]) => unknown;
}

const handles = IDBObjectStore.prototype as unknown as {
  add: (...args: unknown[]) => unknown;
  _rawObjectStore: RawStore;
};
const { add } = handles;
let mended = false;

handles.add = function (this: typeof handles, ...args) {
  // the class of raw stores is not exported: the first one that is met shows it
  if (!mended) mend(Object.getPrototypeOf(this._rawObjectStore) as RawStore);
  mended = true;
  return add.apply(this, args);
};

function mend(stores: RawStore): void {
  const { storeRecord } = stores;
  stores.storeRecord = function (this: RawStore, record, noOverwrite, rollbackLog) {
    const { keyGenerator } = this;
    const before = keyGenerator?.num;
    if (keyGenerator && before !== undefined) rollbackLog?.push(() => (keyGenerator.num = before));
    return storeRecord.call(this, record, noOverwrite, rollbackLog);
  };
}
