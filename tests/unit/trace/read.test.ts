import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../src/base/canonical.ts';
import { maxFileBytes, readBlob, readTraceFile, type FileProblemCode } from '../../../src/trace/read.ts';
import { scanJson } from '../../../src/trace/scan-json.ts';
import { makeTrace, writeTrace } from '../../../src/trace/write.ts';
import { event, full, least, records, scenarios, trace } from './samples.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown) => JSON.stringify(value);

/** `code place detail` of a refusal. */
function refusal(source: string | Uint8Array): string {
  const outcome = readTraceFile(source);
  if (outcome.ok) return 'ok';
  const { code, place = '-', detail = '-' } = outcome.problem;
  return `${code} ${place} ${detail}`;
}

function read(source: string | Uint8Array) {
  const outcome = readTraceFile(source);
  if (!outcome.ok) throw new Error(json(outcome.problem));
  return outcome;
}

describe('good files', () => {
  test('a trace comes back as it was written, bytes or text, with or without a byte order mark', () => {
    const text = writeTrace(trace);
    for (const source of [text, bytes(text), `\uFEFF${text}`, bytes(`\uFEFF${text}`)]) {
      expect(readTraceFile(source)).toEqual({ ok: true, value: trace, warnings: [] });
    }
  });

  test('any scenario comes back as it was written, however it was laid out', () => {
    fc.assert(
      fc.property(scenarios, fc.constantFrom(undefined, 2, '\t', '\r\n'), (scenario, space) => {
        expect(read(JSON.stringify(scenario, null, space))).toEqual({
          ok: true,
          value: scenario,
          warnings: [],
        });
        expect(read(bytes(canonical(scenario))).value).toEqual(scenario);
      }),
    );
  });

  test('10,000 records open, and 5 MiB of them', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, seq) => ({
        ...records[2]!,
        seq,
        at: 9,
        cause: seq,
        correlationId: 'command-1',
      }));
    const text = writeTrace(makeTrace({ ...trace, records: many(10_000) }));
    const start = performance.now();
    const { value } = read(bytes(text));
    console.log(
      `10,000 records, ${(text.length / 2 ** 20).toFixed(1)} MiB: read in ${(performance.now() - start).toFixed(0)} ms`,
    );
    expect('records' in value && value.records.length).toBe(10_000);
    // the smallest records there are fill the file with the most values
    const small = Array.from({ length: 75_000 }, (_, seq) => ({ seq, at: 0, process: 'a', kind: 'bus.cameUp' }));
    const large = writeTrace({ ...trace, records: small as typeof records });
    expect(large.length).toBeGreaterThan(maxFileBytes * 0.75);
    expect(readTraceFile(large).ok).toBe(true);
  });

  test('the largest scenario opens', () => {
    const failure = { type: 'delay', message: 'message-123', subscription: 'adServing', by: 1 };
    const inputs = Array.from({ length: 20_000 }, (_, at) => ({ at, kind: 'failure', failure }));
    expect(readTraceFile(json({ ...least, inputs, choices: Array<number>(100_000).fill(1) })).ok).toBe(true);
  });

  test('a Blob is read too', async () => {
    expect(await readBlob(new Blob([writeTrace(trace)]))).toEqual({ ok: true, value: trace, warnings: [] });
  });
});

