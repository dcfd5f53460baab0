import { expect } from 'vitest';
import { test } from '../support/page.ts';

test('opens without trouble, under the policy of the host', async ({ openPage }) => {
  const page = await openPage();
  expect(await page.title()).toContain('Sagascope');
  expect(await page.getByRole('main').count()).toBe(1);
});
