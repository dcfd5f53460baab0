/** What a first visit fetches before anything is pressed. */
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { home, test } from '../support/page.ts';

const limit = 150 * 1024;

test('the first load is at most 150 KiB gzipped, worker and fonts included, and holds no Korean font', async ({
  openPage,
}) => {
  const page = await (await openPage()).context().newPage();
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    // fonts are compressed already
    const size = response.body().then((body) => (path.endsWith('.woff2') ? body : gzipSync(body, { level: 9 })).length);
    sizes.set(path, size);
  });
  await page.goto(home(), { waitUntil: 'networkidle' });
  const names = [...sizes.keys()];
  expect(names.some((name) => /worker.*\.js$/.test(name))).toBe(true);
  expect(names.filter((name) => /pretendard-(?!name)/.test(name))).toEqual([]);
  const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
  expect(total, names.join(' ')).toBeLessThan(limit);
});

test('choosing Korean fetches its words and its font, from our own host', async ({ openPage }) => {
  const page = await openPage();
  const fetched: string[] = [];
  page.on('response', (response) => fetched.push(new URL(response.url()).pathname));
  await page.getByRole('button', { name: '한국어' }).click();
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('ko');
  await expect.poll(() => fetched.some((name) => /pretendard-.*\.woff2$/.test(name))).toBe(true);
});
