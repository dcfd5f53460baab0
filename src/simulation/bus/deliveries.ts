/** The message bus, whichever it is: taking events in, and going down and coming back. */
import type { BusKind } from './bus-kind.ts';
import { changeBus } from './bus.ts';
import { logBus } from './log-bus.ts';
import type { Step } from '../model.ts';
import { pubsubBus } from './pubsub-bus.ts';
import { queueBus } from './queue-bus.ts';
import type { Rig } from '../rig.ts';

/** The timer that ends the bus's downtime. */
export const busUpTimer = 'busUp';

const kinds = { queue: queueBus, pubsub: pubsubBus, log: logBus };

/** The bus under these options. */
export const busOf = ({ options }: Rig): BusKind => kinds[options.bus];

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
