import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './tests/support/browser.mjs';
import { headersFor, parseHeaders } from './tests/support/headers.ts';

const here = (path: string) => new URL(path, import.meta.url);
const hostHeaders = parseHeaders(readFileSync(here('./public/_headers'), 'utf8'));
const manifest = JSON.parse(readFileSync(here('./package.json'), 'utf8')) as { dependencies: Record<string, string> };

/** Hosts that can't send headers still get the policy, out of the same file. A meta tag may not say who may frame it. */
function policyInPage(): Plugin {
  const policy = headersFor(hostHeaders, '/index.html').get('Content-Security-Policy') ?? '';
  const directives = policy.split('; ').filter((directive) => !directive.startsWith('frame-ancestors'));
  const attrs = { 'http-equiv': 'Content-Security-Policy', content: directives.join('; ') };
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs, injectTo: 'head-prepend' }],
  };
}

/** `vite preview` answers with the headers of the real host, so that tests meet them too. */
function headersInPreview(): Plugin {
  return {
    name: 'headers-in-preview',
    configurePreviewServer(server) {
      const base = server.config.base.startsWith('/') ? server.config.base : '/';
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://preview');
        const path = pathname.startsWith(base) ? pathname.slice(base.length - 1) : pathname;
        for (const [name, value] of headersFor(hostHeaders, path)) response.setHeader(name, value);
        next();
      });
    },
  };
}

/**
 * Builds the worker together with the page, not by itself: what both need is then one file that is fetched once. The page
 * still knows it only by its address.
 */
function workerBesidePage(): Plugin {
  return {
    name: 'worker-beside-page',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('?worker&url')) return null;
      const path = id.replace(/\?.*$/, '');
      // files are told apart by their names
      const name = path.includes('/explorer/') ? 'explorer' : 'worker';
      const file = this.emitFile({ type: 'chunk', id: path, name });
      return `export default import.meta.ROLLUP_FILE_URL_${file}`;
    },
  };
}

/** What the worker fetches later it just imports: what Vite wraps such an import in is the page's, and of no use there. */
function plainImportsInWorker(): Plugin {
  const plain = '\0plain-import/';
  return {
    name: 'plain-imports-in-worker',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer) {
      const [, room] = /\/src\/(simulation|explorer)\//.exec(importer ?? '') ?? [];
      // one for each worker: shared, it would be a file to be fetched by itself
      return id.endsWith('vite/preload-helper.js') && room ? plain + room : null;
    },
    load: (id) => (id.startsWith(plain) ? 'export const __vitePreload = (load) => load();' : null),
  };
}

const opensBrowser = process.env.npm_lifecycle_event === 'start' && process.stdout.isTTY && !process.env.CI;
const viewport = { width: 1280, height: 800 };
const executablePath = process.env.VITEST ? findChromium() : undefined;

export default defineConfig({
  base: './', // works under any path of any host
  appType: 'mpa', // a missing file is a 404, as on a static host
  plugins: [
    svelte({
      configFile: false,
      // a plain `true` would break libraries that still hold legacy components (vitest-browser-svelte does)
      compilerOptions: {
        runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true),
        // short names of scoped classes: they stand on nearly every element and rule
        cssHash: ({ hash, filename }) => `s${hash(filename).slice(0, 4)}`,
      },
    }),
    workerBesidePage(),
    plainImportsInWorker(),
    policyInPage(),
    headersInPreview(),
  ],
  worker: { format: 'es' },
  // the same Dexie without what old browsers need
  resolve: { alias: { dexie: 'dexie/dist/modern/dexie.mjs' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // a data: address would need a wider policy
    modulePreload: {
      polyfill: false, // it would be an inline script
      // what comes later needs no list of all that comes with it
      resolveDependencies: (_file, deps, { hostType }) => (hostType === 'html' ? deps : []),
    },
    sourcemap: false,
    rollupOptions: {
      output: {
        // the first picture in one file, and what the workers need of it as well in another: small files compress worse
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              tags: ['$initial'],
              test: /src\/(base|trace)\/|vite\/preload-helper/,
              priority: 2,
            },
            {
              name: 'page',
              tags: ['$initial'],
              test: /src\/(ui|playback|main)|node_modules\/(svelte|clsx|esm-env)/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', port: 4173, strictPort: false, open: opensBrowser },
  test: {
    maxWorkers: 2, // even on two cores: an end-to-end test mostly waits for a run that plays
    attachmentsDir: 'node_modules/.vitest-attachments',
    reporters: ['default', './tests/support/closing-line.mjs'],
    projects: [
      {
        extends: true,
        // generous: property tests on a busy machine are slow, not wrong
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts', 'tests/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        // named here, or the first test to meet one reloads the page under the others
        optimizeDeps: {
          include: [
            ...Object.keys(manifest.dependencies).filter((name) => name !== 'svelte'),
            'axe-core',
            'fast-check',
            'vitest-browser-svelte',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          setupFiles: ['tests/browser/setup.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport,
            commands: { parkMouse: async ({ page }) => page.mouse.move(0, 0) },
            provider: playwright({
              // the page's own viewport must not be smaller, or the frame is scaled down
              contextOptions: { viewport, reducedMotion: 'reduce' },
              launchOptions: { ...(executablePath && { executablePath }), args: chromiumArgs },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.e2e.ts'],
          globalSetup: ['tests/support/serve.ts'],
          testTimeout: 60_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
