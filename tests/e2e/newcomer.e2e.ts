/** What a newcomer can do, sentence by sentence, on the built page: real worker, real IndexedDB. */
import type { Download, Page } from 'playwright';
import { expect } from 'vitest';
import { test } from '../support/page.ts';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).click();
const arm = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const step = (page: Page) => page.getByRole('slider', { name: 'Step shown' });

/** Waits until nothing moves: the play button says Play, and all that happened is shown. */
async function atRest(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole('button', { name: 'Play', exact: true }).count()).toBe(1);
}

async function expectPromise(page: Page, name: string, status: string): Promise<void> {
  const item = page.getByRole('list', { name: 'Promises' }).getByRole('button', { name: `${name}: ${status}` });
  await expect.poll(() => item.count(), { message: `${name}: ${status}` }).toBe(1);
}

const rows = (page: Page, table: string) => page.getByRole('table', { name: table, exact: true }).locator('tbody tr');

async function contentOf(file: Download): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await file.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function activate(page: Page): Promise<void> {
  await press(page, 'Activate campaign');
  await atRest(page);
}

test('press "Activate campaign": the event goes from the handler through one transaction, the relay and the bus to both subscribers', async ({
  openPage,
}) => {
  const page = await openPage();
  await press(page, 'Activate campaign');
  const stage = page.getByRole('region', { name: 'Stage' });
  // under way: the event is seen travelling
  await expect.poll(() => stage.getByText('Activated').count()).toBeGreaterThan(0);
  await atRest(page);
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/123.*2.*ACTIVE/);
  expect(await rows(page, 'outbox').first().textContent()).toMatch(/CampaignActivated/);
  expect(await rows(page, 'ads').count()).toBe(2);
  expect(await rows(page, 'invoices').first().textContent()).toMatch(/activation.*100/);
  await expect.poll(() => page.getByText('Read back from IndexedDB: the same rows.').count()).toBe(1);
});

test("the rows on the page are those in the browser's own database", async ({ openPage }) => {
  const page = await openPage();
  await activate(page);
  const stored = await page.evaluate(async () => {
    const name = (await indexedDB.databases())
      .map((info) => info.name!)
      .find((one) => one.startsWith('sagascope-run-'))!;
    const open = indexedDB.open(name);
    const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
    const all = (table: string) =>
      new Promise<unknown[]>((resolve) => {
        const request = db.transaction(table).objectStore(table).getAll();
        request.onsuccess = () => resolve(request.result as unknown[]);
      });
    const found = { campaigns: await all('campaigns'), outbox: await all('outbox'), invoices: await all('invoices') };
    db.close();
    return found;
  });
  expect(stored.campaigns).toMatchObject([{ id: '123', version: 2, state: 'ACTIVE' }]);
  expect(stored.outbox).toMatchObject([{ position: 1, published: 1, event: { type: 'CampaignActivated' } }]);
  expect(stored.invoices).toMatchObject([{ amount: 100 }]);
});

test('after commit, the service crashes after the commit: the event is lost, and the page says where', async ({
  openPage,
}) => {
  const page = await openPage();
  await activate(page);
  await choose(page, 'After commit');
  await arm(page, 'Service crashes after commit');
  await expect
    .poll(() =>
      page
        .getByRole('list', { name: 'Failures' })
        .getByRole('button', { name: /^Take back/ })
        .count(),
    )
    .toBe(1);
  await press(page, 'Deactivate campaign');
  await press(page, 'Settle');
  await expectPromise(page, 'Delivered', 'broken');
  const said = page
    .getByRole('region', { name: 'Stage' })
    .getByText(/CampaignDeactivated.*lost|lost.*CampaignDeactivated/i);
  await expect.poll(() => said.count()).toBeGreaterThan(0);
  expect(
    await page
      .getByRole('list', { name: 'Failures' })
      .getByRole('button', { name: /^Take back/ })
      .count(),
  ).toBe(0);
});

test('inside the aggregate, the transaction is aborted: a ghost message', async ({ openPage }) => {
  const page = await openPage();
  await choose(page, 'Inside the aggregate');
  await arm(page, 'Abort the next transaction');
  await press(page, 'Activate campaign');
  await atRest(page);
  await press(page, 'Settle');
  await expectPromise(page, 'No phantom', 'broken');
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/123.*1.*DRAFT/);
  expect(await rows(page, 'ads').count()).toBe(2);
});

test('the outbox, the relay crashes between publish and mark: billed twice; the inbox cures it', async ({
  openPage,
}) => {
  const page = await openPage();
  await arm(page, 'Relay crashes between publish and mark');
  await press(page, 'Activate campaign');
  await atRest(page);
  await press(page, 'Settle');
  await expectPromise(page, 'Effect at most once', 'broken');
  await expectPromise(page, 'Delivered', 'holds');
  await expect.poll(() => rows(page, 'invoices').count()).toBe(2);
  await choose(page, 'Inbox on');
  await expectPromise(page, 'Effect at most once', 'holds');
  await expect.poll(() => rows(page, 'invoices').count()).toBe(1);
  expect(await rows(page, 'inbox').count()).toBe(2);
});

test('step back and forth through any of it: the same step shows the same page', async ({ openPage }) => {
  const page = await openPage({ reducedMotion: 'reduce' });
  await arm(page, 'Relay crashes between publish and mark');
  await activate(page);
  const picture = async () => ({
    step: await step(page).inputValue(),
    stage: await page.getByRole('region', { name: 'Stage' }).innerText(),
    tables: await page.getByRole('tabpanel', { name: 'Database' }).locator('table').allInnerTexts(),
  });
  await press(page, 'First step');
  const seen = [await picture()];
  for (let i = 0; i < 12; i++) {
    await press(page, 'Step forward');
    seen.push(await picture());
  }
  expect(new Set(seen.map((one) => one.step)).size).toBe(13);
  expect(seen[0]!.tables.join()).toMatch(/DRAFT/);
  for (let i = 11; i >= 0; i--) {
    await press(page, 'Step back');
    expect((await picture()).tables, `back at step ${i}`).toEqual(seen[i]!.tables);
    expect((await picture()).step).toBe(seen[i]!.step);
  }
  await press(page, 'Last step');
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/ACTIVE/);
});

