import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { expect, inject, test as base } from 'vitest';
import { chromiumArgs, ensureChromium } from './browser.mjs';

export type OpenOptions = {
  /** What follows the page's address, such as `?flow=trip` or `#v1=…`. */
  path?: string;
  colorScheme?: 'light' | 'dark';
  forcedColors?: 'active' | 'none';
  viewport?: { width: number; height: number };
  locale?: string;
  reducedMotion?: 'reduce' | 'no-preference';
  hasTouch?: boolean;
  /** A profile on disk, where IndexedDB is on disk too: `true` for a new one, or a folder to come back to. */
  persistent?: true | string;
  /** Done with the page before it goes anywhere, such as routing a request or adding an init script. */
  prepare?: (page: Page) => Promise<unknown>;
  /** Troubles this test provokes on purpose: matching ones don't fail it. */
  forgive?: RegExp[];
};

/** The address of the page under test; it ends with a slash. */
export function home(): string {
  const url = inject('baseUrl');
  if (!url) throw new Error('the page could not be built; what the compiler said is further up');
  return url;
}

export type OpenPage = (options?: OpenOptions) => Promise<Page>;

/**
 * Collects whatever a sound page never does: errors in the console, uncaught errors, requests to another host,
 * and steps beyond the content security policy.
 */
export async function watchForTrouble(context: BrowserContext, origin: string): Promise<string[]> {
  const troubles: string[] = [];
  const isOurs = (url: string) => new URL(url).origin === origin || /^(data|blob|about):/.test(url);

  context.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => {
    troubles.push(`uncaught error: ${String(error.error().stack ?? error.error())}`);
  });
  context.on('request', (request) => {
    if (!isOurs(request.url())) troubles.push(`request to another host: ${request.url()}`);
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => troubles.push(`web socket: ${socket.url()}`));
    page.on('crash', () => troubles.push('the page crashed'));
  });
  await context.exposeBinding('reportViolation', (_source, violation: string) => {
    troubles.push(`against the policy: ${violation}`);
  });
  // put in by the debugger, so the policy does not hold for it
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const report = (globalThis as unknown as { reportViolation: (text: string) => void }).reportViolation;
      report(`${effectiveDirective} ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`);
    });
  });
  return troubles;
}

type Opened = { context: BrowserContext; troubles: string[]; forgive: RegExp[]; temporary?: string };

async function openContext(browser: Browser, options: OpenOptions): Promise<Opened> {
  const settings: BrowserContextOptions = {
    viewport: options.viewport ?? { width: 1280, height: 800 },
    locale: options.locale ?? 'en-US',
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'no-preference',
    forcedColors: options.forcedColors ?? 'none',
    hasTouch: options.hasTouch ?? false,
  };
  const temporary = options.persistent === true ? await mkdtemp(join(tmpdir(), 'sagascope-profile-')) : undefined;
  const profile = typeof options.persistent === 'string' ? options.persistent : temporary;
  const context = profile
    ? await chromium.launchPersistentContext(profile, {
        ...settings,
        executablePath: ensureChromium(),
        args: chromiumArgs,
      })
    : await browser.newContext(settings);
  const troubles = await watchForTrouble(context, new URL(home()).origin);
  return { context, troubles, forgive: options.forgive ?? [], ...(temporary && { temporary }) };
}

async function close({ context, temporary }: Opened): Promise<void> {
  await context.close();
  if (temporary) await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Vitest's `test` with the built page at hand:
 *
 *     test('…', async ({ openPage }) => {
 *       const page = await openPage({ path: '?flow=trip', colorScheme: 'dark' });
 *     });
 *
 * Each call opens a fresh context and page, closed after the test, which fails if the page made any trouble.
 */
export const test = base.extend<{ browser: Browser; openPage: OpenPage }>({
  browser: [
    async ({}, use) => {
      home();
      const browser = await chromium.connect(inject('browserEndpoint'));
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  openPage: async ({ browser }, use) => {
    const all: Opened[] = [];
    await use(async (options = {}) => {
      const opened = await openContext(browser, options);
      all.push(opened);
      const page = await opened.context.newPage();
      await options.prepare?.(page);
      await page.goto(new URL(options.path ?? '', home()).href);
      return page;
    });
    for (const opened of all) await close(opened);
    const troubles = all.flatMap(({ troubles, forgive }) =>
      troubles.filter((trouble) => !forgive.some((pattern) => pattern.test(trouble))),
    );
    expect(troubles, 'the page made trouble').toEqual([]);
  },
});
