/** The page as a frame inside another one: only the run, nothing kept, and a way out to the whole page. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { encodeLink } from '../../src/trace/link.ts';
import type { Scenario } from '../../src/trace/scenario.ts';
import { home, test } from '../support/page.ts';
import { choose, ended, expectNothingLost, press, ready, says, stepShown } from '../support/reader.ts';

const scenario: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  title: 'Embedded',
  flow: 'campaign',
  options: { inbox: 'sameTransaction' },
  seed: 7,
  inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign' }],
};

/** A page of somebody else's text, with ours as a frame in it. */
const host = (address: string) => (page: Page) =>
  page.route('**/article', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<title>Article</title><h1>Article</h1><iframe width="1100" height="700" src="${address}"></iframe>`,
    }),
  );

async function openFrame(page: Page) {
  await expect.poll(() => page.frames().length).toBe(2);
  const frame = page.frames()[1]!;
  await expect.poll(() => frame.getByRole('button', { name: 'Play', exact: true }).isEnabled()).toBe(true);
  return frame;
}

test('in a frame there is the run without the head, nothing is kept, and the whole page opens the same run', async ({
  openPage,
}) => {
  const address = `${home()}?embed=1&lang=en#${await encodeLink(scenario)}`;
  const page = await openPage({ path: 'article', prepare: host(address) });
  const frame = await openFrame(page);
  const button = (name: string) => frame.getByRole('button', { name, exact: true });
  expect(await button('Export trace').count()).toBe(0);
  expect(await frame.getByRole('banner').count()).toBe(0);
  await frame.getByRole('radio', { name: 'max', exact: true }).click();
  await button('Play').click();
  await expect.poll(() => frame.getByText('Read back from memory: the same rows.').count()).toBe(1);
  const shown = async () => Number(await frame.getByRole('slider', { name: 'Step shown' }).inputValue());
  const before = await shown();
  await button('Deactivate campaign').click();
  // it has begun, and it has come to rest
  await expect.poll(async () => (await shown()) > before && (await button('Play').count()) === 1).toBe(true);
  const steps = await shown();
  await frame.locator('body').press('?');
  await frame.getByRole('checkbox', { name: 'Single-key shortcuts' }).click();
  await frame.locator('body').press('Escape');

  const kept = await frame.evaluate(async () => ({
    session: { ...sessionStorage },
    local: { ...localStorage },
    databases: (await indexedDB.databases()).length,
  }));
  expect(kept).toEqual({ session: {}, local: {}, databases: 0 });

  const opening = page.context().waitForEvent('page');
  await frame.getByRole('link', { name: 'Open in Sagascope' }).click();
  const whole = await opening;
  await ready(whole);
  await choose(whole, 'max');
  await press(whole, 'Play');
  await ended(whole);
  const trace = await expectNothingLost(whole);
  expect(trace.scenario).toMatchObject({ title: 'Embedded', seed: 7, options: { inbox: 'sameTransaction' } });
  expect(trace.scenario.inputs).toHaveLength(2);
  expect(await stepShown(whole)).toBe(steps);

  // a frame that is loaded again shows what its address says, and not what was done in it before
  await frame.evaluate(() => location.reload());
  await expect.poll(() => button('Play').isEnabled()).toBe(true);
  await expect.poll(() => frame.getByRole('slider', { name: 'Step shown' }).inputValue()).toBe('0');
  await expect.poll(() => frame.getByText('This run was opened from a link.').count()).toBe(1);
});

test('on a narrow screen the way out stands on top', async ({ openPage }) => {
  const page = await openPage({ path: '?embed=1', viewport: { width: 390, height: 844 }, locale: 'ko-KR' });
  await says(page, 'Sagascope에서 열기');
  const box = await page.getByRole('link', { name: 'Sagascope에서 열기' }).boundingBox();
  expect(box!.y).toBeLessThan(40);
  expect(box!.height).toBeGreaterThanOrEqual(24);
});
