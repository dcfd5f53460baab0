/** The flows with sagas on the built page: chosen, played, rebuilt, and come back to after a reload. Real worker, real IndexedDB. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { test } from '../support/page.ts';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const panel = (page: Page) => page.getByRole('tabpanel');

/** Waits until nothing moves: the play button says Play. */
async function atRest(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole('button', { name: 'Play', exact: true }).count(), { timeout: 30_000 }).toBe(1);
}

/** Waits until the reader is asked, and answers. */
async function answer(page: Page, name: string): Promise<void> {
  await page.locator(`button[aria-label="${name}"]:not([aria-disabled])`).click({ timeout: 30_000 });
}

test('a trip is booked from the address: approval, flights, hotel, each step in the inspector', async ({
  openPage,
}) => {
  const page = await openPage({ path: '?flow=trip' });
  await press(page, 'Book trip');
  await expect.poll(() => panel(page).textContent(), { timeout: 30_000 }).toMatch(/Hotel → ?Completed/);
  await atRest(page);
  await tab(page, 'Database');
  const rows = page.getByRole('table', { name: 'sagas', exact: true }).locator('tbody tr');
  await expect.poll(() => rows.first().textContent()).toMatch(/T1.*Completed/);
  await expect.poll(() => page.getByText('Read back from IndexedDB: the same rows.').count()).toBe(1);
});

test('the reader plays everybody: time stands still for the answer, and a history is rebuilt as it is stored', async ({
  openPage,
}) => {
  const page = await openPage({ path: '?flow=trip&answers=manual' });
  await press(page, 'Book trip');
  await answer(page, 'Approve route');
  await expect.poll(() => page.getByText('Time stands still for your answer.').count(), { timeout: 30_000 }).toBe(1);
  await atRest(page);
  await answer(page, 'Confirm flights');
  await answer(page, 'Confirm hotel');
  await expect.poll(() => panel(page).textContent(), { timeout: 30_000 }).toMatch(/Hotel → ?Completed/);
  await atRest(page);
  await tab(page, 'History');
  await press(page, 'Rebuild from history');
  const on = page.getByRole('button', { name: 'One entry on' });
  await expect.poll(() => on.isEnabled()).toBe(true);
  while (await on.isEnabled()) await on.click();
  await expect.poll(() => page.getByText('Rebuilt and stored are the same.').count()).toBe(1);
});

test('a reload in the middle of a trip loses nothing: the same instance waits for the same answer', async ({
  openPage,
}) => {
  const page = await openPage({ path: '?flow=trip&answers=manual', persistent: true });
  await press(page, 'Book trip');
  await answer(page, 'Approve route');
  await expect.poll(() => panel(page).textContent(), { timeout: 30_000 }).toMatch(/Approval → ?Flights/);
  await atRest(page);
  await tab(page, 'Instances');
  // ages go on while nothing happens
  const told = async () => (await panel(page).textContent())!.replace(/[\d.]+ s (left|old)/g, '').replace(/\s+/g, ' ');
  // the tab's drawing is fetched when it is chosen
  await expect.poll(told).toMatch(/T1 Flights .*waits for Airline, until [\d.]+ s/);
  const before = await told();
  await page.reload();
  await tab(page, 'Instances');
  await expect.poll(told).toBe(before);
  await answer(page, 'Confirm flights');
  await answer(page, 'Confirm hotel');
  await expect.poll(() => panel(page).textContent(), { timeout: 30_000 }).toMatch(/T1\s*Completed/);
});

test('flows are switched on the page: the address says which, and the run that is left is kept', async ({
  openPage,
}) => {
  const page = await openPage();
  await press(page, 'Activate campaign');
  await atRest(page);
  await page.getByRole('radio', { name: 'Budget', exact: true }).click();
  await expect.poll(() => page.url()).toMatch(/[?&]flow=budget/);
  await press(page, 'Activate campaign');
  await page.getByRole('radio', { name: 'Campaign B', exact: true }).click();
  await press(page, 'Activate campaign');
  await atRest(page);
  await tab(page, 'Consistency');
  await expect.poll(() => panel(page).textContent()).toMatch(/Broken windows.*\d+ ms, \d+ steps/);
  await page.getByRole('radio', { name: 'Campaign', exact: true }).click();
  await expect.poll(() => page.url()).not.toMatch(/flow=/);
  await press(page, 'Earlier runs');
  await expect.poll(() => page.getByRole('dialog').textContent()).toMatch(/Budget, 2 inputs.*Outbox, 1 input/);
});
