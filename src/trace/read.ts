/**
 * The door for files: bytes that anybody may have made become a trace or a scenario, or a problem the page can explain.
 * Nothing here throws for what is in a file, and nothing of it is merged into another object.
 */
import * as v from 'valibot';
import { foreignFormat } from './foreign.ts';
import { scanJson, type TextProblemCode } from './scan-json.ts';
import type { Scenario } from './scenario.ts';
import { isKnownKind } from './schema-record.ts';
import { scenarioSchema, traceSchema } from './schema.ts';
import type { Trace } from './trace.ts';

/** 5 MiB: a trace of 10,000 records of 300 bytes takes 3. */
export const maxFileBytes = 5 * 1024 * 1024;

/** Of what a problem repeats from the file. */
const maxDetail = 200;
const maxWarnings = 20;

export type FileProblemCode =
  | TextProblemCode
  | 'unreadable' // the file is gone, or may not be read
  | 'empty'
  | 'tooLarge'
  | 'notUtf8'
  | 'wrongFormat' // `detail`: what it seems to be instead, if that can be told
  | 'newerVersion' // `detail`: the version
  | 'invalid'
  | 'notLink' // no fragment of ours at all, such as the anchor of a heading
  | 'linkEmpty'
  | 'linkVersion' // `detail`: the version
  | 'linkBroken'
  | 'linkTruncated';

export interface FileProblem {
  code: FileProblemCode;
  /** Of text: `line:column`. Of what it says: a path such as `inputs[3].at`. */
  place?: string;
  /** What was expected or found: English, for those who look closer. */
  detail?: string;
}

/** The file opens; this much of it is not understood. */
export interface FileWarning {
  /** `unknownKey`: left out. `unknownKind`: records of this kind are kept and shown as they are. */
  code: 'unknownKey' | 'unknownKind';
  place: string;
  detail?: string;
}

export type ReadOutcome<T = Trace | Scenario> =
  { ok: true; value: T; warnings: FileWarning[] } | { ok: false; problem: FileProblem };

/** Reads a trace or scenario file out of a File or Blob; one that is too large is not even loaded. Never rejects. */
export async function readBlob(blob: Blob): Promise<ReadOutcome> {
  if (blob.size > maxFileBytes) return refuse('tooLarge');
  try {
    return readTraceFile(new Uint8Array(await blob.arrayBuffer()));
  } catch {
    return refuse('unreadable');
  }
}

/** Reads a trace or scenario file: UTF-8 bytes, or its text. A byte order mark is accepted. Never throws. */
export function readTraceFile(source: Uint8Array | string): ReadOutcome {
  if (source.length > maxFileBytes) return refuse('tooLarge'); // a text has at least as many bytes as characters
  const text = typeof source === 'string' ? source.replace(/^\uFEFF/, '') : decode(source);
  if (text === null) return refuse('notUtf8');
  if (text.trim() === '') return refuse('empty');
  const read = readText(text);
  if (read.ok) return read;
  // a file of another program is that first of all, whatever else is wrong with it
  const foreign = read.problem.code === 'newerVersion' ? null : foreignFormat(text);
  return foreign === null ? read : refuse('wrongFormat', undefined, foreign);
}

/** A guarded text, parsed and checked. `prepare` turns what was written into what is meant (share links are shortened). */
export function readText(text: string, prepare = (value: unknown) => value): ReadOutcome {
  const problem = scanJson(text);
  return problem ? { ok: false, problem } : readValue(prepare(JSON.parse(text)));
}

/** A refusal; empty parts are left out, and what is repeated of the file is cut short. */
export function refuse(code: FileProblemCode, place?: string, detail?: string): { ok: false; problem: FileProblem } {
  const problem = { code, ...(place && { place }), ...(detail && { detail: detail.slice(0, maxDetail) }) };
  return { ok: false, problem };
}

/** UTF-8 without a byte order mark, or null if it is none. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readValue(value: unknown): ReadOutcome {
  const format = member(value, 'format');
  if (format !== 'sagascope/trace' && format !== 'sagascope/scenario') {
    return refuse('wrongFormat', undefined, typeof format === 'string' ? format : undefined);
  }
  for (const [place, version] of [
    ['version', member(value, 'version')],
    ['scenario.version', member(member(value, 'scenario'), 'version')],
  ] as const) {
    if (typeof version === 'number' && version > 1) return refuse('newerVersion', place, `${version}`);
  }
  const result = v.safeParse(format === 'sagascope/trace' ? traceSchema : scenarioSchema, value, { abortEarly: true });
  if (!result.success) return refuse('invalid', pathOf(result.issues[0]), result.issues[0].message);
  return { ok: true, value: result.output, warnings: warningsOf(value, result.output) };
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? value[key as keyof typeof value]
    : undefined;
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? []).reduce((path, { key }) => joinPath(path, key as string | number), '');
}

function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$]{0,119}$/.test(key)) return `${path}[${JSON.stringify(key.slice(0, 120))}]`;
  return path === '' ? key : `${path}.${key}`;
}

function warningsOf(value: unknown, read: Trace | Scenario): FileWarning[] {
  const warnings: FileWarning[] = [];
  warnOfLeftOut(value, read, '', warnings);
  if (read.format === 'sagascope/trace') {
    const kinds = new Set<string>();
    for (const { kind, seq } of read.records) {
      if (isKnownKind(kind) || kinds.has(kind) || warnings.length >= maxWarnings) continue;
      kinds.add(kind);
      warnings.push({ code: 'unknownKind', place: `records[${seq}]`, detail: kind.slice(0, maxDetail) });
    }
  }
  return warnings;
}

/** What was written and isn't in what was read. Records are kept whole; a `$schema` is an editor's business. */
function warnOfLeftOut(written: unknown, read: unknown, path: string, warnings: FileWarning[]): void {
  if (written === read || typeof written !== 'object' || written === null || warnings.length >= maxWarnings) return;
  if (path === 'records' || typeof read !== 'object' || read === null) return;
  for (const [key, value] of Object.entries(written)) {
    const place = joinPath(path, Array.isArray(written) ? Number(key) : key);
    if (Object.hasOwn(read, key)) warnOfLeftOut(value, read[key as keyof typeof read], place, warnings);
    else if (place !== '$schema' && warnings.length < maxWarnings) warnings.push({ code: 'unknownKey', place });
  }
}
