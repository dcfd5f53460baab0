/** What runs a run, for the worker: one file, fetched when there is something to run. */
import { fetchParts, partsFor } from './late-parts.ts';
import { LiveRun, type Outside } from './live.ts';

export { fetchParts };

/** A live run that fetches what its options need. */
export const start = (outside: Outside): LiveRun => new LiveRun({ ...outside, partsFor });