describe('files of a later version', () => {
  test('unknown kinds are kept and named once', () => {
    const later = ['moon.rose', 'moon.rose', 'sun.rose'].map((kind, i) => ({
      seq: i,
      at: 0,
      process: 'sky',
      kind,
      colour: 'red',
    }));
    const outcome = read(json({ ...trace, records: later }));
    expect('records' in outcome.value && outcome.value.records).toEqual(later);
    expect(outcome.warnings).toEqual([
      { code: 'unknownKind', place: 'records[0]', detail: 'moon.rose' },
      { code: 'unknownKind', place: 'records[2]', detail: 'sun.rose' },
    ]);
  });

  test('unknown keys are left out and named; those of records are kept', () => {
    const outcome = read(
      json({
        $schema: 'scenario.v1.json',
        mood: 'calm',
        ...full,
        options: { ...full.options, colour: 'red' },
        inputs: [{ at: 1, kind: 'settle', 'odd key': 1 }],
      }),
    );
    expect(outcome.value).toEqual({ ...full, inputs: [{ at: 1, kind: 'settle' }] });
    expect(outcome.warnings.map(({ code, place }) => `${code} ${place}`)).toEqual([
      'unknownKey mood',
      'unknownKey options.colour',
      'unknownKey inputs[0]["odd key"]',
    ]);
  });

  test('no more than twenty warnings', () => {
    const odd = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`odd${i}`, i]));
    expect(read(json({ ...full, ...odd })).warnings).toHaveLength(20);
  });

  test('a newer format is refused by its number', () => {
    expect(refusal(json({ ...least, version: 2, everything: 'else' }))).toBe('newerVersion version 2');
    expect(refusal(json({ format: 'sagascope/trace', version: 3 }))).toBe('newerVersion version 3');
    expect(refusal(json({ ...trace, scenario: { ...least, version: 2 } }))).toBe('newerVersion scenario.version 2');
    expect(refusal(json({ ...least, version: 0 }))).toMatch(/^invalid version/);
    expect(refusal(json({ ...least, version: '2' }))).toMatch(/^invalid version/);
  });
});

