import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { chromiumArgs, ensureChromium } from './browser.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Ends with a slash; empty if the page could not be built. */
    baseUrl: string;
    browserEndpoint: string;
  }
}

function build() {
  // in a child: under vitest NODE_ENV is 'test', which would build Svelte's development code
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
  });
}

/**
 * Builds the real page, serves it as a host would, and starts the one browser of all end-to-end tests.
 * It is served below a path, because that is how it may be hosted: an address from the root would fail here.
 */
export default async function serve(project: TestProject) {
  try {
    build();
  } catch {
    // the compiler has said why; every end-to-end test will fail, and the other projects still run
    project.provide('baseUrl', '');
    project.provide('browserEndpoint', '');
    return;
  }
  const server = await preview({
    base: '/hosted/below/',
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  const browser = await chromium.launchServer({ executablePath: ensureChromium(), args: chromiumArgs });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('vite preview gave no address');

  project.provide('baseUrl', url);
  project.provide('browserEndpoint', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await server.close();
  };
}
