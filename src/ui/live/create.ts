/** How the page sets out: from a link, from what this tab was doing before a reload, or from its address. */
import { readAddress } from '../../trace/address.ts';
import { decodeLink } from '../../trace/link.ts';
import { readTraceFile } from '../../trace/read.ts';
import type { Options, Scenario } from '../../trace/scenario.ts';
import type { ImportOutcome } from '../run.ts';
import { LiveRun, type Opening } from './live-run.svelte.ts';
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
  const step = address.step ?? 0;
  const none = { fromLink: false, problem: null };
  if (location.hash.length > 1) {
    const read = await decodeLink(location.hash);
    // the link has been taken in: a reload comes back to what was done with it since
    history.replaceState(null, '', location.pathname + location.search);
    if (read.ok) return { opening: { scenario: read.value, upTo: { records: step }, cursor: step }, fromLink: true, problem: null };
    return { opening: empty(address.options), fromLink: false, problem: read.problem };
  }
  const kept = readKept();
  if (kept) return { opening: kept, ...none };
  return { opening: empty(address.options), ...none };
}

function empty(options: Partial<Options>): Opening {
  const scenario: Scenario = { format: 'sagascope/scenario', version: 1, flow: 'campaign', options, seed: 1, inputs: [] };
  return { scenario, upTo: { records: 0 }, cursor: 'end' };
}

/** The run of before the reload, read as carefully as a file: the storage may hold anything. */
function readKept(): Opening | null {
  const kept = keptRun();
  if (typeof kept !== 'object' || kept === null || !('scenario' in kept)) return null;
  const { records, cursor } = kept as { records?: unknown; cursor?: unknown };
  const read = readTraceFile(JSON.stringify(kept.scenario));
  if (!read.ok || read.value.format !== 'sagascope/scenario') return null;
  const count = (value: unknown): number => (Number.isSafeInteger(value) ? Math.max(0, value as number) : 0);
  return { scenario: read.value, upTo: { records: count(records) }, cursor: count(cursor) };
}

