/** A page that nobody sees stands still, and does not catch up when it is seen again. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { test } from '../support/page.ts';
import { hangWorker } from '../support/plant.ts';
import { choose, ended, expectNothingLost, playedTo, press, ready, stepShown } from '../support/reader.ts';

type Pretending = { visibility: DocumentVisibilityState };

/** A headless browser never hides a page: lets `show` pretend it. */
const pretend = (page: Page) =>
  page.addInitScript(() => {
    const here = globalThis as unknown as Pretending;
    here.visibility = 'visible';
    Object.defineProperty(document, 'visibilityState', { get: () => here.visibility });
    Object.defineProperty(document, 'hidden', { get: () => here.visibility === 'hidden' });
  });

const show = (page: Page, visibility: DocumentVisibilityState) =>
  page.evaluate((next) => {
    (globalThis as unknown as Pretending).visibility = next;
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, visibility);

/** Lets the page draw so many pictures. */
const frames = (page: Page, count: number) =>
  page.evaluate(async (left) => {
    while (left-- > 0) await new Promise(requestAnimationFrame);
  }, count);

const shownTime = (page: Page) =>
  page
    .getByRole('region', { name: 'Playback' })
    .getByText(/^\d+\.\d+ s$/)
    .innerText();

test('hidden while it plays: it pauses there, keeps the run, and goes on only when told to', async ({ openPage }) => {
  const page = await openPage({ prepare: pretend });
  await press(page, 'Activate campaign');
  await playedTo(page, 9);
  await show(page, 'hidden');
  const [step, time] = [await stepShown(page), await shownTime(page)];
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const kept = await page.evaluate(() => sessionStorage.getItem('sagascope:run'));
  expect(JSON.parse(kept!)).toMatchObject({ cursor: step });
  await frames(page, 30);
  await show(page, 'visible');
  await frames(page, 30);
  expect([await stepShown(page), await shownTime(page)]).toEqual([step, time]);
  expect(await page.getByRole('button', { name: 'Pause', exact: true }).count()).toBe(0);
  await choose(page, '4×');
  await press(page, 'Play');
  await ended(page);
  await expectNothingLost(page);
});

test('what stood still before stands still after', async ({ openPage }) => {
  const page = await openPage({ prepare: pretend });
  await ready(page);
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page);
  await press(page, 'Step back');
  const step = await stepShown(page);
  await show(page, 'hidden');
  await show(page, 'visible');
  await frames(page, 10);
  expect(await stepShown(page)).toBe(step);
  expect(await page.getByRole('button', { name: 'Play', exact: true }).count()).toBe(1);
});

test('a picture that comes late moves time by a tenth of a second, not by all that was missed', async ({
  openPage,
}) => {
  const page = await openPage();
  await ready(page);
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page);
  await choose(page, '1×');
  await press(page, 'First step');
  await press(page, 'Play');
  await playedTo(page, 2);
  const passed = await page.evaluate(async () => {
    const time = () => Number(/[\d.]+/.exec(document.querySelector('.bar .time')!.textContent)![0]);
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    const before = time();
    const start = performance.now();
    while (performance.now() - start < 1500);
    await frame();
    await frame();
    return time() - before;
  });
  expect(passed).toBeGreaterThan(0);
  expect(passed).toBeLessThan(0.4);
});

test('a worker is not taken for dead while nobody sees the page', async ({ openPage }) => {
  const page = await openPage({ prepare: pretend });
  await ready(page);
  let workers = 0;
  page.on('worker', () => workers++);
  await show(page, 'hidden');
  await hangWorker(page, 7000);
  await show(page, 'visible');
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page);
  expect(workers).toBe(0);
});
