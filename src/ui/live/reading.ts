/** Runs out of files, links and what a tab has kept: fetched when one is opened, since most visits open none. */
import { decodeLink } from '../../trace/link.ts';
import { readBlob, readTraceFile } from '../../trace/read.ts';
import type { Trace } from '../../trace/trace.ts';
import type { ImportOutcome } from '../run.ts';
import type { KeptOpening, Opening } from './opening.ts';

type Refused = Extract<ImportOutcome, { ok: false }>;

/**
 * Reads a trace or scenario file, or the part of an address behind its `#`: a trace opens where it was left, a scenario
 * before its first step. Never rejects.
 */
export async function readRun(
  source: Blob | string,
): Promise<{ ok: true; opening: Opening; trace: Trace | null } | Refused> {
  const read = typeof source === 'string' ? await decodeLink(source) : await readBlob(source);
  if (!read.ok) return read;
  const { value } = read;
  if (value.format === 'sagascope/scenario')
    return { ok: true, opening: { scenario: value, upTo: { records: 0 }, cursor: 0 }, trace: null };
  const upTo = { records: value.records.length };
  return { ok: true, opening: { scenario: value.scenario, upTo, cursor: value.cursor ?? 'end' }, trace: value };
}

/** Reads the part of an address behind its `#`, and opens it at a step. Never rejects. */
export async function readLink(fragment: string, step: number): Promise<{ ok: true; opening: Opening } | Refused> {
  const read = await decodeLink(fragment);
  if (!read.ok) return read;
  return { ok: true, opening: { scenario: read.value, upTo: { records: step }, cursor: step } };
}

/** Reads what a tab has kept, as carefully as a file: the storage may hold anything. Null where it makes no sense. */
export function readKept(kept: unknown): KeptOpening | null {
  if (typeof kept !== 'object' || kept === null || !('scenario' in kept)) return null;
  const { records, cursor } = kept as { records?: unknown; cursor?: unknown };
  const read = readTraceFile(JSON.stringify(kept.scenario));
  if (!read.ok || read.value.format !== 'sagascope/scenario') return null;
  const count = (value: unknown): number => (Number.isSafeInteger(value) ? Math.max(0, value as number) : 0);
  return { scenario: read.value, upTo: { records: count(records) }, cursor: count(cursor) };
}
