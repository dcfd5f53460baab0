/** Every record of a trace as one English sentence. */
import type { RecordKind, RecordOf, TraceRecord } from '../../trace/record.ts';
import { seconds, shown, span } from '../format.ts';
import { effect, failure, part } from './en-parts.ts';
import { intervention, reason } from './en-reasons.ts';
import { sagaSentences } from './en-saga-records.ts';

type Sentences = { [K in RecordKind]: (record: RecordOf<K>) => string };

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const summaries: Record<string, (aggregate: string) => string> = {
  adsServed: (id) => `shows the ads of ${id}`,
  adsStopped: (id) => `stops the ads of ${id}`,
  activationBilled: (id) => `bills the activation of ${id}`,
  deactivationBilled: (id) => `bills the end of ${id}`,
};

/** What a consumer did, by its code. */
export const summary = (code: string, aggregate: string): string => summaries[code]?.(aggregate) ?? code;

const sentences: Sentences = {
  ...sagaSentences,
  'command.sent': (r) => `You send ${r.name}.`,
  'command.refused': (r) => `${r.name} reaches nobody: ${reason(r.reason)}.`,
  'command.received': (r) => `The service takes ${r.name}.`,
  'command.handled': (r) => `${r.name} is done.`,
  'command.rejected': (r) => `${r.name} is rejected: ${reason(r.reason)}.`,
  'task.started': (r) => `${part(r.process)} runs ${r.handler}.`,
  'effect.begun': (r) => `${part(r.process)} begins to ${effect(r.effect)}${r.eventType ? ` ${r.eventType}` : ''}.`,
  'effect.waited': (r) => `${part(r.process)} waits: another transaction holds ${r.aggregateId}.`,
  'task.ended': (r) =>
    r.outcome === 'done'
      ? `${part(r.process)} is done with ${r.handler}.`
      : r.outcome === 'killed'
        ? `${r.handler} dies with its process.`
        : `${part(r.process)} gives up ${r.handler}${r.reason ? `: ${reason(r.reason)}` : ''}.`,
  'transaction.begun': (r) => `${part(r.process)} opens a transaction.`,
  'aggregate.loaded': (r) =>
    r.version === 0
      ? `${r.aggregateId} is not stored yet.`
      : `${r.aggregateId} is loaded: version ${r.version}, ${r.state}.`,
  'transaction.committed': (r) =>
    `${part(r.process)} commits ${list([...new Set(r.writes.map((write) => write.table))]) || 'nothing'} in one transaction.`,
  'transaction.aborted': (r) => `The transaction of ${part(r.process)} is rolled back: ${reason(r.reason)}.`,
  'outbox.appended': (r) => `Outbox row ${r.position} holds ${r.eventType}, not yet published.`,
  'outbox.marked': (r) => `Outbox row ${r.position} is marked as published.`,
  'relay.fetched': (r) =>
    r.positions.length === 0
      ? 'The relay asks the outbox and finds nothing new.'
      : `The relay finds outbox row${r.positions.length > 1 ? 's' : ''} ${list(r.positions.map(String))}.`,
  'relay.published': (r) => `The relay hands row ${r.position}, ${r.eventType}, to the bus.`,
  'service.published': (r) => `The service hands ${r.eventType} to the bus.`,
  'bus.accepted': (r) => `The bus takes in ${r.eventType} for ${list(r.messages.map((m) => part(m.subscription)))}.`,
  'bus.refused': (r) => `The bus refuses ${r.eventType}: ${reason(r.reason)}.`,
  'bus.confirmationLost': (r) => `The bus has ${r.eventType}, but its confirmation is lost.`,
  'bus.wentDown': (r) => `The bus goes down until ${seconds(r.until)} s.`,
  'bus.cameUp': () => 'The bus is up again.',
  'bus.dispatched': (r) => `${r.eventType} leaves for ${part(r.subscription)}.`,
  'bus.delivered': (r) => `${r.eventType} reaches ${part(r.subscription)}.`,
  'bus.redelivered': (r) => `${r.eventType} reaches ${part(r.subscription)} again, delivery ${r.attempt}.`,
  'bus.acknowledged': (r) => `${part(r.subscription)} acknowledges.`,
  'bus.acknowledgementIgnored': (r) => `${part(r.subscription)} acknowledges too late: ignored.`,
  'bus.requeued': (r) => `The message returns to the queue of ${part(r.subscription)}: ${reason(r.reason)}.`,
  'bus.deadLettered': (r) => `After ${r.attempts} deliveries the message for ${part(r.subscription)} is a dead letter.`,
  'bus.dropped': (r) => `${r.eventType} for ${part(r.subscription)} is lost${r.reason ? `: ${reason(r.reason)}` : ''}.`,
  'bus.duplicated': (r) => `The message for ${part(r.subscription)} is doubled.`,
  'bus.delayed': (r) => `The message for ${part(r.subscription)} is held back until ${seconds(r.until)} s.`,
  'bus.promoted': (r) => `The message for ${part(r.subscription)} moves to the head of its queue.`,
  'consumer.effectApplied': (r) => `${part(r.subscription)} ${summary(r.summary, r.aggregateId)}.`,
  'consumer.failed': (r) => `${part(r.subscription)} throws: ${reason(r.reason)}.`,
  'inbox.recorded': (r) => `${part(r.subscription)} notes the event in its inbox.`,
  'inbox.duplicateIgnored': (r) => `${part(r.subscription)} has handled this event before: ignored.`,
  'process.crashed': (r) => crashed(r),
  'process.restarted': (r) => `${part(r.process)} is up again, with an empty memory.`,
  'process.slowed': (r) =>
    r.by > 0
      ? `${part(r.process)} is slow: ${span(r.by)} more for each effect.`
      : `${part(r.process)} is back to full speed.`,
  'failure.armed': (r) => `Armed: ${failure(r.failure, null)}.`,
  'failure.struck': (r) => `It strikes: ${failure(r.failure, null)}.`,
  'failure.disarmed': (r) => (r.reason === 'takenBack' ? 'A failure is taken back.' : 'Settling takes back a failure.'),
  'failure.refused': (r) => `Not possible: ${failure(r.failure, null)}; ${reason(r.reason)}.`,
  'outbox.reserved': (r) => `Position ${r.position} is taken for a row that is not there yet.`,
  'outbox.deleted': (r) => `Outbox row ${r.position} is deleted.`,
  'outbox.attemptFailed': (r) => `Attempt ${r.attempts} to publish outbox row ${r.position} has failed.`,
  'outbox.parked': (r) => `Outbox row ${r.position} is parked after ${r.attempts} attempts: a person must look at it.`,
  'outbox.unparked': (r) => `Outbox row ${r.position} waits to be published again.`,
  'outbox.claimed': (r) =>
    `${part(r.process)} claims ${r.aggregates ? list(r.aggregates) : `row ${list(r.positions.map(String))}`} until ${seconds(r.until)} s.`,
  'outbox.released': (r) => `${part(r.process)} gives ${list(r.aggregates)} free.`,
  'outbox.leaseExpired': (r) => `The claims of ${part(r.process)} have ended, and it does not know.`,
  'outbox.cleaned': (r) =>
    `The clean-up removes ${r.positions.length} published row${r.positions.length === 1 ? '' : 's'}.`,
  'relay.advanced': (r) => `${part(r.process)} stores position ${r.position}.`,
  'relay.historyLost': (r) => `The change log begins at ${r.first}; what came after ${r.position} is gone.`,
  'bus.buffered': (r) => `The message waits in the memory of ${part(r.subscription)}.`,
  'bus.redriven': (r) => `A dead letter of ${part(r.subscription)} is back in its queue.`,
  'bus.assigned': (r) =>
    `Partition ${r.partition} of ${part(r.subscription)} goes to ${part(r.to)}, from offset ${r.position}.`,
  'bus.rewound': (r) => `${part(r.subscription)} reads partition ${r.partition} again from offset ${r.position}.`,
  'inbox.checked': (r) =>
    r.known
      ? `${part(r.subscription)} finds the event in its inbox.`
      : `${part(r.subscription)} does not find the event in its inbox.`,
  'inbox.forgotten': (r) =>
    `The inbox of ${part(r.subscription)} forgets ${r.eventIds.length} old id${r.eventIds.length === 1 ? '' : 's'}.`,
  'inbox.staleIgnored': (r) => `${part(r.subscription)} has seen version ${r.seen} already: ignored.`,
  'intervention.done': (r) => `You step in: ${intervention(r.intervention)}.`,
  'intervention.refused': (r) => `Not possible: ${intervention(r.intervention)}; ${reason(r.reason)}.`,
  'run.settling': () => 'Settling: no more failures, everything restarts.',
  'run.settled': (r) =>
    r.quiet ? 'Nothing is left to do.' : 'Stopped at the step limit: not everything came to rest.',
};

function crashed(record: RecordOf<'process.crashed'>): string {
  const [when, what] = record.point?.split(':') ?? [];
  const where = when && what ? ` ${when} ${effect(what)}` : '';
  const until = record.restartAt === undefined ? '' : `; back at ${seconds(record.restartAt)} s`;
  return `${part(record.process)} crashes${where}${until}.`;
}

/** The record as a sentence. */
export function sentence(record: TraceRecord): string {
  const say = sentences[record.kind] as ((of: TraceRecord) => string) | undefined;
  return say?.(record) ?? record.kind;
}

export const enRecords = {
  reason: shown(reason),
  intervention: shown(intervention),
  summary: shown(summary),
  sentence: shown(sentence),
};
