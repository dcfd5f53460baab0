/** What is not on the first picture comes later: by itself once a reader is there, or it says why it can't. */
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { test } from '../support/page.ts';
import { choose, ended, expectNothingLost, importFile, press, ready, says } from '../support/reader.ts';

/** The names of what a page has fetched so far. */
function fetchedBy(page: Page): string[] {
  const names: string[] = [];
  page.on('response', (response) => names.push(new URL(response.url()).pathname.split('/').at(-1)!));
  return names;
}

test('nothing of it is fetched until somebody is there; then all of it, and the network may go', async ({
  openPage,
}) => {
  let names: string[] = [];
  const page = await openPage({
    prepare: (page) => Promise.resolve((names = fetchedBy(page))),
    // with another address the browser looks for the icon again
    forgive: [/ERR_INTERNET_DISCONNECTED.*icon\.svg/],
  });
  await page.waitForLoadState('networkidle');
  const late = [
    'timeline',
    'reckoning',
    'reading',
    'parts',
    'drawings',
    'Gallery',
    'en-choices',
    'en-scenes',
    'clean-up',
    'engine',
    'pubsub-bus',
    'log-bus',
  ];
  const fetched = () =>
    late.filter((part) => names.some((name) => name.startsWith(`${part}-`) && name.endsWith('.js')));
  expect(fetched()).toEqual([]);
  await page.mouse.move(300, 300);
  await expect.poll(fetched).toEqual(late);
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);

  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page);
  const trace = await expectNothingLost(page);
  await page.getByRole('tab', { name: 'Why' }).click();
  await says(page, 'You send ActivateCampaign.');
  await page.getByRole('tab', { name: 'Code' }).click();
  await expect.poll(() => page.getByRole('group', { name: 'outbox-table.ts' }).count()).toBe(1);
  await press(page, 'Share link');
  await expect.poll(() => page.getByRole('textbox', { name: 'Address of this run' }).inputValue()).toContain('#v1=');
  await page.keyboard.press('Escape');
  await press(page, 'Help and keyboard');
  await expect.poll(() => page.getByRole('dialog', { name: 'Keyboard and help' }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await importFile(page, JSON.stringify(trace));
  await says(page, 'The trace was run again here and is the same, step by step.');
  await page.getByRole('tab', { name: 'Database' }).click();
  await choose(page, 'Partitioned log');
  await ended(page);
  expect((await expectNothingLost(page)).scenario.options).toEqual({ bus: 'log' });
});

describe('it can not be fetched', () => {
  const blocked = (page: Page, name: string) => page.route(`**/${name}-*.js`, (route) => route.abort());
  const forgive = [/ERR_FAILED/];

  test('a part says so where it would be, and comes when it can be fetched', async ({ openPage }) => {
    const page = await openPage({ prepare: (page) => blocked(page, 'parts'), forgive });
    await ready(page);
    const notFetched = 'This part could not be fetched. Check the connection and reload the page.';
    await page.getByRole('tab', { name: 'Code' }).click();
    await expect.poll(() => page.getByRole('tabpanel').textContent()).toContain(notFetched);
    await page.getByRole('tab', { name: 'Database' }).click();
    await press(page, 'Help and keyboard');
    await says(page, notFetched);
    await press(page, 'Close');
    expect(await page.getByText(notFetched).count()).toBe(0);
    // the run itself needs none of it
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
    await page.unrouteAll();
    await press(page, 'Help and keyboard');
    await expect.poll(() => page.getByRole('dialog', { name: 'Keyboard and help' }).count()).toBe(1);
  });

  test('nobody judges: the page says so, and after a reload it is where it was', async ({ openPage }) => {
    const page = await openPage({ prepare: (page) => blocked(page, 'reckoning'), forgive });
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await says(page, /promises are not judged, rows are not compared, traces are not written/);
    await expect.poll(() => page.getByRole('button', { name: 'Step forward' }).isDisabled()).toBe(true);
    await press(page, 'Export trace');
    await page.unrouteAll();
    await page.reload();
    await ended(page);
    await expectNothingLost(page);
    expect(await page.getByText(/not judged/).count()).toBe(0);
  });

  test('what an option needs: the page says so, the run stays, and later it comes', async ({ openPage }) => {
    const page = await openPage({ prepare: (page) => blocked(page, 'log-bus'), forgive });
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
    await choose(page, 'Partitioned log');
    await says(page, /The run was not opened \(notFetched\).*The present run stays as it is/);
    expect((await expectNothingLost(page)).scenario.options ?? {}).toEqual({});
    await page.unrouteAll();
    await choose(page, 'Partitioned log');
    await ended(page);
    expect((await expectNothingLost(page)).scenario.options).toEqual({ bus: 'log' });
    expect(await page.getByText(/was not opened/).count()).toBe(0);
  });

  test('what runs a run: after a few tries the page says so', async ({ openPage }) => {
    const page = await openPage({ prepare: (page) => blocked(page, 'engine'), forgive });
    await ready(page);
    await press(page, 'Activate campaign');
    await says(page, 'The simulation stopped and could not be started again. Export the trace, then reload the page.');
    await page.unrouteAll();
    await page.reload();
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
    await expectNothingLost(page);
  });

  test('a file is refused, and the run stays', async ({ openPage }) => {
    const page = await openPage({ prepare: (page) => blocked(page, 'reading'), forgive });
    await ready(page);
    await importFile(page, '{}');
    await says(
      page,
      /The file was not opened \(notFetched\).*Check the connection and reload the page.*The present run stays/,
    );
  });
});
