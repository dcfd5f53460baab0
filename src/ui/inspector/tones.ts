/** The colour a record has in a chain: that of the note it is about. */
import type { RecordKind, TraceRecord } from '../../trace/record.ts';

export type Tone = 'command' | 'event' | 'read' | 'bad' | 'plain';

const bad =
  /refused|rejected|aborted|crashed|struck|armed|dropped|duplicated|deadLettered|[fF]ailed|Lost|wentDown|requeued|\.parked|leaseExpired/;
const events: readonly RecordKind[] = [
  'outbox.appended',
  'relay.published',
  'service.published',
  'bus.accepted',
  'bus.dispatched',
  'bus.delivered',
  'bus.redelivered',
];

/** The tone of a record. */
export function toneOf({ kind }: TraceRecord): Tone {
  if (kind === 'failure.disarmed') return 'plain';
  if (bad.test(kind)) return 'bad';
  if (kind.startsWith('command.')) return 'command';
  if (events.includes(kind)) return 'event';
  return kind.startsWith('consumer.') || kind.startsWith('inbox.') ? 'read' : 'plain';
}
