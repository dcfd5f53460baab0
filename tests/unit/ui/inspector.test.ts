import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isInteresting } from '../../../src/playback/interesting.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import { placeBefore, RecordFilter } from '../../../src/ui/inspector/record-filter.ts';
import { colour, fileOf, lineOf, rolesOf, roleOfTask, splitSource } from '../../../src/ui/inspector/sources.ts';
import { newestRows, total } from '../../../src/ui/rows.ts';
import type { RowView } from '../../../src/playback/view.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { machinesOf } from '../../../src/simulation/saga/settings.ts';
import { completed, defaultOptions } from '../../../src/trace/defaults.ts';
import { effectsOf } from '../../../src/trace/crash-points.ts';
import type { Flow, Options } from '../../../src/trace/scenario.ts';
import { chapterOptions, combinations } from '../../support/combinations.ts';
import { PersistentMap } from '../../../src/base/persistent-map.ts';
import { top } from '../../support/tree.ts';

const record = (seq: number, kind: TraceRecord['kind']) => ({ seq, at: seq, kind, process: 'bus' }) as TraceRecord;
const sentence = ({ kind, seq }: TraceRecord) => `${kind} ${seq}`;

describe('the filter of records', () => {
  test('looks at each record once as the trace grows', () => {
    const filter = new RecordFilter();
    const records = [record(0, 'bus.cameUp'), record(1, 'task.started')];
    let looked = 0;
    const counting = (one: TraceRecord) => (looked++, sentence(one));
    const question = { query: 'came', among: null, sentence: counting };
    expect(filter.ask(records, question).length).toBe(1);
    records.push(record(2, 'bus.cameUp'));
    expect(filter.ask(records, question).seqs).toEqual([0, 2]);
    expect(looked).toBe(3);
  });

  test('starts anew for another question, another trace or a shorter one', () => {
    const filter = new RecordFilter();
    const records = [record(0, 'bus.cameUp'), record(1, 'task.started')];
    expect(filter.ask(records, { query: '', among: null, sentence }).length).toBe(2);
    expect(filter.ask(records, { query: '', among: isInteresting, sentence }).length).toBe(1);
    expect(filter.ask([record(0, 'bus.cameUp')], { query: '', among: isInteresting, sentence }).length).toBe(1);
    records.pop();
    expect(filter.ask(records, { query: '', among: isInteresting, sentence }).length).toBe(1);
  });

  test('knows the place of the cursor', () => {
    const matches = { seqs: [2, 5, 9], length: 3 };
    expect([0, 2, 3, 5, 6, 10, 99].map((cursor) => placeBefore(matches, cursor))).toEqual([-1, -1, 0, 0, 1, 2, 2]);
  });
});

