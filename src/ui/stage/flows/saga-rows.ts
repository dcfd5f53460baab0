/** The rows of a saga's tables that the stage shows: the newest of each, in the places that the layout keeps for them. */
import type { RowView, View } from '../../../playback/view.ts';
import { shortCommand } from '../../format.ts';
import type { StageFlowWords } from '../../i18n/en-stage-flows.ts';
import { newestRows, numberOf, text } from '../../rows.ts';
import type { Layout } from '../geometry.ts';
import { timeLeft } from '../time-left.ts';

export const sagaTables = ['sagas', 'commands', 'timers', 'history'] as const;
export type SagaTable = (typeof sagaTables)[number];

export interface StoredRow {
  key: string | number;
  tone: 'saga' | 'ended' | 'command' | 'sent' | 'timer' | 'entry';
  left: string;
  right: string;
}

export interface PlacedTable {
  table: SagaTable;
  /** Baseline of its name, and where its rows begin. */
  label: number;
  top: number;
  room: number;
}

/** Where each table is: from the top of the room for them, as many rows each as the layout has. */
export function placedTables(layout: Layout): PlacedTable[] {
  const narrow = layout.name === 'narrow';
  const [label, gap, pad] = narrow ? [13, 3, 0] : [18, 8, 4];
  const step = layout.row + (narrow ? 2 : 4);
  let y = (layout.boxes['rows']?.y ?? 0) + pad;
  return sagaTables.flatMap((table): PlacedTable[] => {
    const room = layout.shown[table] ?? 0;
    if (room === 0) return [];
    const placed = { table, label: y + label - (narrow ? 4 : 5), top: y + label, room };
    y = placed.top + room * step + gap;
    return [placed];
  });
}

/** The newest rows of a table, said in a line each. */
export function storedRows(
  table: SagaTable,
  view: View,
  limit: number,
  time: number,
  words: StageFlowWords,
): StoredRow[] {
  const rows = newestRows(view.tables[table], limit);
  switch (table) {
    case 'sagas':
      return rows.map((row) => instance(row, words));
    case 'commands':
      return rows.map((row) => command(row, words));
    case 'timers':
      return [...rows]
        .sort((a, b) => numberOf(a, 'due') - numberOf(b, 'due'))
        .map((row) => ({
          key: row.key,
          tone: 'timer',
          left: `${text(row, 'timer')} ${text(row, 'token')}`,
          right: words.due(timeLeft(numberOf(row, 'due'), time)),
        }));
    case 'history':
      return rows.map((row) => entry(row, words));
  }
}

function instance(row: RowView, words: StageFlowWords): StoredRow {
  const ended = row.row['ended'] === true;
  return {
    key: row.key,
    tone: ended ? 'ended' : 'saga',
    left: `${row.key} v${numberOf(row, 'version')} ${text(row, 'state')}`,
    right: ended ? words.ended : '',
  };
}

function command(row: RowView, words: StageFlowWords): StoredRow {
  const { name = '', token = '', instance: of = '' } = (row.row['command'] ?? {}) as Record<string, string>;
  const sent = numberOf(row, 'sent') === 1;
  const which = token === '' || token === of ? '' : ` ${token}`;
  return {
    key: row.key,
    tone: sent ? 'sent' : 'command',
    left: `${row.key} ${shortCommand(name)}${which}`,
    right: sent ? `${words.sent} ✓` : words.notSent,
  };
}

function entry(row: RowView, words: StageFlowWords): StoredRow {
  const kind = text(row, 'entry');
  const left =
    kind === 'issued'
      ? words.history.issued(shortCommand(text(row, 'name')), text(row, 'token'))
      : kind === 'received'
        ? words.history.received(text(row, 'type'), text(row, 'token'))
        : words.history.decided;
  return { key: row.key, tone: 'entry', left: `${row.key} ${left}`, right: '' };
}
