// Finds a Chromium, and can fetch one. Used by `npm test`, vite.config.ts and the end-to-end tests.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const asRoot = process.getuid?.() === 0;

/** Flags for a machine without a screen, a graphics card or a way out to the network. */
export const chromiumArgs = [
  ...(asRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const usualPlaces = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium or Chrome on this machine: CHROMIUM_PATH, else an installed one, else Playwright's. */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) throw new Error(`CHROMIUM_PATH is ${asked}, and there is nothing there.`);
    return asked;
  }
  return [...usualPlaces, chromium.executablePath()].find((path) => path && existsSync(path));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} seconds
 */
function run(command, args, seconds) {
  console.log(`> ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', timeout: seconds * 1000, env }).status === 0;
}

/** The same, fetching one if there is none. Throws rather than let tests be skipped. */
export function ensureChromium() {
  let found = findChromium();
  if (found) return found;

  run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], 180);
  found = findChromium();
  if (!found && asRoot && existsSync('/usr/bin/apt-get') && run('apt-get', ['update'], 120)) {
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], 300);
    found = findChromium();
  }
  if (!found) throw new Error('No browser for the tests: install Chrome or Chromium, or set CHROMIUM_PATH to one.');
  return found;
}
