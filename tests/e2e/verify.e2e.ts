/** The Verify view on the built page: a row explored for real, and its counterexample watched. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { test } from '../support/page.ts';

const patience = { timeout: 45_000 };
const cellOf = (page: Page, promise: string, row: string) =>
  page.getByRole('gridcell').getByRole('button', { name: new RegExp(`^${promise}, ${row}: `) });

test('a cell from a link is explored, told, and watched on the stage', async ({ openPage }) => {
  const page = await openPage({
    path: '?view=verify&flow=campaign&row=&promise=effectAtMostOnce&failures=1&commands=1',
  });
  const panel = page.getByRole('complementary', { name: 'The cell' });
  await panel.getByRole('button', { name: 'Try this row' }).click();
  const cell = cellOf(page, 'Effect at most once', 'Outbox table · Polling · Mark');
  await expect.poll(() => cell.first().getAttribute('aria-label'), patience).toMatch(/: Broken, by 1 failure$/);
  await expect.poll(() => panel.getByText('Here the promise breaks.').count(), patience).toBe(1);
  await panel.getByRole('button', { name: 'Watch it happen' }).click();
  await expect.poll(() => page.getByRole('region', { name: 'Stage' }).isVisible()).toBe(true);
  const promises = page.getByRole('list', { name: 'Promises' });
  const broken = promises.getByRole('button', { name: 'Effect at most once: broken' });
  await expect.poll(() => broken.count(), patience).toBe(1);
  expect(new URL(page.url()).searchParams.has('view')).toBe(false);
  // what was found is still there
  await page.getByRole('radio', { name: 'Verify' }).click();
  await expect.poll(() => cell.first().getAttribute('aria-label')).toMatch(/: Broken, by 1 failure$/);
});
