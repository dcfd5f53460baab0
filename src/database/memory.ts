/** The database in memory: tables as immutable data and a pure function over them; and the driver made of the two. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { Payload } from '../messaging/envelope.ts';
import type { RowWrite } from '../trace/record.ts';
import type {
  Database,
  DatabaseAnswer,
  DatabaseRequest,
  OutboxRow,
  Schema,
  TablesImage,
  TransactionRequest,
  Write,
} from './port.ts';
import { StorageLost } from './port.ts';
import * as rules from './rows.ts';

/** One table. */
export interface Table {
  /** By the key as RowWrite names it. */
  readonly rows: PersistentMap<string | number, Payload>;
  /** The last running number given; 0 where none was. */
  readonly lastNumber: number;
  /** In `outbox`: the positions of the unpublished rows, ascending. Elsewhere empty. */
  readonly unpublished: readonly number[];
}

/** All tables: immutable, versions share what did not change, and fit for `hashValue`. */
export interface Tables {
  readonly schema: Schema;
  readonly byName: Readonly<Record<string, Table>>;
}

/** A transaction at work: the tables as its writes have left them so far. */
interface Draft {
  readonly schema: Schema;
  readonly byName: Record<string, Table>;
  readonly writes: RowWrite[];
}

const noPositions: readonly number[] = [];

/** The tables of a schema, and those that are always there, without rows. */
export function emptyTables(schema: Schema): Tables {
  return tablesOf(schema, { rows: {}, lastNumbers: {} });
}

/**
 * Performs one request: a pure function that takes microseconds. The answer is what IndexedDB would give, content for
 * content. After a read or an abort `tables` is the very same object.
 * @throws Error for a request that makes no sense here, such as an unknown table
 */
export function performOn(tables: Tables, request: DatabaseRequest): { tables: Tables; answer: DatabaseAnswer } {
  rules.checkRequest(tables.schema, request);
  switch (request.type) {
    case 'read':
      return { tables, answer: { type: 'row', row: tables.byName[request.table]!.rows.get(request.key) } };
    case 'readUnpublished': {
      const { rows, unpublished } = tables.byName.outbox!;
      const found = unpublished.slice(0, request.limit).map((position) => rows.get(position) as OutboxRow);
      return { tables, answer: { type: 'rows', rows: found } };
    }
    case 'transaction':
      return transact(tables, request);
  }
}

/** All writes on a draft; an abort forgets the draft, and with it the running numbers it gave. */
function transact(tables: Tables, request: TransactionRequest): { tables: Tables; answer: DatabaseAnswer } {
  const draft: Draft = { schema: tables.schema, byName: { ...tables.byName }, writes: [] };
  for (const write of request.writes) {
    const reason = apply(draft, write);
    if (reason) return { tables, answer: { type: 'aborted', reason } };
  }
  append(draft, 'changes', 'number', rules.newChangeRow(request.id, draft.writes));
  if (request.abort) return { tables, answer: { type: 'aborted', reason: 'failure' } };
  const { schema, byName, writes } = draft;
  return { tables: { schema, byName }, answer: { type: 'committed', writes } };
}

/** One write on the draft; or why it can't be. */
function apply(draft: Draft, write: Write): 'conflict' | 'duplicate' | null {
  switch (write.op) {
    case 'save': {
      const stored = draft.byName[write.table]!.rows.get(write.row.id);
      if (rules.versionOf(stored) !== write.expectedVersion) return 'conflict';
      store(draft, write.table, write.row);
      return null;
    }
    case 'appendOutbox': {
      const position = append(draft, 'outbox', 'position', rules.newOutboxRow(write.event));
      const outbox = draft.byName.outbox!;
      draft.byName.outbox = { ...outbox, unpublished: [...outbox.unpublished, position] };
      return null;
    }
    case 'markOutbox': {
      const stored = draft.byName.outbox!.rows.get(write.position);
      if (!stored) return 'conflict';
      store(draft, 'outbox', rules.publishedRow(stored as OutboxRow, write.at));
      const outbox = draft.byName.outbox!;
      draft.byName.outbox = { ...outbox, unpublished: outbox.unpublished.filter((other) => other !== write.position) };
      return null;
    }
    case 'recordInbox': {
      const row = rules.inboxRow(write);
      if (draft.byName.inbox!.rows.has(rules.keyOf(draft.schema.inbox!, row))) return 'duplicate';
      store(draft, 'inbox', row);
      return null;
    }
    case 'put':
      store(draft, write.table, write.row);
      return null;
    case 'append':
      append(draft, write.table, 'number', write.row);
      return null;
  }
}

