import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  documented,
  importsByRoom,
  noClockNorChance,
  noCycles,
  noHtmlFromText,
  noLeftovers,
  noOtherHost,
  type Offence,
  smallEnough,
  type SourceFile,
  tidyTop,
  wellNamed,
} from './support/tidy.ts';
import { readTree, top } from './support/tree.ts';

const source = readTree('src');
const manifest = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
const dependencies = Object.keys(manifest.dependencies);

const file = (path: string, text: string): SourceFile => ({ path: `src/${path}`, text });
const tell = (offences: Offence[]) => offences.map(({ path, line, message }) => `${path}:${line} ${message}`);

type Rule = (files: SourceFile[]) => Offence[];
const byRoom: Rule = (files) => importsByRoom(files, [...dependencies, 'xstate', '@xstate/svelte']);

/** A guard that never failed is no guard: `planted` are offences that must be caught, `fine` looks like one and is none. */
function rule(name: string, check: Rule, cases: { planted: [path: string, text: string][]; fine: [string, string][] }) {
  describe(name, () => {
    test.each(cases.planted)('catches %s: %s', (path, text) => {
      const offences = check([file(path, text)]);
      expect(offences.length).toBeGreaterThan(0);
      for (const { path: where, line, message } of offences) {
        expect(where).toBe(`src/${path}`);
        expect(line).toBeGreaterThan(0);
        expect(message).not.toBe('');
      }
    });
    test.each(cases.fine)('leaves %s alone: %s', (path, text) => {
      expect(tell(check([file(path, text)]))).toEqual([]);
    });
  });
}

const lines = (count: number) => 'let line = 1;\n'.repeat(count);
const script = (code: string) =>
  `<script lang="ts" generics="T extends Map<string, number>">\n${code}\n</script>\n<p>text</p>`;

rule('imports follow the table of rooms', byRoom, {
  planted: [
    ['base/heap.ts', `import { a } from '../trace/record.ts';`],
    ['kernel/clock.ts', `import type { Envelope } from '../messaging/envelope.ts';`],
    ['kernel/clock.ts', `type A = import('../messaging/envelope.ts').Envelope;`],
    ['kernel/clock.ts', `export * from '../messaging/envelope.ts';`],
    ['ui/run.ts', `const { simulate } = await import('../simulation/simulate.ts');`],
    ['ui/run.ts', `const file = await import(name);`],
    ['ui/stage/Stage.svelte', script(`import { bus } from '../../patterns/bus.ts';`)],
    ['ui/stage/Stage.svelte', `{#await import('../../simulation/simulate.ts')}{/await}`],
    ['ui/run.ts', `import { Worker } from '../simulation/worker.ts';`],
    ['ui/run.ts', `import Live from '../simulation/worker.ts?worker';`],
    ['ui/run.ts', `import url from '../simulation/simulate.ts?worker&url';`],
    ['ui/run.ts', `import url from '../formats/otlp.ts?url';`],
    ['ui/run.ts', `new Worker(new URL('../simulation/worker.ts', import.meta.url));`],
    ['ui/run.ts', `const all = import.meta.glob('../patterns/*.ts');`],
    ['ui/run.ts', `const all = import.meta.glob(['../lessons/*/lesson.ts', '../domain/**/*.ts']);`],
    ['ui/run.ts', `import source from '../kernel/clock.ts?raw';`],
    ['simulation/simulate.ts', `import url from './worker.ts?worker&url';`],
    ['domain/campaign/campaign.ts', `import { trip } from '../trip/trip.ts';`],
    ['domain/shared.ts', `export const a = 1;`],
    ['domain/campaign/campaign.ts', `import { setup } from 'xstate';`],
    ['patterns/outbox-table.ts', `import { transition } from 'xstate';`],
    ['database/memory.ts', `import Dexie from 'dexie';`],
    ['database/memory-dexie-writes.ts', `import Dexie from 'dexie';`],
    ['simulation/dexie-writes.ts', `import Dexie from 'dexie';`],
    ['kernel/clock.ts', `import * as v from 'valibot';`],
    ['playback/view.ts', `import { untrack } from 'svelte';`],
    ['playback/view.svelte.ts', `export const view = $state(1);`],
    ['base/hash.ts', `import { createHash } from 'node:crypto';`],
    ['base/hash.ts', `import hash from 'left-pad';`],
    ['base/hash.ts', `import { heap } from './heap';`],
    ['base/hash.ts', `import { heap } from '/src/base/heap.ts';`],
    ['base/hash.ts', `import { version } from '../../package.json';`],
    ['main.ts', `import { simulate } from './simulation/simulate.ts';`],
    ['utils/heap.ts', `export const a = 1;`],
    ['heap.ts', `export const a = 1;`],
  ],
  fine: [
    ['kernel/clock.ts', `import { a } from '../base/heap.ts'; import type { R } from '../trace/record.ts';`],
    ['trace/schema.ts', `import * as v from 'valibot';`],
    ['domain/campaign/campaign.saga.ts', `import { setup } from 'xstate'; import { c } from './campaign.ts';`],
    ['domain/trip/booking.process-manager.ts', `import { setup } from 'xstate';`],
    ['patterns/saga-runner.ts', `import { transition } from 'xstate'; import { s } from '../domain/campaign/s.ts';`],
    ['database/indexeddb.ts', `import Dexie from 'dexie';`],
    ['database/dexie-writes.ts', `import Dexie from 'dexie'; import { rules } from './rows.ts';`],
    ['explorer/explore.ts', `import { simulate } from '../simulation/simulate.ts';`],
    ['ui/run.ts', `import url from '../simulation/worker.ts?worker&url';`],
    [
      'main.ts',
      `import url from './explorer/worker.ts?worker&url'; import { mount } from 'svelte'; import './ui/app.css';`,
    ],
    ['ui/code/source.ts', `import source from '../../patterns/outbox-table.ts?raw';`],
    ['ui/code/source.ts', `const all = import.meta.glob('../../domain/*/*.ts', { query: '?raw', import: 'default' });`],
    [
      'ui/stage/Stage.svelte',
      script(`import { view } from '../../playback/view.ts'; import { fade } from 'svelte/transition';`),
    ],
    ['ui/play.svelte.ts', `import { useActorRef } from '@xstate/svelte';`],
    ['base/hash.ts', `// import { heap } from '../kernel/heap.ts'\nexport const text = "import '../kernel/heap.ts'";`],
  ],
});

