/** The controls: every option, what it rules out, and what a person can do to put things right. */
import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import { campaigns, target } from '../../../src/ui/controls/command-target.svelte.ts';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Banners from '../../../src/ui/shell/Banners.svelte';
import Page from '../../../src/ui/shell/Page.svelte';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { StillRun } from './still-run.svelte.ts';

afterEach(async () => {
  settings.theme = 'system';
  Object.assign(target, { campaign: campaigns[0], reason: '', tooLong: false });
  await page.viewport(1280, 800);
  await speak('en');
});

const radio = (name: string) => page.getByRole('radio', { name, exact: true });
const group = (name: string) => page.getByRole('radiogroup', { name, exact: true });
const more = (name: string) => page.getByRole('button', { name, exact: true });
const named = ({ options }: StillRun) =>
  Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== defaultOptions[name as keyof Options]),
  );

test('the most important options are there at once, the finer ones unfold', async () => {
  await render(Page, { run: new StillRun() });
  for (const name of ['Publish', 'Outbox', 'Relay', 'After publishing', 'Bus', 'Inbox'])
    await expect.element(group(name)).toBeVisible();
  await expect.element(group('Claims')).not.toBeInTheDocument();
  await more('More about the relay').click();
  for (const name of ['Relays', 'Claims', 'Marking', 'A refused row', 'Query', 'Clean-up', 'Fence', 'Log kept'])
    await expect.element(group(name)).toBeVisible();
  await more('More about the relay').click();
  await expect.element(group('Claims')).not.toBeInTheDocument();
});

test('what is changed is marked, unfolded by itself, and can be taken back', async () => {
  const run = new StillRun({ relays: 2, confirm: 'none', bus: 'log' });
  await render(Page, { run });
  await expect.element(group('Relays')).toHaveAccessibleDescription('not the default');
  await expect.element(group('Confirms')).toHaveAccessibleDescription('not the default');
  await expect.element(group('Marking')).not.toHaveAccessibleDescription('not the default');
  await expect.element(more('More about publishing')).toHaveAttribute('aria-expanded', 'false');
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  expect(named(run)).toEqual({});
  await expect.element(page.getByRole('button', { name: 'Back to the defaults' })).not.toBeInTheDocument();
  // it stays open under the hand
  await expect.element(group('Relays')).toBeVisible();
});

test('what does not go with the others is greyed with the reason, for pointer and keys', async () => {
  const run = new StillRun({ relays: 2, claim: 'row' });
  await render(Page, { run });
  const log = radio('Log tailing');
  await expect.element(log).toHaveAttribute('aria-disabled', 'true');
  await expect.element(log).toHaveAccessibleDescription('Not together with claims.');
  await log.click({ force: true });
  await expect.element(radio('Polling')).toBeChecked();
  await userEvent.keyboard('{ArrowLeft}');
  expect(run.options.relay).toBe('polling');
  await expect.element(radio('Polling')).toBeChecked();
  await expect.element(log).not.toBeChecked();
  // the others say what they do, to whoever has come to them
  (radio('Mark').element() as HTMLElement).focus();
  await expect.element(radio('Mark first')).toHaveAccessibleDescription(/a crash in between loses it/);
});

test('a choice that rules others out takes them back, and says which', async () => {
  const run = new StillRun({ relays: 2, claim: 'aggregate' });
  await render(Page, { run });
  await radio('1 relay').click();
  expect(named(run)).toEqual({});
  await expect
    .element(page.getByText('Back to its default: Claims. It does not go with this choice.'))
    .toHaveAttribute('role', 'status');
  await speak('ko');
  await expect.element(page.getByText('이 선택과 함께 쓸 수 없어 기본값으로 되돌렸습니다: 선점.')).toBeVisible();
  await radio('릴레이 2개').click();
  await expect.element(page.getByText(/기본값으로 되돌렸습니다/)).not.toBeInTheDocument();
});

test('every option can be chosen on the page', async () => {
  const run = new StillRun();
  await render(Page, { run });
  for (const name of [
    'More about publishing',
    'More about the relay',
    'More about the bus',
    'More about the consumers',
  ])
    await more(name).click();
  await expect.element(group('Ids kept')).toBeVisible();
  const ways: [string, Partial<Options>][] = [
    ['Racing writes', { writes: 'optimistic' }],
    ['2 relays', { relays: 2 }],
    ['Claims by campaign', { claim: 'aggregate' }],
    ['Mark the batch', { marking: 'batch' }],
    ['Park it', { failingRow: 'park' }],
    ['Clean-up on', { cleanup: 'on' }],
    ['Requeue at the tail', { requeue: 'tail' }],
    ['Two competing consumers', { consumers: 'competing' }],
    ['Confirmation ignored', { confirm: 'none' }],
    ['Inbox after the effect', { inbox: 'after' }],
    ['Ids kept briefly', { dedupWindow: 'short' }],
  ];
  const wanted = {};
  for (const [name, change] of ways) {
    await radio(name).click();
    Object.assign(wanted, change);
    expect(named(run), name).toEqual(wanted);
  }
  await radio('Outbox in the document').click();
  expect(named(run)).toMatchObject({ outbox: 'document' });
  await radio('Checked, version unraised').click();
  expect(run.options.relayWrites).toBe('notRaised');
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  for (const [name, change] of [
    ['Polling by a cursor', { relay: 'cursorPolling' }],
    ['Fence on', { relay: 'cursorPolling', fence: 'on' }],
    ['Log tailing', { relay: 'logTailing' }],
    ['Log kept briefly', { relay: 'logTailing', retention: 'short' }],
  ] as const) {
    await radio(name).click();
    expect(named(run), name).toEqual(change);
  }
});