const scenarioWith = (text: string) => `{"format":"sagascope/scenario",\n ${text}`;
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('bad files', () => {
  /** Texts with § where the problem is; the place is counted from there. */
  test.each<[FileProblemCode, detail: string, text: string]>([
    ['notJson', 'expected a value', '§hello'],
    ['notJson', 'expected a value', scenarioWith('"options": §}')],
    ['notJson', 'expected "," or "}"', scenarioWith('"seed":1 §"inputs":[]}')],
    ['notJson', 'expected "," or "}"', scenarioWith('"seed":0§1}')],
    ['notJson', 'expected "," or "}"', scenarioWith('"seed":1§.}')],
    ['notJson', 'expected "," or "}"', scenarioWith('"seed":1§')],
    ['notJson', 'expected "," or "]"', scenarioWith('"inputs":[1§}')],
    ['notJson', 'expected a value', scenarioWith('"seed":§+1}')],
    ['notJson', 'expected a value', scenarioWith('"seed":§NaN}')],
    ['notJson', 'expected a value', scenarioWith('"inputs":[1,§]}')],
    ['notJson', 'expected a value', scenarioWith('"inputs":[§')],
    ['notJson', 'expected true', scenarioWith('"seed":§tru}')],
    ['notJson', 'expected a key in double quotes', scenarioWith('"seed":1,§}')],
    ['notJson', 'expected a key in double quotes', scenarioWith("§'seed':1}")],
    ['notJson', 'expected ":"', scenarioWith('"title" §1}')],
    ['notJson', 'expected the end of the string', scenarioWith('"title":"unfinished§')],
    ['notJson', 'expected an escape for the control character', scenarioWith('"title":"a§\tb"}')],
    ['notJson', 'expected an escape such as \\n or \\u00e9', scenarioWith('"title":"a§\\x"}')],
    ['notJson', 'expected an escape such as \\n or \\u00e9', scenarioWith('"title":"a§\\u12"}')],
    ['notJson', 'expected the end', scenarioWith('"seed":1}\n\n §{}')],
    ['tooDeep', 'at most 32 levels', scenarioWith(`"payload":${'['.repeat(31)}§${deep(1)}${']'.repeat(31)}}`)],
    ['duplicateKey', 'seed', scenarioWith('"seed":1, §"seed":2}')],
    ['duplicateKey', 'seed', scenarioWith('"a":[{"seed":1, §"\\u0073eed":2}]}')],
    ['forbiddenKey', '__proto__', scenarioWith('§"__proto__":{"seed":1}}')],
    ['forbiddenKey', 'constructor', scenarioWith('"a":[{§"constructor":1}]}')],
    ['forbiddenKey', 'prototype', scenarioWith('§"proto\\u0074ype":1}')],
    ['infiniteNumber', '1e400', scenarioWith('"seed": §1e400}')],
    ['infiniteNumber', '-1e309', scenarioWith('"seed": §-1e309}')],
    ['unsafeInteger', '9007199254740992', scenarioWith('"seed": §9007199254740992}')],
    ['unsafeInteger', '1e300', scenarioWith('"seed": §1e300}')],
    ['loneSurrogate', '-', scenarioWith('"title": §"a\\ud800b"}')],
    ['loneSurrogate', '-', scenarioWith('§"\\udc00\\ud800": 1}')],
    ['loneSurrogate', '-', scenarioWith('"title": "§\ud800"}')],
    ['tooManyNodes', '-', `[${'1,'.repeat(499_999)}§1,1]`],
    ['tooManyNodes', '-', `{"records":[],"choices":[${'1,'.repeat(499_998)}§1,1]}`],
    ['tooManyNodes', '-', `{"records":[${'1,'.repeat(1_999_999)}§1,1]}`],
  ])('%s: %s', (code, detail, marked) => {
    const before = marked.slice(0, marked.indexOf('§')).split('\n');
    const place = `${before.length}:${before.at(-1)!.length + 1}`;
    expect(refusal(marked.replace('§', ''))).toBe(`${code} ${place} ${detail}`);
  });

  test.each<[FileProblemCode, string, string | Uint8Array]>([
    ['empty', '- -', ''],
    ['empty', '- -', new Uint8Array(0)],
    ['empty', '- -', bytes('\uFEFF \n\t')],
    ['notUtf8', '- -', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['notUtf8', '- -', new Uint8Array([0xff, 0xfe, 0x7b, 0x00])],
    ['notUtf8', '- -', new Uint8Array([0xed, 0xa0, 0x80])], // a surrogate has no UTF-8
    ['tooLarge', '- -', new Uint8Array(maxFileBytes + 1)],
    ['tooLarge', '- -', ' '.repeat(maxFileBytes + 1)],
    ['wrongFormat', '- -', '[]'],
    ['wrongFormat', '- -', 'null'],
    ['wrongFormat', '- -', '{"format":1}'],
    ['wrongFormat', '- sagascope/lesson', '{"format":"sagascope/lesson"}'],
    ['invalid', 'seed Invalid key: Expected "seed" but received undefined', json({ ...least, seed: undefined })],
    [
      'invalid',
      'inputs[1].at Expected at least 5, the one before, but received 4',
      json({ ...least, inputs: [5, 4].map((at) => ({ at, kind: 'settle' })) }),
    ],
    ['invalid', 'records[0].seq Expected 0, but received 7', json({ ...trace, records: [{ ...records[0], seq: 7 }] })],
    [
      'invalid',
      'records[0].events[0].eventId Invalid type: Expected string but received 1',
      json({ ...trace, records: [{ ...records[2], seq: 0, events: [{ ...event, eventId: 1 }] }] }),
    ],
  ])('%s %s', (code, rest, source) => expect(refusal(source)).toBe(`${code} ${rest}`));

  test('the path quotes what is no word, and repeats no more than a little of the file', () => {
    const odd = { ...trace, verdicts: { 'a b"c': { status: 1 } } };
    expect(refusal(json(odd))).toMatch(/^invalid verdicts\["a b\\"c"\]\.status /);
    const long = readTraceFile(json({ ...least, flow: 'x'.repeat(100_000) }));
    expect(!long.ok && long.problem.detail!.length).toBe(200);
    const longKey = readTraceFile(json({ ...trace, verdicts: { ['k'.repeat(100_000)]: {} } }));
    expect(!longKey.ok && longKey.problem.place!.length).toBeLessThan(200);
  });

  test('a Blob too large is not even loaded; one that cannot be read is a problem of its own', async () => {
    const huge = { size: maxFileBytes + 1, arrayBuffer: () => expect.fail('loaded') } as unknown as Blob;
    expect(await readBlob(huge)).toEqual({ ok: false, problem: { code: 'tooLarge' } });
    const gone = { size: 10, arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob;
    expect(await readBlob(gone)).toEqual({ ok: false, problem: { code: 'unreadable' } });
  });
});

describe('files of others', () => {
  test.each([
    ['HTML', '<!DOCTYPE html>\n<html><body>Not found</body></html>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['XML', '<?xml version="1.0"?><a/>'],
    ['Mermaid', 'sequenceDiagram\n  A->>B: hello'],
    ['Mermaid', '%%{init: {}}%%\nflowchart LR\n A-->B'],
    ['PlantUML', '@startuml\nA -> B\n@enduml'],
    ['share link', 'https://example.org/app/?flow=trip#v1=abc'],
    ['HAR', json({ log: { version: '1.2', creator: { name: 'DevTools' }, entries: [] } })],
    ['OTLP', json({ resourceSpans: [{ resource: {}, scopeSpans: [] }] })],
    ['OTLP', json({ resourceLogs: [] })],
    ['Jaeger', json({ data: [{ traceID: 'abc', spans: [], processes: {} }] })],
    ['Chrome trace', json({ displayTimeUnit: 'ms', traceEvents: [] })],
    ['Chrome trace', json([{ name: 'a', ph: 'X', ts: 1 }])],
    ['CloudEvents', json([{ specversion: '1.0', id: '1', source: '/a', type: 'b' }])],
    // recognised although something else is wrong with it as well
    ['Chrome trace', '{"traceEvents":[{"ts":12345678901234567890}]}'],
    ['HAR', `{"log":{"entries":[${deep(40)}]}}`],
  ])('%s is called by its name', (name, text) => expect(refusal(text)).toBe(`wrongFormat - ${name}`));

  test('a broken file of ours is not taken for another', () => {
    const notes = '{"specversion":"1.0"} "traceID":"a"';
    expect(refusal(json({ ...least, notes, seed: -1 }))).toMatch(/^invalid seed/);
  });
});

describe('nothing reaches into prototypes, nothing throws', () => {
  test('pollution attempts are refused or stay data', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
      for (const at of [`{"${key}":{"polluted":1}}`, scenarioWith(`"options":{"${key}":{"polluted":1}}}`)]) {
        expect(refusal(at)).toMatch(/^forbiddenKey/);
      }
    }
    const text = json({ ...least, toString: 1, hasOwnProperty: 2, options: { valueOf: 3 } });
    expect(read(text).value).toEqual({ ...least, options: {} });
    expect(({} as { polluted?: 1 }).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  });

  test('what the guard lets through, JSON.parse reads; what JSON.parse refuses, the guard refuses', () => {
    const text = JSON.stringify({ ...full, notes: 'a\\"\n\u2028', choices: [0, 1.5, -2e-3, 1e2] });
    const edits = fc.tuple(
      fc.nat(text.length),
      fc.nat(3),
      fc.constantFrom('', '"', '{', ']', ',', '\\', '0', '-', 'e', 'u', ' ', '\n'),
    );
    fc.assert(
      fc.property(edits, ([at, cut, insert]) => {
        const edited = text.slice(0, at) + insert + text.slice(at + cut);
        const parses = (() => {
          try {
            JSON.parse(edited);
            return true;
          } catch {
            return false;
          }
        })();
        const problem = scanJson(edited);
        if (problem === null) expect(parses).toBe(true);
        if (problem?.code === 'notJson') expect(parses).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test('any bytes and any text give an outcome', () => {
    fc.assert(fc.property(fc.uint8Array(), (source) => void expect(readTraceFile(source).ok).toBe(false)));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => void expect(readTraceFile(source).ok).toBe(false)),
    );
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(readTraceFile(json(value)).ok).toBe(false)));
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(trace)), (value, key) => {
        expect(readTraceFile(json({ ...trace, [key]: value }))).toHaveProperty('ok');
        expect(readTraceFile(json({ ...full, [key]: value, inputs: [value] }))).toHaveProperty('ok');
      }),
    );
  });

  test('hostile texts of 5 MiB are refused in linear time', () => {
    const fill = (unit: string) => unit.repeat(Math.floor(maxFileBytes / unit.length));
    for (const text of [
      fill('['),
      fill('{"a":'),
      fill('"'),
      `"${fill('a').slice(2)}`,
      fill('1'),
      fill('\\'),
      fill(' ').slice(1) + '<',
      fill('{"log":'),
      `"${fill('\\u0061').slice(9)}"`,
      fill('<?xml '),
      `[${fill('"a",').slice(5)}1]`,
    ]) {
      const start = performance.now();
      expect(readTraceFile(text).ok).toBe(false);
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