test('a package must be among the dependencies', () => {
  const files = [file('database/indexeddb.ts', `import Dexie from 'dexie';`)];
  expect(tell(importsByRoom(files, []))).toEqual([expect.stringContaining('not among the dependencies')]);
});

rule('the simulation reads no clock and no chance', noClockNorChance, {
  planted: [
    ['kernel/clock.ts', 'const now = Date.now();'],
    ['kernel/clock.ts', 'const now = new Date();'],
    ['kernel/clock.ts', 'const now = new globalThis.Date(0);'],
    ['kernel/clock.ts', 'const { now } = performance;'],
    ['kernel/clock.ts', 'const t = performance.now();'],
    ['base/choose.ts', 'const n = Math.random();'],
    ['base/choose.ts', `const n = Math['random']();`],
    ['messaging/envelope.ts', 'const id = crypto.randomUUID();'],
    ['messaging/envelope.ts', `import { randomUUID as id } from 'x';`],
    ['patterns/polling-publisher.ts', 'globalThis.setTimeout(poll, 100);'],
    ['simulation/simulate.ts', 'setInterval(step, 1);'],
    ['patterns/saga-runner.ts', `import { createActor } from 'xstate';`],
    ['database/memory.ts', 'const now = Date.now();'],
  ],
  fine: [
    [
      'kernel/clock.ts',
      '/** Instead of Date.now() and new Date(). */\nexport const now = (clock: Clock) => clock.now;',
    ],
    ['base/choose.ts', 'const n = Math.floor(x); type D = Date;'],
    ['simulation/worker.ts', 'setTimeout(step, 0);'],
    ['explorer/worker.ts', 'const start = performance.now();'],
    ['database/indexeddb.ts', 'setTimeout(retry, 10);'],
    ['ui/play.ts', 'const now = Date.now();'],
  ],
});

