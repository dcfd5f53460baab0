/** Connections to IndexedDB: how the tables are declared to Dexie, and how a database gets another content under its name. */
import { Dexie } from 'dexie';
import type { Transaction as DexieTransaction } from 'dexie';
import type { Payload } from '../messaging/envelope.ts';
import { platform } from './platform.ts';
import type { Schema, TablesImage } from './port.ts';
import * as rules from './rows.ts';

/**
 * The version of a database that was just made. A database counts on from there, by two each time its tables are replaced;
 * so another shape of the tables begins another million, and whatever an earlier page has left behind is older than that:
 * opening it adds the tables and indexes it lacks. The first shape began at 1.
 */
const firstVersion = 3_000_000;

/** A connection, not open yet, to the database of this name. Opening it makes the tables, or those that are not there. */
export function connectionTo(name: string, schema: Schema): Dexie {
  const db = connection(name);
  db.version(firstVersion).stores(storesOf(schema));
  return db;
}

/**
 * A connection, not open yet, that makes all tables anew with the content of the image when it is opened: in one upgrade
 * transaction, all or nothing. Clearing the tables would not do, because IndexedDB's running numbers never go back, and
 * going back is what this is for.
 */
export function successor(db: Dexie, schema: Schema, image: TablesImage): Dexie {
  const version = Math.ceil(db.backendDB().version / 10); // Dexie counts in tens
  const next = connection(db.name);
  next.version(version + 1).stores({});
  next
    .version(version + 2)
    .stores(storesOf(schema))
    .upgrade((tx) => Dexie.Promise.all(Object.keys(schema).map((table) => fill(tx, schema, table, image))));
  return next;
}

/** Opens a connection that may be dead, or closed, once more. */
export function reopen(db: Dexie): PromiseLike<Dexie> {
  db.close();
  return db.open();
}

function fill(tx: DexieTransaction, schema: Schema, name: string, image: TablesImage): PromiseLike<unknown> {
  const table = tx.table<Payload>(name);
  const last = rules.lastNumberOf(name, schema[name]!, image);
  const addRows = () => table.bulkAdd(image.rows[name] ?? []);
  if (last === 0) return addRows();
  // a row that comes and goes is how a key generator is told where to go on
  const passing = table.put({ [schema[name]!.key]: last }).then(() => table.delete(last));
  return passing.then(addRows);
}

function connection(name: string): Dexie {
  const db = new Dexie(name, {
    ...platform(),
    autoOpen: false, // Dexie would open, and make anew, what someone else has deleted
    cache: 'disabled', // serves live queries only
    chromeTransactionDurability: 'relaxed', // outlives a crash of the browser; a power cut may cost the last steps
  });
  db.on('blocked', () => false); // Dexie's own subscriber complains in the console; all we can do is wait
  return db;
}

/** The tables in Dexie's words, each with its key and its indexes. */
function storesOf(schema: Schema): Record<string, string> {
  return Object.fromEntries(
    Object.entries(schema).map(([name, shape]) => {
      if (shape.key === 'pair') return [name, `[${shape.fields.join('+')}]`];
      if (shape.key === 'position') return [name, '++position,[published+position]'];
      // the rows of a log of one's own may have a time too, which no one asks for
      if (shape.key === 'number') {
        const indexes = (shape.indexes ?? []).map((field) => `[${field}+number]`);
        return [name, ['++number', ...(name === 'changes' ? ['at'] : []), ...indexes].join(',')];
      }
      return [name, shape.documents ? 'id,pending' : 'id'];
    }),
  );
}
