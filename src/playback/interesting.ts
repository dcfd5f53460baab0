/** Which records a reader wants to stop at, and which are the plumbing between them. */
import type { RecordKind, RecordOf, TraceRecord } from '../trace/record.ts';
import { own } from '../base/own.ts';

type Stop<R> = true | ((record: R) => boolean);

const stops: { readonly [K in RecordKind]?: Stop<RecordOf<K>> } = {
  'command.sent': true,
  'command.refused': true,
  'command.rejected': true,
  'effect.waited': true,
  // others are told by the record that follows at once: marked, applied, ignored
  'transaction.committed': ({ events }) => events.length > 0,
  'transaction.aborted': ({ reason }) => reason !== 'duplicate' && reason !== 'stale',
  'outbox.claimed': true,
  'outbox.leaseExpired': true,
  'outbox.marked': true,
  'outbox.deleted': true,
  'outbox.attemptFailed': true,
  'outbox.parked': true,
  'outbox.unparked': true,
  'outbox.cleaned': ({ positions }) => positions.length > 0,
  'relay.fetched': ({ positions }) => positions.length > 0,
  'relay.historyLost': true,
  'bus.accepted': true,
  'bus.refused': true,
  'bus.confirmationLost': true,
  'bus.wentDown': true,
  'bus.cameUp': true,
  'bus.buffered': true,
  'bus.delivered': true,
  'bus.redelivered': true,
  'bus.acknowledgementIgnored': true,
  'bus.requeued': true,
  'bus.deadLettered': true,
  'bus.dropped': true,
  'bus.duplicated': true,
  'bus.delayed': true,
  'bus.promoted': true,
  'bus.redriven': true,
  'bus.assigned': true,
  'bus.rewound': true,
  'consumer.effectApplied': true,
  'consumer.failed': true,
  'inbox.duplicateIgnored': true,
  'inbox.staleIgnored': true,
  'inbox.forgotten': ({ eventIds }) => eventIds.length > 0,
  'process.crashed': true,
  'process.restarted': true,
  'process.slowed': true,
  'failure.armed': true,
  'failure.struck': true,
  'failure.refused': true,
  'intervention.done': true,
  'intervention.refused': true,
  'run.settling': true,
  'run.settled': true,
};

/** Whether something happens here that a reader would stop for. Records of unknown kinds are passed over. */
export function isInteresting(record: TraceRecord): boolean {
  const stop = own(stops as Readonly<Record<string, Stop<TraceRecord>>>, record.kind);
  return typeof stop === 'function' ? stop(record) : stop === true;
}
