/** Records at which something was ignored, turned away, dropped or set aside: where to look for what did not happen. */
import type { RecordKind, TraceRecord } from '../trace/record.ts';

const kinds: ReadonlySet<RecordKind> = new Set<RecordKind>([
  'inbox.duplicateIgnored',
  'inbox.staleIgnored',
  'bus.acknowledgementIgnored',
  'bus.dropped',
  'bus.deadLettered',
  'bus.refused',
  'outbox.parked',
  'relay.historyLost',
  'command.refused',
]);

/** Whether something is let go here. */
export const letsGo = ({ kind }: TraceRecord): boolean => kinds.has(kind);
