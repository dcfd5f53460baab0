/**
 * The hash of a value's canonical JSON, taken as the text would be written. The text itself is never made: most of what a
 * run's hash costs would be that.
 */
import { canonical, maxDepth, shapeOf, tooDeep } from './canonical.ts';
import { factor, finish, start } from './hash.ts';

/** The lanes of the hash so far; in whole words, as they are kept between one piece of text and the next. */
const lanes = new Int32Array(2);

/** `hashString(canonical(value))`, only sooner. @throws as `canonical` does */
export function hashCanonical(value: unknown): number {
  lanes[0] = start.a;
  lanes[1] = start.b;
  add(value, 0);
  return finish(lanes[0], lanes[1]);
}

function add(value: unknown, depth: number): void {
  if (typeof value === 'string') addString(value);
  else if (typeof value !== 'object' || value === null) addText(canonical(value));
  else if (depth >= maxDepth) throw tooDeep();
  else if (Array.isArray(value)) addArray(value, depth + 1);
  else addObject(value as Readonly<Record<string, unknown>>, depth + 1);
}

function addArray(list: readonly unknown[], depth: number): void {
  addText('[');
  for (let i = 0; i < list.length; i++) {
    if (i > 0) addText(',');
    add(list[i], depth);
  }
  addText(']');
}

function addObject(object: Readonly<Record<string, unknown>>, depth: number): void {
  const { keys, heads } = shapeOf(object);
  let before = '{';
  for (let i = 0; i < keys.length; i++) {
    const value = object[keys[i]!];
    if (value === undefined) continue;
    addText(before);
    addText(heads[i]!);
    add(value, depth);
    before = ',';
  }
  addText(before === '{' ? '{}' : '}');
}

/** A string in quotes. One that needs more than quotes is written first. */
function addString(text: string): void {
  let a = Math.imul(lanes[0]! ^ 0x22, factor.a);
  let b = Math.imul(lanes[1]! ^ 0x22, factor.b);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x20 || c === 0x22 || c === 0x5c || (c >= 0xd800 && c <= 0xdfff)) return addText(canonical(text));
    a = Math.imul(a ^ c, factor.a);
    b = Math.imul(b ^ c, factor.b);
  }
  lanes[0] = Math.imul(a ^ 0x22, factor.a);
  lanes[1] = Math.imul(b ^ 0x22, factor.b);
}

function addText(text: string): void {
  let a = lanes[0]!;
  let b = lanes[1]!;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, factor.a);
    b = Math.imul(b ^ c, factor.b);
  }
  lanes[0] = a;
  lanes[1] = b;
}