describe('sources', () => {
  const effects: Record<string, string[]> = {
    'outbox-table': ['load', 'commit'],
    'outbox-with-sequence': ['load', 'reservePosition', 'commit'],
    'embedded-outbox': ['load', 'commit'],
    'publish-after-commit': ['load', 'commit', 'publish'],
    'publish-inside-aggregate': ['load', 'publish', 'commit'],
    'polling-publisher': [
      'fetchUnpublished',
      'claimUnpublished',
      'publish',
      'markPublished',
      'deletePublished',
      'countAttempt',
      'releaseLeases',
    ],
    'embedded-outbox-relay': [
      'fetchPending',
      'claimPending',
      'publish',
      'markPublished',
      'reloadDocument',
      'releaseLeases',
    ],
    'cursor-polling': ['readPosition', 'fetchAfter', 'publish', 'markPublished'],
    'log-tailing': ['readPosition', 'fetchChanges', 'publish', 'markPublished', 'storePosition'],
    'clean-up': ['fetchPublished', 'removePublished'],
    consumer: ['apply', 'acknowledge'],
    'idempotent-consumer': ['apply', 'acknowledge'],
    'inbox-before': ['recordInbox', 'apply', 'acknowledge'],
    'inbox-after': ['checkInbox', 'apply', 'recordInbox', 'acknowledge'],
    'version-aware-consumer': ['apply', 'acknowledge'],
    'saga-runner': [
      'loadInstance',
      'callParticipant',
      'commitInstance',
      'ignoreMessage',
      'missInstance',
      'acknowledge',
    ],
    'process-manager-runner': ['loadInstance', 'commitInstance', 'acknowledge'],
    'stateless-saga': ['callParticipant', 'acknowledge'],
    'command-relay': ['fetchCommands', 'sendCommand', 'markSent'],
    'aggregate-boundary': ['load', 'commit'],
  };

  test.each(Object.entries(effects))('%s: each of its effects has a line that can be lit', (file, names) => {
    const { about, lines } = splitSource(readFileSync(join(top, `src/patterns/${file}.ts`), 'utf8'));
    expect(about).toMatch(/^[A-Z].*\.$/);
    expect(about).not.toMatch(/[*]/);
    expect(lines.join('\n')).not.toContain("from '../");
    for (const effect of names) expect(lineOf(lines, effect, defaultOptions), effect).toBeGreaterThanOrEqual(0);
    expect(lineOf(lines, 'nothing', defaultOptions)).toBe(-1);
    for (const line of lines)
      expect(
        colour(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line);
  });

  test('every effect that a process can be crashed at has a line in the file it runs, whatever the options', () => {
    for (const options of combinations(chapterOptions).sensible) {
      for (const role of ['service', 'relay', 'consumer'] as const) {
        if (role === 'relay' && options.publish !== 'outbox') continue;
        const { lines } = splitSource(readFileSync(join(top, `src/patterns/${fileOf(role, options)}`), 'utf8'));
        for (const effect of effectsOf(role === 'consumer' ? 'consumer:billing' : role, options)) {
          // what a document is reloaded by is in the file beside it
          if (effect === 'reloadDocument' && options.relay === 'logTailing') continue;
          expect(lineOf(lines, effect, options), `${fileOf(role, options)} ${effect}`).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });

  test('every process of every flow runs code that is shown, and each of its crash points has a line there', () => {
    const grounds: [Flow, Partial<Options>][] = [
      ['campaign', { saga: 'guarded' }],
      ['campaign', { saga: 'guarded', sending: 'direct', publish: 'afterCommit' }],
      ['campaign', { saga: 'stateless' }],
      ['trip', {}],
      ['budget', {}],
      ['budget', { boundary: 'together' }],
      ['budget', { boundary: 'tooLarge' }],
    ];
    for (const [flow, named] of grounds) {
      const options = completed(flow, named);
      const parts = partsOf(options, flow, machinesOf(flow, options));
      for (const process of parts.processes) {
        const roles = rolesOf(process, parts);
        expect(roles.length, `${flow} ${process}`).toBeGreaterThan(0);
        const sources = roles.map((role) => {
          const file = fileOf(role, options, flow);
          return splitSource(readFileSync(join(top, `src/patterns/${file}`), 'utf8')).lines;
        });
        for (const effect of effectsOf(process, options, flow)) {
          const found = sources.some((lines) => lineOf(lines, effect, options) >= 0);
          expect(found, `${flow} ${process} ${effect}`).toBe(true);
        }
      }
    }
    expect(
      roleOfTask(
        'relay',
        { handler: 'commandRelay', effect: 'markSent' },
        { flow: 'trip', options: completed('trip'), machines: [] },
      ),
    ).toBe('commands');
  });

  test('the aggregate that is loaded is that of the boundary', () => {
    const { lines } = splitSource(readFileSync(join(top, 'src/patterns/aggregate-boundary.ts'), 'utf8'));
    const lit = (boundary: Options['boundary']) => lines[lineOf(lines, 'load', { ...completed('budget'), boundary })];
    expect(lit('tooLarge')).toContain('Account');
    expect(lit('together')).toContain('load(Budget');
    expect(lit('apart')).toContain('AdCampaign');
  });

  test('the line that stores an instance is the one that runs', () => {
    const { lines } = splitSource(readFileSync(join(top, 'src/patterns/saga-runner.ts'), 'utf8'));
    const lit = (sending: Options['sending']) =>
      lines[lineOf(lines, 'commitInstance', { ...completed('trip'), sending })];
    expect(lit('outbox')).toContain("sending === 'outbox'");
    expect(lit('direct')).toContain('commands: []');
  });

  test('the line that marks is the one that runs', () => {
    const { lines } = splitSource(readFileSync(join(top, 'src/patterns/polling-publisher.ts'), 'utf8'));
    const lit = (options: Partial<Options>) => lines[lineOf(lines, 'markPublished', { ...defaultOptions, ...options })];
    expect(lit({})).toContain("settings.afterPublish !== 'markFirst'");
    expect(lit({ afterPublish: 'markFirst' })).toContain('the mistake');
    expect(lit({ marking: 'batch' })).toContain('published.map');
  });

  test('words, texts and comments are told apart', () => {
    expect(colour("const a = 'for'; // of").map(({ kind, text }) => [kind, text])).toEqual([
      ['word', 'const'],
      ['plain', ' a = '],
      ['text', "'for'"],
      ['plain', '; '],
      ['comment', '// of'],
    ]);
  });
});

describe('rows', () => {
  const table = (rows: [string | number, number][], lastNumber: number) => ({
    name: 't',
    lastNumber,
    recent: rows.flatMap(([key]) => (typeof key === 'string' ? [key] : [])),
    documents: false,
    rows: PersistentMap.from<string | number, RowView>(
      rows.map(([key, writtenBy]) => [key, { key, writtenBy, row: { amount: 10 } }] as const),
    ),
  });
  test('the newest come first: by number, else by the commit that wrote them', () => {
    expect(
      newestRows(
        table(
          [
            [1, 5],
            [2, 6],
            [4, 7],
          ],
          4,
        ),
        2,
      ).map(({ key }) => key),
    ).toEqual([4, 2]);
    expect(
      newestRows(
        table(
          [
            ['a', 5],
            ['b', 9],
            ['c', 5],
          ],
          0,
        ),
        3,
      ).map(({ key }) => key),
    ).toEqual(['b', 'a', 'c']);
    expect(newestRows(undefined, 3)).toEqual([]);
    expect(
      total(
        table(
          [
            [1, 5],
            [2, 6],
          ],
          2,
        ),
        'amount',
      ),
    ).toBe(20);
  });
});