rule('text never becomes HTML', noHtmlFromText, {
  planted: [
    ['ui/Note.svelte', '<p>{@html text}</p>'],
    ['ui/Note.svelte', script('node.innerHTML = text;')],
    ['ui/Note.svelte', `<p on:x={() => (node.outerHTML = '')}></p>`],
    ['ui/note.ts', `node.insertAdjacentHTML('beforeend', text);`],
    ['ui/note.ts', `node['innerHTML'] = text;`],
    ['ui/Note.svelte', '<p class="a" style="color: red">text</p>'],
    ['ui/Note.svelte', `<p style='color: red'>text</p>`],
  ],
  fine: [
    ['ui/Note.svelte', '<p style:color={color} style="--x: {x}" data-style="a">{text}</p><!-- no innerHTML -->'],
    ['ui/note.ts', '// never innerHTML\nnode.textContent = text;'],
    ['ui/Note.svelte', '<style>\n  p { color: red; }\n</style>'],
  ],
});

rule('files and functions are small', smallEnough, {
  planted: [
    ['base/long.ts', lines(300)],
    ['ui/long.css', 'a {}\n'.repeat(300)],
    ['base/long.ts', `function long() {\n${lines(58)}}`],
    ['base/long.ts', `export const long = () => {\n${lines(58)}};`],
    ['base/long.ts', `class A {\n  long() {\n${lines(58)}}\n}`],
    ['ui/Long.svelte', script(`function long() {\n${lines(58)}}`)],
  ],
  fine: [
    ['base/short.ts', lines(299)],
    ['base/short.ts', `function short() {\n${lines(57)}}`],
    ['ui/Short.svelte', `${script('const a = 1;')}\n<button onclick={() => {\n${lines(100)}}}>a</button>`],
  ],
});

describe('no cycles', () => {
  const a = file('base/a.ts', `import { b } from './b.ts';`);
  const c = file('base/c.ts', `import type { a } from './a.ts';`);

  test('catches files that import each other round a corner', () => {
    const offences = noCycles([a, file('base/b.ts', `export { c } from './c.ts';`), c]);
    expect(tell(offences)).toEqual([
      'src/base/c.ts:1 src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts: move what they share to a third file, or pass it in',
    ]);
  });
  test('catches a file that imports itself', () => {
    expect(noCycles([file('base/a.ts', `import { a } from './a.ts';`)])).toHaveLength(1);
  });
  test('leaves two ways to one file, and a source read as text, alone', () => {
    const text = file('base/b.ts', `import text from './a.ts?raw';`);
    expect(tell(noCycles([a, text, c, file('base/d.ts', `import './a.ts'; import './c.ts';`)]))).toEqual([]);
  });
});

rule('names tell the kind', wellNamed, {
  planted: [
    ['base/minHeap.ts', ''],
    ['base/min_heap.ts', ''],
    ['base/MinHeap/heap.ts', ''],
    ['ui/note.svelte', ''],
    ['ui/my-note.svelte', ''],
    ['ui/Play.svelte.ts', 'export const a = $state(1);'],
    ['ui/play.ts', 'export const a = $state(1);'],
    ['ui/play.ts', '$effect(() => {});'],
    ['ui/play.ts', 'export const a = $derived.by(() => 1);'],
    ['ui/play.svelte.ts', 'export const a = 1;'],
  ],
  fine: [
    ['base/min-heap.ts', ''],
    ['README.md', ''],
    ['domain/campaign/campaign.saga.ts', ''],
    ['lessons/01-dual-write/lesson.ts', ''],
    ['ui/Note.svelte', script('let a = $state(1);')],
    ['ui/play.svelte.ts', 'export const a = $state(1);'],
  ],
});

