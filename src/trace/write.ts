/** Trace files, and the hash that tells equal runs: the same run gives the same bytes, whoever writes it. */
import { canonical } from '../base/canonical.ts';
import { hashCanonical } from '../base/hash-canonical.ts';
import { combine, toHex } from '../base/hash.ts';
import type { TraceRecord } from './record.ts';
import type { Scenario } from './scenario.ts';
import type { Trace } from './trace.ts';

/** The hash of a run without records; a number for `addRecord`. @throws TypeError if the scenario is no plain JSON */
export function startHash(scenario: Scenario): number {
  return hashCanonical(scenario);
}

/** The hash of the run with one more record, so that a run can be hashed as it goes. @throws TypeError as `startHash` */
export function addRecord(hash: number, record: TraceRecord): number {
  return combine(hash, hashCanonical(record));
}

/** The hash of a run as trace files carry it: 14 hexadecimal digits. @throws TypeError as `startHash` */
export function traceHash(scenario: Scenario, records: readonly TraceRecord[]): string {
  return toHex(records.reduce(addRecord, startHash(scenario)));
}

/** A trace of its parts; the hash is computed where none was kept along the way. @throws TypeError as `startHash` */
export function makeTrace(parts: Omit<Trace, 'format' | 'version' | 'hash'> & { hash?: string }): Trace {
  const hash = parts.hash ?? traceHash(parts.scenario, parts.records);
  return { ...parts, format: 'sagascope/trace', version: 1, hash };
}

/**
 * The text of a trace file: JSON in canonical order, one record a line, so that two runs can be compared line by line.
 * @throws TypeError if something in it is no plain JSON
 */
export function writeTrace(trace: Trace): string {
  const members = Object.entries(trace)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = members.map(
    ([key, value]) => `${canonical(key)}:${key === 'records' ? writeLines(trace.records) : canonical(value)}`,
  );
  return `{${lines.join(',\n')}}\n`;
}

function writeLines(records: readonly TraceRecord[]): string {
  return records.length === 0 ? '[]' : `[\n${records.map(canonical).join(',\n')}\n]`;
}

/**
 * A file name for a run: the words of its title (or its flow) and the beginning of the scenario's hash, then
 * `.sagascope.json`. Letters of any script, digits and hyphens only; at most 60 characters of title.
 */
export function fileName(scenario: Scenario): string {
  const words =
    (scenario.title ?? '')
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const title = [...words.join('-')].slice(0, 60).join('').replace(/-$/, '');
  return `${title || scenario.flow}-${toHex(startHash(scenario)).slice(0, 8)}.sagascope.json`;
}
