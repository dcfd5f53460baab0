/** When relays and the clean-up work, and what relays hold. What they do is in their handlers. */
import { nameTask, start } from '../../kernel/tasks.ts';
import type { Happening, Timer } from '../../kernel/world.ts';
import type { RelaySettings } from '../../patterns/relay.ts';
import type { Failure, Flow, Options } from '../../trace/scenario.ts';
import { cleaner, isRelay, relaysOf } from '../flow.ts';
import { attemptLimit, keepPublished, pollInterval, tailDelay } from '../latencies.ts';
import type { Poller, Step, Task } from '../model.ts';
import type { Rig } from '../rig.ts';

/** The timer of the next poll, of a relay or of the clean-up. */
const pollTimer = 'poll';

const idle: Poller = {
  due: false,
  busy: false,
  dirty: false,
  hopeless: 0,
  retryAt: null,
  holds: [],
  endedBefore: null,
};

/** The relays, and the clean-up where there is one, before anything has happened. */
export const idlePollers = (options: Options, flow: Flow): Readonly<Record<string, Poller>> =>
  Object.fromEntries(
    [...relaysOf(options, flow), ...(options.cleanup === 'on' ? [cleaner] : [])].map((name) => [name, idle]),
  );

/** Whether a task is a relay's or the clean-up's. */
export const isPollerTask = ({ process }: Task): boolean => isRelay(process) || process === cleaner;

const change = (step: Step, name: string, to: Partial<Poller>): void => {
  step.model = {
    ...step.model,
    pollers: { ...step.model.pollers, [name]: { ...step.model.pollers[name]!, ...to } },
  };
};

/**
 * There may be something to publish: each relay polls at its next turn. Turns at which nothing could be found are not
 * taken, which changes nothing that can be observed and spares the trace of empty polls.
 */
export function wakeRelays(rig: Rig, step: Step, cause: number | undefined): void {
  for (const relay of relaysOf(rig.options, rig.flow.flow)) wake(rig, step, relay, turnOf(rig, step, relay), cause);
}

/** Claims are given back: relays that wait for their end look sooner. It is nothing new, so what is hopeless stays so. */
export function claimsReleased(rig: Rig, step: Step, cause: number): void {
  for (const relay of relaysOf(rig.options, rig.flow.flow)) {
    const { busy, retryAt: waits } = step.model.pollers[relay]!;
    if (waits !== null && !busy && step.process(relay).up) schedule(step, relay, turnOf(rig, step, relay), cause);
  }
}

/** A row has been marked: the clean-up comes for it, after a while. */
export function wakeCleaner(rig: Rig, step: Step, cause: number): void {
  if (rig.options.cleanup === 'off') return;
  const at = step.now + keepPublished;
  change(step, cleaner, { retryAt: at });
  wake(rig, step, cleaner, at, cause);
}

function wake(rig: Rig, step: Step, name: string, at: number, cause: number | undefined): void {
  // what is new may be published where what was there before could not
  change(step, name, { dirty: true, hopeless: 0 });
  if (step.model.pollers[name]!.busy || !step.process(name).up) return;
  schedule(step, name, at, cause);
}

/** The poller's next turn is at `at`, unless it has an earlier one. */
function schedule(step: Step, name: string, at: number, cause: number | undefined): void {
  const mine = (what: Happening): boolean =>
    'fires' in what && what.fires.timer === pollTimer && what.fires.process === name;
  if (step.agenda.some((item) => mine(item.what) && item.due <= at)) return;
  step.cancel(mine);
  change(step, name, { due: true });
  step.schedule(at, { fires: { timer: pollTimer, process: name } }, cause);
}

/** A relay that polls has its turns at the multiples of an interval, the second one in between; one that tails comes at once. */
function turnOf({ options }: Rig, step: Step, relay: string): number {
  if (options.relay === 'logTailing') return step.now + tailDelay;
  const offset = relay === 'relay' ? 0 : pollInterval / 2;
  return (Math.floor((step.now - offset) / pollInterval) + 1) * pollInterval + offset;
}

/** The turn of a relay or of the clean-up has come. Returns whether the timer was one of theirs. */
export function pollerTimer(rig: Rig, step: Step, timer: Timer, cause: number | undefined): boolean {
  if (timer.timer !== pollTimer) return false;
  const process = timer.process!;
  const { retryAt: at } = step.model.pollers[process]!;
  change(step, process, { due: false, busy: true, dirty: false, retryAt: process === cleaner ? at : null });
  begin(rig, step, process, process === cleaner ? 'cleanUp' : handlerOf(rig.options), cause);
  return true;
}

function begin(rig: Rig, step: Step, process: string, handler: string, cause: number | undefined): void {
  const name = nameTask(step, process);
  const input = settingsOf(rig.options);
  start(rig.mechanics, step, name, { process, handler, input, cause, correlationId: undefined });
}

function handlerOf({ relay, outbox }: Options): string {
  if (relay === 'logTailing') return 'logTailing';
  if (relay === 'cursorPolling') return 'cursorPolling';
  return outbox === 'document' ? 'embeddedOutboxRelay' : 'pollingPublisher';
}

