import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Page from '../../../src/ui/shell/Page.svelte';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';
import { brokenRun, StillRun } from './still-run.svelte.ts';

afterEach(async () => {
  settings.theme = 'system';
  settings.shortcuts = true;
  await speak('en');
});

async function violations() {
  const { violations: found } = await axe.run(document.body);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'ko'] as const) {
    test(`axe finds nothing: ${theme}, ${language}`, { timeout: 30_000 }, async () => {
      settings.theme = theme;
      await speak(language);
      await render(Page, { run: new StillRun() });
      expect(await violations()).toEqual([]);
    });

    test(`axe finds nothing with promises broken: ${theme}, ${language}`, { timeout: 30_000 }, async () => {
      settings.theme = theme;
      await speak(language);
      await render(Page, { run: brokenRun() });
      for (const tab of page.getByRole('tab').elements()) {
        await userEvent.click(tab);
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(await violations()).toEqual([]);
      }
    });
  }
}

test('axe finds nothing in the picker, the help and the list view', { timeout: 30_000 }, async () => {
  await render(Page, { run: brokenRun() });
  await page.getByRole('button', { name: 'List view' }).click();
  await page.getByRole('button', { name: 'Add a failure' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Add a failure' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Help and keyboard' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Keyboard and help' })).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('keys do what the sheet says, and never two things at once', async () => {
  const run = new StillRun();
  await render(Page, { run });
  await userEvent.keyboard('a');
  expect(run.scenario.inputs).toMatchObject([{ kind: 'command', name: 'ActivateCampaign' }]);
  const end = run.cursor;
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(run.cursor).toBe(end - 2);
  await userEvent.keyboard('{Home}');
  expect(run.cursor).toBe(0);
  await userEvent.keyboard('{End} ');
  expect(run.playing).toBe(true);
  await userEvent.keyboard('s');
  expect(run.scenario.inputs.at(-1)).toMatchObject({ kind: 'settle' });
  const inputs = run.scenario.inputs.length;

  // the field takes the letters, the focused button takes the space
  await page.getByText('with a reason').click();
  await page.getByRole('textbox', { name: 'Reason for deactivating' }).fill('');
  await userEvent.keyboard('sad r');
  expect(run.scenario.inputs).toHaveLength(inputs);
  (page.getByRole('button', { name: 'Pause' }).element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  expect(run.playing).toBe(false);
});

test('single-key shortcuts can be switched off', async () => {
  const run = new StillRun();
  await render(Page, { run });
  await userEvent.keyboard('?');
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).click();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard('a');
  expect(run.scenario.inputs).toEqual([]);
});

test('an armed failure is listed and can be taken back', async () => {
  const run = new StillRun();
  await render(Page, { run });
  await page.getByRole('button', { name: 'Service crashes after commit' }).click();
  const list = page.getByRole('list', { name: 'Failures' });
  await expect.element(list).toHaveTextContent('Service crashes after commit');
  await list.getByRole('button', { name: 'Take back: Service crashes after commit' }).click();
  await expect.element(list).toHaveTextContent('Nothing is armed.');
});

test('the picker offers every failure once, and greys what can not matter with the reason', async () => {
  const run = new StillRun({ publish: 'afterCommit' });
  await render(Page, { run });
  await page.getByRole('button', { name: 'Add a failure' }).click();
  const picker = page.getByRole('dialog', { name: 'Add a failure' });
  const relay = picker.getByRole('button', { name: 'Relay crashes between publish and mark' });
  await expect.element(relay).toHaveAttribute('aria-disabled', 'true');
  await expect.element(relay).toHaveAccessibleDescription('There is no relay without the outbox.');
  await page.getByRole('button', { name: 'Service crashes before publish', exact: true }).click();
  await expect.element(picker).not.toBeInTheDocument();
  expect(run.scenario.inputs).toMatchObject([{ kind: 'failure', failure: { type: 'crash', point: 'before:publish' } }]);
});

test('promises are a list that says which are broken, and travels there', async () => {
  const run = brokenRun();
  await render(Page, { run });
  const list = page.getByRole('list', { name: 'Promises' });
  const items = list
    .getByRole('listitem')
    .elements()
    .map((item) => item.textContent?.replace(/^\W+/, '').trim());
  expect(items.slice(0, 8)).toEqual([
    'No phantom: holds',
    'No early delivery: holds',
    'Delivered: holds',
    'No duplicate delivery: broken',
    'Effect at most once: broken',
    'First order: holds',
    'Effect order: holds',
    'Outbox drains: holds',
  ]);
  await list.getByRole('button', { name: 'No duplicate delivery: broken' }).click();
  expect(run.cursor).toBe((run.verdicts['noDuplicateDelivery']?.at ?? -1) + 1);
  await expect.element(page.getByRole('tooltip')).toHaveTextContent('No subscriber is handed the same event twice.');
});

test('tables are named as in the database, and a row leads to its causes', async () => {
  const run = brokenRun();
  await render(Page, { run });
  await expect.element(page.getByRole('table', { name: 'outbox' })).toHaveTextContent('CampaignActivated');
  expect(page.getByRole('table', { name: 'invoices' }).getByRole('row').elements()).toHaveLength(3);
  await page.getByRole('button', { name: /Why is invoices 2 here/ }).click();
  await expect.element(page.getByRole('tab', { name: 'Why' })).toHaveAttribute('aria-selected', 'true');
  await expect.element(page.getByText('You send ActivateCampaign.')).toBeVisible();
  await expect.element(page.getByText(/Relay crashes before mark/)).toBeVisible();
});

test('records seek, and only those in sight are in the document', async () => {
  const run = brokenRun();
  for (let i = 0; i < 20; i++) run.send(i % 2 ? 'ActivateCampaign' : 'DeactivateCampaign');
  await render(Page, { run });
  await page.getByRole('tab', { name: 'Records' }).click();
  await page.getByRole('checkbox', { name: 'Only the interesting ones' }).click();
  const rows = page.getByRole('list', { name: 'Records' }).getByRole('listitem');
  await expect.poll(() => rows.elements().length).toBeGreaterThan(5);
  expect(run.records.length).toBeGreaterThan(500);
  expect(rows.elements().length).toBeLessThan(100);
  await page.getByRole('searchbox', { name: 'Filter records' }).fill('relay crashes before mark');
  await page.getByRole('button', { name: /Relay crashes before mark; back at/ }).click();
  expect(run.view.last?.kind).toBe('process.crashed');
});

test('the slider says the step in words', async () => {
  const run = brokenRun();
  run.seek(run.records.findIndex(({ kind }) => kind === 'process.crashed') + 1);
  await render(Page, { run });
  const slider = page.getByRole('slider', { name: 'Step shown' });
  await expect
    .element(slider)
    .toHaveAttribute('aria-valuetext', expect.stringMatching(/^step \d+ of \d+: Relay crashes before mark/));
});

test('the language changes at once, and so does the language of the document', async () => {
  await render(Page, { run: new StillRun() });
  await page.getByRole('button', { name: '한국어' }).click();
  await expect.element(page.getByRole('button', { name: '캠페인 활성화', exact: true })).toBeVisible();
  expect(document.documentElement.lang).toBe('ko');
  await page.getByRole('button', { name: 'English' }).click();
  await expect.element(page.getByRole('button', { name: 'Activate campaign', exact: true })).toBeVisible();
});

test('a refused file is explained, and the run stays', async () => {
  const run = new StillRun();
  run.outcome = { ok: false, problem: { code: 'notJson', place: '3:14' } };
  await render(Page, { run });
  await page
    .getByLabelText('Import trace', { exact: true })
    .last()
    .upload(new File(['{'], 'x.json'));
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(
      'The file was not opened (notJson). It is not valid JSON. Was it cut off or edited? At 3:14. The present run stays as it is.',
    );
});

test('nothing is wider than the window, from 360 px up', async () => {
  await render(Page, { run: brokenRun() });
  for (const [width, height] of [
    [360, 740],
    [390, 844],
    [820, 1100],
    [900, 700],
    [1024, 768],
    [1440, 900],
  ] as const) {
    await page.viewport(width, height);
    const { scrollWidth, clientWidth } = document.documentElement;
    expect(scrollWidth, `at ${width}`).toBeLessThanOrEqual(clientWidth);
  }
  await page.viewport(1280, 800);
});

test('a file dropped anywhere is opened', async () => {
  const run = new StillRun();
  run.outcome = { ok: true, differsFrom: 6, recordedBy: '0.0.9' };
  await render(Page, { run });
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['{}'], 'run.sagascope.json'));
  const drag = (type: string) =>
    document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  drag('dragenter');
  await expect.element(page.getByText('Drop a .sagascope.json file anywhere to open it')).toBeVisible();
  drag('drop');
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('This trace was recorded by version 0.0.9. Run again here, it differs from step 7 on.');
});

test('the live region is quiet while the page plays, and says the step when it stops', async () => {
  const run = brokenRun();
  run.playing = true;
  await render(Page, { run });
  const said = () => document.querySelector('.sr-only[role="status"]')?.textContent ?? '';
  for (let i = 0; i < 5; i++) {
    run.seek(i * 5);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect(said()).toBe('');
  run.last();
  run.playing = false;
  await expect
    .poll(said, { timeout: 3000 })
    .toMatch(/^step \d+ of \d+: Nothing is left to do\. .*Effect at most once: broken/);
});

test('trouble with storage and worker is told, with what to do', async () => {
  const run = new StillRun();
  run.storage = { kind: 'memory', reason: 'lost' };
  run.link = 'stopped';
  await render(Page, { run });
  await expect.element(page.getByText(/The browser closed the database\./)).toBeVisible();
  await expect.element(page.getByRole('alert')).toHaveTextContent(/could not be started again\. Export the trace/);
  await expect.element(page.getByRole('button', { name: 'Activate campaign', exact: true })).toBeDisabled();
});
