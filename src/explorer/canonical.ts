/** Plain data as text that is equal where the data is equal in all that matters to how a run goes on. */
import { PersistentMap } from '../base/persistent-map.ts';

/**
 * Numbers in fields that say when something was written down, and nothing about what can happen next: numbers of records, the order
 * in which things were put on the agenda, and times that nothing is decided by while time stands still.
 */
const idle = new Set([
  ...['seq', 'cause', 'order', 'since', 'due', 'deadline'],
  ...['at', 'publishedAt', 'sentAt', 'startedAt', 'movedAt'],
]);

/** Texts of objects met before: events travel through many states as they are. Not state: it holds what their content says. */
const known = new WeakMap<object, string>();
/** Texts shorter than this are quicker made again than kept. */
const worthKeeping = 60;

/** The text. Keys are sorted, maps by their keys; fields that are undefined, and idle ones, are left out. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  const before = known.get(value);
  if (before !== undefined) return before;
  const text = textOf(value);
  if (text.length >= worthKeeping) known.set(value, text);
  return text;
}

function textOf(value: object): string {
  if (value instanceof PersistentMap) return mapText(value as PersistentMap<string | number, unknown>);
  if (Array.isArray(value)) return arrayText(value);
  const record = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(record).sort()) {
    const field = record[key];
    if (field === undefined || (typeof field === 'number' && idle.has(key))) continue;
    text += `${key}:${canonical(field)},`;
  }
  return `${text}}`;
}

function arrayText(values: readonly unknown[]): string {
  let text = '[';
  for (const value of values) text += `${canonical(value)},`;
  return `${text}]`;
}

function mapText(map: PersistentMap<string | number, unknown>): string {
  const entries: string[] = [];
  map.forEach((value, key) => {
    entries.push(`${key}:${canonical(value)}`);
  });
  return `<${entries.sort().join(',')}>`;
}
