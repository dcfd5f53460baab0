/** The row that is most like another, among some. */
import { optionNames } from '../../trace/option-values.ts';
import type { Options } from '../../trace/scenario.ts';
import type { Row } from './rows.ts';

export interface Neighbour {
  readonly row: Row;
  /** The options of the neighbour that the other row does not have. */
  readonly differs: Partial<Options>;
}

/**
 * The row of these that differs from `from` in the fewest options, null of none. Of several as near it is the one with the
 * lowest `cost`, and the first of those.
 */
export function nearest(from: Row, rows: readonly Row[], cost: (row: Row) => number = () => 0): Neighbour | null {
  let best: Neighbour | null = null;
  let fewest = Infinity;
  let cheapest = Infinity;
  for (const row of rows) {
    const names = optionNames.filter((name) => row.options[name] !== from.options[name]);
    if (names.length === 0 || names.length > fewest) continue;
    const asked = cost(row);
    if (names.length === fewest && asked >= cheapest) continue;
    [fewest, cheapest] = [names.length, asked];
    best = { row, differs: Object.fromEntries(names.map((name) => [name, row.options[name]])) };
  }
  return best;
}
