/** A cell in words. */
import { verifyWords } from '../i18n/verify.ts';
import type { Cell } from './cells.ts';

/** How it stands, and by how much: two short lines. Reactive. */
export function cellWords(cell: Cell): { status: string; detail: string } {
  const m = verifyWords().cell;
  const status = m[cell.status];
  switch (cell.status) {
    case 'holds':
      return { status, detail: m.states(cell.states) };
    case 'trying':
      return { status, detail: cell.states > 0 ? m.states(cell.states) : '' };
    case 'unknown':
      return { status, detail: m.stoppedAt(cell.states) };
    case 'broken':
      return { status, detail: m.by(cell.verdict.failures) };
    case 'off':
    case 'untried':
    case 'waiting':
    case 'failed':
      return { status, detail: '' };
  }
}