rule('nothing is left lying about', noLeftovers, {
  planted: [
    ['base/a.ts', '// TODO later'],
    ['ui/A.svelte', '<!-- FIXME -->'],
    ['ui/a.css', '/* TODO */'],
    ['base/a.ts', 'const a = 1;\n// const b = 2;\n'],
    ['base/a.ts', 'function f() {\n  // return early(a);\n}'],
    ['base/a.ts', '// if (a) {\n//   b();\n// }'],
    ['base/a.ts', `// import { b } from './b.ts';`],
    ['base/a.ts', '/*\n  b = c.d();\n*/'],
    ['ui/A.svelte', script('// done = true;')],
    ['ui/A.svelte', '<!-- <Note {text} /> -->'],
    ['base/a.ts', `console.log('here');`],
  ],
  fine: [
    [
      'base/a.ts',
      '// The relay dies here;\n// a note: the second half;\n// done;\nconst a = 1; // first, then the rest;',
    ],
    ['base/a.ts', '/**\n * An example:\n *   const a = b();\n */\nconst a = "// const b = 2;";'],
    ['ui/A.svelte', '<!-- the note and its shadow -->'],
    ['base/a.ts', `console.error('no storage');`],
  ],
});

rule('the page talks to its own host only', noOtherHost, {
  planted: [
    ['ui/a.ts', `fetch('https://example.org/a.json');`],
    ['ui/a.ts', 'const url = `https://example.org/${a}`;'],
    ['ui/a.ts', `new WebSocket('wss://example.org');`],
    ['ui/a.ts', `const src = '//example.org/a.js';`],
    ['ui/A.svelte', '<img src="https://example.org/a.png" alt="">'],
    ['ui/A.svelte', '<p>a</p>\n<style>\n  p { background: url(https://example.org/a.png); }\n</style>'],
    ['ui/a.css', '@import url("//example.org/a.css");'],
    ['ui/a.ts', `const ns = 'http://www.w3.org/2000/svg/../elsewhere';`],
  ],
  fine: [
    ['ui/a.ts', `// see https://example.org\nconst ns = 'http://www.w3.org/2000/svg';`],
    ['trace/a.ts', `const schema = 'https://json-schema.org/draft/2020-12/schema';`],
    ['ui/A.svelte', '<!-- https://example.org --><svg xmlns="http://www.w3.org/2000/svg"></svg>'],
    ['ui/a.css', '/* https://example.org */ a { color: red; }'],
    ['README.md', 'https://example.org'],
  ],
});

rule('exported functions say what they are for', documented, {
  planted: [
    ['base/a.ts', 'export function a() {}'],
    ['base/a.ts', 'export default function () {}'],
    ['base/a.ts', '// plain\nexport const a = () => 1;'],
    ['base/a.ts', 'function* a() {}\nexport { a as b };'],
    ['base/a.ts', '/** About the other. */\nconst b = 1;\nexport async function a() {}'],
  ],
  fine: [
    ['base/a.ts', '/** Says a. */\nexport function a() {}'],
    ['base/a.ts', '/** Says a. */\nexport const a = () => 1;\nfunction hidden() {}\nexport const b = 1;'],
    [
      'base/a.ts',
      '/** Says a. */\nexport function a(x: 1): 1;\nexport function a(x: 2): 2;\nexport function a(x: unknown) { return x; }',
    ],
    ['base/a.ts', '/** Says a. */\nfunction a() {}\nexport { a };'],
  ],
});

test('the top folder holds only what must lie there', () => {
  expect(tidyTop(['src', 'package.json', '.npmrc'])).toEqual([]);
  expect(tidyTop(['eslint.config.js', 'notes.md', 'scripts']).map(({ path }) => path)).toEqual([
    'eslint.config.js',
    'notes.md',
    'scripts',
  ]);
});

describe('this house', () => {
  test('has files to check', () => expect(source.length).toBeGreaterThan(0));

  const rules: Rule[] = [
    (files) => importsByRoom(files, dependencies),
    noClockNorChance,
    noHtmlFromText,
    smallEnough,
    noCycles,
    wellNamed,
    noLeftovers,
    noOtherHost,
    documented,
  ];
  const names = ['imports', 'clock and chance', 'HTML', 'size', 'cycles', 'names', 'leftovers', 'hosts', 'docstrings'];
  test.each(rules.map((check, index) => [names[index], check] as const))('is tidy: %s', (_name, check) => {
    expect(tell(check(source))).toEqual([]);
  });

  test('is tidy: the top folder', () => expect(tell(tidyTop(readdirSync(top)))).toEqual([]));
});
