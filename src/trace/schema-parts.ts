/** The words that the schemas of scenario and record are made of, and the limits of what a file may say. */
import * as v from 'valibot';
import type { Payload } from './scenario.ts';

/** Of names people give: commands, processes, titles. In UTF-16 code units. */
export const maxName = 120;
/** Of texts people write, in a payload or as notes. */
export const maxText = 2000;
/** Of strings in records: the simulation makes them out of names and texts. */
export const maxRecorded = 10_000;
/** Nesting of a whole file. */
export const maxDepth = 32;
/** Nesting of a payload. It turns up again inside rows inside records, and the file of the run has to be readable. */
export const maxPayloadDepth = 16;
/** Nesting of a row as read back from the database: a row lies six levels deep in a trace. */
export const maxRowDepth = maxDepth - 6;
/** Of times and durations of a scenario, in virtual ms: thirty years, far from where sums of them stop being exact. */
export const maxTime = 1e12;

/** Keys that would reach into prototypes when copied carelessly; no file may have them, at any depth. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** With the `u` flag a pair is one character, so that only lone surrogates match. */
export const loneSurrogate = /\p{Surrogate}/u;

const wellFormed = v.check((text: string) => !loneSurrogate.test(text), 'Expected well-formed Unicode');

export const name = v.pipe(v.string(), v.maxLength(maxName), wellFormed);
export const text = v.pipe(v.string(), v.maxLength(maxText), wellFormed);
export const recorded = v.pipe(v.string(), v.maxLength(maxRecorded), wellFormed);
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(maxTime));

export const payload = plain(maxPayloadDepth, maxText);
export const row = plain(maxRowDepth, maxRecorded);

/** A plain JSON object; JSON Schema can say no more of it than that. */
function plain(depth: number, length: number) {
  return v.custom<Payload>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value, depth, length),
    `Expected a plain JSON object, at most ${depth} levels deep, strings of at most ${length} characters`,
  );
}

function isPlain(value: unknown, depth: number, length: number): boolean {
  switch (typeof value) {
    case 'string':
      return value.length <= length && !loneSurrogate.test(value);
    case 'number':
      return Number.isFinite(value) && Number.isInteger(value) === Number.isSafeInteger(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (depth === 0) return false;
      if (Array.isArray(value)) return value.every((item) => isPlain(item, depth - 1, length));
      return isPlainObject(value) && Object.entries(value).every((entry) => isEntry(entry, depth - 1, length));
    default:
      return false;
  }
}

function isEntry([key, value]: [string, unknown], depth: number, length: number): boolean {
  return !forbiddenKeys.has(key) && isPlain(key, 0, maxName) && isPlain(value, depth, length);
}

/** Neither a Date nor a Map nor any other instance; a prototype of another frame will do. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
