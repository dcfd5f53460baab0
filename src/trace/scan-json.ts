/**
 * The guard before `JSON.parse`: one linear pass, without recursion, over the text of a file somebody gives us. It checks
 * the grammar (so that every engine names the same line and column) and what JSON allows and we don't: depth, number of
 * values, keys twice, keys that reach into prototypes, numbers that would change when read, broken Unicode.
 */
import { forbiddenKeys, loneSurrogate, maxDepth } from './schema-parts.ts';

/** Values in `records` of the outermost object: a trace of 10,000 records has some 150,000, one that fills 5 MiB a million. */
const maxRecordNodes = 2_000_000;
/** Values elsewhere: 20,000 inputs of eight values and 100,000 choices are 280,000. */
const maxNodes = 500_000;

export type TextProblemCode =
  | 'notJson'
  | 'tooDeep'
  | 'tooManyNodes'
  | 'duplicateKey'
  | 'forbiddenKey'
  | 'infiniteNumber'
  | 'unsafeInteger'
  | 'loneSurrogate';

/** `place` is `line:column`, both from 1, columns in UTF-16 code units. */
export interface TextProblem {
  code: TextProblemCode;
  place: string;
  detail?: string;
}

/** @returns the first thing wrong with the text; null if `JSON.parse` reads it and nothing is refused */
export function scanJson(text: string): TextProblem | null {
  const lone = text.search(loneSurrogate); // only a string can have one: decoded bytes never do
  if (lone >= 0) return { code: 'loneSurrogate', place: lineAndColumn(text, lone) };
  try {
    new Scanner(text).scan();
    return null;
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    return {
      code: problem.code,
      place: lineAndColumn(text, problem.at),
      ...(problem.detail && { detail: problem.detail }),
    };
  }
}

/** Ends the scan from wherever it is; never leaves this file. */
class Stop extends Error {
  readonly code: TextProblemCode;
  readonly at: number;
  readonly detail: string;
  constructor(code: TextProblemCode, at: number, detail = '') {
    super(code);
    this.code = code;
    this.at = at;
    this.detail = detail;
  }
}

const numberHere = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapeHere = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

const tab = 0x09;
const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;

class Scanner {
  private readonly text: string;
  private at = 0;
  private depth = 0;
  /** By depth: what closes it, and the keys met so far if it is an object. The sets are used again. */
  private readonly closers: string[] = [];
  private readonly keys: Set<string>[] = [];
  private inRecords = false;
  private recordNodes = 0;
  private nodes = 0;

  constructor(text: string) {
    this.text = text;
  }

  scan(): void {
    for (let opened = this.value(); ; opened = this.value()) {
      if (opened && !this.closes()) {
        if (this.inObject()) this.key();
        continue; // to the first value inside
      }
      while (this.depth > 0 && !this.goesOn()) if (!this.closes()) this.fail(`"," or "${this.closers[this.depth]}"`);
      if (this.depth === 0) break;
      if (this.inObject()) this.key();
    }
    this.skipSpace();
    if (this.at < this.text.length) this.fail('the end');
  }

  /** One value; of an object or an array only the opening. @returns whether it opened one */
  private value(): boolean {
    this.skipSpace();
    this.countNode();
    const first = this.text[this.at];
    if (first === '{') this.open('}');
    else if (first === '[') this.open(']');
    else if (first === '"') this.string();
    else if (first === 't') this.word('true');
    else if (first === 'f') this.word('false');
    else if (first === 'n') this.word('null');
    else this.number();
    return first === '{' || first === '[';
  }

  private open(closer: string): void {
    if (this.depth === maxDepth) throw new Stop('tooDeep', this.at, `at most ${maxDepth} levels`);
    this.depth++;
    this.at++;
    this.closers[this.depth] = closer;
    (this.keys[this.depth] ??= new Set()).clear();
  }

  private inObject(): boolean {
    return this.closers[this.depth] === '}';
  }

  /** Takes the closing bracket, if it is next. */
  private closes(): boolean {
    this.skipSpace();
    if (this.text[this.at] !== this.closers[this.depth]) return false;
    this.at++;
    this.depth--;
    return true;
  }

  /** Takes the comma, if it is next. */
  private goesOn(): boolean {
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== comma) return false;
    this.at++;
    return true;
  }

  private key(): void {
    this.skipSpace();
    const start = this.at;
    if (this.text.charCodeAt(start) !== quote) this.fail('a key in double quotes');
    const key = this.string();
    if (forbiddenKeys.has(key)) throw new Stop('forbiddenKey', start, key);
    const keys = this.keys[this.depth]!;
    if (keys.has(key)) throw new Stop('duplicateKey', start, key.slice(0, 120));
    keys.add(key);
    if (this.depth === 1) this.inRecords = key === 'records';
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== colon) this.fail('":"');
    this.at++;
  }

  /** A string, from quote to quote. @returns what it says */
  private string(): string {
    const start = this.at++;
    let escaped = false;
    for (let c = this.text.charCodeAt(this.at); c !== quote; c = this.text.charCodeAt(++this.at)) {
      if (!(c >= space))
        this.fail(this.at < this.text.length ? 'an escape for the control character' : 'the end of the string');
      if (c === backslash) {
        escaped = true;
        this.escape();
      }
    }
    this.at++;
    // lone surrogates without an escape were looked for before
    if (!escaped) return this.text.slice(start + 1, this.at - 1);
    const said = JSON.parse(this.text.slice(start, this.at)) as string;
    if (loneSurrogate.test(said)) throw new Stop('loneSurrogate', start);
    return said;
  }

  /** From the backslash to the last character of the escape. */
  private escape(): void {
    escapeHere.lastIndex = this.at + 1;
    if (!escapeHere.test(this.text)) this.fail('an escape such as \\n or \\u00e9');
    this.at = escapeHere.lastIndex - 1;
  }

  private word(word: string): void {
    if (!this.text.startsWith(word, this.at)) this.fail(word);
    this.at += word.length;
  }

  private number(): void {
    numberHere.lastIndex = this.at;
    const digits = numberHere.exec(this.text)?.[0];
    if (digits === undefined) this.fail('a value');
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new Stop('infiniteNumber', this.at, digits.slice(0, 40));
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      throw new Stop('unsafeInteger', this.at, digits.slice(0, 40));
    this.at += digits.length;
  }

  private countNode(): void {
    const tooMany = this.inRecords ? ++this.recordNodes > maxRecordNodes : ++this.nodes > maxNodes;
    if (tooMany) throw new Stop('tooManyNodes', this.at);
  }

  private skipSpace(): void {
    for (; ; this.at++) {
      const c = this.text.charCodeAt(this.at);
      if (c !== space && c !== newline && c !== carriageReturn && c !== tab) return;
    }
  }

  private fail(expected: string): never {
    throw new Stop('notJson', this.at, `expected ${expected}`);
  }
}

function lineAndColumn(text: string, at: number): string {
  let line = 1;
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', lineStart)) {
    line++;
    lineStart = end + 1;
  }
  return `${line}:${at - lineStart + 1}`;
}
