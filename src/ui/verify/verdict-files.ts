/** What an exploration found, to take away: as CSV for a spreadsheet, as JSON for a program. */
import { optionNames } from '../../trace/option-values.ts';
import type { Flow, Options } from '../../trace/scenario.ts';
import { commandsOf, failureTypesIn, type Bounds } from './bounds.ts';
import type { Cell } from './cells.ts';
import type { Row } from './rows.ts';

/** What there is to write down. */
export interface Verdicts {
  readonly flow: Flow;
  readonly bounds: Bounds;
  readonly rows: readonly Row[];
  readonly columns: readonly string[];
  /** What the cell of a row and a promise says. */
  readonly cell: (row: Row, promise: string) => Cell;
}

interface Written {
  readonly status: 'holds' | 'broken' | 'unknown' | 'failed' | 'notTried';
  readonly failures?: number;
  readonly steps?: number;
  readonly states?: number;
}

/** As a spreadsheet takes it in: no field can begin a formula, and none ends its line. */
export function csvField(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line a row and promise, all options beside them. */
export function csvOf(verdicts: Verdicts): string {
  const head = ['flow', ...optionNames, 'promise', 'status', 'failures', 'steps', 'states'];
  const lines = verdicts.rows.flatMap((row) =>
    written(verdicts, row).map(([promise, { status, failures, steps, states }]) => [
      verdicts.flow,
      ...optionNames.map((name) => row.options[name]),
      ...[promise, status, failures, steps, states],
    ]),
  );
  return [head, ...lines].map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('');
}

/** The same as data, with the bounds it was found within. */
export function jsonOf(verdicts: Verdicts): string {
  const { flow, bounds, rows } = verdicts;
  const file = {
    format: 'sagascope/verdicts',
    version: 1,
    flow,
    bounds: {
      commands: commandsOf(flow, bounds.commands),
      failures: bounds.failures,
      failureTypes: failureTypesIn(rows, flow).filter((type) => !bounds.without.includes(type)),
      maxStates: bounds.maxStates,
    },
    rows: rows.map((row): { options: Options; promises: Record<string, Written> } => ({
      options: row.options,
      promises: Object.fromEntries(written(verdicts, row)),
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** What was found within other bounds has not been tried within these. */
function written({ columns, cell }: Verdicts, row: Row): [promise: string, verdict: Written][] {
  return columns.flatMap((promise): [string, Written][] => {
    const found = cell(row, promise);
    if (found.status === 'off') return [];
    return [[promise, found.stale ? { status: 'notTried' } : asWritten(found)]];
  });
}

function asWritten(cell: Exclude<Cell, { status: 'off' }>): Written {
  switch (cell.status) {
    case 'holds':
    case 'unknown':
      return { status: cell.status, states: cell.states };
    case 'broken': {
      const { failures, steps } = cell.verdict;
      return { status: 'broken', ...(failures !== undefined && { failures }), ...(steps !== undefined && { steps }) };
    }
    case 'failed':
      return { status: 'failed' };
    case 'untried':
    case 'waiting':
    case 'trying':
      return { status: 'notTried' };
  }
}
