/** How the page sets out: from a link, from what this tab was doing before a reload, or from its address. */
import { readAddress, type Address, type AddressProblem } from '../../trace/address.ts';
import type { Problem } from '../run.ts';
import { meansTheSame } from './address.ts';
import { LiveRun } from './live-run.svelte.ts';
import { emptyRun, type KeptOpening, type Opening } from './opening.ts';
import { Shelf, type Shelved } from './shelf.svelte.ts';
import { claimDatabase, keptRun, takeLink } from './tab.ts';

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
  const { opening, left, ...arrival } = await findOpening();
  const shelf = new Shelf();
  if (left && left.records > 0) shelf.put(left);
  const run = new LiveRun(make, await claimDatabase(), opening, shelf);
  addEventListener('pagehide', () => run.keep());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && run.playing) run.pause();
    run.keep();
  });
  return { run, ...arrival };
}

/** What to open, and the run of before the reload where that is another one: it is not lost. */
async function findOpening(): Promise<Omit<Arrival, 'run'> & { opening: Opening; left: Shelved | null }> {
  const address = readAddress(location.search);
  // names that nobody knows are not ours to judge: whoever passes an address on may add some
  const passedOver = address.problems.filter(({ code }) => code !== 'unknownName');
  const none = { fromLink: false, problem: null, passedOver };
  const kept = await openingKept();
  const left = kept && { scenario: kept.scenario, records: kept.upTo.records, cursor: kept.cursor };
  const read = await linkAt(address.step ?? 0);
  if (read?.ok) return { ...none, left, opening: read.opening, fromLink: true };
  const arrival = { ...none, problem: read?.problem ?? null };
  if (kept && meansTheSame(address, kept.scenario)) return { ...arrival, left: null, opening: kept };
  const scene = await sceneAt(address);
  const plain = { ...arrival, left, opening: emptyRun(address) };
  if (scene === 'unknown') passedOver.push({ code: 'unknownValue', name: 'scene', value: address.scene! });
  if (scene === 'notFetched') return { ...plain, problem: arrival.problem ?? { code: scene } };
  return typeof scene === 'object' ? { ...plain, opening: scene } : plain;
}

/** The scene that the address names, if it names one. */
async function sceneAt({ scene, options }: Address): Promise<Opening | 'unknown' | 'notFetched' | undefined> {
  if (scene === undefined) return undefined;
  try {
    const { openingOf } = await import('./scene.ts');
    return (await openingOf(scene, options)) ?? 'unknown';
  } catch {
    return 'notFetched';
  }
}

async function linkAt(step: number) {
  const link = takeLink();
  if (link === null) return null;
  const { readLink } = await import('./reading.ts');
  return readLink(link, step);
}

async function openingKept(): Promise<KeptOpening | null> {
  const kept = keptRun();
  if (kept === null) return null;
  const { readKept } = await import('./reading.ts');
  return readKept(kept);
}
