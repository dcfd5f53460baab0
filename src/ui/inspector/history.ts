/** An instance's history as the database has it, and what it comes to when it is read again. */
import { equalJson } from '../../base/canonical.ts';
import type { TableView } from '../../playback/view.ts';
import type { Payload } from '../../trace/scenario.ts';
import type { Rebuilt } from '../run.ts';

/** One entry: received, decided or issued. */
export interface HistoryLine {
  key: string | number;
  kind: 'received' | 'decided' | 'issued';
  /** What it says, in the words of the machine. */
  text: string;
  version: number;
  /** `seq` of the commit that wrote it. */
  writtenBy: number;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What one entry of a history says. */
export function lineOf(entry: Payload): Pick<HistoryLine, 'kind' | 'text'> {
  const token = asText(entry['token']);
  switch (entry['entry']) {
    case 'decided':
      return { kind: 'decided', text: JSON.stringify(entry['decision'] ?? {}) };
    case 'issued':
      return { kind: 'issued', text: `${asText(entry['name'])} ${token} → ${asText(entry['to'])}`.replace(/ +/g, ' ') };
    default:
      return { kind: 'received', text: `${asText(entry['type'])} ${token}`.trim() };
  }
}

/** The entries of an instance, oldest first. */
export function historyOf(table: TableView | undefined, instance: string): HistoryLine[] {
  const found: HistoryLine[] = [];
  table?.rows.forEach(({ key, row, writtenBy }) => {
    if (row['instance'] !== instance) return;
    found.push({ key, ...lineOf(row), version: Number(row['version'] ?? 0), writtenBy });
  });
  return found.sort((a, b) => Number(a.key) - Number(b.key));
}

/** Whether what was rebuilt is what is stored; null where nothing is stored, or nothing was rebuilt. */
export function agrees({ steps, stored }: Rebuilt): boolean | null {
  const last = steps.at(-1);
  if (!stored || !last) return null;
  return last.state === stored.state && equalJson(last.context, stored.context);
}
