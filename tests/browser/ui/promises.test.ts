/** The promises: in the row, in the panel, and in a sheet where the screen is small. */
import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import { en } from '../../../src/ui/i18n/en.ts';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import { ko } from '../../../src/ui/i18n/ko.ts';
import Page from '../../../src/ui/shell/Page.svelte';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';
import { brokenRun, StillRun } from './still-run.svelte.ts';

afterEach(async () => {
  settings.theme = 'system';
  await speak('en');
  await page.viewport(1280, 800);
});

const list = () => page.getByRole('list', { name: 'Promises' });
const names = () =>
  list()
    .getByRole('listitem')
    .elements()
    .map((item) => item.getAttribute('aria-label'));
const wide = () => page.viewport(1440, 900);

/** Whether an element is drawn where it can be seen. */
function isSeen(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  return width > 20 && element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}

test('every promise that applies is an item of the row; those that break appear behind the eight', async () => {
  await wide();
  const run = brokenRun();
  await render(Page, { run });
  const all = names();
  expect(all.length).toBe(Object.keys(run.verdicts).length);
  expect(all.length).toBeGreaterThan(15);
  const { name } = en.promises;
  expect(all.slice(0, 9)).toEqual([
    'No phantom: holds',
    'No early delivery: holds',
    'Delivered: holds',
    'No duplicate delivery: broken',
    'Effect at most once: broken',
    'First order: holds',
    'Effect order: holds',
    'Outbox drains: holds',
    `${name('convergence')}: broken`,
  ]);
  const buttons = list().getByRole('button').elements();
  expect(buttons.filter(isSeen)).toEqual(buttons.slice(0, 9));
  expect(buttons.filter((button) => button.getAttribute('tabindex') === '-1')).toEqual(buttons.slice(9));
});

test('the eight stay in their places from the first step to the last', async () => {
  await wide();
  const run = brokenRun();
  await render(Page, { run });
  const eight = () =>
    names()
      .slice(0, 8)
      .map((name) => name?.replace(/:.*/, ''));
  const places = eight();
  for (let cursor = 0; cursor <= run.records.length; cursor += 7) {
    run.seek(cursor);
    await expect.poll(() => names().length).toBeGreaterThan(15);
    expect(eight()).toEqual(places);
  }
});

for (const width of [1440, 1024])
  test(`the row is one line, and nothing moves up or down when promises break, at ${width}`, async () => {
    await page.viewport(width, 800);
    const run = brokenRun();
    await render(Page, { run });
    const row = page.getByRole('region', { name: 'Promises' }).element();
    const height = row.getBoundingClientRect().height;
    expect(height).toBeLessThan(60);
    run.first();
    await expect.poll(() => names()[4]).toBe('Effect at most once: pending');
    expect(row.getBoundingClientRect().height).toBe(height);
  });

test('the panel has each promise with what it says and how it stands, and leads to the step', async () => {
  await wide();
  const run = brokenRun();
  await render(Page, { run });
  const open = page.getByRole('button', { name: /^All promises \(\d+\)/ });
  await expect.element(open).toHaveTextContent(`All promises (${names().length})`);
  await open.click();
  const panel = page.getByRole('dialog', { name: /^All promises/ });
  await expect.element(panel.getByRole('list', { name: 'Outbox and relay' })).toBeVisible();
  // those that a run does not put to the test are named too
  expect(panel.getByRole('list').elements()).toHaveLength(7);
  const consumers = panel.getByRole('list', { name: 'Consumers' });
  const item = consumers.getByRole('listitem').filter({ hasText: 'Effect at most once' });
  await expect.element(item).toHaveTextContent(/broken.*happens at most once\..*The relay died before marking\./);
  const relay = panel.getByRole('list', { name: 'Outbox and relay' });
  await expect.element(relay).toHaveTextContent(/not judged\s*Only with two relays that claim\./);
  await expect.element(relay).toHaveTextContent(/Nothing is lost by it: the table grows/);
  const at = run.verdicts['effectAtMostOnce']!.at! + 1;
  await consumers.getByRole('button', { name: `Effect at most once: Go to step ${at}` }).click();
  expect(run.cursor).toBe(at);
  await expect.element(panel).not.toBeInTheDocument();
});

test('the panel opens and closes by the keyboard, and the focus comes back', async () => {
  await wide();
  await render(Page, { run: new StillRun() });
  const open = page.getByRole('button', { name: /^All promises/ });
  (open.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog', { name: /^All promises/ })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(open).toHaveFocus();
});

test('where the outbox is off its promises are not among them, and the panel says so', async () => {
  await wide();
  await render(Page, { run: new StillRun({ publish: 'afterCommit' }) });
  expect(names().some((name) => name?.startsWith(en.promises.name('atomicCapture')))).toBe(false);
  await page.getByRole('button', { name: /^All promises/ }).click();
  const relay = page.getByRole('dialog').getByRole('list', { name: 'Outbox and relay' });
  await expect.element(relay).toHaveTextContent('Only with an outbox.');
});

test('on a small screen they are a sheet', async () => {
  await page.viewport(390, 844);
  const run = brokenRun();
  await render(Page, { run });
  await expect.element(page.getByRole('button', { name: /^All promises/ })).not.toBeInTheDocument();
  await page.getByRole('button', { name: /^Promises \(\d+\)$/ }).click();
  await expect.element(page.getByRole('list', { name: 'Consumers' })).toBeVisible();
  const at = run.verdicts['effectAtMostOnce']!.at! + 1;
  await page.getByRole('button', { name: `Effect at most once: Go to step ${at}` }).click();
  expect(run.cursor).toBe(at);
});

for (const theme of ['light', 'dark'] as const)
  for (const [language, m] of [
    ['en', en],
    ['ko', ko],
  ] as const)
    test(
      `axe finds nothing in the panel, the sheet and the help: ${theme}, ${language}`,
      { timeout: 60_000 },
      async () => {
        const sound = async () => {
          const { violations } = await axe.run(document.body);
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
        };
        settings.theme = theme;
        await speak(language);
        await wide();
        await render(Page, { run: brokenRun() });
        const count = page
          .getByRole('list', { name: m.promises.title, exact: true })
          .getByRole('listitem')
          .elements().length;
        const open = page.getByRole('button', { name: m.allPromises.open(count) });
        await open.click();
        await expect.element(page.getByRole('dialog').getByRole('list').first()).toBeVisible();
        expect(await sound()).toEqual([]);
        await userEvent.keyboard('{Escape}');
        await page.getByRole('button', { name: m.header.help }).click();
        for (const part of page.getByRole('dialog').getByRole('group').elements()) part.setAttribute('open', '');
        expect(await sound()).toEqual([]);
        await userEvent.keyboard('{Escape}');
        await page.viewport(390, 844);
        await page.getByRole('button', { name: m.allPromises.sheet(count), exact: true }).click();
        expect(await sound()).toEqual([]);
      },
    );
