/** Where a process can be crashed: its effects under each choice of options, for the simulation and the page alike. */
import { sendsByRelay } from './saga-parts.ts';
import type { Flow, Options } from './scenario.ts';

/** The effects that a crash can come before or after, as points name them. */
export type CrashableEffect =
  | 'load'
  | 'reservePosition'
  | 'commit'
  | 'publish'
  | 'fetchUnpublished'
  | 'claimUnpublished'
  | 'fetchPending'
  | 'claimPending'
  | 'reloadDocument'
  | 'readPosition'
  | 'fetchAfter'
  | 'fetchChanges'
  | 'markPublished'
  | 'deletePublished'
  | 'storePosition'
  | 'countAttempt'
  | 'releaseLeases'
  | 'fetchPublished'
  | 'removePublished'
  | 'checkInbox'
  | 'recordInbox'
  | 'apply'
  | 'acknowledge'
  | 'loadInstance'
  | 'commitInstance'
  | 'callParticipant'
  | 'fetchCommands'
  | 'sendCommand'
  | 'markSent';

/** The effects of a process under these options, in the order it comes to them. */
export function effectsOf(process: string, options: Options, flow: Flow = 'campaign'): CrashableEffect[] {
  if (process === 'relay' || process === 'relay-2') return relaysEffects(process, options, flow);
  if (process === 'cleaner') return ['fetchPublished', 'removePublished'];
  if (/^consumer:(saga|processManager)\b/.test(process)) return sagaEffectsOf(options);
  if (process.startsWith('consumer:')) return consumerEffectsOf(options);
  if (flow === 'trip') return ['loadInstance', ...callsOf(options), 'commitInstance'];
  if (options.publish === 'afterCommit') return ['load', 'commit', 'publish'];
  if (options.publish === 'insideAggregate') return ['load', 'publish', 'commit'];
  return options.relay === 'cursorPolling' ? ['load', 'reservePosition', 'commit'] : ['load', 'commit'];
}

/** The first relay publishes events, where there are any, and sends the commands of sagas. */
function relaysEffects(process: string, options: Options, flow: Flow): CrashableEffect[] {
  const events = options.publish === 'outbox' && flow !== 'trip' ? relayEffectsOf(options) : [];
  const sends = process === 'relay' && sendsByRelay(options, flow);
  const commands: CrashableEffect[] = sends ? ['fetchCommands', 'sendCommand', 'markSent'] : [];
  return [...events, ...commands];
}

/** Who sends commands directly does so before the instance is stored. */
const callsOf = ({ sending, saga }: Options): CrashableEffect[] =>
  sending === 'direct' || saga === 'stateless' ? ['callParticipant'] : [];

function sagaEffectsOf(options: Options): CrashableEffect[] {
  const { bus, saga } = options;
  const acknowledging: CrashableEffect[] = bus === 'pubsub' ? [] : ['acknowledge'];
  if (saga === 'stateless') return ['callParticipant', ...acknowledging];
  return ['loadInstance', ...callsOf(options), 'commitInstance', ...acknowledging];
}

function relayEffectsOf(options: Options): CrashableEffect[] {
  const { outbox, relay, claim, afterPublish, failingRow, relayWrites } = options;
  const finish = afterPublish === 'delete' ? 'deletePublished' : 'markPublished';
  const work: CrashableEffect[] = afterPublish === 'markFirst' ? [finish, 'publish'] : ['publish', finish];
  if (relay === 'cursorPolling') return ['readPosition', 'fetchAfter', ...work];
  if (relay === 'logTailing' && outbox === 'table') return ['readPosition', 'fetchChanges', ...work];
  if (relay === 'logTailing') return ['readPosition', 'fetchChanges', 'reloadDocument', ...work, 'storePosition'];
  const reload: CrashableEffect[] = outbox === 'document' && relayWrites === 'checked' ? ['reloadDocument'] : [];
  const fetch: CrashableEffect =
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

function consumerEffectsOf({ bus, inbox }: Options): CrashableEffect[] {
  const handling: CrashableEffect[] =
    inbox === 'before'
      ? ['recordInbox', 'apply']
      : inbox === 'after'
        ? ['checkInbox', 'apply', 'recordInbox']
        : ['apply'];
  return bus === 'pubsub' ? handling : [...handling, 'acknowledge'];
}
