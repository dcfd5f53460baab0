import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/base/hash.ts';
import { readTraceFile } from '../../../src/trace/read.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { addRecord, fileName, makeTrace, startHash, traceHash, writeTrace } from '../../../src/trace/write.ts';
import { full, least, records, scenarios, trace } from './samples.ts';

/** Every place in a plain value, as a copy in which that place alone is changed. */
function* changes(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const changed of changes(item)) yield value.with(i, changed);
      yield value.toSpliced(i, 1);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      for (const changed of changes(item)) yield { ...value, [key]: changed };
      const { [key as never]: _left, ...rest } = value;
      yield rest;
    }
  } else yield typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}!` : !value;
}

const backwards = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).reverse())
    : value;

describe('the hash', () => {
  test('does not change: a hash in a file must mean the same forever', () => {
    expect(traceHash(least, [])).toBe('091419b7275a47');
    expect(traceHash(full, records)).toBe('19ca696f24706b');
  });

  test('changes with every field of scenario and records, with their number and their order', () => {
    const seen = new Set([traceHash(full, records)]);
    let count = 1;
    for (const scenario of changes(full)) {
      seen.add(traceHash(scenario as Scenario, records));
      count++;
    }
    for (const changed of changes(records)) {
      seen.add(traceHash(full, changed as TraceRecord[]));
      count++;
    }
    seen.add(traceHash(full, records.toReversed()));
    expect(seen.size).toBe(count + 1);
  });

  test('does not depend on the order of keys', () => {
    const turned = JSON.parse(JSON.stringify({ full, records }, backwards)) as {
      full: Scenario;
      records: TraceRecord[];
    };
    expect(Object.keys(turned.full)).not.toEqual(Object.keys(full));
    expect(traceHash(turned.full, turned.records)).toBe(traceHash(full, records));
  });

  test('can be taken as the run goes', () => {
    let hash = startHash(full);
    for (const record of records) hash = addRecord(hash, record);
    expect(toHex(hash)).toBe(traceHash(full, records));
    expect(makeTrace({ ...trace, hash: toHex(hash) })).toEqual(trace);
  });
});

describe('a trace file', () => {
  test('equal runs are equal files, one record a line', () => {
    const text = writeTrace(trace);
    expect(writeTrace(JSON.parse(JSON.stringify(trace, backwards)) as typeof trace)).toBe(text);
    expect(JSON.parse(text)).toEqual(trace);
    expect(text.endsWith('}\n')).toBe(true);
    const lines = text.split('\n');
    const first = lines.indexOf('"records":[') + 1;
    for (const [i, record] of records.entries()) {
      expect(JSON.parse(lines[first + i]!.replace(/,$/, ''))).toEqual(record);
    }
    expect(lines[first + records.length]).toBe('],');
    expect(lines.filter((line) => /^"\w+":/.test(line)).map((line) => line.split('"')[1])).toEqual([
      'format',
      'hash',
      'records',
      'scenario',
      'verdicts',
      'version',
    ]);
  });

  test('it can say where the reader stood', () => {
    const left = makeTrace({ ...trace, cursor: 2 });
    expect(left.hash).toBe(trace.hash);
    expect(readTraceFile(writeTrace(left))).toEqual({ ok: true, value: left, warnings: [] });
  });

  test('without records it is a file too', () => {
    const empty = makeTrace({ ...trace, records: [], hash: traceHash(full, []) });
    expect(readTraceFile(writeTrace(empty))).toEqual({ ok: true, value: empty, warnings: [] });
  });

  test('any scenario makes a trace that reads back, and its file again the same bytes', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const text = writeTrace(makeTrace({ ...trace, scenario, records: records.slice(0, 2) }));
        const outcome = readTraceFile(text);
        expect(outcome.ok && 'records' in outcome.value && writeTrace(outcome.value)).toBe(text);
      }),
    );
  });
});

describe('the file name', () => {
  const named = (title: string) => fileName({ ...least, title }).replace(/[0-9a-f]{8}\.sagascope\.json$/, '#');

  test('comes of the title, or else of the flow, and of the scenario', () => {
    expect(named('Campaign publishing: the relay dies')).toBe('campaign-publishing-the-relay-dies-#');
    expect(named('릴레이가 죽다')).toBe('릴레이가-죽다-#');
    expect(named('../../etc/passwd')).toBe('etc-passwd-#');
    expect(named('a\u202egnp.exe')).toBe('a-gnp-exe-#');
    expect(named(' <>:"/\\|?*\0 ')).toBe('trip-#');
    expect(named('x '.repeat(60))).toBe(`${'x-'.repeat(30).slice(0, -1)}-#`);
    expect(fileName(least)).toMatch(/^trip-[0-9a-f]{8}\.sagascope\.json$/);
    expect(fileName(least)).toBe(fileName({ ...least }));
    expect(fileName(least)).not.toBe(fileName({ ...least, seed: 1 }));
  });

  test('is safe for any scenario', () => {
    fc.assert(
      fc.property(
        scenarios,
        (scenario) => void expect(fileName(scenario)).toMatch(/^[\p{L}\p{N}-]{1,70}\.sagascope\.json$/u),
      ),
    );
  });
});
