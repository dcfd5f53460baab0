/** How the inside of the database is laid out: where its tables, their rows and the transaction's outline are. */
import type { Box, Layout } from './geometry.ts';

export interface Drum {
  /** Half the height of the lid. */
  lid: number;
  outline: Box;
  campaigns: { label: number; rows: number };
  outbox: { label: number; rows: number };
  /** From one row to the next. */
  step: number;
  status: number;
}

/** The inside of the database in a layout, with so many outbox rows; null where there is no outbox at all. */
export function drumOf(layout: Layout, outbox: number | null): Drum {
  const box = layout.boxes['database']!;
  const narrow = layout.name === 'narrow';
  const lid = narrow ? 8 : 15;
  const [pad, label, gap] = narrow ? [4, 13, 5] : [8, 18, 12];
  const step = layout.row + (narrow ? 2 : 4);
  const top = box.y + 2 * lid + (narrow ? 2 : 10);
  const campaigns = { label: top + pad + label - 6, rows: top + pad + label };
  const outboxTop = campaigns.rows + layout.shown.campaigns * step + gap;
  const rows = { label: outboxTop + label - 6, rows: outboxTop + label };
  const bottom =
    outbox !== null ? rows.rows + Math.max(1, outbox) * step : campaigns.rows + layout.shown.campaigns * step;
  const outline = { x: box.x + (narrow ? 7 : 10), y: top, w: box.w - (narrow ? 14 : 20), h: bottom - top + pad - 2 };
  return { lid, outline, campaigns, outbox: rows, step, status: outline.y + outline.h + (narrow ? 11 : 17) };
}

/** The drum itself as a path: lid in front, straight sides, round bottom. */
export function drumPath({ x, y, w, h }: Box, lid: number): string {
  const r = w / 2;
  return `M${x} ${y + lid}A${r} ${lid} 0 0 1 ${x + w} ${y + lid}V${y + h - lid}A${r} ${lid} 0 0 1 ${x} ${y + h - lid}Z`;
}

/** The front edge of the lid. */
export const lidPath = ({ x, y, w }: Box, lid: number): string =>
  `M${x} ${y + lid}A${w / 2} ${lid} 0 0 0 ${x + w} ${y + lid}`;
