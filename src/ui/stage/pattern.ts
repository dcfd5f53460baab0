/** Which of the patterns the options come to. */
import type { Options } from '../../trace/scenario.ts';

/** The pattern that the stage says a sentence about. */
export function patternOf({ publish, outbox, relay }: Options) {
  if (publish !== 'outbox') return publish;
  if (outbox === 'document') return outbox;
  return relay === 'polling' ? publish : relay;
}