test('an option explains itself and its values beside the panel, and Esc puts that away', async () => {
  await render(Page, { run: new StillRun() });
  await group('Inbox').hover();
  const tip = page.getByRole('tooltip');
  await expect.element(tip).toHaveTextContent('How a consumer knows that it has handled an event before.');
  await expect.element(tip).toHaveTextContent('The event’s id is stored with the effect, in one transaction.');
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id }) => id)).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(tip).not.toBeInTheDocument();
});

for (const [theme, language] of [
  ['light', 'en'],
  ['dark', 'ko'],
] as const) {
  test(`axe finds nothing with everything unfolded: ${theme}, ${language}`, { timeout: 30_000 }, async () => {
    settings.theme = theme;
    await speak(language);
    const options = { writes: 'optimistic', relays: 2, claim: 'row', consumers: 'competing', inbox: 'after' } as const;
    await render(Page, { run: new StillRun({ ...options, dedupWindow: 'short' }) });
    await expect.poll(() => page.getByRole('radiogroup').elements().length).toBeGreaterThan(18);
    const { violations } = await axe.run(document.body);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join()}`)).toEqual(
      [],
    );
  });

  test(`nothing of it is cut off, from 360 px up: ${language}`, async () => {
    await speak(language);
    const options = { writes: 'optimistic', relays: 2, claim: 'row', consumers: 'competing', inbox: 'after' } as const;
    await render(Page, { run: new StillRun({ ...options, dedupWindow: 'short' }) });
    await expect.poll(() => page.getByRole('radiogroup').elements().length).toBeGreaterThan(18);
    await document.fonts.ready;
    for (const [width, height] of [
      [360, 740],
      [820, 1000],
      [900, 700],
      [1024, 768],
      [1280, 800],
      [1440, 900],
    ] as const) {
      await page.viewport(width, height);
      const cut = page
        .getByRole('radiogroup')
        .elements()
        .filter((each) => each.scrollWidth > each.clientWidth)
        .map((each) => `${each.textContent?.replace(/\s+/g, ' ').slice(0, 60)} ${each.scrollWidth - each.clientWidth}`);
      expect(cut, `${width}`).toEqual([]);
    }
  });
}

test('commands go to the campaign that is chosen, by button and by key, with a reason that may be too long', async () => {
  const run = new StillRun();
  await render(Page, { run });
  await radio('Campaign 124').click();
  await userEvent.keyboard('a');
  await page.getByText('with a reason').click();
  await page.getByRole('checkbox', { name: 'one too long for the bus' }).click();
  await expect.element(page.getByRole('textbox', { name: 'Reason for deactivating' })).toBeDisabled();
  await page.getByRole('button', { name: 'Deactivate campaign' }).click();
  expect(run.scenario.inputs).toMatchObject([
    { name: 'ActivateCampaign', payload: { id: '124' } },
    { name: 'DeactivateCampaign', payload: { id: '124', reason: expect.stringMatching(/^.{1500}$/) as string } },
  ]);
  expect(run.records.find(({ kind }) => kind === 'bus.refused')).toMatchObject({ reason: 'tooLarge' });
});

test('a person steps in where something waits for one, and only then', async () => {
  const run = new StillRun();
  const stepIn = page.getByRole('region', { name: 'Step in' });
  await render(Page, { run });
  await expect.element(stepIn).not.toBeInTheDocument();
  run.fail({ type: 'consumerFails', subscription: 'billing', times: 5 });
  run.send('ActivateCampaign');
  await stepIn.getByRole('button', { name: 'Re-drive the dead letters of Billing' }).click();
  expect(run.scenario.inputs.at(-1)).toMatchObject({ intervention: { type: 'redrive', subscription: 'billing' } });
  await expect.element(stepIn).not.toBeInTheDocument();
  await expect.element(page.getByRole('table', { name: 'invoices' })).toHaveTextContent('activation');
});

test('a log is read again from an offset, from the panel and from the bus itself', async () => {
  const run = new StillRun({ bus: 'log' });
  run.send('ActivateCampaign');
  await render(Page, { run });
  await page.getByText('Read the log again …').click();
  await radio('Billing').click();
  await page.getByRole('spinbutton', { name: 'From offset' }).fill('1');
  await page.getByRole('button', { name: 'Read again' }).click();
  expect(run.scenario.inputs.at(-1)).toMatchObject({
    intervention: { type: 'replay', subscription: 'billing', offset: 1 },
  });
  await page.getByRole('button', { name: /^Message bus/ }).click();
  const menu = page.getByRole('dialog', { name: 'What can happen to Message bus' });
  await menu.getByRole('button', { name: 'Read again' }).click();
  expect(run.scenario.inputs.at(-1)).toMatchObject({ intervention: { type: 'replay', offset: 0 } });
  await expect.element(menu).not.toBeInTheDocument();
});

test('the growth of the outbox stands beside its table', async () => {
  const run = new StillRun({ polling: 'scan' });
  run.send('ActivateCampaign');
  run.send('DeactivateCampaign');
  await render(Page, { run });
  const growth = page.getByRole('region', { name: 'Growth of the outbox' });
  await expect
    .element(growth)
    .toHaveTextContent(/2 stored 0 to be published 2 read by the last poll 3 read by 2 polls/);
});

test('a file with options that contradict each other says which, and why', async () => {
  const problem = { code: 'unsupported', place: 'options.fence = on', reason: 'needsCursorPolling' } as const;
  const imported = { from: 'file', outcome: { ok: false, problem } } as const;
  await render(Banners, {
    ...{ run: new StillRun(), imported, fromLink: false, problem: null, passedOver: [] },
    ondismiss: () => {},
  });
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('Its options do not go together. Fence on: Only with a relay that polls by a cursor.');
});
