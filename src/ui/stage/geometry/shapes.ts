/** What a layout is made of. */
import type { Part } from '../../../playback/view.ts';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A cubic Bézier curve: start, two handles, end. */
export type Curve = readonly [number, number, number, number, number, number, number, number];

/** The word beside an edge. */
export type EdgeWord =
  | 'load'
  | 'commit'
  | 'fetch'
  | 'claim'
  | 'readOn'
  | 'mark'
  | 'markFirst'
  | 'delete'
  | 'remove'
  | 'publish'
  | 'send'
  | 'answer';

export interface Edge {
  from: Part;
  to: Part;
  curve: Curve;
  /** Drawn only while something travels on it. */
  quiet?: boolean;
  /** The way back is the same. */
  both?: boolean;
  /** `and`: what goes the way back. */
  label?: { text: EdgeWord; and?: EdgeWord; at: Point };
}

export interface Layout {
  name: 'wide' | 'narrow';
  size: { w: number; h: number };
  /**
   * Every part that may be on the stage under the options; with them the boxes that belong to a part: 'handler' and
   * 'aggregate' of the service, 'partition:0' of a log, 'subscriber:billing' around two consumers, 'aggregates' and 'rows' (of
   * a saga) in the database.
   */
  boxes: Readonly<Record<string, Box>>;
  /** Those there are under the options. */
  edges: readonly Edge[];
  /** Height of a table row. */
  row: number;
  /** How many rows of each table are shown; `effects`: of what a subscriber writes. */
  shown: { outbox: number; effects: number } & Partial<Record<'sagas' | 'commands' | 'timers' | 'history', number>>;
  /** How wide a note in a lane is and how many letters it has room for, and how wide the lane's name, where not as usual. */
  lane?: { w: number; units: number; label?: number };
  /** Where callouts stack, and the lines from there to the part that broke. */
  callouts: Box | null;
  leaders: Readonly<Record<Part, readonly Point[]>>;
  legend: { at: Point; columns: number; column: number; row: number } | null;
}

/** A straight way. */
export const line = (x0: number, y0: number, x1: number, y1: number): Curve => [
  x0,
  y0,
  x0 + (x1 - x0) / 3,
  y0 + (y1 - y0) / 3,
  x0 + ((x1 - x0) * 2) / 3,
  y0 + ((y1 - y0) * 2) / 3,
  x1,
  y1,
];

/** The same way from its end to its start. */
export const backwards = ([x0, y0, x1, y1, x2, y2, x3, y3]: Curve): Curve => [x3, y3, x2, y2, x1, y1, x0, y0];

/** A list of corners: x and y in turn. */
export const corners = (...flat: number[]): Point[] =>
  flat.flatMap((x, index) => (index % 2 === 0 ? [{ x, y: flat[index + 1]! }] : []));
