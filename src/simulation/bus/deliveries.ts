/** The message bus, whichever it is: taking events in, and going down and coming back. */
import { assert } from '../../base/assert.ts';
import { changeBus } from './bus.ts';
import { consumersOf } from '../flow.ts';
import type { Bus, Step } from '../model.ts';
import type { BusKind, Rig } from '../rig.ts';

/** The timer that ends the bus's downtime. */
export const busUpTimer = 'busUp';

/** The bus under these options. @throws Error where it was not fetched */
export function busOf({ options, parts }: Rig): BusKind {
  const kind = parts.buses[options.bus];
  assert(kind, `the bus ${options.bus}`);
  return kind;
}

/** A bus that has never seen a message. */
export function emptyBus(rig: Rig): Bus {
  const groups = Object.fromEntries(rig.flow.subscriptions.map((name) => [name, consumersOf(name, rig.options)]));
  return { up: true, queues: {}, channels: {}, log: null, ...busOf(rig).empty(groups), messages: 0 };
}

/** The bus goes down: nothing is taken in or handed out, and no acknowledgement reaches it. */
export function busDown(rig: Rig, step: Step, duration: number, cause: number): void {
  const until = step.now + duration;
  const seq = step.record({ kind: 'bus.wentDown', process: 'bus', cause, until });
  changeBus(step, { up: false });
  busOf(rig).wentDown(rig, step, seq);
  step.schedule(until, { fires: { timer: busUpTimer } }, cause);
}

/** The bus is back. */
export function busUp(rig: Rig, step: Step, cause: number | undefined): void {
  if (step.model.bus.up) return;
  step.cancel((what) => 'fires' in what && what.fires.timer === busUpTimer);
  const seq = step.record({ kind: 'bus.cameUp', process: 'bus', cause });
  changeBus(step, { up: true });
  busOf(rig).cameUp(rig, step, seq);
}
