/** How the page sets out: from a link, from what this tab was doing before a reload, or from its address. */
import { readAddress } from '../../trace/address.ts';
import type { Options, Scenario } from '../../trace/scenario.ts';
import type { ImportOutcome } from '../run.ts';
import { LiveRun } from './live-run.svelte.ts';
import type { Opening } from './opening.ts';
import { claimDatabase, keptRun } from './tab.ts';

/** What became of the address the page was opened with. */
export interface Arrival {
  run: LiveRun;
  /** The scenario came with a link. */
  fromLink: boolean;
  /** The link could not be read; the page opened without it. */
  problem: Extract<ImportOutcome, { ok: false }>['problem'] | null;
}

/** Opens the page's run. `make` starts a worker. */
export async function createLiveRun(make: () => Worker): Promise<Arrival> {
  const { opening, fromLink, problem } = await findOpening();
  const run = new LiveRun(make, await claimDatabase(), opening);
  addEventListener('pagehide', () => run.keep());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && run.playing) run.pause();
    run.keep();
  });
  return { run, fromLink, problem };
}

async function findOpening(): Promise<Omit<Arrival, 'run'> & { opening: Opening }> {
  const address = readAddress(location.search);
  const none = { fromLink: false, problem: null };
  const fresh = { opening: empty(address.options), ...none };
  const kept = keptRun();
  if (location.hash.length > 1) {
    const { readLink } = await import('./reading.ts');
    const read = await readLink(location.hash, address.step ?? 0);
    // the link has been taken in: a reload comes back to what was done with it since
    if (read) history.replaceState(null, '', location.pathname + location.search);
    if (read?.ok) return { opening: read.opening, fromLink: true, problem: null };
    if (read) return { ...fresh, problem: read.problem };
  }
  if (kept === null) return fresh;
  const { readKept } = await import('./reading.ts');
  const opening = readKept(kept);
  return opening ? { opening, ...none } : fresh;
}

function empty(options: Partial<Options>): Opening {
  const scenario: Scenario = {
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    options,
    seed: 1,
    inputs: [],
  };
  return { scenario, upTo: { records: 0 }, cursor: 'end' };
}
