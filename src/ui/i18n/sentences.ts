/** Records as sentences, for what is on the page from the start: the words for them come when there are records. */
import type { TraceRecord } from '../../trace/record.ts';
import { parts } from '../late-parts.ts';

/** The record as a sentence; '' where the words can't be fetched, null until they are there. Reactive. */
export function sentence(record: TraceRecord): string | null {
  parts.want();
  if (parts.loaded) return parts.loaded.later().records.sentence(record);
  return parts.failed ? '' : null;
}

/** Why something was turned down; '' until the words are there. Reactive. */
export function reasonNow(code: string): string {
  parts.want();
  return parts.loaded?.later().records.reason(code) ?? '';
}
