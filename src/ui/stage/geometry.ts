/**
 * Where everything stands: hand-laid positions and edges of the campaign flow, as data, for a wide stage and a narrow one
 * and for every variant of the pattern. No component is imported here; positions on an edge are pure functions.
 */
import type { Options } from '../../trace/scenario.ts';
import { narrow } from './geometry/narrow.ts';
import type { Layout } from './geometry/shapes.ts';
import { keyOf, variantOf } from './geometry/variant.ts';
import { wide } from './geometry/wide.ts';

export { centre, courseOf, edgeBetween, litEdges, pathOf, pointAt, progressAt } from './geometry/course.ts';
export { subscriptions, type Subscription } from './geometry/variant.ts';
export type { Box, Curve, Edge, EdgeWord, Layout, Point } from './geometry/shapes.ts';

const known = new Map<string, Layout>();

/** Which of the two layouts a stage of this width and height in CSS pixels has. */
export const nameFor = (width: number, height: number): Layout['name'] =>
  width < 640 || height < 400 ? 'narrow' : 'wide';

/** The layout of the campaign flow without a saga under these options; the others are fetched: `flows/layout.ts`. */
export function layoutFor(width: number, height: number, options: Options): Layout {
  const variant = variantOf(options);
  const name = nameFor(width, height);
  const key = `${name} ${keyOf(variant)}`;
  let layout = known.get(key);
  if (!layout) known.set(key, (layout = (name === 'narrow' ? narrow : wide)(variant)));
  return layout;
}
