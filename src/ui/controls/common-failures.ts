/** Failures as choices, and those most worth a press, whatever the part. */
import type { Failure, Options } from '../../trace/scenario.ts';
import type { View } from '../../playback/view.ts';

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
}

/** A process crashed from the page restarts after this, ms. */
export const restartAfter = 1500;

/** Where a relay's crash shows what the order of publishing and marking costs. */
export const relayGap = ({ afterPublish }: Options): string =>
  afterPublish === 'markFirst'
    ? 'after:markPublished'
    : afterPublish === 'delete'
      ? 'before:deletePublished'
      : 'before:markPublished';

/** The failures most worth a press. */
export function common(situation: Situation): Choice[] {
  return [
    crash('service', 'after:commit', situation),
    crash('relay', relayGap(situation.options), situation),
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

/** A crash, at a point or now. */
export function crash(process: string, point: string | undefined, { options, view }: Situation): Choice {
  const failure: Failure = { type: 'crash', process, restartAfter, ...(point && { point }) };
  if (process === 'relay' && options.publish !== 'outbox') return { failure, now: !point, disabled: 'noRelay' };
  if (!point) return now(failure, view.processes[process]?.up === false ? 'isDown' : null);
  const never = process === 'service' && options.publish === 'outbox' && point.endsWith(':publish');
  return later(failure, never ? 'neverPublishes' : null);
}

/** The whole bus down for so many ms. */
export const busDown = (ms: number, { view }: Situation): Choice =>
  now({ type: 'busDown', for: ms }, view.bus.up ? null : 'busIsDown');
