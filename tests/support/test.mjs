// `npm test`: every check there is. A stage that fails does not keep the later ones from running.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './browser.mjs';
import { closingLine } from './closing-line.mjs';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet: boolean, env?: Record<string, string> }} options
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run(command, args, { quiet, env = {} }) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', (error) => done({ ok: false, output: String(error) }));
    child.on('close', (code) => done({ ok: code === 0, output }));
  });
}

const stages = [
  { name: 'svelte-check', script: 'check' },
  { name: 'eslint', script: 'lint:code' },
  { name: 'prettier', script: 'lint:format' },
];
/** @type {string[]} */
const failed = [];

try {
  console.log(`browser: ${ensureChromium()}`);
} catch (error) {
  console.error(String(error));
  failed.push('browser');
}

const running = stages.map(({ name, script }) => ({
  name,
  result: run('npm', ['run', '--silent', script], { quiet: true }),
}));
for (const { name, result } of running) {
  const { ok, output } = await result;
  console.log(`\n== ${name}: ${ok ? 'passed' : 'FAILED'}`);
  if (!ok) {
    console.log(output.trimEnd());
    failed.push(name);
  }
}

console.log('\n== vitest');
const folder = mkdtempSync(join(tmpdir(), 'sagascope-test-'));
const file = join(folder, 'counts.json');
const vitest = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run'], {
  quiet: false,
  env: { TEST_COUNTS: file },
});
const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
rmSync(folder, { recursive: true });

// each stage counts as one check, and so does a vitest that fell over, so that the line never says less than the exit code
if (!vitest.ok && counts.failed === 0) counts.failed = 1;
counts.failed += failed.length;
counts.passed += stages.filter(({ name }) => !failed.includes(name)).length;
if (!vitest.ok) failed.push('vitest');
console.log(failed.length ? `\nfailed: ${failed.join(', ')}\n` : '');
console.log(closingLine(counts));
process.exitCode = failed.length ? 1 : 0;
