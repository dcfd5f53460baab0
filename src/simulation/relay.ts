/** When the relay polls. Its own doing is the handler `pollingPublisher`. */
import { nameTask, start } from '../kernel/tasks.ts';
import { pollInterval } from './campaign-flow.ts';
import type { Relay, Step } from './model.ts';
import type { Rig } from './rig.ts';

/** The timer of the next poll. */
export const pollTimer = 'poll';

const change = (step: Step, relay: Partial<Relay>): void => {
  step.model = { ...step.model, relay: { ...step.model.relay, ...relay } };
};

/**
 * There may be something to publish: the relay polls at its next turn. Turns at which nothing could be found are not
 * taken, which changes nothing that can be observed and spares the trace of empty polls.
 */
export function wakeRelay(rig: Rig, step: Step, cause: number | undefined): void {
  if (rig.options.publish !== 'outbox') return;
  change(step, { dirty: true });
  const { due, busy } = step.model.relay;
  if (due || busy || !step.process('relay').up) return;
  change(step, { due: true });
  const turn = (Math.floor(step.now / pollInterval) + 1) * pollInterval;
  step.schedule(turn, { fires: { timer: pollTimer, process: 'relay' } }, cause);
}

/** The turn has come. */
export function poll(rig: Rig, step: Step, cause: number | undefined): void {
  change(step, { due: false, busy: true, dirty: false });
  const name = nameTask(step, 'relay');
  start(rig.mechanics, step, name, {
    process: 'relay',
    handler: 'pollingPublisher',
    input: null,
    cause,
    correlationId: undefined,
  });
}

/** A poll has fetched a full batch: there may be more. */
export const moreRows = (step: Step): void => change(step, { dirty: true });

/** A poll has ended. One that failed, or left rows, is followed by another. */
export function pollEnded(rig: Rig, step: Step, failed: boolean, cause: number): void {
  change(step, { busy: false });
  if (failed || step.model.relay.dirty) wakeRelay(rig, step, cause);
}

/** The relay went down, and with it the poll that was due or running. It will look again when it is back. */
export const relayCrashed = (step: Step): void => change(step, { due: false, busy: false, dirty: true });
