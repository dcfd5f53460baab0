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

/** The layout for a stage of this width and height in CSS pixels, under these options. */
export function layoutFor(width: number, height: number, options: Options): Layout {
  const variant = variantOf(options);
  const lay = width < 640 || height < 400 ? narrow : wide;
  const key = `${lay.name} ${keyOf(variant)}`;
  let layout = known.get(key);
  if (!layout) known.set(key, (layout = lay(variant)));
  return layout;
}
