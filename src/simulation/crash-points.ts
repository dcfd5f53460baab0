/** The effects of each process, in the order it comes to them: where it can be crashed. */
import type { EffectName } from '../messaging/effects.ts';
import type { Options } from '../trace/scenario.ts';
import { cleaner, isConsumer, isRelay } from './campaign-flow.ts';

/** The effects of a process under these options. */
export function effectsOf(process: string, options: Options): EffectName[] {
  if (isRelay(process)) return relayEffectsOf(options);
  if (process === cleaner) return ['fetchPublished', 'removePublished'];
  if (isConsumer(process)) return consumerEffectsOf(options);
  if (options.publish === 'afterCommit') return ['load', 'commit', 'publish'];
  if (options.publish === 'insideAggregate') return ['load', 'publish', 'commit'];
  return options.relay === 'cursorPolling' ? ['load', 'reservePosition', 'commit'] : ['load', 'commit'];
}

function relayEffectsOf({ outbox, relay, claim, afterPublish, failingRow, relayWrites }: Options): EffectName[] {
  const finish = afterPublish === 'delete' ? 'deletePublished' : 'markPublished';
  const work: EffectName[] = afterPublish === 'markFirst' ? [finish, 'publish'] : ['publish', finish];
  if (relay === 'cursorPolling') return ['readPosition', 'fetchAfter', ...work];
  if (relay === 'logTailing' && outbox === 'table') return ['readPosition', 'fetchChanges', ...work];
  if (relay === 'logTailing') return ['readPosition', 'fetchChanges', 'reloadDocument', ...work, 'storePosition'];
  const reload: EffectName[] = outbox === 'document' && relayWrites === 'checked' ? ['reloadDocument'] : [];
  const fetch: EffectName =
    outbox === 'document'
      ? claim === 'none'
        ? 'fetchPending'
        : 'claimPending'
      : claim === 'none'
        ? 'fetchUnpublished'
        : 'claimUnpublished';
  return [
    fetch,
    ...work,
    ...reload,
    ...(failingRow === 'park' ? (['countAttempt'] as const) : []),
    ...(claim === 'aggregate' ? (['releaseLeases'] as const) : []),
  ];
}

function consumerEffectsOf({ bus, inbox }: Options): EffectName[] {
  const handling: EffectName[] =
    inbox === 'before'
      ? ['recordInbox', 'apply']
      : inbox === 'after'
        ? ['checkInbox', 'apply', 'recordInbox']
        : ['apply'];
  return bus === 'pubsub' ? handling : [...handling, 'acknowledge'];
}
