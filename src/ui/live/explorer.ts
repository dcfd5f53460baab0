/** The page's end of the wall to a worker that explores. */
import type { ExploreAnswer } from '../../trace/exploration.ts';

export interface ExplorerEvents {
  answered(answer: ExploreAnswer): void;
  /** It is of no use any more; `why` may be empty. */
  died(why: string): void;
}

/** Starts a worker that explores. `make` makes it. */
export function startExplorer(make: () => Worker, events: ExplorerEvents): Worker {
  const worker = make();
  worker.onmessage = ({ data }: MessageEvent<ExploreAnswer>) => events.answered(data);
  worker.onerror = (event) => {
    event.preventDefault();
    events.died(event.message ?? '');
  };
  worker.onmessageerror = () => events.died('an answer could not be read');
  return worker;
}
