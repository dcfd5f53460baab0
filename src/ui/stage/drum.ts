/** How the inside of the database is laid out: where its tables, their rows and the transaction's outline are. */
import type { Box, Layout } from './geometry.ts';

/** What is in it. */
export interface Content {
  /** How many campaigns are shown, and how many rows of the outbox; null where that is no table of its own. */
  campaigns: number;
  outbox: number | null;
  /** The change log lies at its bottom. */
  log: boolean;
}

export interface Drum {
  /** Half the height of the lid. */
  lid: number;
  outline: Box;
  /** Where rows begin and how wide they are. */
  inner: { x: number; w: number };
  campaigns: { label: number; rows: number };
  outbox: { label: number; rows: number };
  /** From one row to the next. */
  step: number;
  status: number;
  /** The strip of the change log. */
  log: Box;
}

/** The inside of the database in a layout. */
export function drumOf(layout: Layout, { campaigns: shown, outbox, log }: Content): Drum {
  const box = layout.boxes['database']!;
  const narrow = layout.name === 'narrow';
  const lid = narrow ? 8 : 15;
  const [pad, label, gap] = narrow ? [4, 13, 5] : [8, 18, 12];
  const step = layout.row + (narrow ? 2 : 4);
  const top = box.y + 2 * lid + (narrow ? 2 : 10);
  const campaigns = { label: top + pad + label - 6, rows: top + pad + label };
  // another flow has its aggregates there, and a saga's tables below
  const { aggregates, rows: below } = layout.boxes;
  const outboxTop = (aggregates ? aggregates.y + aggregates.h : campaigns.rows + shown * step) + gap;
  const rows = { label: outboxTop + label - 6, rows: outboxTop + label };
  const bottom = outbox === null ? campaigns.rows + shown * step : rows.rows + Math.max(1, outbox) * step;
  const outline = { x: box.x + (narrow ? 7 : 10), y: top, w: box.w - (narrow ? 14 : 20), h: bottom - top + pad - 2 };
  const inner = { x: outline.x + 6, w: outline.w - 12 };
  const strip = narrow ? 42 : 62;
  const floor = below ? below.y - 4 : box.y + box.h - lid + (log && narrow ? 2 : 0);
  return {
    lid,
    outline,
    inner,
    campaigns,
    outbox: rows,
    step,
    status: outline.y + outline.h + (narrow ? 11 : 17),
    log: { ...inner, y: floor - strip, h: strip },
  };
}

/** How many campaigns have a row on the stage. */
export const shownCampaigns = (stored: number): number => Math.max(1, Math.min(2, stored));

/** How many rows the outbox has room for beside so many campaigns. */
export const outboxRoom = (layout: Layout, campaigns: number): number => layout.shown.outbox + 1 - campaigns;

/** How a document that holds its own outbox is drawn: its head, its entries, and what is round them. */
export const documentSize = ({ name }: Layout) =>
  name === 'narrow'
    ? { head: 17, step: 15, entry: 13, pad: 4, gap: 3, letter: 5.6 }
    : { head: 26, step: 26, entry: 23, pad: 8, gap: 8, letter: 6.6 };

/** The documents under each other, as high as their entries need and all rows together have room for. */
export function documentBoxes(layout: Layout, entries: readonly number[]): Box[] {
  const all = drumOf(layout, { campaigns: 1, outbox: layout.shown.outbox, log: false });
  const { head, step, gap } = documentSize(layout);
  const bottom = all.outbox.rows + layout.shown.outbox * all.step - 4;
  const most = (bottom - all.campaigns.rows - (entries.length - 1) * gap) / Math.max(1, entries.length);
  const room = Math.floor((most - head) / step);
  let y = all.campaigns.rows;
  return entries.map((count) => {
    const box = { ...all.inner, y, h: head + Math.min(room, Math.max(1, count)) * step + gap / 2 };
    y += box.h + gap;
    return box;
  });
}

/** The drum itself as a path: lid in front, straight sides, round bottom. */
export function drumPath({ x, y, w, h }: Box, lid: number): string {
  const r = w / 2;
  return `M${x} ${y + lid}A${r} ${lid} 0 0 1 ${x + w} ${y + lid}V${y + h - lid}A${r} ${lid} 0 0 1 ${x} ${y + h - lid}Z`;
}

/** The front edge of the lid. */
export const lidPath = ({ x, y, w }: Box, lid: number): string =>
  `M${x} ${y + lid}A${w / 2} ${lid} 0 0 0 ${x + w} ${y + lid}`;
