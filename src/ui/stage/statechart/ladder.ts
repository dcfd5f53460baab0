/**
 * A chart in full, for a column of any height: a card for each state, in it a row for each thing it does about an event, and
 * from each row a way to the card it leads to. A pure function of the chart and the width.
 */
import type { Box, Point } from '../geometry/shapes.ts';
import { linksOf, type Arm, type Chart, type ChartState } from './chart.ts';
import { layersOf } from './layers.ts';
import { ordered } from './order.ts';

export interface LadderPen {
  /** About how wide a letter of an event's name is, and of what stands below it. */
  letter: number;
  small: number;
}

/** A line under an event's name. */
export interface Detail {
  kind: 'guard' | 'command' | 'timer';
  text: string;
  /** Baseline. */
  y: number;
}

export interface Row {
  arm: Arm;
  box: Box;
  /** Baseline of the event's name. */
  y: number;
  details: readonly Detail[];
  /** From the row to the card it leads to; empty where it leads nowhere else. */
  way: readonly Point[];
}

export interface Card {
  /** Null: what is done in whatever state. */
  state: ChartState | null;
  box: Box;
  /** Height of its head. */
  head: number;
  rows: readonly Row[];
}

export interface Ladder {
  cards: readonly Card[];
  w: number;
  h: number;
}

const sizes = { head: 27, row: 19, line: 14, foot: 5, gap: 12, lane: 8, pad: 10, indent: 16 };

/** The states in the order of their layers. */
function inOrder(chart: Chart): ChartState[] {
  const layers = ordered(layersOf(chart, linksOf(chart), 3).layers);
  const rank = new Map(layers.flat().map(({ state }, index) => [state, index]));
  return chart.states.toSorted((a, b) => rank.get(a.name)! - rank.get(b.name)!);
}

/** Words one after the other in as few lines as they need. */
function wrapped(words: readonly string[], units: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= units) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines;
}

function detailsOf({ guards, commands, timers }: Arm, w: number, { small }: LadderPen): Omit<Detail, 'y'>[] {
  const units = Math.floor((w - 2 * sizes.pad - sizes.indent) / small);
  const lines = (kind: Detail['kind'], words: readonly string[]) =>
    wrapped(words, units).map((text) => ({ kind, text }));
  return [...lines('guard', guards), ...lines('command', commands), ...lines('timer', timers)];
}

interface Lane {
  from: number;
  to: number;
}

/** Which lane each target's way runs in: short ways next to the cards, none over another. */
function lanesOf(spans: ReadonlyMap<string, Lane>): Map<string, number> {
  const lanes: Lane[][] = [];
  const taken = new Map<string, number>();
  const byLength = [...spans].sort(([, a], [, b]) => a.to - a.from - (b.to - b.from));
  for (const [target, span] of byLength) {
    let lane = lanes.findIndex((others) =>
      others.every((other) => other.to + 6 < span.from || span.to + 6 < other.from),
    );
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane]!.push(span);
    taken.set(target, lane);
  }
  return taken;
}

/** The cards under each other, as yet without ways. `w`: how wide a card is. */
function stacked(chart: Chart, w: number, pen: LadderPen): { cards: Card[]; h: number } {
  let y = 1;
  const cards: Card[] = [];
  const put = (state: ChartState | null, arms: readonly Arm[]): void => {
    const top = y;
    y += sizes.head;
    const rows = arms.map((arm): Row => {
      const start = y;
      y += sizes.row;
      const details = detailsOf(arm, w, pen).map((detail) => ({ ...detail, y: (y += sizes.line) - 5 }));
      return { arm, box: { x: 1, y: start, w, h: y - start }, y: start + 14, details, way: [] };
    });
    if (rows.length > 0) y += sizes.foot;
    cards.push({ state, box: { x: 1, y: top, w, h: y - top }, head: sizes.head, rows });
    y += sizes.gap;
  };
  if (chart.anywhere.length > 0) put(null, chart.anywhere);
  for (const state of inOrder(chart)) put(state, state.arms);
  return { cards, h: y - sizes.gap + 2 };
}

/** Lays a chart out in a column of this width. */
export function ladderOf(chart: Chart, width: number, pen: LadderPen): Ladder {
  const spansOf = (cards: readonly Card[]): Map<string, Lane> => {
    const spans = new Map<string, Lane>();
    for (const { rows } of cards) {
      for (const { arm, y } of rows) {
        const target = cards.find(({ state }) => state !== null && state.name === arm.target);
        if (!target) continue;
        const [at, end] = [y - 4, entryOf(target)];
        const before = spans.get(arm.target!) ?? { from: end, to: end };
        spans.set(arm.target!, { from: Math.min(before.from, at), to: Math.max(before.to, at) });
      }
    }
    return spans;
  };
  // the lanes decide how wide the cards are, and these how high: where lines break anew, another lane may be needed
  let count = Math.max(1, new Set(lanesOf(spansOf(stacked(chart, width, pen).cards)).values()).size);
  for (;;) {
    const w = width - 2 - (count + 1) * sizes.lane;
    const { cards, h } = stacked(chart, w, pen);
    const lanes = lanesOf(spansOf(cards));
    const needed = Math.max(0, ...[...lanes.values()].map((lane) => lane + 1));
    if (needed <= count) return { w: width, h, cards: cards.map((card) => withWays(card, cards, lanes)) };
    count = needed;
  }
}

/** Where ways come into a card. */
const entryOf = ({ box, head }: Card): number => box.y + head / 2;

function withWays(card: Card, cards: readonly Card[], lanes: ReadonlyMap<string, number>): Card {
  const rows = card.rows.map((row): Row => {
    const target = cards.find(({ state }) => state !== null && state.name === row.arm.target);
    if (!target) return row;
    const right = card.box.x + card.box.w;
    const x = right + (lanes.get(row.arm.target!)! + 1) * sizes.lane;
    const [from, to] = [row.y - 4, entryOf(target)];
    return {
      ...row,
      way: [
        { x: right, y: from },
        { x, y: from },
        { x, y: to },
        { x: right, y: to },
      ],
    };
  });
  return { ...card, rows };
}

/** A way with round corners as an SVG path. */
export function roundPath(points: readonly Point[], radius = 4): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((point, index) => {
    const before = points[index]!;
    const after = rest[index + 1];
    if (!after) path += `L${point.x} ${point.y}`;
    else {
      const a = towards(point, before, radius);
      const b = towards(point, after, radius);
      path += `L${a.x} ${a.y}Q${point.x} ${point.y} ${b.x} ${b.y}`;
    }
  });
  return path;
}

/** The point a little way from one to another. */
function towards(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(0.5, by / length);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
