/** How the page sets out: from a link, from what this tab was doing before a reload, or from its address. */
import { readAddress, type AddressProblem } from '../../trace/address.ts';
import type { Problem } from '../run.ts';
import { LiveRun } from './live-run.svelte.ts';
import { emptyRun, type Opening } from './opening.ts';
import { claimDatabase, keptRun } from './tab.ts';

/** What became of the address the page was opened with. */
export interface Arrival {
  run: LiveRun;
  /** The scenario came with a link. */
  fromLink: boolean;
  /** The link could not be read; the page opened without it. */
  problem: Problem | null;
  /** What of the address the page does not know. */
  passedOver: readonly AddressProblem[];
}

/** Opens the page's run. `make` starts a worker. */
export async function createLiveRun(make: () => Worker): Promise<Arrival> {
  const { opening, ...arrival } = await findOpening();
  const run = new LiveRun(make, await claimDatabase(), opening);
  addEventListener('pagehide', () => run.keep());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && run.playing) run.pause();
    run.keep();
  });
  return { run, ...arrival };
}

async function findOpening(): Promise<Omit<Arrival, 'run'> & { opening: Opening }> {
  const address = readAddress(location.search);
  // names that nobody knows are not ours to judge: whoever passes an address on may add some
  const passedOver = address.problems.filter(({ code }) => code !== 'unknownName');
  const none = { fromLink: false, problem: null, passedOver };
  const fresh = { opening: emptyRun(address), ...none };
  const kept = keptRun();
  if (location.hash.length > 1) {
    const { readLink } = await import('./reading.ts');
    const read = await readLink(location.hash, address.step ?? 0);
    // the link has been taken in: a reload comes back to what was done with it since
    if (read) history.replaceState(null, '', location.pathname + location.search);
    if (read?.ok) return { ...none, opening: read.opening, fromLink: true };
    if (read) return { ...fresh, problem: read.problem };
  }
  if (kept === null) return fresh;
  const { readKept } = await import('./reading.ts');
  const opening = readKept(kept);
  return opening ? { opening, ...none } : fresh;
}