test('export the trace, open the page anew, import it, and be where they were', async ({ openPage }) => {
  const page = await openPage();
  await arm(page, 'Relay crashes between publish and mark');
  await activate(page);
  await press(page, 'Settle');
  await expectPromise(page, 'Effect at most once', 'broken');
  await press(page, 'Step back');
  const before = await step(page).inputValue();
  const download = page.waitForEvent('download');
  await press(page, 'Export trace');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.sagascope\.json$/);

  const other = await openPage();
  const chooser = other.waitForEvent('filechooser');
  await press(other, 'Import trace');
  await (
    await chooser
  ).setFiles({ name: file.suggestedFilename(), mimeType: 'application/json', buffer: await contentOf(file) });
  await expect.poll(() => step(other).inputValue()).toBe(before);
  await expect
    .poll(() => other.getByText('The trace was run again here and is the same, step by step.').count())
    .toBe(1);
  await press(other, 'Last step');
  await expectPromise(other, 'Effect at most once', 'broken');
  await expect.poll(() => rows(other, 'invoices').count()).toBe(2);
});

test('a reload comes back to the same step, and the run goes on from there', async ({ openPage }) => {
  const page = await openPage();
  await press(page, 'Activate campaign');
  await expect.poll(async () => Number(await step(page).inputValue())).toBeGreaterThan(8);
  await press(page, 'Pause');
  const before = await step(page).inputValue();
  await page.reload();
  await expect.poll(() => step(page).inputValue()).toBe(before);
  await press(page, 'Play');
  await atRest(page);
  await expect.poll(() => rows(page, 'invoices').count()).toBe(1);
});

test('two tabs never harm each other', async ({ openPage }) => {
  const first = await openPage();
  await activate(first);
  const second = await first.context().newPage();
  await second.goto(first.url());
  await expect.poll(() => rows(second, 'campaigns').first().textContent()).toMatch(/DRAFT/);
  await press(second, 'Deactivate campaign');
  await atRest(second);
  await expect.poll(() => rows(second, 'campaigns').first().textContent()).toMatch(/DEACTIVATED/);
  await first.bringToFront();
  await press(first, 'Deactivate campaign');
  await atRest(first);
  expect(await rows(first, 'outbox').count()).toBe(2);
  expect(await rows(second, 'outbox').count()).toBe(1);
  await expect.poll(() => first.getByText('Read back from IndexedDB: the same rows.').count()).toBe(1);
});

test('acting in the past branches, and the old run can be returned to', async ({ openPage }) => {
  const page = await openPage();
  await activate(page);
  const whole = await step(page).inputValue();
  await press(page, 'First step');
  await press(page, 'Deactivate campaign');
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/DEACTIVATED/);
  await press(page, 'Earlier runs');
  await page.getByRole('button', { name: /^#1/ }).click();
  await expect.poll(() => step(page).getAttribute('max')).toBe(whole);
  await press(page, 'Last step');
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/ACTIVE/);
});

test('a failure is armed, shown, and taken back', async ({ openPage }) => {
  const page = await openPage();
  await arm(page, 'Abort the next transaction');
  const failures = page.getByRole('list', { name: 'Failures' });
  await expect.poll(() => failures.getByRole('button', { name: /^Take back/ }).count()).toBe(1);
  await failures.getByRole('button', { name: /^Take back/ }).click();
  await expect.poll(() => failures.getByRole('button', { name: /^Take back/ }).count()).toBe(0);
  await activate(page);
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/ACTIVE/);
});

test('a link opens the same run elsewhere, from its start', async ({ openPage }) => {
  const page = await openPage();
  await arm(page, 'Relay crashes between publish and mark');
  await activate(page);
  await press(page, 'Share link');
  const link = await page.getByRole('textbox', { name: 'Address of this run' }).inputValue();
  const other = await openPage({ path: link.slice(link.indexOf('?')) });
  await expect
    .poll(() => other.getByText('This run was opened from a link. Nothing of yours was changed.').count())
    .toBe(1);
  expect(await step(other).inputValue()).toBe('0');
  await press(other, 'Play');
  await atRest(other);
  await expect.poll(() => rows(other, 'invoices').count()).toBe(2);
});

test('the address says which pattern is shown, and opens it; the run of before is not lost', async ({ openPage }) => {
  const page = await openPage({ path: '?lang=en&utm=x' });
  expect(page.url()).toMatch(/\?lang=en&utm=x$/);
  await activate(page);
  await choose(page, 'After commit');
  await expect.poll(() => page.url()).toMatch(/publish=afterCommit/);
  const address = page.url();
  const whole = await step(page).getAttribute('max');
  await page.goto(address.replace('afterCommit', 'insideAggregate'));
  await expect
    .poll(() => page.getByRole('radio', { name: 'Inside the aggregate', exact: true }).isChecked())
    .toBe(true);
  expect(await step(page).getAttribute('max')).toBe('0');
  await press(page, 'Earlier runs');
  await page.getByRole('button', { name: /^#1/ }).click();
  await expect.poll(() => step(page).getAttribute('max')).toBe(whole);
  expect(await page.getByRole('radio', { name: 'After commit', exact: true }).isChecked()).toBe(true);
  await expect.poll(() => page.url()).toBe(address);
});