const settingsOf = (options: Options): RelaySettings => {
  const { claim, afterPublish, marking, failingRow, polling, relayWrites } = options;
  return { claim, afterPublish, marking, failingRow, polling, relayWrites };
};

/** A poll has fetched a full batch: there may be more. */
export const moreRows = (step: Step, relay: string): void => change(step, relay, { dirty: true });

/** Rows are left that another relay holds until then: worth another look. Virtual ms. */
export const retryAt = (step: Step, relay: string, at: number): void => change(step, relay, { retryAt: at });

/** A task of a relay or of the clean-up has ended. A poll that failed, or left rows, is followed by another. */
export function pollerEnded(rig: Rig, step: Step, { process, handler, cause }: Task, refusal: string | null): void {
  if (handler === unparkHandler) return;
  const { dirty, hopeless, retryAt: at } = step.model.pollers[process]!;
  // nothing that could change has changed: after some tries it waits for something that does
  const tries = refusal === 'messageTooLarge' ? hopeless + 1 : hopeless;
  change(step, process, { busy: false, hopeless: tries });
  const again = (dirty || refusal !== null) && (tries < attemptLimit || refusal !== 'messageTooLarge');
  if (process === cleaner) {
    if (refusal !== null) schedule(step, process, step.now + keepPublished, cause);
    else if (at !== null && at > step.now) schedule(step, process, at, cause); // rows that were too young
  } else if (again) schedule(step, process, turnOf(rig, step, process), cause);
  else if (at !== null) schedule(step, process, Math.max(at, turnOf(rig, step, process)), cause);
}

/** It went down, and with it the poll that was due or running. It will look again when it is back. */
export const pollerCrashed = (step: Step, process: string): void =>
  change(step, process, { due: false, busy: false, dirty: true, retryAt: null });

/** It is back, and looks. */
export function pollerRestarted(rig: Rig, step: Step, process: string): void {
  const { cause } = step.process(process);
  if (process === cleaner) wake(rig, step, process, step.now + keepPublished, cause);
  else wake(rig, step, process, turnOf(rig, step, process), cause);
}

/** The handler with which parked rows are made unpublished again. */
const unparkHandler = 'unparkRows';

/** Why parked rows can't be made unpublished now; null where they can. */
export function cannotUnpark({ options }: Rig, step: Step): string | null {
  if (options.publish !== 'outbox' || options.failingRow !== 'park') return 'nothingIsParked';
  return step.process('relay').up ? null : 'alreadyDown';
}

/** Makes the parked rows unpublished again. */
export const unparkRows = (rig: Rig, step: Step, cause: number): void =>
  begin(rig, step, 'relay', unparkHandler, cause);

/** A relay holds rows, or all rows of aggregates, until then. */
export function hold(step: Step, relay: string, held: Poller['holds'][number]): void {
  const { holds } = step.model.pollers[relay]!;
  change(step, relay, { holds: [...holds.filter(({ until }) => until > step.now), held] });
  const struck = step.strike((failure) => failure.type === 'expireLease' && failure.process === relay);
  if (struck) endClaims(step, relay, struck.seq);
}

/** A relay no longer holds this row, or these aggregates. */
export function dropHolds(step: Step, relay: string, what: { position?: number; aggregates?: string[] }): void {
  const { holds } = step.model.pollers[relay]!;
  if (holds.length === 0) return;
  const left = holds
    .map(({ positions, aggregates, until }) => ({
      positions: positions.filter((position) => position !== what.position),
      aggregates: aggregates.filter((id) => !what.aggregates?.includes(id)),
      until,
    }))
    .filter(({ positions, aggregates }) => positions.length + aggregates.length > 0);
  change(step, relay, { holds: left });
}

/** The claims of a relay end before their time, and it does not know; others may take what it held. */
export function expireLease(
  rig: Rig,
  step: Step,
  failure: Extract<Failure, { type: 'expireLease' }>,
  input: number,
): 'struck' | 'armed' | { refused: string } {
  const { process } = failure;
  if (!relaysOf(rig.options, rig.flow.flow).includes(process)) return { refused: 'unknownProcess' };
  if (rig.options.claim === 'none') return { refused: 'nothingIsClaimed' };
  if (!step.model.pollers[process]!.holds.some(({ until }) => until > step.now)) return 'armed';
  const cause = step.record({ kind: 'failure.struck', process: 'kernel', input, failure });
  endClaims(step, process, cause);
  wakeRelays(rig, step, cause);
  return 'struck';
}

function endClaims(step: Step, relay: string, cause: number): void {
  const holds = step.model.pollers[relay]!.holds.filter(({ until }) => until > step.now);
  const positions = holds.flatMap((held) => held.positions);
  const aggregates = holds.flatMap((held) => held.aggregates);
  step.record({
    kind: 'outbox.leaseExpired',
    process: relay,
    cause,
    positions,
    ...(aggregates.length > 0 && { aggregates }),
  });
  change(step, relay, { holds: [], endedBefore: step.now });
}
