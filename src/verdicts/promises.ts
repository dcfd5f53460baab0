/** Every promise this version judges, in the order in which the page lists them. */
import { effectAtMostOnce, noDuplicateDelivery } from './at-most-once.ts';
import { delivered } from './delivered.ts';
import { noEarlyDelivery, noPhantom } from './early-events.ts';
import { effectOrder, firstOrder } from './order.ts';
import { outboxDrains } from './outbox-drains.ts';
import type { JudgedPromise } from './promise.ts';

/** The promises by their public names; semantics.md states them. */
export const promises: readonly JudgedPromise[] = [
  noPhantom,
  noEarlyDelivery,
  delivered,
  noDuplicateDelivery,
  effectAtMostOnce,
  firstOrder,
  effectOrder,
  outboxDrains,
];
