/** The tables of the database in memory, as immutable data: made from an image, and shown as one. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { Payload } from '../messaging/envelope.ts';
import { checkImage } from './check-request.ts';
import type { OutboxRow, Schema, TablesImage } from './port.ts';
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

const noPositions: readonly number[] = [];

/** The tables of a schema, and those that are always there, without rows. */
export function emptyTables(schema: Schema): Tables {
  return tablesOf(schema, { rows: {}, lastNumbers: {} });
}

/**
 * The tables that an image shows; those it does not name are empty. Running numbers go on after `lastNumbers`, or after
 * the last row where that is further.
 * @throws Error for an image with a table that is not there
 */
export function tablesOf(schema: Schema, image: TablesImage): Tables {
  const all = rules.allTables(schema);
  checkImage(all, image);
  const tables = Object.entries(all).map(([name, shape]): [string, Table] => {
    const content = [...(image.rows[name] ?? [])].sort((a, b) => rules.compareRows(shape, a, b));
    const rows = PersistentMap.from(content.map((row) => [rules.keyOf(shape, row), row]));
    const open = name === 'outbox' ? content.filter(isUnpublished) : [];
    const unpublished = open.length ? open.map((row) => row['position'] as number) : noPositions;
    return [name, { rows, lastNumber: rules.lastNumberOf(name, shape, image), unpublished }];
  });
  return { schema: all, byName: Object.fromEntries(tables) };
}

/** The rows of a table that are wanted, all unless said otherwise, in key order. */
export function rowsIn({ schema, byName }: Tables, name: string, wanted?: (row: Payload) => boolean): Payload[] {
  const all = [...byName[name]!.rows.values()];
  return (wanted ? all.filter(wanted) : all).sort((a, b) => rules.compareRows(schema[name]!, a, b));
}

/** The oldest unpublished outbox rows. */
export function unpublishedRows(tables: Tables, limit?: number): OutboxRow[] {
  const { rows, unpublished } = tables.byName['outbox']!;
  return unpublished.slice(0, limit).map((position) => rows.get(position) as OutboxRow);
}

/** The rows of every table in key order. */
export function rowsOf(tables: Tables): Record<string, Payload[]> {
  return Object.fromEntries(Object.keys(tables.byName).map((name) => [name, rowsIn(tables, name)]));
}

/** The content of all tables as plain data. */
export function imageOf(tables: Tables): TablesImage {
  const numbered = Object.entries(tables.byName).filter(([name]) => rules.isNumbered(tables.schema[name]!));
  return {
    rows: rowsOf(tables),
    lastNumbers: Object.fromEntries(numbered.map(([name, { lastNumber }]) => [name, lastNumber])),
  };
}

/** The positions of unpublished rows after the row at one of them has changed; the same list where it says the same. */
export function withPosition(
  positions: readonly number[],
  position: number,
  row: Payload | undefined,
): readonly number[] {
  const listed = positions.includes(position);
  if (listed === (row !== undefined && isUnpublished(row))) return positions;
  if (listed) return positions.filter((other) => other !== position);
  const after = positions.findIndex((other) => other > position);
  return after < 0 ? [...positions, position] : positions.toSpliced(after, 0, position);
}

function isUnpublished(row: Payload): boolean {
  return row['published'] === 0;
}
