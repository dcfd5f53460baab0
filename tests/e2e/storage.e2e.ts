/** Whatever the browser does to the page's storage, the run goes on in memory, says so, and loses no step. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { home, test } from '../support/page.ts';
import { inWorker } from '../support/plant.ts';
import { choose, ended, expectNothingLost, playedTo, press, ready, rows, says } from '../support/reader.ts';

const noDatabase =
  'This browser gives the page no database (a private window?). Rows are kept in memory; everything else works.';
const full = 'The disk space for this page is full. Rows are kept in memory from here on; export the trace to keep it.';
const lost = 'The browser closed the database. Rows are kept in memory from here on; export the trace to keep it.';

/** A whole run at full speed, from the command to the settled end. */
async function wholeRun(page: Page): Promise<void> {
  await ready(page);
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page, 'memory');
  await press(page, 'Settle');
  await ended(page, 'memory');
  expect(await rows(page, 'invoices').count()).toBe(1);
  const { records } = await expectNothingLost(page);
  expect(records.at(-1)!.kind).toBe('run.settled');
}

/** How a browser may refuse a worker the database. */
const refusals: [name: string, code: string][] = [
  ['there is none', `Object.defineProperty(self, 'indexedDB', { get: () => undefined })`],
  [
    'even asking for it is refused',
    `Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })`,
  ],
];

describe('no database', () => {
  test.for(refusals)('%s: a whole run in memory', async ([, code], { openPage }) => {
    const page = await openPage({ prepare: inWorker(code) });
    await says(page, noDatabase);
    await wholeRun(page);
  });

  test('the reader has forbidden the page all storage: a whole run all the same', async ({ openPage }) => {
    const profile = await mkdtemp(join(tmpdir(), 'sagascope-forbidden-'));
    await mkdir(join(profile, 'Default'));
    const forbidden = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(forbidden));
    const page = await openPage({ persistent: profile });
    const refused = await page.evaluate(() => {
      try {
        return `${sessionStorage.length}`;
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(refused).toBe('SecurityError');
    await says(page, noDatabase);
    await wholeRun(page);
    // settings hold for as long as the page does
    await press(page, '한국어');
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('ko');
    await page.context().close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test('the message is in the language of the page, and can be put away', async ({ openPage }) => {
    const page = await openPage({ prepare: inWorker(refusals[0]![1]), locale: 'ko-KR' });
    await says(page, /행은 메모리에 두며 다른 것은 모두 됩니다/);
    await press(page, '닫기');
    await choose(page, '최대');
    await press(page, '캠페인 활성화');
    await says(page, '메모리에서 다시 읽은 행과 같습니다.');
    expect(await page.getByText(/다른 것은 모두 됩니다/).count()).toBe(0);
  });
});

/**
 * Code for a worker whose disk is full after so many transactions. As browsers do it: every request of the transaction
 * succeeds, and then it is aborted with a QuotaExceededError.
 */
const fullAfter = (transactions: number) => `
  let begun = 0;
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const transaction = begin.call(this, stores, mode, ...rest);
    if (mode !== 'readwrite' || ++begun <= ${transactions}) return transaction;
    Object.defineProperty(transaction, 'error', { get: () => new DOMException('full', 'QuotaExceededError') });
    const store = transaction.objectStore;
    transaction.objectStore = function (name) {
      const found = store.call(this, name);
      for (const write of ['add', 'put']) {
        found[write] = function (...given) {
          const request = IDBObjectStore.prototype[write].apply(this, given);
          if (name === 'changes') request.addEventListener('success', () => queueMicrotask(() => transaction.abort()));
          return request;
        };
      }
      return found;
    };
    return transaction;
  };`;

describe('the disk is full', () => {
  test.for([0, 2])('after %i transactions: the run goes on in memory', async (transactions, { openPage }) => {
    const page = await openPage({ prepare: inWorker(fullAfter(transactions)) });
    await ready(page);
    expect(await page.getByText(full).count()).toBe(0);
    await choose(page, '4×');
    await press(page, 'Activate campaign');
    await says(page, full);
    await ended(page, 'memory');
    expect(await rows(page, 'invoices').count()).toBe(1);
    await expectNothingLost(page);
    await press(page, 'Deactivate campaign');
    await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/DEACTIVATED/);
    await ended(page, 'memory');
    await expectNothingLost(page);
  });

  test('no room from the start, by the quota of the browser itself', async ({ openPage }) => {
    const page = await openPage({
      persistent: true,
      prepare: async (page) => {
        const browser = await page.context().newCDPSession(page);
        await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(home()).origin, quotaSize: 1 });
      },
    });
    await says(page, full);
    await wholeRun(page);
  });
});

describe('the database is deleted by someone else', () => {
  const deleteAll = (page: Page) =>
    page.evaluate(async () => {
      const all = await indexedDB.databases();
      const gone = all.map(
        ({ name }) =>
          new Promise<void>((resolve, reject) => {
            const request = indexedDB.deleteDatabase(name!);
            request.onsuccess = () => resolve();
            request.onerror = () => reject(request.error!);
          }),
      );
      await Promise.all(gone);
      return gone.length;
    });

  test('while the run plays: it goes on in memory', async ({ openPage }) => {
    const page = await openPage();
    await press(page, 'Activate campaign');
    await playedTo(page, 9);
    expect(await deleteAll(page)).toBe(1);
    await says(page, lost);
    await choose(page, 'max');
    await ended(page, 'memory');
    expect(await rows(page, 'invoices').count()).toBe(1);
    await expectNothingLost(page);
    // a new run gets a new database
    await press(page, 'Reset');
    await press(page, 'Activate campaign');
    await ended(page);
    expect(await page.getByText(lost).count()).toBe(0);
    await expectNothingLost(page);
  });

  test('while it stands still: said when the rows are next wanted', async ({ openPage }) => {
    const page = await openPage();
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
    expect(await deleteAll(page)).toBe(1);
    await press(page, 'Deactivate campaign');
    await says(page, lost);
    await ended(page, 'memory');
    await expectNothingLost(page);
  });
});

/** The names of all databases there are. */
const databases = (page: Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name!).sort());

