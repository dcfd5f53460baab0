/** Which part a failure or a broken promise belongs to. */
import type { ArmedView, Part } from '../../playback/view.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Failure } from '../../trace/scenario.ts';
import type { Verdict, Verdicts } from '../../trace/trace.ts';
import { isHarmless } from '../promises.ts';

/** The part that a failure will strike. */
export function partOf(failure: Failure): Part {
  switch (failure.type) {
    case 'crash':
    case 'restart':
    case 'slow':
    case 'expireLease':
      return failure.process;
    case 'abortTransaction':
      return failure.process?.startsWith('consumer:') ? failure.process : 'database';
    case 'busDown':
    case 'refusePublish':
    case 'loseConfirmation':
      return 'bus';
    case 'consumerFails':
    case 'redeliver':
    case 'rebalance':
      return `consumer:${failure.subscription}`;
    case 'silence':
      return failure.service;
    default:
      return failure.subscription ? `queue:${failure.subscription}` : 'bus';
  }
}

/** Armed failures by the part they wait at. What is on its way to a participant waits there. */
export function armedByPart(
  armed: readonly ArmedView[],
  participants: readonly string[] = [],
): ReadonlyMap<Part, readonly ArmedView[]> {
  const parts = new Map<Part, ArmedView[]>();
  for (const each of armed) {
    const at = partOf(each.failure);
    const part = participants.find((name) => at === `queue:${name}`) ?? at;
    parts.set(part, [...(parts.get(part) ?? []), each]);
  }
  return parts;
}

/** A promise that broke, and the part where it did; null where it was judged over the whole run. */
export interface Break {
  key: string;
  verdict: Verdict;
  part: Part | null;
}

const nowhere = new Set(['kernel', 'user']);

/** The broken promises that are an alarm, the newest first. */
export function breaks(verdicts: Verdicts, records: readonly TraceRecord[]): Break[] {
  return Object.entries(verdicts)
    .filter(([key, verdict]) => verdict.status === 'broken' && !isHarmless(key, verdicts))
    .map(([key, verdict]) => {
      const process = verdict.at === undefined ? undefined : records[verdict.at]?.process;
      return { key, verdict, part: process && !nowhere.has(process) ? process : null };
    })
    .sort((a, b) => (b.verdict.at ?? 0) - (a.verdict.at ?? 0));
}
