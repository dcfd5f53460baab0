/** Where a cell is, as the page's address says it: the row by its options, the promise, and the bounds. */
import { readAddress, writeAddress } from '../../trace/address.ts';
import type { Flow } from '../../trace/scenario.ts';
import { promises } from '../../verdicts/promises.ts';
import { commandCounts, defaultBounds, failureCounts, failureTypes, stateLimits, type Bounds } from './bounds.ts';
import { presetsOf, rowOf, type Preset, type Row } from './rows.ts';

/** What an address asks this view for. */
export interface Asked {
  readonly flow: Flow;
  readonly bounds: Bounds;
  /** The ready choice of rows. */
  readonly preset: Preset;
  readonly row: Row | null;
  readonly promise: string | null;
  /** What of it nobody understands, as it is written there. */
  readonly passedOver: readonly string[];
}

/** Reads the query of the page's address. What is wrong is passed over and named; defaults stand in for it. */
export function readAsked(search: string): Asked {
  const { flow = 'campaign' } = readAddress(search);
  const query = new URLSearchParams(search);
  const passedOver: string[] = [];
  const missed = (name: string) => void passedOver.push(`${name}=${query.get(name)!.slice(0, 120)}`);
  const defaults = defaultBounds(flow);

  function among(name: string, known: readonly number[], otherwise: number): number {
    const text = query.get(name);
    if (text === null) return otherwise;
    const found = known.find((each) => String(each) === text);
    if (found === undefined) missed(name);
    return found ?? otherwise;
  }

  const rows = query.get('rows');
  const preset = presetsOf[flow].find((known) => known === rows);
  if (rows !== null && preset === undefined) missed('rows');
  const asked = query.get('row');
  const { options, problems } = readAddress(asked ?? '');
  if (problems.length > 0) missed('row');
  const promise = query.get('promise');
  const known = promise === null || promises.some(({ id }) => id === promise);
  if (!known) missed('promise');
  const left = query.get('without')?.split(' ') ?? [];
  const without = failureTypes.filter((type) => left.includes(type));
  if (without.length < left.length) missed('without');
  return {
    flow,
    bounds: {
      failures: among('failures', failureCounts, defaults.failures),
      commands: among('commands', commandCounts[flow], defaults.commands),
      maxStates: among('states', stateLimits, defaults.maxStates),
      without,
    },
    preset: preset ?? presetsOf[flow][0],
    row: asked === null || problems.length > 0 ? null : rowOf(flow, options),
    promise: known ? promise : null,
    passedOver,
  };
}

/** The query of an address that asks for this, `present` giving what concerns the page whatever it shows. */
export function writeAsked({ flow, bounds, preset, row, promise }: Omit<Asked, 'passedOver'>, present: string): string {
  const { lang, embed } = readAddress(present);
  const page = writeAddress({ flow, view: 'verify', ...(lang && { lang }), ...(embed && { embed }) });
  const query = new URLSearchParams(page);
  const defaults = defaultBounds(flow);
  if (preset !== presetsOf[flow][0]) query.set('rows', preset);
  if (row) query.set('row', row.key);
  if (promise !== null) query.set('promise', promise);
  if (bounds.failures !== defaults.failures) query.set('failures', String(bounds.failures));
  if (bounds.commands !== defaults.commands) query.set('commands', String(bounds.commands));
  if (bounds.maxStates !== defaults.maxStates) query.set('states', String(bounds.maxStates));
  if (bounds.without.length > 0) query.set('without', bounds.without.join(' '));
  return `?${query}`;
}