/** The name of a page's own. */
const databaseOf = (page: Page) => page.evaluate(() => sessionStorage.getItem('sagascope:database')!);

describe('databases of tabs that are gone', () => {
  test('are deleted some seconds after another tab has opened its run; those of live tabs stay', async ({
    openPage,
  }) => {
    const gone = await openPage();
    const live = await gone.context().newPage();
    await live.goto(gone.url());
    for (const page of [gone, live]) {
      await ready(page);
      await choose(page, 'max');
      await press(page, 'Activate campaign');
      await ended(page);
    }
    const [first, second] = [await databaseOf(gone), await databaseOf(live)];
    expect(await databases(live)).toEqual([first, second].sort());
    await gone.close();

    const page = await live.context().newPage();
    await page.goto(home());
    await ready(page);
    const third = await databaseOf(page);
    await expect.poll(() => databases(page)).toEqual([second, third].sort());
    for (const each of [live, page]) {
      await each.bringToFront();
      await choose(each, 'max');
      await press(each, 'Deactivate campaign');
      await ended(each);
      await expectNothingLost(each);
      expect(await each.locator('.banner').count()).toBe(0);
    }
  });

  test('stay where nobody can tell which tabs are gone: in a browser without locks', async ({ openPage }) => {
    const page = await openPage({
      prepare: async (page) => {
        await page.addInitScript('delete Navigator.prototype.locks;');
        await inWorker('delete WorkerNavigator.prototype.locks;')(page);
        await page.addInitScript(() => void indexedDB.open('sagascope-run-left'));
      },
    });
    await ready(page);
    await page.waitForTimeout(7000);
    expect(await databases(page)).toContain('sagascope-run-left');
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
  });
});

/** How a browser may refuse the page its session storage. */
const sessions: [name: string, prepare: (page: Page) => Promise<unknown>][] = [
  [
    'it may not even be touched',
    (page) =>
      page.addInitScript(() => {
        const refuse = () => {
          throw new DOMException('no', 'SecurityError');
        };
        Object.defineProperty(globalThis, 'sessionStorage', { get: refuse });
        Object.defineProperty(globalThis, 'localStorage', { get: refuse });
      }),
  ],
  [
    'it is full',
    (page) =>
      page.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      }),
  ],
  [
    'it holds nonsense',
    (page) =>
      page.addInitScript(() => {
        sessionStorage.setItem(
          'sagascope:run',
          '{"scenario":{"format":"sagascope/scenario","__proto__":{}},"records":-1}',
        );
        localStorage.setItem('sagascope:theme', '<b>');
      }),
  ],
];

test.for(sessions)('the session storage fails: %s, and the page works', async ([, prepare], { openPage }) => {
  const page = await openPage({ prepare });
  await ready(page);
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page);
  await expectNothingLost(page);
  expect(await page.locator('.banner').count()).toBe(0);
});
