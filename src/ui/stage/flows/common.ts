/** What the layouts of all flows with a saga have in common. */
import { consumerEdges } from '../geometry/consumers.ts';
import { line, type Box, type Curve, type Edge } from '../geometry/shapes.ts';
import type { Setting } from './setting.ts';

export type Boxes = Record<string, Box>;

/** A box from its corners. */
export const box = (x: number, y: number, w: number, h: number): Box => ({ x, y, w, h });

/** Boxes of two consumers side by side at the top of what they are in. */
export function twoIn(panel: Box, name: string, [side, top, gap, h]: readonly [number, number, number, number]): Boxes {
  const w = (panel.w - 2 * side - gap) / 2;
  const y = panel.y + top;
  return {
    [`subscriber:${name}`]: panel,
    [`consumer:${name}`]: box(panel.x + side, y, w, h),
    [`consumer:${name}-2`]: box(panel.x + side + w + gap, y, w, h),
  };
}

/** The panel of a saga, with its two handlers where they compete. */
export const sagaBoxes = (
  { saga, competing }: Setting,
  panel: Box,
  inside: readonly [number, number, number, number],
) => (saga === null ? {} : competing ? twoIn(panel, saga, inside) : { [`consumer:${saga}`]: panel });

/** The panel of a saga or process manager, however many handlers are in it. */
export const panelOf = (boxes: Readonly<Boxes>, saga: string): Box =>
  (boxes[`subscriber:${saga}`] ?? boxes[`consumer:${saga}`])!;

/** The processes that handle a saga's messages. */
export const handlersOf = ({ saga, competing }: Setting): string[] =>
  saga === null ? [] : competing ? [`consumer:${saga}`, `consumer:${saga}-2`] : [`consumer:${saga}`];

/** An edge for each of a saga's handlers: they stand in one panel, and what they do is drawn at its border. */
export const ofSaga = (setting: Setting, edge: (handler: string, index: number) => Edge[]): Edge[] =>
  handlersOf(setting).flatMap(edge);

/** Ways between the bus and the panel of a saga, at these two places: what is delivered, and what is acknowledged. */
export function busAndSaga(setting: Setting, boxes: Readonly<Boxes>, x: number, back: number): Edge[] {
  const { saga } = setting;
  if (saga === null) return [];
  const panel = panelOf(boxes, saga);
  const bus = boxes['bus']!;
  const above = panel.y < bus.y;
  const [from, to] = above ? [bus.y, panel.y + panel.h] : [bus.y + bus.h, panel.y];
  return ofSaga(setting, (handler, index) => [
    { from: 'bus', to: handler, quiet: index > 0, curve: line(x, from, x, to) },
    { from: handler, to: 'bus', quiet: true, curve: line(back, to, back, from) },
  ]);
}

/** The way between a saga and its rows, one line for both directions. */
export const sagaAndRows = (setting: Setting, curve: Curve, at?: Edge['label']): Edge[] =>
  setting.remembers
    ? ofSaga(setting, (handler, index) => [
        { from: handler, to: 'database', both: true, quiet: index > 0, curve, ...(index === 0 && at && { label: at }) },
      ])
    : [];

/** The ways between the bus and its other consumers, which stand below it. */
export const readerEdges = (bus: Box, boxes: Readonly<Boxes>): Edge[] =>
  consumerEdges(
    Object.fromEntries([
      ['bus', bus],
      ...Object.entries(boxes).filter(([name]) => /^consumer:(adServing|billing)/.test(name)),
    ]),
  );

/** The word beside an edge that commands take. */
export const sends = (x: number, y: number): NonNullable<Edge['label']> => ({ text: 'send', at: { x, y } });
