/** Everything a run can be built of, at once: for the headless doors, which fetch nothing. */
import { logBus } from './bus/log-bus.ts';
import { pubsubBus } from './bus/pubsub-bus.ts';
import { queueBus } from './bus/queue-bus.ts';
import type { Parts } from './rig.ts';
import { sagas } from './saga/part.ts';

export const allParts: Parts = { buses: { queue: queueBus, pubsub: pubsubBus, log: logBus }, sagas };
