/** The row that is most like another, among some. */
import { optionNames } from '../../trace/option-values.ts';
import type { Options } from '../../trace/scenario.ts';
import type { Row } from './rows.ts';

export interface Neighbour {
  readonly row: Row;
  /** The options of the neighbour that the other row does not have. */
  readonly differs: Partial<Options>;
}

/** The row of these that differs from `from` in the fewest options; the first of several, null of none. */
export function nearest(from: Row, rows: readonly Row[]): Neighbour | null {
  let best: Neighbour | null = null;
  let fewest = Infinity;
  for (const row of rows) {
    const names = optionNames.filter((name) => row.options[name] !== from.options[name]);
    if (names.length === 0 || names.length >= fewest) continue;
    fewest = names.length;
    best = { row, differs: Object.fromEntries(names.map((name) => [name, row.options[name]])) };
  }
  return best;
}
