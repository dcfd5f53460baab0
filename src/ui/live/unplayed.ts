/** A run of which no record has come yet: it needs nothing that plays, which is fetched later. */
import { emptyView } from '../../playback/start.ts';
import type { Playback } from '../../playback/timeline.ts';
import type { FlowParts } from '../../trace/control.ts';

/** What the page asks of a run's playback. */
export type Played = Pick<Playback, 'records' | 'viewAt' | 'recordAtTime' | 'chainOf' | 'nextInteresting' | 'stopsAt'>;

/** The playback of a run without records. */
export function unplayed(parts: FlowParts): Played {
  const view = emptyView(parts);
  return {
    records: [],
    viewAt: () => view,
    recordAtTime: () => 0,
    chainOf: () => [],
    nextInteresting: () => 0,
    stopsAt: () => false,
  };
}
