/** Failures as choices, and those most worth a press, whatever the part. */
import type { Failure, Options } from '../../trace/scenario.ts';
import type { View } from '../../playback/view.ts';
import type { FlowParts } from '../../trace/control.ts';

/** Why something can't be chosen now; a key of the messages. */
export type Disabled =
  | 'noRelay'
  | 'neverPublishes'
  | 'isDown'
  | 'isUp'
  | 'busIsDown'
  | 'nothingWaits'
  | 'notOnThisBus'
  | 'nothingToLose'
  | 'nothingIsClaimed'
  | 'relayMustBeUp'
  | 'busMustBeUp';

export interface Choice {
  failure: Failure;
  /** Strikes at once; else it waits for its moment. */
  now: boolean;
  disabled: Disabled | null;
}

/** What decides whether a failure can be chosen. */
export interface Situation {
  options: Options;
  view: View;
  /** The parts of the flow; those of a campaign without a saga where nothing is said. */
  parts?: Pick<FlowParts, 'flow' | 'participants'>;
}

/** Which flow it is. */
export const flowOf = ({ parts }: Situation): FlowParts['flow'] => parts?.flow ?? 'campaign';

/** A process crashed from the page restarts after this, ms. */
export const restartAfter = 1500;

/** Where a relay's crash shows what the order of publishing and marking costs. */
export const relayGap = ({ afterPublish }: Options): string =>
  afterPublish === 'markFirst'
    ? 'after:markPublished'
    : afterPublish === 'delete'
      ? 'before:deletePublished'
      : 'before:markPublished';

/** The failures most worth a press in the campaign flow. */
export function common(situation: Situation): Choice[] {
  // a relay may be there for a saga's commands alone
  const sendsOnly = situation.options.publish !== 'outbox' && !isGone('relay', situation.view);
  return [
    crash('service', 'after:commit', situation),
    crash('relay', sendsOnly ? 'before:markSent' : relayGap(situation.options), situation),
    later({ type: 'abortTransaction', process: 'service' }),
    busDown(3000, situation),
  ];
}

/** A failure that waits for its moment, and can always be armed unless there is a reason. */
export const later = (failure: Failure, disabled: Disabled | null = null): Choice => ({
  failure,
  now: false,
  disabled,
});

/** A failure that strikes at once. */
export const now = (failure: Failure, disabled: Disabled | null = null): Choice => ({ failure, now: true, disabled });

/** The relay is named even where there is none. Before the run is open, nobody knows. */
export const isGone = (process: string, { processes }: View): boolean =>
  process === 'relay' && !processes['relay'] && processes['service'] !== undefined;

/** A process slow, or at full speed again. */
export const slow = (process: string, { view }: Situation): Choice =>
  now(
    { type: 'slow', process, by: (view.processes[process]?.slowBy ?? 0) > 0 ? 0 : 1000 },
    isGone(process, view) ? 'noRelay' : null,
  );

/** A crash, at a point or now. */
export function crash(process: string, point: string | undefined, { options, view }: Situation): Choice {
  const failure: Failure = { type: 'crash', process, restartAfter, ...(point && { point }) };
  if (isGone(process, view)) return { failure, now: !point, disabled: 'noRelay' };
  if (!point) return now(failure, view.processes[process]?.up === false ? 'isDown' : null);
  const never = process === 'service' && options.publish === 'outbox' && point.endsWith(':publish');
  return later(failure, never ? 'neverPublishes' : null);
}

/** The whole bus down for so many ms. */
export const busDown = (ms: number, { view }: Situation): Choice =>
  now({ type: 'busDown', for: ms }, view.bus.up ? null : 'busIsDown');
