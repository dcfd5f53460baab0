/** Which cell a key leads to. */

export interface GridPlace {
  readonly row: number;
  /** -1 is the head of the row. */
  readonly column: number;
}

/** Where the arrow keys and their like lead from a cell; null where the key is none of them. Nothing leads out of the grid. */
export function movedBy(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  { row, column }: GridPlace,
  { rows, columns }: { rows: number; columns: number },
): GridPlace | null {
  const page = 8;
  const to: Record<string, readonly [row: number, column: number]> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    PageUp: [row - page, column],
    PageDown: [row + page, column],
    Home: [ctrlKey ? 0 : row, 0],
    End: [ctrlKey ? rows - 1 : row, columns - 1],
  };
  const found = to[key];
  if (!found) return null;
  return { row: within(found[0], 0, rows - 1), column: within(found[1], -1, columns - 1) };
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
