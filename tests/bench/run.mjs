// npm run bench [-- --json]: measures in this Node and in a real browser. With --json one object a line:
// {bench, value, unit, peer?, ratio?}. Ratios are of things measured side by side in the same run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArgs, ensureChromium } from '../support/browser.mjs';
import { crowdedScenario, measureFrames } from './frames.mjs';

/** @typedef {{ bench: string; value: number; unit: string; peer?: string; ratio?: number }} Row */

const root = new URL('../..', import.meta.url).pathname;
const outDir = join(root, 'node_modules/.bench');
const asJson = process.argv.includes('--json');

/** @param {Row[]} rows */
function print(rows) {
  for (const row of rows) {
    const against = row.ratio === undefined ? '' : `   ${row.ratio} × ${row.peer}`;
    console.log(
      asJson ? JSON.stringify(row) : `${row.bench.padEnd(62)} ${String(row.value).padStart(10)} ${row.unit}${against}`,
    );
  }
}

/** Bundles the measured modules: Node can't read TypeScript, and a browser wants one file. */
async function bundle() {
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      lib: {
        entry: {
          database: 'tests/bench/database.ts',
          exploration: 'tests/bench/exploration.ts',
          simulation: 'tests/bench/simulation.ts',
        },
        formats: ['es'],
      },
    },
  });
  writeFileSync(join(outDir, 'index.html'), '<!doctype html><title>bench</title>');
}

setFlagsFromString('--expose-gc');
const collect = /** @type {() => void} */ (runInNewContext('gc'));

/** Bytes of the live objects only: what nobody holds any more is collected first. */
function heapUsed() {
  collect();
  return process.memoryUsage().heapUsed;
}

/** @param {string} outputs @param {string} [base] */
async function serve(outputs, base = '/') {
  const server = await preview({
    ...(outputs === outDir && { configFile: /** @type {const} */ (false) }),
    root,
    base,
    logLevel: 'warn',
    build: { outDir: outputs },
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('vite preview gave no address');
  return { url, close: () => server.close() };
}

/** @param {import('playwright').Browser} browser @param {string} url @returns {Promise<Row[]>} */
async function inPage(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const rows = await page.evaluate(async () => {
    const { benchDatabase } = await import(/* @vite-ignore */ new URL('database.js', location.href).href);
    const { benchSimulation } = await import(/* @vite-ignore */ new URL('simulation.js', location.href).href);
    return [
      ...(await benchDatabase()),
      ...benchSimulation().map((/** @type {Row} */ row) => ({ ...row, bench: `${row.bench}, in Chromium` })),
    ];
  });
  await page.close();
  return rows;
}

/** What a first visit fetches before anything is pressed, gzipped. @param {import('playwright').Browser} browser @param {string} url @returns {Promise<Row[]>} */
async function firstLoad(browser, url) {
  const page = await browser.newPage();
  /** @type {Map<string, Promise<number>>} */
  const sizes = new Map();
  page.context().on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.url().startsWith('http'))
      sizes.set(
        pathname,
        response.body().then((body) => (/\.woff2$/.test(pathname) ? body.length : gzipSync(body, { level: 9 }).length)),
      );
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const all = await Promise.all([...sizes].map(async ([path, size]) => /** @type {const} */ ([path, await size])));
  await page.close();
  const kib = (/** @type {(path: string) => boolean} */ wanted) =>
    Number((all.filter(([path]) => wanted(path)).reduce((sum, [, size]) => sum + size, 0) / 1024).toFixed(1));
  const isFont = (/** @type {string} */ path) => path.endsWith('.woff2');
  return [
    {
      bench: 'first load, everything, gzipped',
      value: kib(() => true),
      unit: 'KiB',
      peer: 'the limit of 150 KiB',
      ratio: Number((kib(() => true) / 150).toFixed(2)),
    },
    { bench: 'of it: page and worker, gzipped', value: kib((path) => !isFont(path)), unit: 'KiB' },
    { bench: 'of it: the worker', value: kib((path) => path.includes('worker')), unit: 'KiB' },
    { bench: 'of it: fonts', value: kib(isFont), unit: 'KiB' },
  ];
}

await bundle();
const { benchSimulation } = await import(join(outDir, 'simulation.js'));
print(benchSimulation().map((/** @type {Row} */ row) => ({ ...row, bench: `${row.bench}, in Node` })));
const { benchExploration } = await import(join(outDir, 'exploration.js'));
print(benchExploration(heapUsed).map((/** @type {Row} */ row) => ({ ...row, bench: `${row.bench}, in Node` })));

execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, NODE_ENV: 'production' },
});
const [bench, site] = [await serve(outDir), await serve(join(root, 'dist'))];
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs });
try {
  print(await inPage(browser, bench.url));
  for (const messages of [50, 500]) print(await measureFrames(browser, site.url, crowdedScenario(messages), messages));
  print(await firstLoad(browser, site.url));
} finally {
  await browser.close();
  await bench.close();
  await site.close();
}
