/** The timers of the bus. */
import type { Timer } from '../../kernel/world.ts';
import { busOf, busUp, busUpTimer } from './deliveries.ts';
import type { Step } from '../model.ts';
import type { Rig } from '../rig.ts';

/** A timer has come. Returns whether it was one of the bus. */
export function busTimer(rig: Rig, step: Step, timer: Timer, cause: number | undefined): boolean {
  if (timer.timer !== busUpTimer) return busOf(rig).timer(rig, step, timer, cause);
  busUp(rig, step, cause);
  return true;
}
