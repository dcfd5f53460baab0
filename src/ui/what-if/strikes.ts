/** Every failure at one moment, side by side: which of them breaks what would else be kept. */
import type { Strike } from '../../trace/exploration.ts';
import { isHarmless } from '../promises.ts';

/** What one failure comes to. */
export interface StrikeRow {
  readonly strike: Strike;
  /** Broken at its end, and not in the run without a failure; in that one, all that is. Alarms first. */
  readonly breaks: readonly { readonly key: string; readonly harmless: boolean }[];
  /** Judged there and not without a failure: waiting for a person, or unknown since it did not come to rest. */
  readonly open: readonly { readonly key: string; readonly status: 'parked' | 'unknown' }[];
}

/** Whether a row says that something goes wrong that would else not. */
export const alarms = ({ breaks }: StrikeRow): boolean => breaks.some(({ harmless }) => !harmless);

/** The run without a failure first, then those that break something, then those that leave something open, then the others. */
export function strikeRows([without, ...others]: readonly Strike[]): StrikeRow[] {
  if (!without) return [];
  const rows = others.map((strike) => rowOf(strike, without));
  return [rowOf(without, null), ...rows.sort((a, b) => rankOf(a) - rankOf(b))];
}

function rowOf(strike: Strike, without: Strike | null): StrikeRow {
  const { verdicts } = strike;
  const fresh = Object.keys(verdicts).filter((key) => verdicts[key]!.status !== without?.verdicts[key]?.status);
  const breaks = fresh
    .filter((key) => verdicts[key]!.status === 'broken')
    .map((key) => ({ key, harmless: isHarmless(key, verdicts) }));
  const open = fresh.flatMap((key) => {
    const { status } = verdicts[key]!;
    return status === 'parked' || status === 'unknown' ? [{ key, status }] : [];
  });
  return { strike, breaks: breaks.sort((a, b) => Number(a.harmless) - Number(b.harmless)), open };
}

function rankOf(row: StrikeRow): number {
  if (alarms(row)) return 0;
  return row.breaks.length > 0 ? 1 : row.open.length > 0 ? 2 : 3;
}

/** All of it in short: how many failures there are, how many of them break something, and what. */
export function summaryOf([, ...rows]: readonly StrikeRow[]): {
  failures: number;
  breaking: number;
  promises: readonly string[];
} {
  const bad = rows.filter(alarms);
  const promises = bad.flatMap(({ breaks }) => breaks.filter(({ harmless }) => !harmless).map(({ key }) => key));
  return { failures: rows.length, breaking: bad.length, promises: [...new Set(promises)] };
}