/** Puts a row under its own key. */
function store(draft: Draft, name: string, row: Payload): void {
  const table = draft.byName[name]!;
  const write = rules.writtenTo(draft.schema, name, row);
  draft.byName[name] = { ...table, rows: table.rows.set(write.key, row) };
  draft.writes.push(write);
}

/** Adds a row under the table's next running number, and returns that. */
function append(draft: Draft, name: string, field: 'number' | 'position', row: Payload): number {
  const table = draft.byName[name]!;
  const lastNumber = table.lastNumber + 1;
  draft.byName[name] = { ...table, lastNumber };
  store(draft, name, { ...row, [field]: lastNumber });
  return lastNumber;
}

/** The rows of every table in key order. */
export function rowsOf({ schema, byName }: Tables): Record<string, Payload[]> {
  return Object.fromEntries(
    Object.entries(byName).map(([name, { rows }]) => {
      const shape = schema[name]!;
      return [name, [...rows.values()].sort((a, b) => rules.compareRows(shape, a, b))];
    }),
  );
}

/** The content of all tables as plain data. */
export function imageOf(tables: Tables): TablesImage {
  const numbered = Object.entries(tables.byName).filter(([name]) => rules.isNumbered(tables.schema[name]!));
  return {
    rows: rowsOf(tables),
    lastNumbers: Object.fromEntries(numbered.map(([name, { lastNumber }]) => [name, lastNumber])),
  };
}

/**
 * The tables that an image shows; those it does not name are empty. Running numbers go on after `lastNumbers`, or after
 * the last row where that is further.
 * @throws Error for an image with a table that is not there
 */
export function tablesOf(schema: Schema, image: TablesImage): Tables {
  const all = rules.allTables(schema);
  rules.checkImage(all, image);
  const tables = Object.entries(all).map(([name, shape]): [string, Table] => {
    const content = [...(image.rows[name] ?? [])].sort((a, b) => rules.compareRows(shape, a, b));
    const rows = PersistentMap.from(content.map((row) => [rules.keyOf(shape, row), row]));
    const open = name === 'outbox' ? content.filter((row) => row.published === 0) : [];
    const unpublished = open.length ? open.map((row) => row.position as number) : noPositions;
    return [name, { rows, lastNumber: rules.lastNumberOf(name, shape, image), unpublished }];
  });
  return { schema: all, byName: Object.fromEntries(tables) };
}

/** The driver: `performOn`, and the tables it has led to. */
export class MemoryDatabase implements Database {
  readonly kind = 'memory';
  #tables: Tables | null;

  /** A database of these tables, empty unless an image tells otherwise. */
  constructor(schema: Schema, image?: TablesImage) {
    this.#tables = image ? tablesOf(schema, image) : emptyTables(schema);
  }

  /** The tables as they are now. @throws StorageLost after `close` */
  get tables(): Tables {
    if (!this.#tables) throw new StorageLost('lost');
    return this.#tables;
  }

  /** Performs one request. Rejects as the port says. */
  perform(request: DatabaseRequest): Promise<DatabaseAnswer> {
    return promised(() => {
      const { tables, answer } = performOn(this.tables, request);
      this.#tables = tables;
      return answer;
    });
  }

  /** The rows of all tables in key order. Rejects with StorageLost after `close`. */
  readAll(): Promise<Record<string, Payload[]>> {
    return promised(() => rowsOf(this.tables));
  }

  /** Replaces all tables by those of the image. Rejects with StorageLost after `close`. */
  replaceAll(image: TablesImage): Promise<void> {
    return promised(() => {
      this.#tables = tablesOf(this.tables.schema, image);
    });
  }

  /** Forgets the tables; every later call rejects. */
  close(): void {
    this.#tables = null;
  }
}

/** Does the work now; its error becomes a rejection, as in the other driver. */
function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
