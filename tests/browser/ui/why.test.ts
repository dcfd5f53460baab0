/** The Why tab: the causes of a record, what subscribers lack, and what was ignored, dropped or set aside. */
import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Page from '../../../src/ui/shell/Page.svelte';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';
import { after, StillRun } from './still-run.svelte.ts';

afterEach(async () => {
  settings.theme = 'system';
  await speak('en');
});

const missing = () => page.getByRole('list', { name: 'Why is it missing?' });
const letGo = () => page.getByRole('list', { name: 'Ignored, dropped, set aside' });
const openTab = () => page.getByRole('tab', { name: 'Why' }).click();

/** Marked before it was published, and the relay died in between. */
function lostRun(): StillRun {
  const run = new StillRun({ afterPublish: 'markFirst' });
  run.fail({ type: 'crash', process: 'relay', point: 'before:publish', restartAfter: 1500 });
  run.send('ActivateCampaign');
  run.settle();
  return run;
}

/** Billing fails as often as it takes for a dead letter. */
function deadRun(): StillRun {
  const run = new StillRun();
  run.fail({ type: 'consumerFails', subscription: 'billing', times: 5 });
  run.send('ActivateCampaign');
  run.settle();
  return run;
}

test('before anything is sent nothing can be missing', async () => {
  await render(Page, { run: new StillRun() });
  await openTab();
  await expect.element(page.getByText('No event has been committed yet.')).toBeVisible();
  await expect.element(page.getByText('Nothing so far.')).toBeVisible();
});

test('what is under way is in the list with its place, until it has had its effect', async () => {
  const run = new StillRun();
  run.send('ActivateCampaign');
  run.settle();
  run.seek(after(run, 'outbox.appended'));
  await render(Page, { run });
  await openTab();
  await expect.poll(() => missing().getByRole('listitem').elements().length).toBe(2);
  const first = missing().getByRole('listitem').first();
  await expect.element(first).toHaveTextContent(/CampaignActivated v2 → .*under way.*It waits in the outbox\./);
  run.seek(after(run, 'bus.delivered'));
  await expect.element(missing()).toHaveTextContent('A handler has it.');
  run.last();
  await expect.element(page.getByText(/^Nothing is: every committed event/)).toBeVisible();
});

test('what is lost says why, and leads to the step at which it was', async () => {
  const run = lostRun();
  await render(Page, { run });
  await openTab();
  await expect.poll(() => missing().getByRole('listitem').elements().length).toBe(2);
  await expect.element(missing()).toHaveTextContent(/CampaignActivated v2 → Billing/);
  await missing()
    .getByRole('button', { name: /→ Billing.*lost/ })
    .click();
  expect(run.view.last?.kind).toBe('process.crashed');
  await expect.element(page.getByText('You send ActivateCampaign.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Follow the newest record' })).toBeVisible();
});

test('a dead letter is parked, is among what was set aside, and why that is', async () => {
  const run = deadRun();
  await render(Page, { run });
  await openTab();
  await expect.element(missing()).toHaveTextContent(/CampaignActivated v2 → Billing.*parked/);
  await letGo()
    .getByRole('button', { name: /CampaignActivated v2.*is a dead letter/ })
    .click();
  expect(run.view.last?.kind).toBe('bus.deadLettered');
  await expect.element(page.getByText('and because, earlier:')).toBeVisible();
  await expect.element(letGo().getByRole('button', { name: /dead letter/ })).toHaveAttribute('aria-current', 'step');
});

test('a duplicate that the inbox ignores is seen, and leads to what made it known', async () => {
  const run = new StillRun({ inbox: 'sameTransaction' });
  run.fail({ type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 1500 });
  run.send('ActivateCampaign');
  run.settle();
  await render(Page, { run });
  await openTab();
  await expect.element(page.getByText(/^Nothing is: every committed event/)).toBeVisible();
  expect(letGo().getByRole('listitem').elements()).toHaveLength(2);
  await letGo().getByRole('button').first().click();
  expect(run.view.last?.kind).toBe('inbox.duplicateIgnored');
  const known = run.view.last as { subscription?: string };
  page.getByText('and because, earlier:').element().parentElement!.querySelector('button')!.click();
  expect(run.view.last).toMatchObject({ kind: 'inbox.recorded', subscription: known.subscription });
});

test('the lists say how much more there is', async () => {
  const run = new StillRun({ afterPublish: 'markFirst' });
  for (let i = 0; i < 8; i++) {
    run.fail({ type: 'crash', process: 'relay', point: 'before:publish', restartAfter: 500 });
    run.send(i % 2 ? 'DeactivateCampaign' : 'ActivateCampaign');
    run.settle();
  }
  await render(Page, { run });
  await openTab();
  await expect.poll(() => missing().getByRole('listitem').elements().length).toBe(12);
  await expect.element(page.getByText('and 4 more')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  for (const language of ['en', 'ko'] as const)
    test(`axe finds nothing in the lists: ${theme}, ${language}`, { timeout: 30_000 }, async () => {
      settings.theme = theme;
      await speak(language);
      for (const run of [lostRun(), deadRun()]) {
        const { unmount } = await render(Page, { run });
        await userEvent.click(page.getByRole('tab').nth(2));
        await expect.element(page.getByRole('tabpanel').getByRole('listitem').last()).toBeVisible();
        const { violations } = await axe.run(document.body);
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
        await unmount();
      }
    });
